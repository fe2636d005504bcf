package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Declares enums, flags and tagged unions (02-types.md sections 5 and 6). */
final class Enums {
  private final Analysis a;

  Enums(Analysis a) {
    this.a = a;
  }

  /** What an enum declaration says; {@code layout} is the struct of types.lay, if there is one. */
  record Members(
      Type.Int tag,
      boolean flags,
      Optional<Type.Struct> layout,
      List<TypeTable.Variant> variants) {}

  /** Declares a named enum or tagged union; {@code at} is its name. */
  Entity declare(String name, Span at, Ast.EnumType ast, Scope scope, Declarations.Early early) {
    Type.Enum type = a.types.declareEnum(name);
    Entity entity = new Entity.TypeName(type);
    early.accept(entity);
    a.structs.checkLater(type, at);
    define(type, members(name, ast, scope));
    a.structs.checkLater(type, at); // again, like a struct
    return entity;
  }

  void define(Type.Enum type, Members m) {
    if (m.layout().isPresent()) {
      a.types.define(type, m.tag(), m.layout().get(), m.variants());
    } else {
      a.types.define(type, m.tag(), m.flags(), m.variants());
    }
  }

  /** The members of an enum with that display name; errors are reported. */
  Members members(String name, Ast.EnumType ast, Scope scope) {
    Checker k = Checker.of(a, scope, FunctionState.none());
    Type backing = ast.backing().map(k.types::resolve).orElse(Types.I64);
    Optional<Type.Struct> layout = Optional.empty();
    Type.Int tag = (Type.Int) Types.I64;
    switch (backing) {
      case Type.Int i -> tag = i;
      case Type.Struct s when !ast.flags() && tagOf(s).isPresent() && payloadSpace(s) >= 0 -> {
        tag = tagOf(s).get();
        layout = Optional.of(s);
      }
      case Type.Erroneous e -> {}
      default ->
          a.diagnostics.error(
              ast.backing().orElseThrow().span(),
              backing instanceof Type.Struct && !ast.flags()
                  ? "the layout of a tagged union needs an integer field `tag` and an array field"
                      + " `payload`"
                  : "the backing type of an enum is an integer type");
    }
    List<TypeTable.Variant> variants = new ArrayList<>();
    for (Ast.Variant v : ast.variants()) {
      long value = ast.flags() ? 1L << variants.size() : variants.size();
      if (v.value().isPresent()) {
        value = value(k, v.value().get(), tag, name);
      }
      Type payload =
          v.payload().map(p -> a.unnamed.member(k, p, name, v.name().text())).orElse(Types.VOID);
      if (layout.isPresent() && v.payload().isPresent()) {
        checkFits(payload, layout.get(), v.payload().get().span());
      }
      variants.add(new TypeTable.Variant(v.name().text(), value, payload));
    }
    return new Members(tag, ast.flags(), layout, List.copyOf(variants));
  }

  private Optional<Type.Int> tagOf(Type.Struct s) {
    for (TypeTable.Field f : a.types.fields(s)) {
      if (f.name().equals("tag") && f.type() instanceof Type.Int i) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** The bytes of the field {@code payload}; -1 if there is no such array. */
  private long payloadSpace(Type.Struct s) {
    for (TypeTable.Field f : a.types.fields(s)) {
      if (f.name().equals("payload") && f.type() instanceof Type.Array array) {
        return a.layout.size(array);
      }
    }
    return -1;
  }

  private void checkFits(Type payload, Type.Struct layout, Span at) {
    long size = a.layout.size(payload);
    long space = payloadSpace(layout);
    if (size > space) {
      a.diagnostics.error(
          at,
          "the payload `"
              + a.typeNames.of(payload)
              + "` takes "
              + size
              + " bytes, and the layout has room for "
              + space);
    }
  }

  /** An explicit value, in the range of the tag type (types.enum.2). */
  private long value(Checker k, Ast.Expr e, Type tag, String name) {
    Tree.Expr v =
        k.folding(
            Checker.Constants.COUNT,
            () -> {
              Tree.Expr n = k.expressions.check(e, tag);
              return n.type().isNumeric() ? k.conversions.convert(n, tag, e.span()) : n;
            });
    if (v.type().isInt() && Folding.constant(v).orElse(null) instanceof Constant.Int n) {
      return n.value();
    }
    if (!v.type().isError()) {
      a.diagnostics.error(
          e.span(), "a variant of `" + name + "` needs an integer known at compile time");
    }
    return 0;
  }
}
