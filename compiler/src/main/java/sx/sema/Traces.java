package sx.sema;

import java.util.Optional;
import sx.sema.tree.Tree;
import sx.source.Span;

/** The return traces that checked code records (err.trace). */
final class Traces {
  /** A call that records a frame for a place; empty where no traces are kept. */
  Optional<Tree.Expr> push(Checker c, Span at) {
    return Optional.empty();
  }

  /** A call that writes what is recorded to standard error; empty where no traces are kept. */
  Optional<Tree.Expr> print(Checker c, Span at) {
    return Optional.empty();
  }

  /** A call that drops what is recorded; empty where no traces are kept. */
  Optional<Tree.Expr> clear(Checker c, Span at) {
    return Optional.empty();
  }
}
