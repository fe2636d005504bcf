package sx.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Turns type syntax into types (02-types.md section 1). */
final class TypeResolver {
  private static final long MAX_DIMENSION = 4294967295L;
  private final Checker c;

  TypeResolver(Checker c) {
    this.c = c;
  }

  /**
   * The type of values that an expression in type position denotes; errors are reported and give an
   * error type. There are no values of type {@code noreturn} (types.prim.8).
   */
  Type resolve(Ast.Expr e) {
    Type t = any(e);
    return t instanceof Type.NoReturn
        ? error(e.span(), "nothing has the type `noreturn`: it stands only for a result")
        : t;
  }

  private Type any(Ast.Expr e) {
    Type t = typeSyntax(e);
    if (t != null) {
      return t;
    }
    return switch (e) {
      case Ast.NameExpr n -> named(c.names.entity(n.name(), Names.Use.TYPE), n.span(), n.span());
      case Ast.Member m -> member(m);
      case Ast.Unary u when u.op() == Ast.UnaryOp.ADDRESS -> pointer(resolve(u.operand()));
      case Ast.Group g -> any(g.inner());
      case Ast.Call call -> application(call);
      default -> error(e.span(), "a type is expected here");
    };
  }

  /** The type in the place of a result, where a list of several is allowed (stmt.multi.1). */
  Type result(Ast.Expr e) {
    if (!(e instanceof Ast.ResultList r)) {
      return any(e);
    }
    List<Type> elements = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Ast.ResultItem i : r.items()) {
      elements.add(resolve(i.type()));
      labels.add(i.name().map(Ast.Name::text).orElse(""));
    }
    return elements.contains(Types.ERROR) ? Types.ERROR : new Type.Tuple(elements, labels);
  }

  private Type member(Ast.Member m) {
    Entity e = c.names.path(m, Names.Use.TYPE);
    if (e != null) {
      return named(e, m.span(), m.span());
    }
    Type declared = declaredIn(m);
    return declared != null ? declared : error(m.span(), "`" + m.span().text() + "` is not a type");
  }

  /**
   * The type that a constant of a struct is (types.struct.8); null if the expression names no such
   * constant. A missing one is reported and gives an error type.
   */
  @Nullable Type declaredIn(Ast.Member m) {
    Type owner =
        c.names.path(m.base(), Names.Use.VALUE) instanceof Entity.TypeName t
            ? t.type()
            : m.base() instanceof Ast.Member outer ? declaredIn(outer) : null;
    if (m.chained() || !(owner instanceof Type.Struct)) {
      return null;
    }
    Tree.Expr value = c.expressions.any(m);
    if (value.type().isError()) {
      return Types.ERROR;
    }
    return Folding.constant(value).orElse(null) instanceof Constant.TypeValue v ? v.type() : null;
  }

  private Type named(Entity e, Span at, Span whole) {
    return switch (e) {
      case Entity.TypeName t -> t.type();
      case Entity.Template t when t.current().isPresent() -> t.current().get();
      case Entity.Template t -> unapplied(whole).type();
      case Entity.Bad b -> Types.ERROR;
      case Entity.Variable v when v.local().type().equals(Types.TYPE) ->
          error(whole, GenericSignatures.valueAsType(at.text()));
      case Entity.Const k when c.scope.isOfInstance() ->
          error(whole, GenericSignatures.valueAsType(at.text()));
      default -> error(whole, "`" + at.text() + "` is a value, not a type");
    };
  }

  /**
   * Whether an expression is a vector type {@code Vector(N, T)}, or {@code std.Vector(N, T)}
   * through a named import of the prelude (std.facade.8).
   */
  boolean isVector(Ast.Expr e) {
    return e instanceof Ast.Call call
        && switch (call.callee()) {
          case Ast.NameExpr n ->
              !n.name().raw()
                  && n.name().text().equals("Vector")
                  && c.names.find(n.name(), Names.Use.CALL) == null;
          case Ast.Member m -> m.name().text().equals("Vector") && c.names.isPrimitiveOfPrelude(m);
          default -> false;
        };
  }

  /** The name of a generic struct alone is no type (gen.struct.1). */
  Tree.Expr unapplied(Span at) {
    return c.bad(
        at,
        "`"
            + at.text()
            + "` is generic; a type is made of it with arguments: `"
            + at.text()
            + "(…)`");
  }

  private Type application(Ast.Call call) {
    if (call.callee() instanceof Ast.NameExpr n && !n.name().raw()) {
      if (n.name().text().equals("Array") && call.args().size() == 2) {
        return array(call.args().get(0).value(), resolve(call.args().get(1).value()));
      }
    }
    if (isVector(call)) {
      return c.vectors.type(call);
    }
    return c.asType(() -> c.applications.resolve(call));
  }

  /**
   * The type that pure type syntax denotes; null if the expression is none (names, calls, `*e`).
   */
  @Nullable Type typeSyntax(Ast.Expr e) {
    return switch (e) {
      case Ast.VoidType v -> Types.VOID;
      case Ast.SliceType s -> wrap(resolve(s.element()), Type.Slice::new);
      case Ast.ManyPointerType m -> wrap(resolve(m.element()), Type.ManyPointer::new);
      case Ast.OptionalType o -> wrap(resolve(o.payload()), Type.Optional::new);
      case Ast.ArrayType a -> array(a.length(), resolve(a.element()));
      case Ast.SentinelType s -> sentinel(s);
      case Ast.FunctionType f -> functionType(f);
      case Ast.TupleType t -> tuple(t);
      case Ast.StructType s when s.hasParams() -> error(s.span(), "a generic struct needs a name");
      case Ast.StructType s -> c.analysis.unnamed.struct(s, c.scope, Unnamed.NAME);
      case Ast.EnumType n -> c.analysis.unnamed.enumeration(n, c.scope, Unnamed.NAME);
      case Ast.UnionType u -> c.analysis.unnamed.union(u, c.scope, Unnamed.NAME);
      case Ast.TypeIntro t -> intro(t);
      case Ast.PackIndex p -> packElement(p);
      case Ast.ResultList r ->
          error(
              r.span(), "a list of types is only a result; a type for several values is Tuple(…)");
      case Ast.ClosureType k -> closure(k);
      case Ast.ErrorChannel k -> Errors.channel(c, k);
      default -> null;
    };
  }

  private Type intro(Ast.TypeIntro t) {
    Entity e = c.scope.find(t.name().text());
    return e instanceof Entity.TypeName n
        ? n.type()
        : error(
            t.span(),
            "`$" + t.name().text() + "` introduces a type parameter and cannot stand here");
  }

  private Type packElement(Ast.PackIndex p) {
    Entity e = c.scope.find(p.name().text());
    List<Type> types =
        switch (e) {
          case Entity.Pack k -> k.elements().stream().map(sx.sema.tree.Local::type).toList();
          case Entity.TypeList l -> l.types();
          case null, default -> List.of();
        };
    if (p.index().value() >= 0 && p.index().value() < types.size()) {
      return types.get((int) p.index().value());
    }
    return error(p.span(), "there is no pack element `" + p.span().text() + "`");
  }

  private Type functionType(Ast.FunctionType f) {
    boolean isC = f.abi().filter(n -> n.text().equals("c")).isPresent();
    List<Ast.TypeSlot> slots = f.params();
    boolean variadic =
        isC
            && !slots.isEmpty()
            && slots.getLast().type() instanceof Ast.Spread s
            && s.operand() instanceof Ast.SliceType;
    if (variadic) {
      slots = slots.subList(0, slots.size() - 1);
    }
    List<Type> params = new TypeLists(c).slots(slots).types();
    Type result = result(f.result());
    if (result.isError() || params.contains(Types.ERROR)) {
      return Types.ERROR;
    }
    return new Type.Function(params, result, isC, variadic);
  }

  private Type closure(Ast.ClosureType k) {
    List<Type> params = new TypeLists(c).slots(k.params()).types();
    Type result = k.result().map(this::result).orElse(Types.VOID);
    return result.isError() || params.contains(Types.ERROR)
        ? Types.ERROR
        : new Type.Closure(params, result);
  }

  private Type tuple(Ast.TupleType t) {
    TypeLists.Slots slots = new TypeLists(c).slots(t.slots());
    List<Type> elements = slots.types();
    List<String> labels = slots.labels();
    return elements.contains(Types.ERROR) ? Types.ERROR : new Type.Tuple(elements, labels);
  }

  private Type sentinel(Ast.SentinelType s) {
    Type element = resolve(s.element());
    if (element.equals(Types.U8) && s.sentinel().value() == 0) {
      return Types.STRING;
    }
    return element.isError()
        ? element
        : error(s.span(), "only [:0]u8 exists as a sentinel-terminated type");
  }

  private Type array(Ast.Expr length, Type element) {
    Long n = count(length, 0, MAX_DIMENSION);
    return n == null || element.isError() ? Types.ERROR : new Type.Array(element, n);
  }

  /** A compile-time count (types.dim); null after a reported error. */
  @Nullable Long count(Ast.Expr written, long min, long max) {
    Ast.Expr e = Applications.bound(c, written);
    Tree.Expr v = c.folding(Checker.Constants.COUNT, () -> c.expressions.any(e));
    if (v.type().isError()) {
      return null;
    }
    Constant k = Folding.constant(v).orElse(null);
    Long n = null;
    if (k instanceof Constant.Int i && v.type() instanceof Type.Int) {
      n = i.value();
    } else if (k instanceof Constant.Float f && f.value() == Math.rint(f.value())) {
      n = (long) f.value();
    }
    if (n == null) {
      c.error(
          e.span(),
          k instanceof Constant.Float
              ? "`" + e.span().text() + "` is not a whole number and cannot be a count"
              : "a count needs an integer known at compile time");
      return null;
    }
    if (n < min || n > max || (v.type().equals(Types.U64) && n < 0)) {
      c.error(e.span(), "the count " + n + " is outside of " + min + " to " + max);
      return null;
    }
    return n;
  }

  /** A parameterised protocol with its arguments (proto.par.1). */
  Type apply(Entity.ProtocolFamily family, Ast.Call call) {
    int wanted = family.ast().params().size();
    if (call.args().size() != wanted) {
      return error(call.callee().span(), Calls.wrongCount(wanted, wanted, call.args().size()));
    }
    List<Type> arguments = new ArrayList<>();
    for (Ast.Arg a : call.args()) {
      arguments.add(resolve(a.value()));
    }
    return arguments.contains(Types.ERROR)
        ? Types.ERROR
        : c.analysis.protocols.apply(family, arguments);
  }

  private Type pointer(Type target) {
    return target.isError() ? target : new Type.Pointer(target);
  }

  private static Type wrap(Type t, java.util.function.Function<Type, Type> make) {
    return t.isError() ? t : make.apply(t);
  }

  private Type error(Span at, String message) {
    c.error(at, message);
    return Types.ERROR;
  }
}
