package sx.harness.corpus;

import java.nio.file.Path;

/** A case that cannot be run as it stands. */
public final class BadCase extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  BadCase(Path file, int line, String text) {
    super(file + ":" + line + ": " + text);
    this.problem = new Problem(file, line, text);
  }

  public Problem problem() {
    return problem;
  }
}
