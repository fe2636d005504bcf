package sx.harness.fault;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import sx.driver.Seams;
import sx.ir.Body;
import sx.lower.Rewrite;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;

/**
 * A miscompilation that the corpus must catch, or a bug in the library. A miscompilation breaks
 * functions of the program only, not those of the library, so that no case catches it by what it
 * prints with.
 *
 * @param what in a few words
 * @param areas where a case that catches it is looked for first; all others follow
 */
public record SeededFault(String name, String what, Mutation mutation, List<String> areas) {
  /** The part that errs: {@code check}, {@code tree}, {@code ir} or {@code library}. */
  public String stage() {
    return switch (mutation) {
      case Mutation.Ir _, Mutation.LaterInstances _ -> "ir";
      case Mutation.Typed _ -> "tree";
      case Mutation.Silence _ -> "check";
      case Mutation.Library _ -> "library";
    };
  }

  /** Whether the fault concerns programs that are rejected. */
  boolean isOfCheck() {
    return mutation instanceof Mutation.Silence;
  }

  boolean isOfLibrary() {
    return mutation instanceof Mutation.Library;
  }

  /**
   * The compiler of a fault.
   *
   * @param name empty for the compiler as it is
   */
  public static Seeding seeding(String name) {
    return name.isEmpty()
        ? new Seeding(Seams.NONE, new AtomicBoolean())
        : Catalogue.named(name).seeding();
  }

  private Seeding seeding() {
    AtomicBoolean changed = new AtomicBoolean();
    Seams seams =
        switch (mutation) {
          case Mutation.Ir(IrFault fault) ->
              rewriting(new OwnFunctions(null, fault, i -> true, changed));
          case Mutation.LaterInstances(IrFault fault) -> {
            Set<Span> seen = new HashSet<>();
            yield rewriting(new OwnFunctions(null, fault, i -> !seen.add(i.span()), changed));
          }
          case Mutation.Typed(TreeFault fault) ->
              rewriting(new OwnFunctions(new TreeRewriter(fault), null, i -> true, changed));
          case Mutation.Silence(var message) ->
              new Seams(
                  Rewrite.NONE,
                  d -> {
                    boolean lost =
                        d.severity() == Diagnostic.Severity.ERROR
                            && message.matcher(d.message().toLowerCase(Locale.ROOT)).find();
                    changed.compareAndSet(false, lost);
                    return !lost;
                  });
          case Mutation.Library library ->
              new Seams(
                  file -> {
                    if (!library.concerns(file)) {
                      return Optional.empty();
                    }
                    changed.set(true);
                    return Optional.of(library::change);
                  },
                  Rewrite.NONE,
                  d -> true);
        };
    return new Seeding(seams, changed);
  }

  private static Seams rewriting(Rewrite rewrite) {
    return new Seams(rewrite, d -> true);
  }

  /** A compiler with a fault, and whether the fault had anything to change so far. */
  public record Seeding(Seams seams, AtomicBoolean happened) {
    public boolean changed() {
      return happened.get();
    }
  }

  /** Breaks what does not belong to the library. */
  private record OwnFunctions(
      @org.jspecify.annotations.Nullable TreeRewriter rewriter,
      @org.jspecify.annotations.Nullable IrFault fault,
      Predicate<Instance> where,
      AtomicBoolean changed)
      implements Rewrite {
    @Override
    public Tree.Block tree(Instance function, Tree.Block body) {
      return rewriter == null || isLibrary(function) ? body : noted(body, rewriter.rewrite(body));
    }

    @Override
    public Body body(Instance function, Body body) {
      return fault == null || isLibrary(function) || !where.test(function)
          ? body
          : noted(body, fault.apply(body));
    }

    /** What was not changed is the same object. */
    @SuppressWarnings("ReferenceEquality")
    private <T> T noted(T before, T after) {
      changed.compareAndSet(false, before != after);
      return after;
    }

    private static boolean isLibrary(Instance function) {
      return function.span().file().path().contains("library/modules/");
    }
  }
}
