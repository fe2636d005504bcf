package sx.harness.golden;

/** The kinds of golden files, by what follows a case's name. */
public enum GoldenKind {
  /** Exactly what the program writes to standard output. */
  STDOUT(".stdout"),
  /** Where the errors are, {@code line:column} each; what the reference fixes. */
  ERRORS(".errors"),
  /** The diagnostics in full, as this compiler words them. */
  DIAGNOSTICS(".diagnostics"),
  IR_X86_64(".x86_64.ir"),
  IR_AARCH64(".aarch64.ir");

  private final String ending;

  GoldenKind(String ending) {
    this.ending = ending;
  }

  public String ending() {
    return ending;
  }
}
