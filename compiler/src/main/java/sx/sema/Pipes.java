package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.syntax.Ast;

/** Rewrites {@code a |> f(b)} to the call {@code f(a, b)} (ufcs.pipe.1). */
final class Pipes {
  private Pipes() {}

  /** The expression that a pipe stands for. */
  static Ast.Expr rewritten(Ast.Binary pipe) {
    return into(pipe.right(), pipe);
  }

  /**
   * The right operand with the value in its head call; `try`, `catch` and `or` keep their place.
   */
  private static Ast.Expr into(Ast.Expr right, Ast.Binary pipe) {
    return switch (right) {
      case Ast.Unary u when u.op() == Ast.UnaryOp.TRY ->
          new Ast.Unary(pipe.span(), u.op(), into(u.operand(), pipe));
      case Ast.Catch k -> new Ast.Catch(pipe.span(), into(k.base(), pipe), k.binding(), k.body());
      case Ast.Binary b when b.op() == Ast.BinaryOp.OR ->
          new Ast.Binary(pipe.span(), b.op(), into(b.left(), pipe), b.right());
      case Ast.Call k -> call(k.callee(), k.args(), k.trailing(), pipe);
      default -> call(right, List.of(), Optional.empty(), pipe);
    };
  }

  private static Ast.Expr call(
      Ast.Expr callee, List<Ast.Arg> rest, Optional<Ast.Block> trailing, Ast.Binary pipe) {
    List<Ast.Arg> args = new ArrayList<>();
    args.add(new Ast.Arg(pipe.left().span(), Optional.empty(), pipe.left()));
    args.addAll(rest);
    return new Ast.Call(pipe.span(), callee, List.copyOf(args), trailing);
  }
}
