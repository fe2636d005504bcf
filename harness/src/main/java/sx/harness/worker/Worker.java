package sx.harness.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sx.driver.LibraryPath;
import sx.harness.process.Descendants;
import sx.harness.process.Fence;
import sx.harness.process.Libc;
import sx.harness.process.Limits;

/** One child process with a compiler in it. Used by one thread at a time. */
final class Worker implements AutoCloseable {
  /** Nothing is looked at before: most requests are done by then. */
  private static final long SHORT_NANOS = 150_000_000;

  private static final Duration START = Duration.ofSeconds(60);

  /** What a worker itself needs beyond what a program in it may use, in MB. */
  private static final int OWN_MEMORY = 3000;

  private final Process process;
  private final Path directory;
  private final ServerSocketChannel server;
  private final SocketChannel channel;
  private final Descendants descendants;
  private final DataOutputStream out;
  private final DataInputStream in;

  /** A request in hand. */
  private record Turn(Request request, Limits limits, long start) {
    long end() {
      return start + limits.time().toNanos();
    }
  }

  private volatile @Nullable Turn busy;
  private volatile String trouble = "";

  private Worker(
      Process process, Path directory, ServerSocketChannel server, SocketChannel channel) {
    this.process = process;
    this.directory = directory;
    this.server = server;
    this.channel = channel;
    this.descendants = new Descendants(process.pid(), directory.toString());
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
  }

  /**
   * Starts a worker.
   *
   * @param home the directory with library and corpus
   * @param directory for its socket and its last words
   * @param writable the only place where what runs in it can write
   */
  static Worker start(Path home, Path directory, Path writable)
      throws IOException, InterruptedException {
    Path address = directory.resolve("socket");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(address));
    Path cache = Path.of(System.getProperty("user.home"), ".javacpp");
    Files.createDirectories(cache);
    Process process;
    try (Fence fence = new Fence(List.of(writable, cache))) {
      process = fence.call(command(home, directory, address)::start);
    }
    FutureTask<SocketChannel> accepted = new FutureTask<>(server::accept);
    Thread.ofVirtual().start(accepted);
    try {
      return new Worker(
          process, directory, server, accepted.get(START.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      server.close();
      throw new IOException("a worker does not start: " + lastWords(directory), e);
    }
  }

  private static ProcessBuilder command(Path home, Path directory, Path address) {
    List<String> words = new ArrayList<>();
    words.add("setsid");
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx1g",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + directory.resolve("crash"),
            "-Djava.io.tmpdir=" + directory,
            "--enable-native-access=ALL-UNNAMED",
            "-D" + LibraryPath.HOME_PROPERTY + "=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            WorkerMain.class.getName(),
            address.toString()));
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(home.toFile())
            .redirectOutput(log.toFile())
            .redirectErrorStream(true);
    builder.environment().put(Descendants.MARK, directory.toString());
    return builder;
  }

  /**
   * Carries out a request.
   *
   * @throws WorkerDied if the process ended or had to be ended; the worker is of no use then
   */
  Reply call(Request request, Limits limits) throws WorkerDied, InterruptedException {
    Turn turn = new Turn(request, limits, System.nanoTime());
    busy = turn;
    try {
      request.write(out);
      return Reply.read(in);
    } catch (IOException e) {
      String why = trouble;
      if (!why.isEmpty()) {
        close();
        throw new WorkerDied(why, 137, true);
      }
      throw died();
    } finally {
      done();
    }
  }

  /** From here on the process is not ended because of the request. */
  private synchronized void done() {
    busy = null;
  }

  /** Ends the process if the request in hand goes beyond its limits. */
  void look() {
    Turn turn = busy;
    if (turn == null || System.nanoTime() - turn.start() < SHORT_NANOS) {
      return;
    }
    String why = trouble(turn);
    if (!why.isEmpty()) {
      stop(turn, why);
    }
  }

  @SuppressWarnings("ReferenceEquality") // It is about this very turn.
  private synchronized void stop(Turn turn, String why) {
    if (turn == busy) {
      trouble = why;
      kill();
    }
  }

  private String trouble(Turn turn) {
    Limits limits = turn.limits();
    if (System.nanoTime() > turn.end()) {
      return "did not end within " + limits.time().toSeconds() + " s: killed with all it started";
    }
    if (Path.of(turn.request().scratch(), "stdout").toFile().length() > limits.output()) {
      return "wrote more than " + limits.output() + " bytes: killed";
    }
    if (residentMegabytes() > limits.memory() + OWN_MEMORY) {
      return "used more than " + limits.memory() + " MB: killed";
    }
    if (descendants.exceed(Limits.TASKS)) {
      return "had more than " + Limits.TASKS + " processes: killed with all it started";
    }
    return "";
  }

  private long residentMegabytes() {
    try {
      String statm = Files.readString(Path.of("/proc/" + process.pid() + "/statm"));
      return (Long.parseLong(statm.split(" ", -1)[1]) * 4096) >> 20;
    } catch (IOException e) {
      return 0;
    }
  }

  private void kill() {
    Libc.kill(-process.pid(), 9);
    descendants.kill();
  }

  private WorkerDied died() throws InterruptedException {
    process.waitFor();
    WorkerDied death = new WorkerDied(lastWords(directory), process.exitValue(), false);
    close();
    return death;
  }

  /** What the JVM wrote about its end. */
  private static String lastWords(Path directory) {
    for (String name : List.of("crash", "log")) {
      try (Stream<String> lines = Files.lines(directory.resolve(name))) {
        String words =
            lines
                .filter(
                    line -> line.contains("SIG") || line.startsWith("# C ") || name.equals("log"))
                .limit(5)
                .collect(Collectors.joining("\n"));
        if (!words.isEmpty()) {
          return words;
        }
      } catch (IOException e) {
        // There is none.
      }
    }
    return "";
  }

  @Override
  public void close() {
    kill();
    try (server;
        channel) {
      process.waitFor();
    } catch (IOException e) {
      // It is gone anyway.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
