package sx.comptime;

/** The evaluated program asked to end the process. */
final class ExitRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  ExitRequest(int status) {
    super("exit", null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
