package sx.comptime;

/** A failing operation, before it is known where it was; see {@link EvaluationError}. */
final class Trap extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  Trap(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
