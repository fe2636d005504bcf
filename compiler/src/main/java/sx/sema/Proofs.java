package sx.sema;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.syntax.Ast;
import sx.type.Type;

/**
 * What the outcome of a condition proves, by its form alone (opt.narrow.2, err.live.2).
 *
 * @param whenTrue the facts if it is true
 * @param whenFalse the facts if it is false
 */
record Proofs(Flow.State whenTrue, Flow.State whenFalse) {
  private static final Proofs NONE = new Proofs(Flow.State.NOTHING, Flow.State.NOTHING);

  static Proofs of(Checker c, Ast.Expr e) {
    return switch (e) {
      case Ast.Group g -> of(c, g.inner());
      case Ast.NameExpr n -> bare(variable(c, n));
      case Ast.Unary u when u.op() == Ast.UnaryOp.NOT -> negated(of(c, u.operand()));
      case Ast.Binary b -> binary(c, b);
      default -> NONE;
    };
  }

  /** A bare error variable is false when it holds no error; a bare optional proves nothing. */
  private static Proofs bare(@Nullable Local v) {
    return v != null && v.type() instanceof Type.ErrorSet
        ? new Proofs(Flow.State.NOTHING, new Flow.State(Set.of(), Set.of(v)))
        : NONE;
  }

  /** Only proofs about errors pass a negation (opt.narrow.2). */
  private static Proofs negated(Proofs p) {
    return new Proofs(
        new Flow.State(Set.of(), p.whenFalse.clear()),
        new Flow.State(Set.of(), p.whenTrue.clear()));
  }

  private static Proofs binary(Checker c, Ast.Binary b) {
    return switch (b.op()) {
      case AND ->
          new Proofs(of(c, b.left()).whenTrue.and(of(c, b.right()).whenTrue), Flow.State.NOTHING);
      case OR ->
          new Proofs(Flow.State.NOTHING, of(c, b.left()).whenFalse.and(of(c, b.right()).whenFalse));
      case EQ -> new Proofs(Flow.State.NOTHING, compared(c, b));
      case NE -> new Proofs(compared(c, b), Flow.State.NOTHING);
      default -> NONE;
    };
  }

  /** The variable that is compared with {@code null}, as present. */
  private static Flow.State compared(Checker c, Ast.Binary b) {
    Local v = null;
    if (isNull(b.right())) {
      v = variable(c, b.left());
    } else if (isNull(b.left())) {
      v = variable(c, b.right());
    }
    return v != null && v.type() instanceof Type.Optional
        ? new Flow.State(Set.of(v), Set.of())
        : Flow.State.NOTHING;
  }

  private static boolean isNull(Ast.Expr e) {
    return switch (e) {
      case Ast.NullLit n -> true;
      case Ast.Group g -> isNull(g.inner());
      default -> false;
    };
  }

  /**
   * The variable or parameter of this function that a bare name denotes, for a lambda also its copy
   * of one of an enclosing function; or null.
   */
  static @Nullable Local variable(Checker c, Ast.Expr e) {
    return switch (e) {
      case Ast.Group g -> variable(c, g.inner());
      case Ast.NameExpr n when c.scope.find(n.name().text()) instanceof Entity.Variable v ->
          v.owner() == c.function ? v.local() : new Closures(c).captured(v);
      default -> null;
    };
  }
}
