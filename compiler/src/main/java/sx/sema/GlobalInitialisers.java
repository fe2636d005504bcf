package sx.sema;

import sx.syntax.Ast;

/** Which forms a module variable may be initialised with (types.glob.1, decl.global.2). */
final class GlobalInitialisers {
  private GlobalInitialisers() {}

  static boolean allows(Ast.Expr e) {
    return switch (e) {
      case Ast.Binary b -> false;
      case Ast.Chain c -> false;
      case Ast.Member m -> isTypeMember(m);
      case Ast.Index i -> false;
      case Ast.Call c -> isVariant(c.callee());
      case Ast.Group g -> allows(g.inner());
      case Ast.Unary u ->
          switch (u.op()) {
            case NEGATE ->
                u.operand() instanceof Ast.IntLit
                    || u.operand() instanceof Ast.FloatLit
                    || u.operand() instanceof Ast.CharLit;
            case ADDRESS, CONVERT -> true;
            default -> false;
          };
      default -> true;
    };
  }

  /** {@code .v(e)} and {@code Type.v(e)} look like calls; folding has decided already. */
  private static boolean isVariant(Ast.Expr callee) {
    return callee instanceof Ast.EnumLit || callee instanceof Ast.Member;
  }

  /** {@code Type.variant} and {@code ns.CONST} look like fields; folding has decided already. */
  private static boolean isTypeMember(Ast.Member m) {
    return m.base() instanceof Ast.NameExpr || m.base() instanceof Ast.Member;
  }
}
