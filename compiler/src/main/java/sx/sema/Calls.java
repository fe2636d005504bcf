package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** Calls of every form, normalised to one: a function and its arguments in order (expr.call). */
final class Calls {
  private final Checker c;

  /** The calls written with a pipe, whose errors stand at the arguments (ufcs.pipe.7). */
  private final java.util.Set<Span> piped = new java.util.HashSet<>();

  Calls(Checker c) {
    this.c = c;
  }

  Tree.Expr call(Ast.Call call, @Nullable Type expected) {
    if (call.trailing().isPresent()) {
      return call(TrailingBlocks.asArgument(call), expected);
    }
    Ast.Expr callee = call.callee();
    while (callee instanceof Ast.Group g) {
      callee = g.inner();
    }
    if (callee instanceof Ast.EnumLit l) {
      return onExpectedType(call, l, expected);
    }
    Entity entity =
        callee instanceof Ast.NameExpr n
            ? c.names.entity(n.name(), Names.Use.CALL)
            : c.names.path(callee, Names.Use.CALL);
    if (entity != null) {
      return ofEntity(call, callee, entity, expected, Optional.empty());
    }
    if (callee instanceof Ast.Member m && m.chained()) {
      return c.bad(
          m.span(), "a call cannot go through `?.`; unwrap the optional first, or bind it");
    }
    if (callee instanceof Ast.Member m) {
      Packs packs = new Packs(c);
      Entity.Element element = packs.constrained(m.base());
      return element != null ? packs.call(element, call, m) : ofMember(call, m, expected);
    }
    return indirect(call, c.expressions.any(callee), call.callee().span());
  }

  private Tree.Expr ofEntity(
      Ast.Call call,
      Ast.Expr callee,
      Entity entity,
      @Nullable Type expected,
      Optional<Argument> receiver) {
    return switch (entity) {
      case Entity.Fn f when receiver.isEmpty() && c.applications.isTypeCall(f.decl(), call) ->
          c.expressions.typeValue(call.span(), c.applications.typeFunction(f.decl(), call));
      case Entity.Fn f -> function(f.decl(), receiver, call.args(), call.span(), callee.span());
      case Entity.Template t ->
          c.expressions.typeValue(call.span(), c.applications.template(t.template(), call));
      case Entity.Intrinsic i -> c.intrinsics.call(i.name(), call, expected);
      case Entity.Bad b -> badArguments(call);
      case Entity.ProtocolFamily p -> c.expressions.typeValue(call.span(), c.types.apply(p, call));
      case Entity.TypeName t ->
          c.bad(
              callee.span(),
              "`"
                  + callee.span().text()
                  + "` is a type and cannot be called; `value.("
                  + callee.span().text()
                  + ")` converts");
      default ->
          indirect(call, c.expressions.entity(entity, callee.span(), null), calledName(callee));
    };
  }

  /** The callee, or the name of a member of a module (mod.ns.9). */
  private static Span calledName(Ast.Expr callee) {
    return callee instanceof Ast.Member m ? m.name().span() : callee.span();
  }

  /** Arguments of a call that is wrong itself are looked at for errors of their own. */
  private Tree.Expr badArguments(Ast.Call call) {
    for (Ast.Arg a : call.args()) {
      if (!(a.value() instanceof Ast.EnumLit
          || a.value() instanceof Ast.AggregateLit
          || a.value() instanceof Ast.NullLit
          || a.value() instanceof Ast.Spread
          || a.value() instanceof Ast.ParenTuple
          || a.value() instanceof Ast.Function)) {
        c.expressions.any(a.value());
      }
    }
    return c.bad(call.span());
  }

  private Tree.Expr onExpectedType(Ast.Call call, Ast.EnumLit l, @Nullable Type expected) {
    Type target = Optionals.innermost(expected);
    if (target instanceof Type.Enum e) {
      return c.variants.call(call, e, l.name().text());
    }
    if (target instanceof Type.Struct s) {
      StructInfo info = c.analysis.structs.info(s);
      Entity member = c.members.structMember(info, l.name().text());
      if (member instanceof Entity.Fn f) {
        return function(f.decl(), Optional.empty(), call.args(), call.span(), l.span());
      }
      return c.members.missing(l.span(), s, l.name().text());
    }
    if (target != null && target.isError()) {
      return c.bad(call.span());
    }
    return c.bad(
        call.span(),
        target == null
            ? "the type of `." + l.name().text() + "(…)` cannot be inferred here"
            : "`" + c.name(target) + "` has no member `" + l.name().text() + "` to call");
  }

  private Tree.Expr ofMember(Ast.Call call, Ast.Member m, @Nullable Type expected) {
    Tree.Expr base = c.optionals.extracted(c.expressions.any(m.base()));
    if (base.type().isError()) {
      return badArguments(call);
    }
    Entity.FunctionDecl sibling = sibling(m);
    if (sibling != null && !sibling.ast.params().isEmpty()) {
      Argument receiver = receiver(base, sibling);
      return function(sibling, Optional.of(receiver), call.args(), call.span(), m.span());
    }
    Tree.Expr value = Dispatch.receiver(base);
    if (value != null) {
      Tree.Expr done = new Dispatch(c).call(value, call, m);
      return done != null ? done : ufcs(call, m, base);
    }
    if (base instanceof Tree.Const k && k.value() instanceof Constant.TypeValue t) {
      if (t.type() instanceof Type.Struct s) {
        Entity member = c.members.structMember(c.analysis.structs.info(s), m.name().text());
        if (member != null) {
          return ofEntity(call, m, member, expected, Optional.empty());
        }
      }
      if (t.type() instanceof Type.Enum e && c.analysis.impls.method(e, m.name().text()) == null) {
        return c.variants.call(call, e, m.name().text());
      }
      Entity.FunctionDecl implemented = c.analysis.impls.method(t.type(), m.name().text());
      return implemented != null
          ? function(implemented, Optional.empty(), call.args(), call.span(), m.span())
          : c.members.missing(m.span(), t.type(), m.name().text());
    }
    Type object = base.type() instanceof Type.Pointer p ? p.target() : base.type();
    Tree.Expr field = c.members.ofValue(base, m.name().text(), m.span());
    if (field != null && object instanceof Type.Enum && !(field.type() instanceof Type.Function)) {
      field = null; // a payload that cannot be called does not hide a `ufcs` function
    }
    if (field != null && (isCallable(field.type()) || !hasMethod(object, m))) {
      return isGetter(object, m) && call.args().isEmpty() ? field : indirect(call, field, m.span());
    }
    if (object instanceof Type.Struct s) {
      Entity member = c.members.structMember(c.analysis.structs.info(s), m.name().text());
      if (member instanceof Entity.Fn f && !f.decl().ast.params().isEmpty()) {
        Argument receiver = receiver(base, f.decl());
        return function(f.decl(), Optional.of(receiver), call.args(), call.span(), m.span());
      }
    }
    Entity.FunctionDecl implemented = c.analysis.impls.method(object, m.name().text());
    if (implemented != null && !implemented.ast.params().isEmpty()) {
      Argument receiver = receiver(base, implemented);
      return function(implemented, Optional.of(receiver), call.args(), call.span(), m.span());
    }
    return ufcs(call, m, base);
  }

  /** The method of the same implementation that {@code self.m} means in a default body, or null. */
  private Entity.@Nullable FunctionDecl sibling(Ast.Member m) {
    Optional<Entity.DefaultOf> of = c.function.declaration.flatMap(d -> d.defaultOf);
    boolean ofSelf = m.base() instanceof Ast.NameExpr n && n.name().text().equals("self");
    return of.isPresent() && ofSelf
        ? c.analysis.impls.inDefault(of.get().protocol(), of.get().self(), m.name().text())
        : null;
  }

  private static boolean isLambda(@Nullable Argument a) {
    return a instanceof Argument.Written w && w.expr() instanceof Ast.Function;
  }

  private static boolean isCallable(Type t) {
    return t instanceof Type.Function || t instanceof Type.Closure;
  }

  private boolean hasMethod(Type object, Ast.Member m) {
    return object instanceof Type.Struct s
        && c.analysis.structs.info(s).members.get(m.name().text()) instanceof Entity.Fn;
  }

  private boolean isGetter(Type object, Ast.Member m) {
    return object instanceof Type.Struct s
        && c.analysis.structs.info(s).getters.containsKey(m.name().text());
  }

  private Tree.Expr ufcs(Ast.Call call, Ast.Member m, Tree.Expr base) {
    Entity.FunctionDecl f = new Ufcs(c).choose(m, base.type());
    return f == null
        ? badArguments(call)
        : function(f, Optional.of(receiver(base, f)), call.args(), call.span(), m.span());
  }

  /** The receiver adapted to the first parameter: its address, what it points to, or itself. */
  private Argument receiver(Tree.Expr base, Entity.FunctionDecl decl) {
    Ast.Param first = decl.ast.params().getFirst();
    Ast.Expr pattern = first.type().orElse(null);
    Tree.Expr value = base;
    Inference inference = new Inference(c.analysis, decl.typeParams(), decl.scope);
    if (pattern == null || first.compileTime() || first.variadic()) {
      return new Argument.Checked(value, base.span());
    }
    if (inference.mentions(pattern)) {
      boolean pointer = pattern instanceof Ast.Unary u && u.op() == Ast.UnaryOp.ADDRESS;
      if (pointer && !(base.type() instanceof Type.Pointer)) {
        value = addressOf(base);
      } else if (!pointer
          && base.type() instanceof Type.Pointer p
          && !inference.match(pattern, base.type())) {
        value = new Tree.Deref(base.span(), p.target(), base);
      }
      return new Argument.Checked(value, base.span());
    }
    Type wanted = Checker.of(c.analysis, decl.scope, FunctionState.none()).types.resolve(pattern);
    if (wanted instanceof Type.Pointer w
        && !(base.type() instanceof Type.Pointer)
        && w.target().equals(base.type())) {
      value = addressOf(base);
    } else if (base.type() instanceof Type.Pointer p
        && !base.type().equals(wanted)
        && p.target().equals(wanted)) {
      value = new Tree.Deref(base.span(), p.target(), base);
    }
    return new Argument.Checked(value, base.span());
  }

  private Tree.Expr addressOf(Tree.Expr base) {
    return new Tree.AddressOf(base.span(), new Type.Pointer(base.type()), addressable(base));
  }

  /** A constant passed by address is copied first (types.auto.2). */
  private Tree.Expr addressable(Tree.Expr e) {
    return isConstantObject(e) ? new Tree.Temporary(e.span(), e) : c.expressions.place(e);
  }

  private static boolean isConstantObject(Tree.Expr e) {
    return switch (e) {
      case Tree.GlobalRef g -> !g.global().mutable();
      case Tree.Field f -> isConstantObject(f.base());
      case Tree.Index i ->
          (i.base().type() instanceof Type.Array || i.base().type() instanceof Type.Vector)
              && isConstantObject(i.base());
      default -> false;
    };
  }

  Tree.Expr method(
      Entity.FunctionDecl decl, Tree.Expr object, List<Ast.Arg> args, Span call, Span callee) {
    return function(decl, Optional.of(receiver(object, decl)), args, call, callee);
  }

  /** A setter call {@code o.name = value}. */
  Tree.Expr setter(Entity.FunctionDecl decl, Tree.Expr object, Tree.Expr value, Span at) {
    List<Argument> given =
        List.of(receiver(object, decl), new Argument.Checked(value, value.span()));
    return bound(new Count(decl, true), given, at, at);
  }

  Tree.Expr pipe(Ast.Binary b, @Nullable Type expected) {
    piped.add(b.span());
    Ast.Expr call = Pipes.rewritten(b);
    if (c.failables.accepts(b)) {
      c.failables.accept(call);
    }
    return c.expressions.check(call, expected);
  }

  private Tree.Expr indirect(Ast.Call call, Tree.Expr value, Span at) {
    Tree.Expr callee = c.optionals.extracted(value);
    if (callee.type().isError()) {
      return badArguments(call);
    }
    List<Type> params;
    switch (callee.type()) {
      case Type.Function f -> params = f.params();
      case Type.Closure k -> params = k.params();
      default -> {
        return c.bad(at, "`" + c.name(callee.type()) + "` cannot be called");
      }
    }
    if (new TrailingBlocks(c).refused(call, at)) {
      return c.bad(call.span());
    }
    if (call.args().stream().anyMatch(a -> a.name().isPresent())) {
      return c.bad(at, "a function value takes no named arguments");
    }
    List<Argument> given = new ArrayList<>();
    List<Ast.Expr> written = call.args().stream().map(Ast.Arg::value).toList();
    if (!c.arguments.positional(written, params.size(), Arguments.Tail.NONE, given)) {
      return c.bad(call.span());
    }
    boolean variadic = callee.type() instanceof Type.Function f && f.variadic();
    if (given.size() < params.size() || (!variadic && given.size() > params.size())) {
      return c.bad(at, wrongCount(params.size(), params.size(), given.size()));
    }
    List<Tree.Expr> args = new ArrayList<>();
    boolean bad = false;
    for (int i = 0; i < params.size(); i++) {
      Tree.Expr v = argument(given.get(i), params.get(i), call.span());
      bad |= v.type().isError();
      args.add(v);
    }
    for (Argument a : given.subList(params.size(), given.size())) {
      Tree.Expr v = new ForeignCalls(c).promoted(a, null);
      bad |= v.type().isError();
      args.add(v);
    }
    if (bad) {
      return c.bad(call.span());
    }
    return callee.type() instanceof Type.Closure k
        ? Closures.call(callee, k, args, call.span())
        : new Tree.CallIndirect(
            call.span(), ((Type.Function) callee.type()).result(), callee, args);
  }

  static String wrongCount(int min, int max, int given) {
    return wrongCount(min, max, given, (min == 1 && max == 1 ? " is" : " are") + " expected");
  }

  private static String wrongCount(int min, int max, int given, String verb) {
    String wanted = min == max ? String.valueOf(min) : min + " to " + max;
    return wanted
        + (max == 1 && min == 1 ? " argument" : " arguments")
        + verb
        + ", and "
        + given
        + (given == 1 ? " is given" : " are given");
  }

  // ------------------------------------------------------------------ functions

  private Tree.Expr function(
      Entity.FunctionDecl decl,
      Optional<Argument> receiver,
      List<Ast.Arg> args,
      Span call,
      Span callee) {
    if (c.analysis.brokenSignatures.contains(decl.ast)) {
      return c.bad(call);
    }
    List<Argument> positional = new ArrayList<>();
    receiver.ifPresent(positional::add);
    List<Ast.Arg> named = new ArrayList<>();
    List<Ast.Expr> written = new ArrayList<>();
    for (Ast.Arg a : args) {
      if (a.name().isPresent()) {
        named.add(a);
      } else if (TrailingBlocks.isOne(a)) {
        Ast.Arg block = new TrailingBlocks(c).named(decl, a);
        if (block == null) {
          return c.bad(call);
        }
        named.add(block);
      } else if (!named.isEmpty()) {
        return c.bad(a.span(), "a positional argument cannot follow a named one");
      } else {
        written.add(a.value());
      }
    }
    Optional<Ast.Expr> spread = written.stream().filter(w -> w instanceof Ast.Spread).findFirst();
    if (spread.isPresent() && !named.isEmpty()) {
      boolean pack =
          c.names.path(((Ast.Spread) spread.get()).operand(), Names.Use.VALUE)
              instanceof Entity.Pack;
      return c.bad(
          pack ? spread.get().span() : named.getFirst().span(),
          "spread arguments and named ones cannot be combined");
    }
    Arguments.Tail tail = Arguments.tail(decl.ast.params());
    int fixed = decl.ast.params().size() - (tail == Arguments.Tail.NONE ? 0 : 1);
    if (!c.arguments.positional(written, fixed, tail, positional)) {
      return c.bad(call);
    }
    if (named.isEmpty()) {
      Count count = new Count(decl, receiver.isPresent());
      return bound(count, positional, call, callee);
    }
    return new NamedArguments(c).call(decl, positional, named, call, callee);
  }

  static int required(List<Ast.Param> params, List<Integer> order) {
    return (int)
        order.stream()
            .map(params::get)
            .filter(p -> p.defaultValue().isEmpty() && !p.variadic())
            .count();
  }

  /**
   * The parameters that positional arguments fill, in order: all of them, or in the inferred form
   * of a generic call all that take no type (gen.call.1, gen.call.2).
   */
  List<Integer> order(Entity.FunctionDecl decl, List<Argument> given, int named) {
    List<Ast.Param> params = decl.ast.params();
    List<Integer> all = new ArrayList<>();
    List<Integer> inferred = new ArrayList<>();
    for (int i = 0; i < params.size(); i++) {
      all.add(i);
      if (!(params.get(i).compileTime() && decl.takesType(params.get(i)))) {
        inferred.add(i);
      }
    }
    if (all.size() == inferred.size()) {
      return all;
    }
    boolean variadic = params.getLast().variadic();
    boolean enough =
        given.size() + named >= required(params, all) && (variadic || given.size() <= all.size());
    return enough && typesAreGiven(decl, given) ? all : inferred;
  }

  private boolean typesAreGiven(Entity.FunctionDecl decl, List<Argument> given) {
    List<Ast.Param> params = decl.ast.params();
    for (int i = 0; i < params.size(); i++) {
      boolean takesType = params.get(i).compileTime() && decl.takesType(params.get(i));
      if (takesType
          && i < given.size()
          && !(given.get(i) instanceof Argument.Written w
              && new TypeSyntax(c).mayDenoteType(w.expr()))) {
        return false;
      }
    }
    return true;
  }

  /** How the number of arguments of a call is spoken of: a receiver is none (gen.arity.2). */
  private record Count(Entity.FunctionDecl decl, boolean receiver) {
    String wrong(int min, int max, int given) {
      if (!receiver) {
        return wrongCount(min, max, given);
      }
      String name = decl.owner == null ? decl.name : decl.owner.name + "." + decl.name;
      return "`" + name + "` takes " + wrongCount(Math.max(0, min - 1), max - 1, given - 1, "");
    }
  }

  private Tree.Expr bound(Count count, List<Argument> given, Span call, Span callee) {
    Entity.FunctionDecl decl = count.decl();
    List<Ast.Param> params = decl.ast.params();
    boolean variadic = !params.isEmpty() && params.getLast().variadic();
    List<Integer> order = order(decl, given, 0);
    int fixed = variadic ? order.size() - 1 : order.size();
    int required = required(params, order);
    if ((given.size() > fixed && !variadic) || given.size() < required) {
      return c.bad(callee, count.wrong(required, fixed, given.size()));
    }
    List<@Nullable Argument> slots = new ArrayList<>();
    for (int i = 0; i < (variadic ? params.size() - 1 : params.size()); i++) {
      int at = order.indexOf(i);
      Argument a = at >= 0 && at < given.size() ? given.get(at) : null;
      if (a == null && at >= 0 && params.get(i).defaultValue().isEmpty()) {
        return c.bad(callee, count.wrong(required, fixed, given.size()));
      }
      slots.add(a);
    }
    if (given.size() > fixed) {
      slots.addAll(given.subList(fixed, given.size()));
    }
    return boundSlots(decl, slots, call, callee);
  }

  /** One slot for each fixed parameter (null takes the default), then the variadic tail. */
  Tree.Expr boundSlots(
      Entity.FunctionDecl decl, List<@Nullable Argument> slots, Span call, Span callee) {
    if (decl.isGeneric()) {
      return new GenericCall(c, decl, call, callee).call(slots);
    }
    Optional<Instance> found = c.analysis.instances.plain(decl, callee);
    if (found.isEmpty()) {
      return c.bad(call);
    }
    Instance f = found.get();
    List<Tree.Expr> args = new ArrayList<>();
    boolean bad = false;
    for (int i = 0; i < f.params().size(); i++) {
      Local p = f.params().get(i);
      Ast.Param ast = decl.ast.params().get(i);
      if (ast.variadic()) {
        Tree.Expr tail =
            tail(slots.subList(Math.min(i, slots.size()), slots.size()), p.type(), call);
        bad |= tail.type().isError();
        args.add(tail);
        break;
      }
      Argument given = slots.get(i);
      Tree.Expr v =
          given != null
              ? argument(given, p.type(), call)
              : defaultArgument(decl, ast, p.type(), call, decl.scope);
      bad |= v.type().isError();
      args.add(v);
    }
    ForeignCalls foreign = new ForeignCalls(c);
    if (f.variadic()) {
      Type element = foreign.tail(decl);
      for (Argument a : slots.subList(f.params().size(), slots.size())) {
        Tree.Expr v = foreign.promoted(a, element);
        bad |= v.type().isError();
        args.add(v);
      }
    }
    if (bad) {
      return c.bad(call);
    }
    Tree.Expr done = new Tree.Call(call, f.result(), f, args);
    return decl.isExtern() ? foreign.result(done, decl) : done;
  }

  Tree.Expr defaultArgument(
      Entity.FunctionDecl decl, Ast.Param p, Type type, Span call, Scope scope) {
    Ast.Expr e = p.defaultValue().orElseThrow();
    if (e instanceof Ast.CallerLocation) {
      return c.conversions.convert(c.intrinsics.location(call), type, e.span());
    }
    Scope outer = c.scope;
    c.scope = scope;
    try {
      return c.value(e, type);
    } finally {
      c.scope = outer;
    }
  }

  Tree.Expr checked(@Nullable Argument a, @Nullable Type expected) {
    return switch (a) {
      case Argument.Written w -> c.expressions.check(w.expr(), expected);
      case Argument.Checked k -> k.value();
      case null -> throw new IllegalStateException("a missing argument was not noticed");
    };
  }

  /** Converts an argument to its parameter; refusals are placed by expr.call.5. */
  Tree.Expr argument(@Nullable Argument a, Type type, Span call) {
    Tree.Expr v = checked(a, type);
    Span at = a == null ? call : a.span();
    if (v.type().isError() || v.type().equals(type)) {
      return v;
    }
    if (type instanceof Type.Pointer p && v.type().equals(p.target()) && !isScalarConstant(v)) {
      return new Tree.AddressOf(at, type, addressable(v));
    }
    if (type instanceof Type.Pointer p && v.type().equals(p.target())) {
      return new Tree.AddressOf(at, type, new Tree.Temporary(at, v));
    }
    boolean pointerForValue = v.type() instanceof Type.Pointer p && p.target().equals(type);
    boolean functions = isCallable(type) && (v instanceof Tree.FunctionRef || isLambda(a));
    boolean own =
        pointerForValue
            || functions
            || v instanceof Tree.Const
            || v.type() instanceof Type.Void
            || v.type() instanceof Type.ErrorSet
            || type instanceof Type.Protocol;
    return c.conversions.convert(v, type, own || piped.contains(call) ? at : call);
  }

  private static boolean isScalarConstant(Tree.Expr v) {
    return v instanceof Tree.Const;
  }

  /** The slice of a slice variadic: an array in the caller's frame, or a spread slice itself. */
  Tree.Expr tail(List<@Nullable Argument> given, Type type, Span call) {
    if (!(type instanceof Type.Slice s)) {
      return c.bad(call);
    }
    if (given.isEmpty()) {
      return new Tree.Const(call, type, Constant.ZERO);
    }
    if (given.size() == 1
        && given.getFirst() instanceof Argument.Written w
        && w.expr() instanceof Ast.Spread spread) {
      Tree.Expr v = c.expressions.check(spread.operand(), type);
      return c.conversions.convert(v, type, spread.span());
    }
    List<Tree.Part> parts = new ArrayList<>();
    for (Argument a : given) {
      Tree.Expr v = checked(a, s.element());
      Span at = a == null ? call : a.span();
      Tree.Expr done =
          s.element() instanceof Type.Any && v.type() instanceof Type.Optional
              ? c.optionals.boxed(v, at)
              : c.conversions.convert(v, s.element(), at);
      if (done.type().isError()) {
        return done;
      }
      parts.add(new Tree.Part(parts.size(), done));
    }
    Type.Array array = new Type.Array(s.element(), parts.size());
    return c.conversions.view(new Tree.Aggregate(call, array, parts), type);
  }
}
