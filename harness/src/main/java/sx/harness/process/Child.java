package sx.harness.process;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program in a process group of its own, within limits. Whatever it starts ends with it: the
 * group is killed, and who left the group is found by a mark in the environment.
 */
public final class Child {
  /** The variable of the environment that marks what belongs to one run. */
  static final String MARK = "SX_HARNESS_CHILD";

  private static final AtomicLong COUNT = new AtomicLong();
  private static final int ERROR_TAIL = 16 << 10;
  private static final long GRACE_MILLIS = 300;
  private static final int ROUNDS = 20;
  private static final File PROCESSES = new File("/proc");

  private final Command command;
  private final Limits limits;
  private final String mark = ProcessHandle.current().pid() + "." + COUNT.incrementAndGet();
  private final List<String> troubles = new ArrayList<>();
  private volatile boolean tooMuch;

  private Child(Command command, Limits limits) {
    this.command = command;
    this.limits = limits;
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException if it cannot be started
   */
  public static Ended run(Command command, Limits limits) throws IOException, InterruptedException {
    return new Child(command, limits).run();
  }

  private Ended run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Path> writable = new ArrayList<>(command.writable());
    writable.add(command.directory());
    Process process = Started.behindFence(writable, builder());
    FutureTask<byte[]> out = new FutureTask<>(() -> read(process));
    Thread.ofVirtual().start(out);
    FutureTask<String> errors = new FutureTask<>(() -> readErrors(process));
    Thread.ofVirtual().start(errors);
    try {
      if (!process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
        troubles.add(
            "did not end within " + limits.time().toSeconds() + " s: killed with all it started");
        kill(process);
        killMarked(process.pid());
      }
      process.waitFor();
      long nanos = System.nanoTime() - start;
      byte[] printed = finishOutput(process, out);
      String err = result(errors, "");
      return new Ended(process.exitValue(), printed, err, List.copyOf(troubles), nanos);
    } finally {
      kill(process);
    }
  }

  private ProcessBuilder builder() {
    String memory = limits.memory() == 0 ? "" : "ulimit -v " + limits.memory() * 1024L + "; ";
    List<String> words = new ArrayList<>();
    words.add("setsid");
    words.add("/bin/sh");
    words.add("-c");
    words.add("ulimit -c 0; ulimit -f " + Limits.FILE_BLOCKS + "; " + memory + "exec \"$@\"");
    words.add("sh");
    words.addAll(command.words());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(command.directory().toFile())
            .redirectInput(command.stdin().toFile());
    Map<String, String> env = builder.environment();
    String path = env.getOrDefault("PATH", "/usr/bin:/bin");
    env.clear();
    env.put("PATH", path);
    env.put("HOME", command.directory().toString());
    env.put("TMPDIR", command.directory().toString());
    env.putAll(command.env());
    env.put(MARK, mark);
    return builder;
  }

  private byte[] read(Process process) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = process.getInputStream()) {
      byte[] buffer = new byte[1 << 13];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, Math.min(n, limits.output() - bytes.size()));
        if (bytes.size() >= limits.output()) {
          tooMuch = true;
          kill(process);
          break;
        }
      }
    } catch (IOException e) {
      // Closed under our hands, because the process was killed.
    }
    return bytes.toByteArray();
  }

  private byte[] finishOutput(Process process, FutureTask<byte[]> out) throws InterruptedException {
    boolean inGroup = kill(process);
    boolean elsewhere = killMarked(process.pid());
    if ((inGroup || elsewhere) && troubles.isEmpty() && !tooMuch) {
      troubles.add("left processes running: they were killed");
    }
    byte[] printed = result(out, new byte[0]);
    if (tooMuch) {
      troubles.add("wrote more than " + limits.output() + " bytes: killed");
    }
    return printed;
  }

  private static <T> T result(FutureTask<T> task, T otherwise) throws InterruptedException {
    try {
      return task.get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return otherwise;
    }
  }

  /** Ends the process group; true if someone was left in it. */
  private static boolean kill(Process process) {
    return Libc.kill(-process.pid(), 9);
  }

  /**
   * Ends those who left the group, by their mark, for as long as someone new appears; true if there
   * was anyone. Only processes younger than the first one are looked at.
   */
  private boolean killMarked(long first) {
    byte[] wanted = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
    boolean any = false;
    for (int round = 0; round < ROUNDS; round++) {
      boolean now = false;
      for (String name : Objects.requireNonNullElse(PROCESSES.list(), new String[0])) {
        boolean isProcess = Character.isDigit(name.charAt(0));
        long pid = isProcess ? Long.parseLong(name) : 0;
        now |= pid > first && carries(pid, wanted) && Libc.kill(pid, 9);
      }
      any |= now;
      if (!now) {
        break;
      }
    }
    return any;
  }

  private static boolean carries(long pid, byte[] wanted) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      String text = new String(environment, StandardCharsets.ISO_8859_1);
      return ("\0" + text).contains("\0" + new String(wanted, StandardCharsets.ISO_8859_1) + "\0");
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }

  /** The end of standard error; what came before is forgotten. */
  private String readErrors(Process process) {
    byte[] tail = new byte[0];
    long all = 0;
    try (InputStream in = process.getErrorStream()) {
      byte[] buffer = new byte[1 << 13];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        byte[] longer = Arrays.copyOf(tail, tail.length + n);
        System.arraycopy(buffer, 0, longer, tail.length, n);
        tail = Arrays.copyOfRange(longer, Math.max(0, longer.length - ERROR_TAIL), longer.length);
        all += n;
        if (all > limits.output()) {
          tooMuch = true;
          kill(process);
          break;
        }
      }
    } catch (IOException e) {
      // Closed under our hands, because the process was killed.
    }
    return new String(tail, StandardCharsets.UTF_8);
  }
}
