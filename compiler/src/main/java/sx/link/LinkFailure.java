package sx.link;

/** A link that could not be made; the message is for the user (cli.build.5). */
public final class LinkFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was in the way. */
  public enum Kind {
    /** The linker cannot be started. */
    NO_LINKER,
    /** The start files or the C library of the target are not installed. */
    NO_C_LIBRARY,
    /** The linker ran and reported errors. */
    REJECTED,
    /** The output cannot be written. */
    OUTPUT
  }

  private final Kind kind;

  public LinkFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
