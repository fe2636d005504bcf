package sx.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Where the phases of one compilation report to. Equal messages are kept once (lex.diag.6). */
public final class Diagnostics {
  private record Key(Diagnostic.Severity severity, String message, Optional<Span> span) {}

  private final List<Diagnostic> all = new ArrayList<>();
  private final Set<Key> seen = new HashSet<>();
  private final Predicate<Diagnostic> heeds;
  private int errors;

  public Diagnostics() {
    this(d -> true);
  }

  /** Keeps only some of what is reported. */
  public Diagnostics(Predicate<Diagnostic> heeds) {
    this.heeds = heeds;
  }

  public void report(Diagnostic d) {
    if (!heeds.test(d) || !seen.add(new Key(d.severity(), d.message(), d.span()))) {
      return;
    }
    all.add(d);
    if (d.severity() == Diagnostic.Severity.ERROR) {
      errors++;
    }
  }

  public void error(Span span, String message) {
    report(Diagnostic.error(span, message));
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  public int errorCount() {
    return errors;
  }

  /** Everything reported, in the order of reporting. */
  public List<Diagnostic> all() {
    return List.copyOf(all);
  }
}
