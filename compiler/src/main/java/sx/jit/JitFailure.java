package sx.jit;

/** Code that cannot be started, such as for a missing symbol; the message is for the user. */
public final class JitFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public JitFailure(String message) {
    super(message);
  }
}
