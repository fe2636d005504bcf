package sx.syntax;

import sx.source.Diagnostic;

/** A syntax error in a body whose parsing was deferred ({@link Parser#parseDeferring}). */
public final class LateSyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  LateSyntaxError(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  /** The error, to be reported as one of the program. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
