package sx.sema;

import sx.syntax.Ast;

/** Which forms a module variable may be initialised with (types.glob.1, decl.global.2). */
final class GlobalInitialisers {
  private GlobalInitialisers() {}

  static boolean allows(Ast.Expr e, Names names) {
    return switch (e) {
      case Ast.Binary b -> false;
      case Ast.Chain c -> false;
      case Ast.Member m -> isQualified(m, names);
      case Ast.Index i -> false;
      case Ast.Call c -> isVariant(c.callee());
      case Ast.Group g -> allows(g.inner(), names);
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

  /** {@code ns.CONST} and {@code Type.variant}, other than a field of a constant (types.glob.2). */
  private static boolean isQualified(Ast.Member m, Names names) {
    return Errors.isTag(m)
        || names.path(m, Names.Use.VALUE) != null
        || names.path(m.base(), Names.Use.VALUE) instanceof Entity.TypeName
        || m.base() instanceof Ast.Call;
  }
}
