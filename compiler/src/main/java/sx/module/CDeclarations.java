package sx.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.c.CFunction;
import sx.c.CType;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.ReservedNames;

/**
 * Functions of C as declarations of sx: {@code name :: (params) -> R extern;}. All parts stand
 * where the header is named.
 */
final class CDeclarations {
  private static final String VARIADIC = "args";

  private final Span at;

  private CDeclarations(Span at) {
    this.at = at;
  }

  /**
   * The declaration of a function.
   *
   * @param at the directive that names the header
   */
  static Ast.Stmt declaration(CFunction function, Span at) {
    return new CDeclarations(at).of(function);
  }

  private Ast.Stmt of(CFunction function) {
    List<Ast.Param> params = new ArrayList<>();
    function.params().forEach(p -> params.add(param(false, p.name(), type(p.type()))));
    if (function.variadic()) {
      params.add(param(true, VARIADIC, new Ast.SliceType(at, builtin("any"))));
    }
    Optional<Ast.Expr> result =
        function.result().isVoid() ? Optional.empty() : Optional.of(type(function.result()));
    Ast.Function value =
        new Ast.Function(
            at,
            false,
            false,
            false,
            List.copyOf(params),
            result,
            Ast.Accessor.NONE,
            Optional.empty(),
            Optional.of(new Ast.Linkage(at, true, Optional.empty(), Optional.empty())),
            Ast.BodyForm.EXTERN,
            Optional.<Ast.Expr>empty());
    return new Ast.ConstDecl(at, false, name(function.name()), Optional.empty(), value);
  }

  private Ast.Param param(boolean variadic, String name, Ast.Expr type) {
    return new Ast.Param(
        at, variadic, false, name(name), Optional.of(type), List.of(), Optional.empty());
  }

  /** Names of C may be reserved in sx (lex.reserved.7). */
  private Ast.Name name(String text) {
    return new Ast.Name(text, ReservedNames.isReserved(text), at);
  }

  private Ast.Expr type(CType type) {
    Ast.Expr named = builtin(type.name());
    return switch (type.form()) {
      case PLAIN -> named;
      case POINTER -> new Ast.Unary(at, Ast.UnaryOp.ADDRESS, named);
      case MANY_POINTER -> new Ast.ManyPointerType(at, named);
    };
  }

  private Ast.Expr builtin(String name) {
    return new Ast.NameExpr(at, new Ast.Name(name, false, at));
  }
}
