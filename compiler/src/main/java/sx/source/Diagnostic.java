package sx.source;

import java.util.List;
import java.util.Optional;

/**
 * One message to the user (lex.diag). Notes and helps belong to the error they are attached to.
 *
 * @param span the place, empty where a rule says there is none
 * @param attached notes and helps, shown after the message in this order
 */
public record Diagnostic(
    Severity severity, String message, Optional<Span> span, List<Diagnostic> attached) {

  /** How grave a message is; the lower-case name is what is printed. */
  public enum Severity {
    ERROR,
    WARNING,
    NOTE,
    HELP
  }

  public static Diagnostic error(Span span, String message) {
    return new Diagnostic(Severity.ERROR, message, Optional.of(span), List.of());
  }

  public static Diagnostic error(String message) {
    return new Diagnostic(Severity.ERROR, message, Optional.empty(), List.of());
  }

  public static Diagnostic warning(Span span, String message) {
    return new Diagnostic(Severity.WARNING, message, Optional.of(span), List.of());
  }

  public static Diagnostic note(Span span, String message) {
    return new Diagnostic(Severity.NOTE, message, Optional.of(span), List.of());
  }

  public static Diagnostic help(Span span, String message) {
    return new Diagnostic(Severity.HELP, message, Optional.of(span), List.of());
  }

  /** The same message at another place, with a note on where it was found. */
  public Diagnostic movedTo(Span place, String note) {
    Diagnostic moved = new Diagnostic(severity, message, Optional.of(place), attached);
    return span.map(s -> moved.with(note(s, note))).orElse(moved);
  }

  public Diagnostic with(Diagnostic more) {
    List<Diagnostic> all = new java.util.ArrayList<>(attached);
    all.add(more);
    return new Diagnostic(severity, message, span, List.copyOf(all));
  }
}
