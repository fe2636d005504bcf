package sx.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Returns;
import sx.type.Type;
import sx.type.Types;

/** Lambdas, what they capture, and calls of closures (08-closures.md). */
final class Closures {
  private final Checker c;

  /** Whether the next lambda stands by itself as a statement and so never runs (err.mark.5). */
  private boolean idle;

  Closures(Checker c) {
    this.c = c;
  }

  /** What a lambda is expected to be: parameter types and result, where they are known. */
  private record Shape(
      List<@Nullable Type> params, @Nullable Type result, boolean isPointer, boolean isC) {
    static final Shape UNKNOWN = new Shape(List.of(), null, false, false);

    static Shape of(@Nullable Type expected) {
      return switch (expected) {
        case Type.Closure k -> new Shape(new ArrayList<>(k.params()), k.result(), false, false);
        case Type.Function f -> new Shape(new ArrayList<>(f.params()), f.result(), true, f.c());
        case Type.Optional o -> of(o.payload());
        case null, default -> UNKNOWN;
      };
    }
  }

  // ------------------------------------------------------------------ lambdas

  /** A lambda that stands by itself as a statement. */
  Tree.Expr idle(Ast.Function f) {
    idle = true;
    return lambda(f, null);
  }

  /** A lambda literal; its type follows what is expected as far as the literal leaves it open. */
  Tree.Expr lambda(Ast.Function f, @Nullable Type expected) {
    boolean open = f.params().stream().anyMatch(p -> p.type().isEmpty());
    if (open && expected != null && expected.isError()) {
      return c.bad(f.span());
    }
    return shaped(f, Shape.of(expected));
  }

  /**
   * A lambda for a parameter whose type is known in part: null stands for what is not known yet
   * (gen.infer.9).
   */
  Tree.Expr partial(
      Ast.Function f,
      List<@Nullable Type> params,
      @Nullable Type result,
      boolean isPointer,
      boolean isC) {
    return shaped(f, new Shape(params, result, isPointer, isC));
  }

  private Tree.Expr shaped(Ast.Function f, Shape shape) {
    Scope scope = c.scope.inner();
    Checker signature = Checker.of(c.analysis, scope, c.function);
    List<Local> params = parameters(f, shape, signature);
    if (params == null) {
      return c.bad(f.span());
    }
    Type written = f.returnType().map(signature.types::result).orElse(null);
    if (written != null && written.isError()) {
      return c.bad(f.span());
    }
    Type result = written != null ? written : shape.result();
    if (result == null && !infers(f)) {
      result = Types.VOID;
    }
    Failable failing = Failable.of(shape.result());
    if (written != null
        && Failable.of(written) != null
        && shape.result() != null
        && failing == null) {
      return c.bad(
          f.body().orElseThrow().span(),
          "this can fail, and a function that cannot is expected; handle the error in it");
    }
    boolean succeeds = failing != null && (written == null || written.equals(failing.success()));
    if (succeeds) {
      result = shape.result();
    }
    FunctionState state = new FunctionState(c.function.name + ".lambda", result);
    state.failable = Failable.of(result);
    state.returnsValue = result == null && f.form() == Ast.BodyForm.BLOCK;
    state.mayFail = !succeeds;
    state.idle = idle;
    idle = false;
    state.enclosing = Optional.of(c.function);
    state.clearAround = new HashSet<>(c.function.clearAround);
    state.clearAround.addAll(c.flow.now().clear());
    state.several =
        f.returnType().isEmpty()
            ? result instanceof Type.Tuple
            : f.returnType().get() instanceof Ast.ResultList;
    state.results = Results.declare(c.analysis, f, result, scope, state);
    params.forEach(
        p -> scope.declare(p.name(), new Entity.Variable(p, Entity.Binding.VARIABLE, state)));
    int before = c.analysis.diagnostics.errorCount();
    Tree.Block body = body(f, scope, state);
    if (c.analysis.diagnostics.errorCount() > before) {
      return c.bad(f.span());
    }
    boolean isC = shape.isC() || f.abi().filter(n -> n.text().equals("c")).isPresent();
    return shape.isPointer() || isC
        ? pointer(f, params, state, body, isC)
        : closure(f, params, state, body);
  }

  private @Nullable List<Local> parameters(Ast.Function f, Shape shape, Checker signature) {
    List<Local> params = new ArrayList<>();
    boolean bad = false;
    for (int i = 0; i < f.params().size(); i++) {
      Ast.Param p = f.params().get(i);
      Type expected = i < shape.params().size() ? shape.params().get(i) : null;
      Type type;
      if (p.type().isPresent() && Generics.introduces(p.type().get())) {
        c.error(p.name().span(), "a lambda has no type parameters; write the type");
        type = Types.ERROR;
      } else if (p.type().isPresent()) {
        type = signature.types.resolve(p.type().get());
      } else if (expected != null) {
        type = expected;
      } else {
        c.error(
            p.name().span(),
            "the type of the parameter `"
                + p.name().text()
                + "` is not known here: write `"
                + p.name().text()
                + ": type`");
        type = Types.ERROR;
      }
      bad |= type.isError();
      params.add(new Local(p.name().text(), type, p.name().span()));
    }
    return bad ? null : params;
  }

  private static boolean infers(Ast.Function f) {
    return f.form() == Ast.BodyForm.ARROW
        || (f.body().isPresent() && Returns.valueIn(f.body().get()));
  }

  private Tree.Block body(Ast.Function f, Scope scope, FunctionState state) {
    Checker inner = Checker.of(c.analysis, scope, state);
    Ast.Expr body = f.body().orElseThrow();
    return f.form() == Ast.BodyForm.ARROW
        ? inner.statements.arrowBody(body)
        : inner.statements.functionBody((Ast.Block) body);
  }

  /** A bare function pointer, or one of the C convention: there is no place for captures. */
  private Tree.Expr pointer(
      Ast.Function f, List<Local> params, FunctionState state, Tree.Block body, boolean isC) {
    if (!state.captures.isEmpty()) {
      return c.bad(
          f.body().orElseThrow().span(),
          "a function pointer has no place for captures, and this uses `"
              + state.captures.keySet().iterator().next().name()
              + "` of the function around");
    }
    return new Tree.FunctionRef(
        f.span(), c.analysis.instances.lambda(state, params, isC, f.span(), body));
  }

  private Tree.Expr closure(
      Ast.Function f, List<Local> params, FunctionState state, Tree.Block body) {
    Span at = f.span();
    Local env = new Local("env", Types.VOID_POINTER, at);
    List<Local> all = new ArrayList<>(params);
    all.addFirst(env);
    List<Type> types = params.stream().map(Local::type).toList();
    Type.Closure type = new Type.Closure(types, state.result == null ? Types.VOID : state.result);
    List<Map.Entry<Local, Local>> captures = List.copyOf(state.captures.entrySet());
    Type.Tuple kept = environment(captures);
    Tree.Block whole =
        captures.isEmpty()
            ? body
            : new Tree.Block(
                body.span(), body.type(), loaded(captures, kept, env, body), body.value());
    Instance code = c.analysis.instances.lambda(state, all, false, at, whole);
    if (captures.isEmpty()) {
      return new Tree.Const(
          at,
          type,
          new Constant.Aggregate(List.of(new Constant.FunctionAddress(code), Constant.ZERO)));
    }
    return capturing(type, code, captures, kept, at);
  }

  /** The layout of the captured values, in order of first mention (clos.rep.2). */
  private static Type.Tuple environment(List<Map.Entry<Local, Local>> captures) {
    List<Type> types = captures.stream().map(e -> e.getKey().type()).toList();
    return new Type.Tuple(types, Collections.nCopies(types.size(), ""));
  }

  /** The body behind fresh copies of the captured values (clos.cap.4). */
  private static List<Tree.Stmt> loaded(
      List<Map.Entry<Local, Local>> captures, Type.Tuple kept, Local env, Tree.Block body) {
    Span at = body.span();
    Tree.Expr block =
        new Tree.Deref(
            at,
            kept,
            new Tree.Convert(
                at, new Type.Pointer(kept), Tree.Conversion.ADDRESS, new Tree.LocalRef(at, env)));
    List<Tree.Stmt> out = new ArrayList<>();
    for (int i = 0; i < captures.size(); i++) {
      Local own = captures.get(i).getValue();
      out.add(new Tree.Declare(at, own, Optional.of(new Tree.Field(at, own.type(), block, i))));
    }
    out.addAll(body.statements());
    return out;
  }

  /** Takes one block from the current allocator and fills it (clos.rep.3). */
  private Tree.Expr capturing(
      Type.Closure type,
      Instance code,
      List<Map.Entry<Local, Local>> captures,
      Type.Tuple kept,
      Span at) {
    Tree.Expr room =
        new Erasure(c)
            .allocate(
                c.intConst(at, Types.I64, Math.max(1, c.analysis.layout.size(kept))), null, at);
    if (room.type().isError()) {
      return room;
    }
    Local env = new Local("env", Types.VOID_POINTER, at);
    Tree.Expr block = new Tree.LocalRef(at, env);
    Tree.Expr place =
        new Tree.Deref(
            at, kept, new Tree.Convert(at, new Type.Pointer(kept), Tree.Conversion.ADDRESS, block));
    List<Tree.Part> parts = new ArrayList<>();
    for (Map.Entry<Local, Local> e : captures) {
      parts.add(new Tree.Part(parts.size(), new Tree.LocalRef(at, e.getKey())));
    }
    List<Tree.Stmt> steps =
        List.of(
            new Tree.Declare(at, env, Optional.of(room)),
            new Tree.Assign(at, place, new Tree.Aggregate(at, kept, parts)));
    Tree.Expr value =
        new Tree.Aggregate(
            at,
            type,
            List.of(
                new Tree.Part(
                    0, new Tree.Const(at, Types.VOID_POINTER, new Constant.FunctionAddress(code))),
                new Tree.Part(1, block)));
    return new Tree.Block(at, type, steps, Optional.of(value));
  }

  // ------------------------------------------------------------------ captures

  /** The copy that the current lambda has of an outer variable; null if it can have none. */
  @Nullable Local captured(Entity.Variable v) {
    return captured(c.function, v.local(), v.owner());
  }

  private @Nullable Local captured(FunctionState user, Local variable, FunctionState owner) {
    if (user.enclosing.isEmpty()) {
      return null;
    }
    FunctionState around = user.enclosing.get();
    Local outer = around == owner ? variable : captured(around, variable, owner);
    return outer == null ? null : user.captures.computeIfAbsent(outer, this::copyOf);
  }

  /** The copy of a pack's element is an element as well (pack.use.12). */
  private Local copyOf(Local outer) {
    Local copy = new Local(outer.name(), outer.type(), outer.span());
    if (c.analysis.packElements.contains(outer)) {
      c.analysis.packElements.add(copy);
    }
    if (c.analysis.variantOf.containsKey(outer)) {
      c.analysis.variantOf.put(copy, c.analysis.variantOf.get(outer));
    }
    return copy;
  }

  // ------------------------------------------------------------------ functions as closures

  /** A function where a closure is expected (clos.fn.2); null if the signatures differ. */
  static Tree.@Nullable Expr promoted(Checker c, Tree.Expr e, Type.Closure target) {
    if (!(e.type() instanceof Type.Function type)
        || type.c()
        || type.variadic()
        || !type.params().equals(target.params())
        || !Results.areSame(type.result(), target.result())) {
      return null;
    }
    if (!(e instanceof Tree.FunctionRef f)) {
      return ofPointer(c, e, type, target);
    }
    Instance thunk = c.analysis.instances.ignoringEnvironment(f.function());
    return new Tree.Const(
        e.span(),
        target,
        new Constant.Aggregate(List.of(new Constant.FunctionAddress(thunk), Constant.ZERO)));
  }

  /** A closure over the address of a function that is known at run time only. */
  private static Tree.Expr ofPointer(
      Checker c, Tree.Expr e, Type.Function type, Type.Closure target) {
    Span at = e.span();
    Instance code = c.analysis.instances.callingEnvironment(type, at);
    Tree.Expr env = new Tree.Convert(at, Types.VOID_POINTER, Tree.Conversion.ADDRESS, e);
    Tree.Expr address = new Tree.Const(at, Types.VOID_POINTER, new Constant.FunctionAddress(code));
    return new Tree.Aggregate(
        at, target, List.of(new Tree.Part(0, address), new Tree.Part(1, env)));
  }

  /**
   * A closure that cannot fail where one that may is expected (err.clo.6): its success, behind an
   * environment that holds it; null if parameters or values differ.
   */
  static Tree.@Nullable Expr succeeding(Checker c, Tree.Expr e, Type.Closure target) {
    Failable failable = Failable.of(target.result());
    Tree.Expr closure = e;
    if (e.type() instanceof Type.Function f) {
      closure = promoted(c, e, new Type.Closure(f.params(), f.result()));
    }
    if (failable == null
        || closure == null
        || !(closure.type() instanceof Type.Closure plain)
        || !plain.params().equals(target.params())
        || !plain.result().equals(failable.isPure() ? Types.VOID : failable.success())) {
      return null;
    }
    Span at = e.span();
    Local held = new Local("plain", plain, at);
    Local own = new Local("plain", plain, at);
    Local env = new Local("env", Types.VOID_POINTER, at);
    List<Local> params = new ArrayList<>(List.of(env));
    List<Tree.Expr> args = new ArrayList<>();
    for (Type p : plain.params()) {
      Local param = new Local("p" + params.size(), p, at);
      params.add(param);
      args.add(new Tree.LocalRef(at, param));
    }
    Tree.Expr done = call(new Tree.LocalRef(at, own), plain, args, at);
    List<Tree.Stmt> steps = new ArrayList<>();
    if (failable.isPure()) {
      steps.add(new Tree.ExprStmt(at, done));
      steps.add(new Tree.Return(at, Optional.of(failable.noError(at))));
    } else {
      Tree.Expr success = c.failableReturns.wrapped(at, done, failable);
      steps.add(new Tree.Return(at, Optional.of(success)));
    }
    Tree.Block body = new Tree.Block(at, Types.VOID, steps, Optional.empty());
    List<Map.Entry<Local, Local>> captures = List.of(Map.entry(held, own));
    Type.Tuple kept = new Type.Tuple(List.of(plain), List.of(""));
    Tree.Block loaded =
        new Tree.Block(at, Types.VOID, loaded(captures, kept, env, body), Optional.empty());
    FunctionState state = new FunctionState("closure", target.result());
    Instance code = c.analysis.instances.lambda(state, params, false, at, loaded);
    Tree.Expr made = new Closures(c).capturing(target, code, captures, kept, at);
    return made.type().isError()
        ? made
        : Statements.after(at, List.of(new Tree.Declare(at, held, Optional.of(closure))), made);
  }

  // ------------------------------------------------------------------ calls

  /** The call of a closure value with arguments that are ready. */
  static Tree.Expr call(Tree.Expr callee, Type.Closure type, List<Tree.Expr> args, Span at) {
    Local held = new Local("closure", type, at);
    Tree.Expr closure = new Tree.LocalRef(at, held);
    List<Type> params = new ArrayList<>(type.params());
    params.addFirst(Types.VOID_POINTER);
    Tree.Expr code =
        new Tree.Convert(
            at,
            new Type.Function(params, type.result(), false, false),
            Tree.Conversion.ADDRESS,
            new Tree.Field(at, Types.VOID_POINTER, closure, 0));
    List<Tree.Expr> all = new ArrayList<>(args);
    all.addFirst(new Tree.Field(at, Types.VOID_POINTER, closure, 1));
    Tree.Expr done = new Tree.CallIndirect(at, type.result(), code, all);
    Tree.Stmt first = new Tree.Declare(at, held, Optional.of(callee));
    return type.result() instanceof Type.Void
        ? new Tree.Block(
            at, Types.VOID, List.of(first, new Tree.ExprStmt(at, done)), Optional.empty())
        : new Tree.Block(at, type.result(), List.of(first), Optional.of(done));
  }
}
