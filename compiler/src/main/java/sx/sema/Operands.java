package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;

/** Evaluates operands once, in order, so that their parts can be read one by one. */
final class Operands {
  private final List<Tree.Stmt> before = new ArrayList<>();

  /** The operand as something that may be read again: a constant, or a variable that holds it. */
  Tree.Expr hold(Tree.Expr e) {
    if (Folding.constant(e).isPresent()) {
      return e;
    }
    Local local = new Local("operand", e.type(), e.span());
    before.add(new Tree.Declare(e.span(), local, Optional.of(e)));
    return new Tree.LocalRef(e.span(), local);
  }

  /** A value made of the operands, behind their evaluation. */
  Tree.Expr finish(Span span, Tree.Expr value) {
    return before.isEmpty() || value.type().isError()
        ? value
        : new Tree.Block(span, value.type(), before, Optional.of(value));
  }
}
