package sx.sema;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sx.syntax.Ast;

/**
 * Reports names in type syntax that no visible type declares (decl.order.7), without making the
 * type: what is generic stays as it is, and no function runs for a type.
 */
final class TypeNames {
  private final Checker c;
  private final Set<String> types = new HashSet<>();
  private final Set<String> values = new HashSet<>();

  TypeNames(Checker c) {
    this.c = c;
  }

  /** Makes a name known that stands for a type around the syntax. */
  void type(String name) {
    types.add(name);
  }

  /** Makes a name known that stands for a value and cannot serve as a type (gen.val.5). */
  void value(String name) {
    values.add(name);
  }

  void types(Collection<String> names) {
    types.addAll(names);
  }

  void from(TypeNames outer) {
    types.addAll(outer.types);
    values.addAll(outer.values);
  }

  boolean isKnown(String name) {
    return types.contains(name) || values.contains(name);
  }

  /** Reports the names in a type that cannot be meant. */
  void check(Ast.Expr type) {
    switch (type) {
      case Ast.NameExpr n -> name(n);
      case Ast.Member m -> member(m, Names.Use.TYPE);
      case Ast.TypeIntro t -> introduction(t);
      case Ast.Unary u when u.op() == Ast.UnaryOp.ADDRESS -> check(u.operand());
      case Ast.Group g -> check(g.inner());
      case Ast.ArrayType a -> check(a.element());
      case Ast.SliceType s -> check(s.element());
      case Ast.ManyPointerType m -> check(m.element());
      case Ast.OptionalType o -> check(o.payload());
      case Ast.FunctionType f -> {
        slots(f.params());
        check(f.result());
      }
      case Ast.ClosureType k -> {
        slots(k.params());
        k.result().ifPresent(this::check);
      }
      case Ast.TupleType t -> slots(t.slots());
      case Ast.ResultList r -> r.items().forEach(i -> check(i.type()));
      case Ast.Call k -> application(k);
      case Ast.ErrorChannel k -> Errors.channel(c, k);
      default -> {}
    }
  }

  private void slots(List<Ast.TypeSlot> slots) {
    slots.forEach(s -> check(s.type()));
  }

  private void name(Ast.NameExpr n) {
    String text = n.name().text();
    if (types.contains(text)) {
      return;
    }
    if (values.contains(text)) {
      c.error(n.span(), GenericSignatures.valueAsType(text));
      return;
    }
    if (c.names.find(n.name(), Names.Use.TYPE) == null) {
      c.names.entity(n.name(), Names.Use.TYPE);
    }
  }

  private void member(Ast.Member m, Names.Use use) {
    Ast.Expr root = m;
    while (root instanceof Ast.Member outer) {
      root = outer.base();
    }
    if (!(root instanceof Ast.NameExpr n && isKnown(n.name().text()))) {
      c.names.path(m, use);
    }
  }

  private void introduction(Ast.TypeIntro t) {
    if (!isKnown(t.name().text())) {
      c.error(
          t.span(),
          "`$"
              + t.name().text()
              + "` introduces a type parameter that no parameter of the function has");
    }
  }

  private void application(Ast.Call k) {
    if (k.callee() instanceof Ast.NameExpr n
        && !types.contains(n.name().text())
        && !n.name().text().equals("Array")
        && !c.types.isVector(k)
        && c.names.find(n.name(), Names.Use.HEAD) == null
        && c.names.find(n.name(), Names.Use.CALL) == null) {
      c.error(n.span(), "unknown generic type `" + n.name().text() + "`");
      return;
    }
    if (k.callee() instanceof Ast.Member m && !c.types.isVector(k)) {
      member(m, Names.Use.HEAD);
    }
    for (Ast.Arg a : k.args()) {
      if (a.value() instanceof Ast.NameExpr n) {
        if (!isKnown(n.name().text()) && c.names.find(n.name(), Names.Use.VALUE) == null) {
          c.names.entity(n.name(), Names.Use.TYPE);
        }
      } else {
        check(a.value());
      }
    }
  }
}
