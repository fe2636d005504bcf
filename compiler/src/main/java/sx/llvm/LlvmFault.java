package sx.llvm;

/** LLVM refused something: a fault of the emitter or of the installation, never of the user. */
public final class LlvmFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String said;

  /**
   * @param step what was being done
   * @param text what LLVM said
   */
  public LlvmFault(String step, String text) {
    super(step + ": " + text.strip());
    this.said = text.strip();
  }

  public LlvmFault(String step, Throwable cause) {
    super(step + ": " + cause.getMessage(), cause);
    this.said = String.valueOf(cause.getMessage());
  }

  /** What LLVM said. */
  public String said() {
    return said;
  }
}
