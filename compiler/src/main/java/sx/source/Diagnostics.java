package sx.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the phases of one compilation report to. Equal messages are kept once (lex.diag.6). */
public final class Diagnostics {
  private record Key(Diagnostic.Severity severity, String message, Optional<Span> span) {}

  private final List<Diagnostic> all = new ArrayList<>();
  private final Set<Key> seen = new HashSet<>();
  private final Predicate<Diagnostic> heeds;
  private final Set<Span> places = new HashSet<>();
  private @Nullable UnaryOperator<Diagnostic> explain;
  private UnaryOperator<Diagnostic> placed = UnaryOperator.identity();
  private int errors;
  private boolean silent;
  private boolean again;

  public Diagnostics() {
    this(d -> true);
  }

  /** Keeps only some of what is reported. */
  public Diagnostics(Predicate<Diagnostic> heeds) {
    this.heeds = heeds;
  }

  /** Takes a message; one equal to an earlier one is dropped. */
  public void report(Diagnostic message) {
    if (silent) {
      return;
    }
    Diagnostic d = placed.apply(message);
    if (again && d.severity() == Diagnostic.Severity.ERROR && isTaken(d)) {
      return;
    }
    if (explain != null && d.severity() == Diagnostic.Severity.ERROR && d.span().isPresent()) {
      if (!places.add(d.span().get())) {
        return;
      }
      d = explain.apply(d);
    }
    if (!heeds.test(d) || !seen.add(new Key(d.severity(), d.message(), d.span()))) {
      return;
    }
    all.add(d);
    if (d.severity() == Diagnostic.Severity.ERROR) {
      errors++;
    }
  }

  /**
   * Runs checks whose errors may belong to another place than they are found at.
   *
   * @param place gives a message its place; it is applied before that of an enclosing call
   */
  public <T> T placing(UnaryOperator<Diagnostic> place, Supplier<T> checks) {
    UnaryOperator<Diagnostic> outer = placed;
    placed = d -> outer.apply(place.apply(d));
    try {
      return checks.get();
    } finally {
      placed = outer;
    }
  }

  /**
   * Runs checks of code that is checked several times, for different instances: of the errors at
   * one place only the first is kept (gen.mono.6).
   *
   * @param explain adds to an error where the instance comes from
   */
  public <T> T within(UnaryOperator<Diagnostic> explain, Supplier<T> checks) {
    return with(explain, checks);
  }

  /** Runs checks that are made for something else than their errors, which are dropped. */
  public void silently(Runnable checks) {
    boolean outer = silent;
    silent = true;
    try {
      checks.run();
    } finally {
      silent = outer;
    }
  }

  /** Runs checks that may find a mistake again: an error keeps its place to itself. */
  public void again(Runnable checks) {
    boolean outer = again;
    again = true;
    try {
      checks.run();
    } finally {
      again = outer;
    }
  }

  /** Whether an error stands already where one starts. */
  private boolean isTaken(Diagnostic d) {
    return d.span().isPresent()
        && all.stream()
            .filter(e -> e.severity() == Diagnostic.Severity.ERROR)
            .flatMap(e -> e.span().stream())
            .anyMatch(
                at ->
                    at.start() == d.span().get().start()
                        && at.file().equals(d.span().get().file()));
  }

  /** Runs checks of code that belongs to no instance. */
  public <T> T plainly(Supplier<T> checks) {
    return with(null, checks);
  }

  private <T> T with(@Nullable UnaryOperator<Diagnostic> next, Supplier<T> checks) {
    UnaryOperator<Diagnostic> outer = explain;
    explain = next;
    try {
      return checks.get();
    } finally {
      explain = outer;
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
