package sx.sema;

import java.util.List;
import java.util.Optional;
import sx.syntax.Ast;

/** Finds {@code $T} in type syntax (gen.param.5). */
final class Generics {
  private Generics() {}

  /** Whether a type mentions {@code $T} anywhere. */
  static boolean introduces(Ast.Expr type) {
    return switch (type) {
      case Ast.TypeIntro t -> true;
      case Ast.Unary u -> introduces(u.operand());
      case Ast.ArrayType a -> introduces(a.element());
      case Ast.SliceType s -> introduces(s.element());
      case Ast.ManyPointerType m -> introduces(m.element());
      case Ast.OptionalType o -> introduces(o.payload());
      case Ast.Group g -> introduces(g.inner());
      case Ast.Call c -> c.args().stream().anyMatch(a -> introduces(a.value()));
      case Ast.FunctionType f -> any(f.params()) || introduces(f.result());
      case Ast.ClosureType c -> any(c.params()) || any(c.result());
      case Ast.TupleType t -> any(t.slots());
      default -> false;
    };
  }

  private static boolean any(List<Ast.TypeSlot> slots) {
    return slots.stream().anyMatch(s -> introduces(s.type()));
  }

  private static boolean any(Optional<Ast.Expr> type) {
    return type.isPresent() && introduces(type.get());
  }
}
