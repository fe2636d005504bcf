package sx.sema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** {@code Name(args)} as a type: generic structs and type functions (gen.struct, gen.tfn). */
final class Applications {
  private final Checker c;

  Applications(Checker c) {
    this.c = c;
  }

  /** The type of an application in type position; errors are reported. */
  Type resolve(Ast.Call call) {
    Entity head = head(call.callee());
    if (head == null) {
      Entity other =
          call.callee() instanceof Ast.NameExpr n
              ? c.names.find(n.name(), Names.Use.CALL)
              : c.names.path(call.callee(), Names.Use.CALL);
      if (other == null && !(call.callee() instanceof Ast.Member)) {
        c.error(call.callee().span(), "unknown generic type `" + call.callee().span().text() + "`");
        return Types.ERROR;
      }
      return evaluated(call);
    }
    return switch (head) {
      case Entity.Template t -> template(t.template(), call);
      case Entity.Fn f when isTypeFunction(f.decl()) -> typeFunction(f.decl(), call);
      case Entity.Bad b -> Types.ERROR;
      case Entity.TypeName t -> {
        c.error(
            call.callee().span(),
            "`" + call.callee().span().text() + "` is not generic and takes no arguments");
        yield Types.ERROR;
      }
      default -> evaluated(call);
    };
  }

  private @Nullable Entity head(Ast.Expr callee) {
    return callee instanceof Ast.NameExpr n
        ? c.names.find(n.name(), Names.Use.HEAD)
        : c.names.path(callee, Names.Use.HEAD);
  }

  /** The type that another call gives while compiling (gen.tfn.9, gen.tfn.10). */
  private Type evaluated(Ast.Call call) {
    Tree.Expr value = c.expressions.any(call);
    if (value.type().isError()) {
      return Types.ERROR;
    }
    Constant k = Folding.constant(value).orElse(null);
    if (k == null && value.type().equals(Types.TYPE) && !RuntimeNames.in(value)) {
      k = c.analysis.evaluate(value, "`" + call.span().text() + "`", call.span());
      if (k == null) {
        return Types.ERROR;
      }
    }
    if (k instanceof Constant.TypeValue t) {
      return t.type();
    }
    if (value instanceof Tree.Reflect r
        && r.index().isPresent()
        && Folding.constant(r.subject()).isPresent()) {
      c.error(
          call.args().get(1).value().span(),
          "the index must be known at compile time (ct.field.7)");
      return Types.ERROR;
    }
    c.error(call.span(), "`" + call.span().text() + "` is not a type");
    return Types.ERROR;
  }

  // ------------------------------------------------------------------ generic structs

  /** An instance of a generic struct. */
  Type template(StructTemplate t, Ast.Call written) {
    return c.scoped(
        () -> {
          Ast.Call call = new TypeLists(c).expanded(written);
          return call == null ? Types.ERROR : expanded(t, call);
        });
  }

  private Type expanded(StructTemplate t, Ast.Call call) {
    List<Ast.TypeParam> params = t.params();
    boolean variadic = !params.isEmpty() && params.getLast().variadic();
    int fixed = variadic ? params.size() - 1 : params.size();
    if (call.args().size() < fixed || (!variadic && call.args().size() > fixed)) {
      c.error(
          call.span(),
          "`"
              + t.name.text()
              + "`: "
              + Calls.wrongCount(params.size(), params.size(), call.args().size()));
      return Types.ERROR;
    }
    Scope header = t.scope.inner();
    List<Object> arguments = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < call.args().size(); i++) {
      Ast.TypeParam p = params.get(Math.min(i, params.size() - 1));
      if (p.variadic()) {
        Type type = c.types.resolve(call.args().get(i).value());
        if (type.isError()) {
          return type;
        }
        types.add(Types.TYPE);
        arguments.add(type);
        continue;
      }
      boolean takesType = Constraints.takesType(Optional.of(p.type()), t.scope);
      Object made =
          argument(p.name().text(), takesType, p.type(), header, call.args().get(i).value(), types);
      if (made == null) {
        return Types.ERROR;
      }
      Checker declared = Checker.of(c.analysis, t.scope, FunctionState.none());
      if (made instanceof Type type
          && !new Constraints(declared)
              .met(Constraints.of(p), type, call.args().get(i).value().span())) {
        return Types.ERROR;
      }
      arguments.add(made);
      header.declare(p.name().text(), Templates.entity(p.name().text(), types.getLast(), made));
    }
    return c.analysis.templates.apply(
        new Templates.Application(t, List.copyOf(arguments)), types, call.span());
  }

  /** One argument; its declared type is added to {@code types}. Null after an error. */
  private @Nullable Object argument(
      String name,
      boolean takesType,
      Ast.Expr declared,
      Scope header,
      Ast.Expr given,
      List<Type> types) {
    if (takesType) {
      types.add(Types.TYPE);
      Type t = c.types.resolve(given);
      return t.isError() ? null : t;
    }
    Type type = Checker.of(c.analysis, header, FunctionState.none()).types.resolve(declared);
    types.add(type);
    return type.isError() ? null : constant(given, type, name, false);
  }

  /**
   * The value of a compile-time argument; null after an error (gen.val.2 to gen.val.4).
   *
   * @param evaluates whether a call of an ordinary function is run
   */
  @Nullable Constant constant(Ast.Expr given, Type type, String name, boolean evaluates) {
    if (type instanceof Type.Enum && !isVariant(given)) {
      c.error(
          given.span(),
          "the argument for `" + name + "` must be written as a variant, such as `.name`");
      return null;
    }
    Checker.Constants kind =
        type.isInt() ? Checker.Constants.COUNT : Checker.Constants.CONSTANT; // ct.const.5
    Ast.Expr named = bound(c, given);
    Tree.Expr v = c.folding(kind, () -> c.value(named, type));
    if (v.type().isError()) {
      return null;
    }
    Constant k = Folding.constant(v).orElse(null);
    if (k == null && evaluates && !RuntimeNames.in(v)) {
      k = c.analysis.evaluate(v, "the argument for `" + name + "`", given.span());
      if (k == null) {
        return null;
      }
    }
    if (k == null) {
      c.error(given.span(), "the argument for `" + name + "` must be known at compile time");
      return null;
    }
    return Templates.normal(type, k);
  }

  /** A {@code $N} that the signature binds to a value means that value (gen.param.7). */
  static Ast.Expr bound(Checker c, Ast.Expr given) {
    Ast.Name name =
        switch (given) {
          case Ast.TypeIntro t -> t.name();
          case Ast.PackRef p -> p.name();
          default -> null;
        };
    return name != null && c.scope.find(name.text()) instanceof Entity.Const
        ? new Ast.NameExpr(given.span(), name)
        : given;
  }

  /** Whether an expression is written as a variant of the type that is expected. */
  static boolean isVariant(Ast.Expr e) {
    return switch (e) {
      case Ast.EnumLit l -> true;
      case Ast.Group g -> isVariant(g.inner());
      case Ast.Call k -> k.callee() instanceof Ast.EnumLit;
      case Ast.AggregateLit l -> l.head().filter(Ast.EnumLit.class::isInstance).isPresent();
      default -> false;
    };
  }

  // ------------------------------------------------------------------ type functions

  /** Whether a function makes types of its compile-time parameters (gen.tfn.1). */
  static boolean isTypeFunction(Entity.FunctionDecl f) {
    return f.isGeneric()
        && Generics.isType(f.ast.returnType())
        && f.ast.params().stream().noneMatch(Ast.Param::variadic);
  }

  /**
   * What one argument of a call in type position binds.
   *
   * @param type the declared type of a value; empty where the argument is a type
   */
  private record Slot(String name, Optional<Ast.Expr> type) {
    boolean takesType() {
      return type.isEmpty();
    }
  }

  /** The compile-time parameters and the type parameters, as introduced (gen.tfn.5). */
  private static List<Slot> slots(Entity.FunctionDecl f) {
    List<Slot> slots = new ArrayList<>();
    Set<String> types = new LinkedHashSet<>(f.typeParams());
    for (Ast.Param p : f.ast.params()) {
      if (p.compileTime()) {
        String name = p.name().text();
        boolean takesType = types.remove(name) || p.type().isEmpty();
        slots.add(new Slot(name, takesType ? Optional.empty() : p.type()));
      } else {
        for (Ast.TypeIntro t : p.type().map(Generics::introduced).orElse(Set.of())) {
          if (types.remove(t.name().text())) {
            slots.add(new Slot(t.name().text(), Optional.empty()));
          }
        }
      }
    }
    return slots;
  }

  /** Whether a call in an expression is one of a type function, and gives a known type. */
  boolean isTypeCall(Entity.FunctionDecl f, Ast.Call call) {
    if (!isTypeFunction(f) || call.args().stream().anyMatch(a -> a.name().isPresent())) {
      return false;
    }
    if (f.ast.params().stream().allMatch(Ast.Param::compileTime)) {
      return true;
    }
    List<Slot> slots = slots(f);
    boolean fits = call.args().size() == slots.size();
    for (int i = 0; fits && i < slots.size(); i++) {
      fits = !slots.get(i).takesType() || new TypeSyntax(c).denotesType(call.args().get(i).value());
    }
    return fits;
  }

  /** The type that a type function gives for the arguments of a call. */
  Type typeFunction(Entity.FunctionDecl f, Ast.Call call) {
    Scope scope = f.scope.instance();
    List<Object> arguments = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    List<Slot> slots = slots(f);
    if (call.args().size() != slots.size()) {
      c.error(
          call.callee().span(), Calls.wrongCount(slots.size(), slots.size(), call.args().size()));
      return Types.ERROR;
    }
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      Ast.Expr given = call.args().get(i).value();
      Object made =
          argument(slot.name(), slot.takesType(), slot.type().orElse(given), scope, given, types);
      if (made == null) {
        return Types.ERROR;
      }
      arguments.add(made);
      scope.declare(slot.name(), Templates.entity(slot.name(), types.getLast(), made));
    }
    String name = c.analysis.templates.name(f.name, arguments, types);
    return c.analysis.typeFunctions.result(
        new Instances.Key(f, List.copyOf(arguments)), scope, name, call.span());
  }

  /**
   * A struct, enum or union that a type function gives back: a nominal type with the name of the
   * instance (gen.tfn.4); null for every other expression.
   */
  @Nullable Type minted(Ast.Expr e) {
    Instances.Key key = c.function.typeFunction;
    if (key == null) {
      return null;
    }
    String name = c.function.name;
    Structs structs = c.analysis.structs;
    Declarations.Early early =
        t -> c.analysis.typeFunctions.early(key, ((Entity.TypeName) t).type());
    Entity made =
        switch (e) {
          case Ast.StructType s when !s.hasParams() ->
              structs.declare(name, s.span(), s, c.scope, early);
          case Ast.EnumType n -> c.analysis.enums.declare(name, n.span(), n, c.scope, early);
          case Ast.UnionType u -> structs.declareUnion(name, u.span(), u, c.scope, early);
          default -> Entity.BAD;
        };
    return made instanceof Entity.TypeName t ? t.type() : null;
  }

  /** Evaluates the instance of a type function. */
  static Type run(Analysis a, Construction k, Instance f, Span at) {
    Tree.Block body = f.body();
    Tree.Expr returned = returned(body);
    Span whole = returned == null ? at : returned.span();
    Type type =
        body.statements().size() == 1
                && returned != null
                && Folding.constant(returned).orElse(null) instanceof Constant.TypeValue t
            ? t.type()
            : evaluated(a, k, f, new Constructions.Places(at, whole, whole));
    return a.constructions.finish(k, type, whole, whole);
  }

  private static Tree.@Nullable Expr returned(Tree.Block body) {
    return !body.statements().isEmpty()
            && body.statements().getLast() instanceof Tree.Return r
            && r.value().isPresent()
        ? r.value().get()
        : null;
  }

  private static Type evaluated(
      Analysis a, Construction k, Instance f, Constructions.Places places) {
    Span at = places.failure();
    List<Tree.Expr> args = new ArrayList<>();
    f.params().forEach(p -> args.add(new Tree.Const(at, p.type(), Constant.ZERO)));
    return a.constructions.run(k, new Tree.Call(at, f.result(), f, args), places);
  }
}
