package sx.harness.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * What a process started, wherever it went: all that is younger and carries the same mark in its
 * environment.
 */
public final class Descendants {
  /** The variable of the environment that holds the mark. */
  public static final String MARK = "SX_HARNESS_CHILD";

  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final long LAST_PID = lastPid();

  /** Ids that wrapped around begin here. */
  private static final long FIRST_PID = 300;

  /** Room for the largest process id. */
  private static final int DIGITS = 32;

  private static final int ROUNDS = 20;

  private static final int EXEC_TRIES = 100;
  private static final long EXEC_PAUSE_NANOS = 500_000;

  /** The parent of the threads of the kernel. */
  private static final String KERNEL_PARENT = "2";

  private final long first;
  private final String mark;
  private final long tasksBefore;

  /**
   * @param first the process that may have started others
   * @param mark its mark
   */
  public Descendants(long first, String mark) {
    this.first = first;
    this.mark = "\0" + MARK + "=" + mark + "\0";
    this.tasksBefore = load(0);
  }

  /**
   * Whether there are more processes and threads than allowed. It is cheap as long as the whole
   * machine has not so many more than in the beginning.
   */
  public boolean exceed(int limit) {
    return load(0) - tasksBefore > limit && forEach(pid -> true) > limit;
  }

  /** Ends them for as long as someone new appears; true if there was anyone. */
  public boolean kill() {
    boolean any = false;
    for (int round = 0; round < ROUNDS && forEach(pid -> Libc.kill(pid, 9)) > 0; round++) {
      any = true;
    }
    return any;
  }

  /** How often an action succeeds. */
  private int forEach(LongPredicate action) {
    long last = load(1);
    long ids = last >= first ? last - first : LAST_PID - first + Math.max(0, last - FIRST_PID + 1);
    int count = 0;
    for (long i = 1; last > 0 && i <= ids; i++) {
      long pid = first + i <= LAST_PID ? first + i : FIRST_PID + first + i - LAST_PID - 1;
      count += Libc.kill(pid, 0) && carries(pid) && action.test(pid) ? 1 : 0;
    }
    return count;
  }

  private boolean carries(long pid) {
    for (int i = 0; i < EXEC_TRIES; i++) {
      byte[] environment = read(pid, "environ");
      if (environment.length > 0) {
        return ("\0" + new String(environment, StandardCharsets.ISO_8859_1)).contains(mark);
      }
      if (!isBetweenPrograms(pid)) {
        return false;
      }
      LockSupport.parkNanos(EXEC_PAUSE_NANOS);
    }
    return false;
  }

  /** In the middle of execve a process has no environment for a moment; the dead never have one. */
  private static boolean isBetweenPrograms(long pid) {
    String stat = new String(read(pid, "stat"), StandardCharsets.ISO_8859_1);
    String[] words = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 3);
    boolean dead = words[0].isEmpty() || words[0].equals("Z") || words[0].equals("X");
    return !dead && !words[1].equals(KERNEL_PARENT);
  }

  /** Empty if the process is gone, or another user's. */
  private static byte[] read(long pid, String file) {
    try {
      return Files.readAllBytes(Path.of("/proc/" + pid + "/" + file));
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** 0: how many tasks the machine has; 1: the youngest one's id. */
  private static long load(int which) {
    try {
      String[] words = Files.readString(LOAD).strip().split("[ /]", -1);
      return Long.parseLong(words[words.length - 2 + which]);
    } catch (IOException e) {
      return 0;
    }
  }

  /** These files give what they hold to the first read only, so it must have room for all of it. */
  private static long lastPid() {
    try (InputStream file = Files.newInputStream(Path.of("/proc/sys/kernel/pid_max"))) {
      byte[] digits = new byte[DIGITS];
      int length = Math.max(0, file.read(digits));
      String number = new String(digits, 0, length, StandardCharsets.ISO_8859_1);
      return Long.parseLong(number.strip()) - 1;
    } catch (IOException e) {
      return (1 << 22) - 1;
    }
  }
}
