package sx.sema;

import java.util.Optional;
import sx.syntax.Ast;

/**
 * What is checked of generic declarations before anything makes an instance: the type names of
 * signatures and fields (gen.mono.2, gen.val.5, gen.infer.11, gen.param.8).
 */
final class GenericSignatures {
  private final Checker c;
  private final TypeNames names;

  GenericSignatures(Analysis a, Scope scope) {
    this.c = Checker.of(a, scope, FunctionState.none());
    this.names = new TypeNames(c);
  }

  /** Checks a generic struct with its fields and methods. */
  void struct(Ast.ConstDecl d, Ast.StructType s) {
    names.type(d.name().text());
    names.type("Self");
    for (Ast.TypeParam p : s.params()) {
      boolean takesType = Constraints.takesType(Optional.of(p.type()), c.scope);
      parameter(p.name(), takesType);
      if (!takesType && !p.variadic()) {
        names.check(p.type());
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
          inner.names.from(names);
          inner.function(f);
        }
        default -> {}
      }
    }
  }

  private void field(Ast.Fields f) {
    if (!foreign(c, f.type(), names)) {
      names.check(f.type());
    }
  }

  private void parameter(Ast.Name name, boolean takesType) {
    if (takesType) {
      names.type(name.text());
    } else {
      names.value(name.text());
    }
  }

  /** Reports a {@code $T} in the type of a field that no header introduces (gen.param.8). */
  static boolean foreign(Checker c, Ast.Expr type, TypeNames known) {
    for (Ast.TypeIntro t : Generics.introduced(type)) {
      String name = t.name().text();
      if (!known.isKnown(name) && c.scope.find(name) == null) {
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
        names.value(p.name().text());
      } else if (p.compileTime()) {
        parameter(p.name(), Constraints.takesType(p.type(), c.scope));
      } else if (p.type().isPresent()) {
        Generics.introduced(p.type().get()).forEach(t -> names.type(t.name().text()));
      }
    }
    if (pack) {
      return;
    }
    f.params().forEach(p -> p.type().ifPresent(names::check));
    f.returnType().ifPresent(names::check);
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
