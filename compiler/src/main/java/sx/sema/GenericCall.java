package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Binds the compile-time parameters of one call and calls the instance (gen.call, gen.infer). */
final class GenericCall {
  private final Checker c;
  private final Entity.FunctionDecl decl;
  private final Span call;
  private final Span callee;
  private final Map<String, Type> bound = new LinkedHashMap<>();
  private final List<Object> key = new ArrayList<>();
  private final Scope scope;

  GenericCall(Checker c, Entity.FunctionDecl decl, Span call, Span callee) {
    this.c = c;
    this.decl = decl;
    this.call = call;
    this.callee = callee;
    this.scope = decl.scope.inner();
  }

  Tree.Expr call(List<Calls.@Nullable Argument> slots) {
    List<Ast.Param> params = decl.ast.params();
    Map<Integer, Tree.Expr> checked = new HashMap<>();
    List<Type> pack = List.of();
    List<Tree.Expr> packValues = new ArrayList<>();
    for (int i = 0; i < params.size(); i++) {
      Ast.Param p = params.get(i);
      if (Entity.FunctionDecl.isPack(p)) {
        if (!bindPack(slots.subList(Math.min(i, slots.size()), slots.size()), packValues)) {
          return c.bad(call);
        }
        pack = packValues.stream().map(Tree.Expr::type).toList();
      } else if (p.compileTime()) {
        if (!bindCompileTime(p, slots.get(i))) {
          return c.bad(call);
        }
      } else if (p.type().filter(Generics::introduces).isPresent()) {
        Tree.Expr v =
            p.variadic()
                ? inferTail(p, slots.subList(Math.min(i, slots.size()), slots.size()))
                : infer(p, slots.get(i));
        if (v.type().isError()) {
          return v;
        }
        if (!p.variadic()) {
          checked.put(i, v);
        }
      }
    }
    bound.forEach(
        (name, type) -> {
          scope.declare(name, new Entity.TypeName(type));
          key.add(name);
          key.add(type);
        });
    key.addAll(pack);
    Optional<Instance> made =
        c.analysis.instances.instance(new Instances.Key(decl, List.copyOf(key)), scope, pack);
    return made.isEmpty() ? c.bad(call) : finish(made.get(), slots, checked, packValues);
  }

  private Tree.Expr finish(
      Instance f,
      List<Calls.@Nullable Argument> slots,
      Map<Integer, Tree.Expr> checked,
      List<Tree.Expr> packValues) {
    List<Tree.Expr> args = new ArrayList<>();
    List<Ast.Param> params = decl.ast.params();
    int next = 0;
    for (int i = 0; i < params.size(); i++) {
      Ast.Param p = params.get(i);
      if (Entity.FunctionDecl.isPack(p)) {
        args.addAll(packValues);
        continue;
      }
      if (p.compileTime()) {
        continue;
      }
      Type type = f.params().get(next++).type();
      Calls.Argument given = i < slots.size() ? slots.get(i) : null;
      Tree.Expr v;
      if (p.variadic()) {
        v = c.calls.tail(slots.subList(Math.min(i, slots.size()), slots.size()), type, call);
      } else if (given == null) {
        v = c.calls.defaultArgument(decl, p, type, call, scope);
      } else if (checked.containsKey(i)) {
        Calls.Argument ready = new Calls.Argument.Checked(checked.get(i), given.span());
        v = c.calls.argument(ready, type, call);
      } else {
        v = c.calls.argument(given, type, call);
      }
      if (v.type().isError()) {
        return c.bad(call);
      }
      args.add(v);
    }
    return new Tree.Call(call, f.result(), f, args);
  }

  private boolean bindPack(List<Calls.@Nullable Argument> given, List<Tree.Expr> values) {
    boolean good = true;
    for (Calls.Argument a : given) {
      Tree.Expr v =
          a instanceof Calls.Argument.Written w && w.expr() instanceof Ast.ParenTuple p
              ? c.tuples.misplaced(p)
              : c.calls.checked(a, null);
      if (v.type() instanceof Type.Void && a != null) {
        v = c.bad(a.span(), "this has no value");
      }
      good &= !v.type().isError();
      values.add(v);
    }
    return good;
  }

  private boolean bindCompileTime(Ast.Param p, Calls.@Nullable Argument given) {
    Ast.Expr typeSyntax = p.type().orElse(null);
    boolean isType =
        typeSyntax instanceof Ast.NameExpr n && n.name().text().equals("Type") && !n.name().raw();
    if (given == null) {
      c.error(callee, "the parameter `" + p.name().text() + "` needs an argument");
      return false;
    }
    if (isType) {
      Type t = given instanceof Calls.Argument.Written w ? c.types.resolve(w.expr()) : Types.ERROR;
      if (t.isError()) {
        return false;
      }
      bound.put(p.name().text(), t);
      return true;
    }
    Type type =
        typeSyntax == null
            ? Types.ERROR
            : Checker.of(c.analysis, scope, FunctionState.none()).types.resolve(typeSyntax);
    if (type.isError()) {
      return false;
    }
    Tree.Expr v = c.conversions.convert(c.calls.checked(given, type), type, given.span());
    if (v.type().isError()) {
      return false;
    }
    Constant k = Folding.constant(v).orElse(null);
    if (k == null && v instanceof Tree.Call && !RuntimeNames.in(v)) {
      k = c.analysis.evaluate(v, "the argument for `" + p.name().text() + "`", given.span());
      if (k == null) {
        return false;
      }
    }
    if (k == null) {
      c.error(
          given.span(), "the argument for `" + p.name().text() + "` must be known at compile time");
      return false;
    }
    scope.declare(p.name().text(), new Entity.Const(p.name().text(), type, k, Optional.empty()));
    key.add(Instances.keyOf(type, k));
    return true;
  }

  private Tree.Expr infer(Ast.Param p, Calls.@Nullable Argument given) {
    if (given == null) {
      return c.bad(callee, "the parameter `" + p.name().text() + "` needs an argument");
    }
    Ast.Expr pattern = p.type().orElseThrow();
    boolean takesTuple = pattern instanceof Ast.TypeIntro || pattern instanceof Ast.TupleType;
    Tree.Expr v =
        !takesTuple
                && given instanceof Calls.Argument.Written w
                && w.expr() instanceof Ast.ParenTuple t
            ? c.tuples.misplaced(t)
            : c.calls.checked(given, null);
    if (v.type().isError()) {
      return v;
    }
    boolean byAddress =
        pattern instanceof Ast.Unary u
            && u.op() == Ast.UnaryOp.ADDRESS
            && !(v.type() instanceof Type.Pointer);
    Ast.Expr against = byAddress ? ((Ast.Unary) pattern).operand() : pattern;
    if (!match(against, v.type())) {
      return c.bad(
          callee,
          "`"
              + c.name(v.type())
              + "` does not fit the parameter `"
              + p.name().text()
              + ": "
              + pattern.span().text()
              + "` of `"
              + decl.name
              + "`");
    }
    return v;
  }

  private Tree.Expr inferTail(Ast.Param p, List<Calls.@Nullable Argument> given) {
    for (Calls.Argument a : given) {
      Tree.Expr v = c.calls.checked(a, null);
      if (v.type().isError()
          || !match(((Ast.SliceType) p.type().orElseThrow()).element(), v.type())) {
        return c.bad(callee, "the arguments do not fit `" + p.name().text() + "`");
      }
    }
    return given.isEmpty()
        ? c.bad(callee, "the type of `" + p.name().text() + "` is bound by no argument")
        : c.boolConst(call, true);
  }

  /** Matches a type against a pattern and binds what {@code $} introduces (gen.infer.1). */
  private boolean match(Ast.Expr pattern, Type type) {
    return switch (pattern) {
      case Ast.TypeIntro t -> bind(t.name().text(), type);
      case Ast.Group g -> match(g.inner(), type);
      case Ast.Unary u when u.op() == Ast.UnaryOp.ADDRESS ->
          type instanceof Type.Pointer p && match(u.operand(), p.target());
      case Ast.SliceType s ->
          switch (type) {
            case Type.Slice x -> match(s.element(), x.element());
            case Type.Array x -> match(s.element(), x.element());
            default -> false;
          };
      case Ast.ArrayType a -> type instanceof Type.Array x && match(a.element(), x.element());
      case Ast.ManyPointerType m ->
          type instanceof Type.ManyPointer x && match(m.element(), x.element());
      case Ast.OptionalType o -> type instanceof Type.Optional x && match(o.payload(), x.payload());
      case Ast.FunctionType f -> function(f, type);
      case Ast.TupleType t -> tuple(t, type);
      case Ast.Call v when c.types.isVector(v) && v.args().size() == 2 ->
          type instanceof Type.Vector x && match(v.args().get(1).value(), x.element());
      default -> true;
    };
  }

  private boolean tuple(Ast.TupleType t, Type type) {
    if (!(type instanceof Type.Tuple x) || x.elements().size() != t.slots().size()) {
      return false;
    }
    boolean fits = true;
    for (int i = 0; i < x.elements().size(); i++) {
      fits &= match(t.slots().get(i).type(), x.elements().get(i));
    }
    return fits;
  }

  private boolean function(Ast.FunctionType f, Type type) {
    if (!(type instanceof Type.Function x) || x.params().size() != f.params().size()) {
      return false;
    }
    boolean fits = match(f.result(), x.result());
    for (int i = 0; i < x.params().size(); i++) {
      fits &= match(f.params().get(i).type(), x.params().get(i));
    }
    return fits;
  }

  private boolean bind(String name, Type type) {
    Type known = bound.get(name);
    if (known == null
        || (known.isInt() && type.isFloat())
        || (Types.F32.equals(known) && Types.F64.equals(type))) {
      bound.put(name, type);
    }
    return true;
  }
}
