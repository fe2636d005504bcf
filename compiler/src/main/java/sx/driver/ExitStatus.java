package sx.driver;

/** The exit codes of {@code sx} (cli.exit.1). */
final class ExitStatus {
  static final int OK = 0;
  static final int ERROR = 1;
  static final int USAGE = 2;

  private ExitStatus() {}
}
