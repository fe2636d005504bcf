package sx.llvm;

import java.util.Optional;

/** How much LLVM optimises (cli.opt.1). */
public enum OptLevel {
  NONE,
  LESS,
  DEFAULT,
  AGGRESSIVE;

  /** The values that {@link #parse} takes, as a usage message lists them. */
  public static final String ALLOWED = "none, 0, less, 1, default, 2, aggressive, 3";

  /** The level that a word or a digit of the command line names. */
  public static Optional<OptLevel> parse(String text) {
    return switch (text) {
      case "none", "0" -> Optional.of(NONE);
      case "less", "1" -> Optional.of(LESS);
      case "default", "2" -> Optional.of(DEFAULT);
      case "aggressive", "3" -> Optional.of(AGGRESSIVE);
      default -> Optional.empty();
    };
  }

  /**
   * Whether code is made for speed of compilation and kept close to the source: with debug
   * information (cli.opt.2), and with return traces (err.trace.5).
   */
  public boolean isLow() {
    return this == NONE || this == LESS;
  }
}
