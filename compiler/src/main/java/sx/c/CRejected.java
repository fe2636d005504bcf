package sx.c;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sx.source.Diagnostic;
import sx.source.Span;

/** The C compiler does not take a file; the message is what it says, or why it cannot be asked. */
public final class CRejected extends Exception {
  private static final long serialVersionUID = 1L;

  CRejected(String message) {
    super(message);
  }

  /**
   * The error for the user.
   *
   * @param file where the file is named
   * @param kind {@code source} or {@code header}
   */
  public Diagnostic about(Span file, String kind) {
    String here = Path.of("").toAbsolutePath() + "/";
    Diagnostic note =
        new Diagnostic(
            Diagnostic.Severity.NOTE, said().replace(here, ""), Optional.empty(), List.of());
    return Diagnostic.error(file, "the C compiler rejects this " + kind).with(note);
  }

  /** What the C compiler says. */
  public String said() {
    return String.valueOf(getMessage());
  }
}
