package sx.sema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sx.syntax.Ast;

/**
 * What is checked of generic declarations before anything makes an instance: the type names of
 * signatures and fields (gen.mono.2, gen.val.5, gen.infer.11, gen.param.8).
 */
final class GenericSignatures {
  private final Checker c;
  private final Set<String> types = new HashSet<>();
  private final Set<String> values = new HashSet<>();

  GenericSignatures(Analysis a, Scope scope) {
    this.c = Checker.of(a, scope, FunctionState.none());
  }

  /** Checks a generic struct with its fields and methods. */
  void struct(Ast.ConstDecl d, Ast.StructType s) {
    types.add(d.name().text());
    types.add("Self");
    for (Ast.TypeParam p : s.params()) {
      boolean takesType = Constraints.takesType(Optional.of(p.type()), c.scope);
      (takesType ? types : values).add(p.name().text());
      if (!takesType && !p.variadic()) {
        names(p.type());
      }
    }
    if (s.params().stream().anyMatch(Ast.TypeParam::variadic)) {
      return;
    }
    for (Ast.StructItem i : s.items()) {
      switch (i) {
        case Ast.Fields f -> field(f);
        case Ast.StructConst k when k.value() instanceof Ast.Function f -> {
          GenericSignatures inner = new GenericSignatures(c.analysis, c.scope);
          inner.types.addAll(types);
          inner.values.addAll(values);
          inner.function(f);
        }
        default -> {}
      }
    }
  }

  private void field(Ast.Fields f) {
    if (foreign(c, f.type(), types, values)) {
      return;
    }
    names(f.type());
  }

  /** Reports a {@code $T} in the type of a field that no header introduces (gen.param.8). */
  static boolean foreign(Checker c, Ast.Expr type, Set<String> types, Set<String> values) {
    for (Ast.TypeIntro t : Generics.introduced(type)) {
      String name = t.name().text();
      if (!types.contains(name) && !values.contains(name) && c.scope.find(name) == null) {
        c.error(
            type.span(),
            "`$"
                + name
                + "` cannot be introduced by a field; the struct takes it as a parameter: `struct ($"
                + name
                + ": Type)`");
        return true;
      }
    }
    return false;
  }

  /** Checks the signature of a generic function. */
  void function(Ast.Function f) {
    boolean pack = false;
    for (Ast.Param p : f.params()) {
      if (p.variadic() && p.type().filter(t -> t instanceof Ast.SliceType).isEmpty()) {
        pack = true;
        values.add(p.name().text());
      } else if (p.compileTime()) {
        (Constraints.takesType(p.type(), c.scope) ? types : values).add(p.name().text());
      } else if (p.type().isPresent()) {
        Generics.introduced(p.type().get()).forEach(t -> types.add(t.name().text()));
      }
    }
    if (pack) {
      return;
    }
    f.params().forEach(p -> p.type().ifPresent(this::names));
    f.returnType().ifPresent(this::names);
  }

  /** Reports the names in a type that cannot be meant. */
  private void names(Ast.Expr type) {
    switch (type) {
      case Ast.NameExpr n -> name(n);
      case Ast.Member m -> c.names.path(m, Names.Use.TYPE);
      case Ast.TypeIntro t -> introduction(t);
      case Ast.Unary u -> names(u.operand());
      case Ast.Group g -> names(g.inner());
      case Ast.ArrayType a -> names(a.element());
      case Ast.SliceType s -> names(s.element());
      case Ast.ManyPointerType m -> names(m.element());
      case Ast.OptionalType o -> names(o.payload());
      case Ast.FunctionType f -> {
        slots(f.params());
        names(f.result());
      }
      case Ast.ClosureType k -> {
        slots(k.params());
        k.result().ifPresent(this::names);
      }
      case Ast.TupleType t -> slots(t.slots());
      case Ast.ResultList r -> r.items().forEach(i -> names(i.type()));
      case Ast.Call k -> application(k);
      default -> {}
    }
  }

  private void slots(List<Ast.TypeSlot> slots) {
    slots.forEach(s -> names(s.type()));
  }

  private void name(Ast.NameExpr n) {
    String text = n.name().text();
    if (types.contains(text)) {
      return;
    }
    if (values.contains(text)) {
      c.error(n.span(), valueAsType(text));
      return;
    }
    if (c.names.find(n.name(), Names.Use.TYPE) == null) {
      c.names.entity(n.name(), Names.Use.TYPE);
    }
  }

  private void introduction(Ast.TypeIntro t) {
    String text = t.name().text();
    if (!types.contains(text) && !values.contains(text)) {
      c.error(
          t.span(),
          "`$" + text + "` introduces a type parameter that no parameter of the function has");
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
    for (Ast.Arg a : k.args()) {
      if (a.value() instanceof Ast.NameExpr n) {
        boolean known = types.contains(n.name().text()) || values.contains(n.name().text());
        if (!known && c.names.find(n.name(), Names.Use.VALUE) == null) {
          c.names.entity(n.name(), Names.Use.TYPE);
        }
      } else {
        names(a.value());
      }
    }
  }

  /** What is wrong with a value parameter in the place of a type (gen.val.5). */
  static String valueAsType(String name) {
    return "`"
        + name
        + "` is a value, not a type; a parameter that takes a type is written `$"
        + name
        + ": Type`";
  }
}
