package sx.syntax;

import sx.source.Diagnostic;

/** Ends the parsing of a file at its first syntax error (lex.err.2); never leaves the package. */
final class SyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1;

  final transient Diagnostic diagnostic;

  SyntaxError(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }
}
