package sx.syntax;

import java.util.List;

/** Tells from what is written alone whether an expression ends in a value (expr.block.1). */
public final class Tails {
  private Tails() {}

  /**
   * Whether an expression has a value as far as its form goes: a block, {@code if} or match has one
   * if one of its ends is an expression without {@code ;}. A call counts, whatever it yields.
   */
  public static boolean hasValue(Ast.Expr e) {
    return switch (e) {
      case Ast.Block b -> hasValue(b.statements());
      case Ast.If i when i.otherwise().isEmpty() -> false;
      case Ast.If i -> hasValue(i.then()) || hasValue(i.otherwise().get());
      case Ast.Match m ->
          m.arms().stream().anyMatch(a -> armHasValue(a.body()))
              || m.otherwise().filter(b -> armHasValue(b.statements())).isPresent();
      case Ast.While w -> false;
      case Ast.For f -> false;
      case Ast.Push p -> false;
      default -> true;
    };
  }

  /** In an arm a {@code ;} only ends the expression (stmt.mval). */
  private static boolean armHasValue(List<Ast.Stmt> body) {
    return !body.isEmpty() && body.getLast() instanceof Ast.ExprStmt e && hasValue(e.expr());
  }

  private static boolean hasValue(List<Ast.Stmt> body) {
    return !body.isEmpty()
        && body.getLast() instanceof Ast.ExprStmt e
        && !e.terminated()
        && hasValue(e.expr());
  }
}
