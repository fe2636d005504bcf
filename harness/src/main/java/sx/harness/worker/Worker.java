package sx.harness.worker;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
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
import sx.driver.LibraryPath;
import sx.harness.process.Libc;
import sx.harness.process.Limits;
import sx.harness.process.Started;

/** One child process with a compiler in it. Used by one thread at a time. */
final class Worker implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int LOOK_EVERY_MILLIS = 200;

  /** What a worker itself needs beyond what a program in it may use, in MB. */
  private static final int OWN_MEMORY = 3000;

  private final Process process;
  private final Path directory;
  private final ServerSocketChannel server;
  private final SocketChannel channel;
  private final ObjectOutputStream out;
  private final ObjectInputStream in;

  private Worker(Process process, Path directory, ServerSocketChannel server, SocketChannel channel)
      throws IOException {
    this.process = process;
    this.directory = directory;
    this.server = server;
    this.channel = channel;
    this.out = new ObjectOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    out.flush();
    this.in = new ObjectInputStream(Channels.newInputStream(channel));
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
    Process process =
        Started.behindFence(List.of(writable, cache), command(home, directory, address));
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
    return new ProcessBuilder(words)
        .directory(home.toFile())
        .redirectOutput(log.toFile())
        .redirectErrorStream(true);
  }

  /**
   * Carries out a request.
   *
   * @throws WorkerDied if the process ended or had to be ended; the worker is of no use then
   */
  Reply call(Request request, Limits limits) throws WorkerDied, InterruptedException {
    FutureTask<Reply> answer =
        new FutureTask<>(
            () -> {
              out.writeObject(request);
              out.reset();
              out.flush();
              return (Reply) in.readObject();
            });
    Thread.ofVirtual().start(answer);
    long end = System.nanoTime() + limits.time().toNanos();
    while (true) {
      try {
        return answer.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw died();
      } catch (TimeoutException e) {
        String trouble = trouble(request, limits, end);
        if (!trouble.isEmpty()) {
          close();
          throw new WorkerDied(trouble, 137, true);
        }
      }
    }
  }

  private String trouble(Request request, Limits limits, long end) {
    if (System.nanoTime() > end) {
      return "did not end within " + limits.time().toSeconds() + " s: killed with all it started";
    }
    if (Path.of(request.scratch(), "stdout").toFile().length() > limits.output()) {
      return "wrote more than " + limits.output() + " bytes: killed";
    }
    if (residentMegabytes() > limits.memory() + OWN_MEMORY) {
      return "used more than " + limits.memory() + " MB: killed";
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
    Libc.kill(-process.pid(), 9);
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
