package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Binds the type parameters of a function by matching types of arguments (gen.infer). */
final class Inference {
  private final Analysis a;
  private final Set<String> params;
  private final Checker patterns;
  private final Map<String, Type> bound = new LinkedHashMap<>();
  private final Map<String, Entity.Const> values = new HashMap<>();
  private final Set<String> given = new HashSet<>();
  private final Map<String, List<Type>> lists = new HashMap<>();

  /**
   * @param params the type parameters
   * @param scope where the other names of the patterns resolve
   */
  Inference(Analysis a, List<String> params, Scope scope) {
    this.a = a;
    this.params = new HashSet<>(params);
    this.patterns = Checker.of(a, scope, FunctionState.none());
  }

  /** Binds a parameter to an argument that is a type; no other argument changes it. */
  void give(String name, Type type) {
    bound.put(name, type);
    given.add(name);
  }

  @Nullable Type type(String name) {
    return bound.get(name);
  }

  /** A value that a pattern such as {@code Grid($W, $T)} bound; null if there is none. */
  Entity.@Nullable Const value(String name) {
    return values.get(name);
  }

  /**
   * A lambda for the parameter of a pattern; its parameters take the types that other arguments
   * have bound (gen.infer.9).
   */
  Tree.Expr lambda(Checker c, Ast.Function f, Ast.Expr pattern, Scope names) {
    Scope scope = names.inner();
    declareBound(scope);
    Checker resolver = Checker.of(a, scope, FunctionState.none());
    return switch (pattern) {
      case Ast.Group g -> lambda(c, f, g.inner(), names);
      case Ast.OptionalType o -> lambda(c, f, o.payload(), names);
      case Ast.ClosureType k ->
          new Closures(c)
              .partial(
                  k.result().filter(this::open).isPresent() ? TrailingBlocks.withItsValue(f) : f,
                  types(k.params(), resolver),
                  k.result().isEmpty() ? Types.VOID : known(k.result().get(), resolver),
                  false,
                  false);
      case Ast.FunctionType k ->
          new Closures(c)
              .partial(
                  f,
                  types(k.params(), resolver),
                  known(k.result(), resolver),
                  true,
                  k.abi().filter(n -> n.text().equals("c")).isPresent());
      default -> new Closures(c).partial(f, List.of(), null, false, false);
    };
  }

  private List<@Nullable Type> types(List<Ast.TypeSlot> slots, Checker resolver) {
    List<@Nullable Type> out = new ArrayList<>();
    for (Ast.TypeSlot s : slots) {
      if (s.type() instanceof Ast.Spread x) {
        List<Type> list = new TypeLists(resolver).list(x.operand());
        out.addAll(list == null ? List.of() : list);
      } else {
        out.add(known(s.type(), resolver));
      }
    }
    return out;
  }

  private @Nullable Type known(Ast.Expr type, Checker resolver) {
    return open(type) ? null : resolver.types.result(type);
  }

  /** The types that {@code ..$name} in a closure pattern or an application bound, or null. */
  @Nullable List<Type> list(String name) {
    return lists.get(name);
  }

  /** Binds a list of types; the first binding stays. */
  void giveList(String name, List<Type> types) {
    lists.putIfAbsent(name, List.copyOf(types));
  }

  /** Declares what is bound so far. */
  void declareBound(Scope scope) {
    bound.forEach((name, type) -> scope.declare(name, new Entity.TypeName(type)));
    values.forEach(scope::declare);
    lists.forEach(
        (name, types) -> {
          if (!(scope.find(name) instanceof Entity.Pack)) {
            scope.declare(name, new Entity.TypeList(types));
          }
        });
  }

  /** Whether a pattern mentions a type parameter. */
  boolean mentions(Ast.Expr pattern) {
    return any(pattern, params::contains);
  }

  /** Whether a pattern mentions a type parameter that another number may still change. */
  boolean mayWiden(Ast.Expr pattern) {
    return any(
        pattern,
        n -> {
          Type t = bound.get(n);
          return t != null && t.isNumeric() && !given.contains(n);
        });
  }

  /** Whether a pattern mentions a type parameter that is bound to nothing yet. */
  boolean open(Ast.Expr pattern) {
    return any(pattern, n -> params.contains(n) && !bound.containsKey(n) && !values.containsKey(n));
  }

  private static boolean any(Ast.Expr e, java.util.function.Predicate<String> test) {
    return switch (e) {
      case Ast.NameExpr n -> test.test(n.name().text());
      case Ast.TypeIntro t -> test.test(t.name().text());
      case Ast.PackRef t -> test.test(t.name().text());
      case Ast.Unary u -> any(u.operand(), test);
      case Ast.Group g -> any(g.inner(), test);
      case Ast.ArrayType x -> any(x.element(), test) || any(x.length(), test);
      case Ast.SliceType x -> any(x.element(), test);
      case Ast.ManyPointerType x -> any(x.element(), test);
      case Ast.OptionalType x -> any(x.payload(), test);
      case Ast.Call x -> x.args().stream().anyMatch(g -> any(g.value(), test));
      case Ast.FunctionType f ->
          f.params().stream().anyMatch(s -> any(s.type(), test)) || any(f.result(), test);
      case Ast.ClosureType f ->
          f.params().stream().anyMatch(s -> any(s.type(), test))
              || f.result().filter(r -> any(r, test)).isPresent();
      case Ast.TupleType t -> t.slots().stream().anyMatch(s -> any(s.type(), test));
      case Ast.ResultList r -> r.items().stream().anyMatch(i -> any(i.type(), test));
      default -> false;
    };
  }

  /**
   * Matches an argument; a value fits the pattern of a pointer to it, whose address is taken then.
   */
  boolean argument(Ast.Expr pattern, Type type) {
    Ast.Expr p = pattern;
    while (p instanceof Ast.Group g) {
      p = g.inner();
    }
    if (p instanceof Ast.Unary u
        && u.op() == Ast.UnaryOp.ADDRESS
        && !(type instanceof Type.Pointer)) {
      return match(u.operand(), type);
    }
    return match(p, type);
  }

  /** Matches a type against a pattern and binds what it mentions (gen.infer.1). */
  boolean match(Ast.Expr pattern, Type type) {
    return switch (pattern) {
      case Ast.TypeIntro t -> bind(t.name().text(), type);
      case Ast.NameExpr n when params.contains(n.name().text()) -> bind(n.name().text(), type);
      case Ast.Group g -> match(g.inner(), type);
      case Ast.Unary u when u.op() == Ast.UnaryOp.ADDRESS ->
          type instanceof Type.Pointer p && match(u.operand(), p.target());
      case Ast.SliceType s ->
          switch (type) {
            case Type.Slice x -> match(s.element(), x.element());
            case Type.Array x -> match(s.element(), x.element());
            default -> false;
          };
      case Ast.ArrayType s ->
          type instanceof Type.Array x && match(s.element(), x.element()) && length(s, x);
      case Ast.ManyPointerType m ->
          type instanceof Type.ManyPointer x && match(m.element(), x.element());
      case Ast.OptionalType o -> type instanceof Type.Optional x && match(o.payload(), x.payload());
      case Ast.FunctionType f -> function(f.params(), f.result(), type);
      case Ast.ClosureType f -> function(f.params(), f.result().orElse(null), type);
      case Ast.TupleType t -> elements(t.slots().stream().map(Ast.TypeSlot::type).toList(), type);
      case Ast.ResultList r ->
          elements(r.items().stream().map(Ast.ResultItem::type).toList(), type);
      case Ast.Call v when patterns.types.isVector(v) && v.args().size() == 2 ->
          type instanceof Type.Vector x && match(v.args().get(1).value(), x.element());
      case Ast.Call k -> application(k, type);
      default -> fits(pattern, type);
    };
  }

  /** A pattern without parameters accepts its type. */
  private boolean fits(Ast.Expr pattern, Type type) {
    if (!(pattern instanceof Ast.NameExpr || pattern instanceof Ast.Member)) {
      return true;
    }
    Entity e =
        pattern instanceof Ast.NameExpr n
            ? patterns.names.find(n.name(), Names.Use.TYPE)
            : patterns.names.path(pattern, Names.Use.TYPE);
    return switch (e) {
      case Entity.TypeName t -> t.type().equals(type);
      case Entity.Template t -> t.current().isEmpty() || t.current().get().equals(type);
      case null, default -> true;
    };
  }

  private boolean length(Ast.ArrayType pattern, Type.Array type) {
    String name =
        switch (pattern.length()) {
          case Ast.PackRef p -> p.name().text();
          case Ast.TypeIntro t -> t.name().text();
          default -> null;
        };
    if (name != null) {
      bindValue(name, Types.I64, new Constant.Int(type.length()));
    }
    return true;
  }

  /** The elements of a tuple, or the results of a function with several. */
  private boolean elements(List<Ast.Expr> wanted, Type type) {
    if (!(type instanceof Type.Tuple t) || t.elements().size() != wanted.size()) {
      return false;
    }
    boolean fits = true;
    for (int i = 0; i < wanted.size(); i++) {
      fits &= match(wanted.get(i), t.elements().get(i));
    }
    return fits;
  }

  /** The result first, then the parameters position by position (gen.infer.5). */
  private boolean function(List<Ast.TypeSlot> slots, Ast.@Nullable Expr wanted, Type type) {
    List<Type> types;
    Type result;
    switch (type) {
      case Type.Function f -> {
        types = f.params();
        result = f.result();
      }
      case Type.Closure k -> {
        types = k.params();
        result = k.result();
      }
      default -> {
        return false;
      }
    }
    boolean spreads = !slots.isEmpty() && slots.getLast().type() instanceof Ast.Spread;
    int fixed = spreads ? slots.size() - 1 : slots.size();
    if (types.size() < fixed || (!spreads && types.size() > fixed)) {
      return false;
    }
    if (wanted instanceof Ast.ResultList r
        && r.items().size() == 2
        && r.items().getLast().type() instanceof Ast.ErrorChannel
        && !(result instanceof Type.Tuple)) {
      wanted = r.items().getFirst().type();
    }
    boolean fits = wanted == null ? result.equals(Types.VOID) : result(wanted, result);
    for (int i = 0; i < fixed; i++) {
      fits &= match(slots.get(i).type(), types.get(i));
    }
    return fits
        && (!spreads
            || spread((Ast.Spread) slots.getLast().type(), types.subList(fixed, types.size())));
  }

  /** A result pattern also takes a callable that yields nothing. */
  private boolean result(Ast.Expr wanted, Type type) {
    if (wanted instanceof Ast.TypeIntro t && type instanceof Type.Void) {
      bound.putIfAbsent(t.name().text(), type);
      return true;
    }
    return match(wanted, type);
  }

  /** {@code ..$args} binds the rest of a list of types (pack.clos.1). */
  private boolean spread(Ast.Spread s, List<Type> rest) {
    String name =
        switch (s.operand()) {
          case Ast.TypeIntro t -> t.name().text();
          case Ast.PackRef p -> p.name().text();
          case Ast.NameExpr n -> n.name().text();
          default -> null;
        };
    if (name != null) {
      giveList(name, rest);
      return rest.equals(lists.get(name));
    }
    return true;
  }

  /** An instance of the very same generic struct or protocol (gen.infer.3). */
  private boolean application(Ast.Call pattern, Type type) {
    Entity head =
        pattern.callee() instanceof Ast.NameExpr n
            ? patterns.names.find(n.name(), Names.Use.HEAD)
            : patterns.names.path(pattern.callee(), Names.Use.HEAD);
    List<Object> made = null;
    if (head instanceof Entity.Template t) {
      Templates.Application of = a.templates.application(type);
      made = of != null && of.template() == t.template() ? of.arguments() : null;
    } else if (head instanceof Entity.ProtocolFamily f) {
      made =
          type instanceof Type.Protocol p
              ? a.protocols
                  .application(p)
                  .filter(x -> x.family().equals(f))
                  .map(x -> List.<Object>copyOf(x.arguments()))
                  .orElse(null)
              : null;
    } else {
      return !mentions(pattern) && patterns.types.resolve(pattern).equals(type);
    }
    return made != null && arguments(pattern, made, a.templates.declared(type));
  }

  private boolean arguments(Ast.Call pattern, List<Object> made, List<Type> declared) {
    boolean spreads =
        !pattern.args().isEmpty() && pattern.args().getLast().value() instanceof Ast.Spread;
    int fixed = spreads ? pattern.args().size() - 1 : pattern.args().size();
    if (made.size() < fixed || (!spreads && made.size() > fixed)) {
      return false;
    }
    boolean fits = true;
    if (spreads) {
      List<Type> rest =
          made.subList(fixed, made.size()).stream()
              .map(x -> x instanceof Type y ? y : Types.ERROR)
              .toList();
      fits = spread((Ast.Spread) pattern.args().getLast().value(), rest);
    }
    for (int i = 0; i < fixed; i++) {
      Ast.Expr arg = pattern.args().get(i).value();
      fits &=
          switch (made.get(i)) {
            case Type x -> match(arg, x);
            case Constant k -> value(arg, declared.get(i), k);
            default -> false;
          };
    }
    return fits;
  }

  private boolean value(Ast.Expr pattern, Type declared, Constant k) {
    String name =
        switch (pattern) {
          case Ast.TypeIntro t -> t.name().text();
          case Ast.PackRef p -> p.name().text();
          case Ast.NameExpr n -> n.name().text();
          default -> null;
        };
    if (name != null) {
      bindValue(name, declared, k);
    }
    return true;
  }

  private void bindValue(String name, Type type, Constant k) {
    if (params.contains(name)) {
      values.putIfAbsent(name, new Entity.Const(name, type, k, Optional.empty()));
    }
  }

  /** The first binding wins, except that floats win over the numbers before them (gen.infer.6). */
  private boolean bind(String name, Type type) {
    Type known = bound.get(name);
    if (type instanceof Type.NoReturn) {
      return false;
    }
    boolean wider =
        known != null
            && known.isNumeric()
            && type.isFloat()
            && !known.equals(Types.F64)
            && !known.equals(type);
    if (known == null || (wider && !given.contains(name))) {
      bound.put(name, type);
    }
    return true;
  }
}
