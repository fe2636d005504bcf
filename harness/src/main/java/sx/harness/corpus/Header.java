package sx.harness.corpus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.harness.engine.Engine;

/**
 * What a case says about itself in its leading {@code //!} lines; {@link HeaderReader} documents
 * the keys.
 *
 * @param rules the rules of the reference that the case proves
 * @param exit how the program ends
 * @param arch the only architecture that it is for
 * @param engines those that may run it
 * @param enginesReason why not all of them; empty if all
 * @param stdin what the program reads
 * @param args its arguments
 * @param env variables added to its environment
 * @param time how long one run may take
 * @param memory how many MB it may use
 * @param xfail why it cannot pass yet
 * @param lines what was written, by key
 */
public record Header(
    List<String> rules,
    Expect expect,
    Exit exit,
    Optional<Arch> arch,
    Set<Engine> engines,
    String enginesReason,
    String stdin,
    List<String> args,
    Map<String, String> env,
    Duration time,
    int memory,
    Optional<String> xfail,
    Map<String, String> lines) {
  public static final Duration DEFAULT_TIME = Duration.ofSeconds(10);
  public static final int DEFAULT_MEMORY = 4096;

  /** What must come of a case. */
  public enum Expect {
    /** It compiles, runs, and prints its golden. */
    RUN,
    /** It is rejected, with errors at the places of its golden. */
    REJECT,
    /** It compiles to the code of its golden. */
    IR
  }

  /** A machine. The constants are named as in {@code ARCH}. */
  public enum Arch {
    X86_64,
    AARCH64;

    /** The machine that this process runs on. */
    public static Arch host() {
      return System.getProperty("os.arch").equals("aarch64") ? AARCH64 : X86_64;
    }

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * How a program ends.
   *
   * @param signal the number of the signal that ends it, 0 if it exits
   */
  public record Exit(int status, int signal) {
    @Override
    public String toString() {
      return signal == 0 ? String.valueOf(status) : Signals.name(signal);
    }
  }
}
