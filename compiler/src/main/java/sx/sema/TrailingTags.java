package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.syntax.Ast;

/**
 * Tags at the end of the body of a function that returns an error alone: each stands for its {@code
 * return} (err.ret.5). As plain values they would be numbers that nothing takes.
 */
final class TrailingTags {
  private TrailingTags() {}

  /** The body with the tags at its end returned. */
  static Ast.Block returned(Ast.Block b) {
    return new Ast.Block(b.span(), statements(b.statements(), false));
  }

  /** The expression behind an arrow with its tags returned. */
  static Ast.Expr returned(Ast.Expr e) {
    return switch (e) {
      case Ast.Expr t when Errors.isTag(t) -> new Ast.ReturnExpr(t.span(), Optional.of(t));
      case Ast.Block b -> returned(b);
      case Ast.If i ->
          new Ast.If(
              i.span(),
              i.inlineForm(),
              i.binding(),
              i.condition(),
              returned(i.then()),
              i.otherwise().map(TrailingTags::returned));
      case Ast.Match m ->
          new Ast.Match(
              m.span(),
              m.subject(),
              m.arms().stream().map(TrailingTags::returned).toList(),
              m.otherwise().map(o -> new Ast.Block(o.span(), statements(o.statements(), true))));
      default -> e;
    };
  }

  private static Ast.Arm returned(Ast.Arm a) {
    return new Ast.Arm(
        a.span(), a.pattern(), a.capture(), a.form(), statements(a.body(), true), a.bodySpan());
  }

  /** In the list of an arm a {@code ;} does not discard the last value (stmt.mval.1). */
  private static List<Ast.Stmt> statements(List<Ast.Stmt> all, boolean ofArm) {
    if (all.isEmpty() || !(all.getLast() instanceof Ast.ExprStmt e) || (e.terminated() && !ofArm)) {
      return all;
    }
    Ast.Stmt last =
        Errors.isTag(e.expr())
            ? new Ast.Return(e.span(), List.of(new Ast.ReturnItem(Optional.empty(), e.expr())))
            : new Ast.ExprStmt(e.span(), returned(e.expr()), e.terminated(), e.semicolon());
    List<Ast.Stmt> out = new ArrayList<>(all);
    out.set(out.size() - 1, last);
    return out;
  }
}
