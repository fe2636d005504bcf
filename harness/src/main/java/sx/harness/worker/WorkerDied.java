package sx.harness.worker;

/** A worker did not live to answer. */
final class WorkerDied extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final boolean stopped;

  /**
   * @param status how the process ended
   * @param stopped whether the harness ended it, because of a limit
   */
  WorkerDied(String why, int status, boolean stopped) {
    super(why);
    this.status = status;
    this.stopped = stopped;
  }

  int status() {
    return status;
  }

  boolean stopped() {
    return stopped;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
