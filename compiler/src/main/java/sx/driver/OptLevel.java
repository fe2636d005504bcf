package sx.driver;

import java.util.Optional;

/** How much the optimizer does (cli.opt.1). */
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

  /** Whether programs of this level carry debug information (cli.opt.2). */
  public boolean hasDebugInfo() {
    return this == NONE || this == LESS;
  }

  /** Whether programs of this level keep return traces without being asked to (err.trace.5). */
  public boolean hasTraces() {
    return this == NONE || this == LESS;
  }
}
