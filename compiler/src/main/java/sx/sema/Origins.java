package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.Span;

/**
 * Which applications and generic calls led to the code that is being checked: notes for errors in
 * it, and a bound for instances that make ever new instances.
 */
final class Origins {
  /** The longest chain of instances that make each other. */
  static final int MAX_DEPTH = 256;

  private static final int SHOWN = 8;
  private static final int LONGEST_NAME = 60;

  /**
   * How an instance came to be.
   *
   * @param what the instance in words
   * @param at the call or application that asked for it
   */
  record Origin(String what, Span at, Optional<Origin> from, int depth) {
    Origin outermost() {
      Origin o = this;
      while (o.from.isPresent()) {
        o = o.from.get();
      }
      return o;
    }
  }

  private final Diagnostics diagnostics;
  private @Nullable Origin current;

  /** Whether a chain is being left that was too long; what else it needs is not made. */
  private boolean exhausted;

  Origins(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The origin of an instance asked for here; empty, after an error, when there are too many. */
  Optional<Origin> next(String what, Span at) {
    int depth = current == null ? 1 : current.depth + 1;
    if (exhausted) {
      return Optional.empty(); // else instances that need several each would go on for ever
    }
    if (depth > MAX_DEPTH) {
      exhausted = true;
      diagnostics.error(
          at,
          "`"
              + brief(what)
              + "` is made for a chain of more than "
              + MAX_DEPTH
              + " instances that each need the next: the recursion of instances must end");
      return Optional.empty();
    }
    return Optional.of(new Origin(what, at, Optional.ofNullable(current), depth));
  }

  /** Checks code of an instance: its errors are told once for each place, with their origin. */
  <T> T within(Origin origin, Supplier<T> work) {
    Origin outer = current;
    current = origin;
    try {
      return diagnostics.within(d -> explained(d, origin), work);
    } finally {
      current = outer;
      exhausted &= outer != null;
    }
  }

  /** Checks code that belongs to no instance. */
  <T> T outside(Supplier<T> work) {
    Origin outer = current;
    current = null;
    try {
      return diagnostics.plainly(work);
    } finally {
      current = outer;
    }
  }

  /** A name as one line can show it: that of a deep instance says the same hundreds of times. */
  private static String brief(String name) {
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, LONGEST_NAME / 2)
            + "…"
            + name.substring(name.length() - LONGEST_NAME / 2);
  }

  private static Diagnostic explained(Diagnostic d, Origin origin) {
    List<Origin> chain = new ArrayList<>();
    for (Origin o = origin; o != null; o = o.from.orElse(null)) {
      chain.add(o);
    }
    Diagnostic out = inProgram(d, chain);
    for (int i = 0; i < chain.size(); i++) {
      if (i < SHOWN || i == chain.size() - 1) {
        Origin o = chain.get(i);
        out = out.with(Diagnostic.note(o.at, "in `" + brief(o.what) + "`, which is needed here"));
      }
    }
    return out;
  }

  /** An error in the library is one of the place in the program that asked for the instance. */
  private static Diagnostic inProgram(Diagnostic d, List<Origin> chain) {
    if (d.span().filter(s -> s.file().isLibrary()).isEmpty()) {
      return d;
    }
    return chain.stream()
        .filter(o -> !o.at.file().isLibrary())
        .findFirst()
        .map(o -> d.movedTo(o.at, "found in the library, for this call"))
        .orElse(d);
  }

  /** Reports an {@code #error}: at the outermost call if it stands in an instance (gen.mono.5). */
  void directive(Span at, String message) {
    Origin origin = current;
    if (origin == null) {
      diagnostics.error(at, message);
      return;
    }
    Diagnostic d =
        Diagnostic.error(origin.outermost().at, message)
            .with(Diagnostic.note(at, "the directive stands here"));
    outside(
        () -> {
          diagnostics.report(d);
          return d;
        });
  }
}
