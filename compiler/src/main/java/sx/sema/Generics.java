package sx.sema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sx.syntax.Ast;

/** Finds {@code $T} in type syntax (gen.param.5). */
final class Generics {
  private Generics() {}

  /** Whether a type mentions {@code $T} anywhere. */
  static boolean introduces(Ast.Expr type) {
    return !introduced(type).isEmpty();
  }

  /** The names that a type introduces, in order. */
  static Set<Ast.TypeIntro> introduced(Ast.Expr type) {
    Set<Ast.TypeIntro> out = new LinkedHashSet<>();
    collect(type, out);
    return out;
  }

  /** The names {@code args} of {@code Closure(..$args)} in a type (pack.clos.1). */
  static List<String> lists(Ast.Expr type) {
    List<String> out = new java.util.ArrayList<>();
    sx.syntax.Children.walk(
        List.of(type),
        n -> {
          if (n instanceof Ast.Spread s && s.operand() instanceof Ast.TypeIntro t) {
            out.add(t.name().text());
          }
        });
    return out;
  }

  private static void collect(Ast.Expr type, Set<Ast.TypeIntro> out) {
    switch (type) {
      case Ast.TypeIntro t -> out.add(t);
      case Ast.Unary u -> collect(u.operand(), out);
      case Ast.ArrayType a -> {
        collect(a.length(), out);
        collect(a.element(), out);
      }
      case Ast.SliceType s -> collect(s.element(), out);
      case Ast.ManyPointerType m -> collect(m.element(), out);
      case Ast.OptionalType o -> collect(o.payload(), out);
      case Ast.Group g -> collect(g.inner(), out);
      case Ast.Call c -> c.args().forEach(a -> collect(a.value(), out));
      case Ast.FunctionType f -> {
        slots(f.params(), out);
        collect(f.result(), out);
      }
      case Ast.ClosureType c -> {
        slots(c.params(), out);
        c.result().ifPresent(r -> collect(r, out));
      }
      case Ast.TupleType t -> slots(t.slots(), out);
      case Ast.ResultList r -> r.items().forEach(i -> collect(i.type(), out));
      default -> {}
    }
  }

  private static void slots(List<Ast.TypeSlot> slots, Set<Ast.TypeIntro> out) {
    slots.forEach(s -> collect(s.type(), out));
  }

  /** Whether the type of a {@code $} parameter says that its argument is a type (gen.param.3). */
  static boolean isType(Optional<Ast.Expr> type) {
    return type.filter(
            t -> t instanceof Ast.NameExpr n && !n.name().raw() && n.name().text().equals("Type"))
        .isPresent();
  }
}
