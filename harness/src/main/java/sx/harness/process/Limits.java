package sx.harness.process;

import java.time.Duration;

/**
 * What a process may use.
 *
 * @param time from start to end
 * @param memory MB of address space; 0 for any
 * @param output bytes on standard output
 */
public record Limits(Duration time, int memory, int output) {
  public static final int DEFAULT_OUTPUT = 4 << 20;

  /** Processes and threads that may be there at once because of one program. */
  public static final int TASKS = 500;

  /** Bytes of any file that a program writes, in the blocks of 512 that the shell counts in. */
  static final int FILE_BLOCKS = (64 << 20) / 512;
}
