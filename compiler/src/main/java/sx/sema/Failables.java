package sx.sema;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.ErrorSets.Source;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Expressions that can fail, and where their failures go (11-errors.md). */
final class Failables {
  private final Checker c;

  /** The places where a failable value may stand, because its failure is dealt with around it. */
  private final Set<Ast.Expr> accepted =
      java.util.Collections.newSetFromMap(new IdentityHashMap<>());

  /** Operands of {@code try}, {@code catch} and {@code or}, whose failure those take. */
  private final Set<Ast.Expr> claimed =
      java.util.Collections.newSetFromMap(new IdentityHashMap<>());

  /** Nodes made here that are failable, with what they can raise. */
  private final IdentityHashMap<Tree.Expr, Source> made = new IdentityHashMap<>();

  /** Whether a plain discard is checked, which may name any value (err.live.6). */
  private boolean discarding;

  Failables(Checker c) {
    this.c = c;
  }

  /**
   * A failable expression.
   *
   * @param node its value, of the full type
   */
  record Failing(Tree.Expr node, Failable type, Source source) {}

  // ------------------------------------------------------------------ what can fail

  /** An expression as a failable one, or null if it cannot fail (err.sig.8). */
  @Nullable Failing failing(Tree.Expr e) {
    Failable type = Failable.of(e.type());
    if (type == null) {
      return null;
    }
    Source source = source(e, type);
    return source == null ? null : new Failing(e, type, source);
  }

  private @Nullable Source source(Tree.Expr e, Failable type) {
    Source known = made.get(e);
    if (known != null) {
      return known;
    }
    return switch (e) {
      case Tree.Call k -> c.analysis.errorSets.of(k.callee(), type.set());
      case Tree.CallIndirect k ->
          k.callee().type() instanceof Type.Function f
              ? c.analysis.errorSets.of(f, type.set())
              : c.analysis.errorSets.named(type.set());
      case Tree.Block b when b.value().isPresent() -> source(b.value().get(), type);
      case Tree.LocalRef r when type.isPure() -> c.analysis.errorSets.of(r.local(), type.set());
      case Tree.Const k when type.isPure() && k.value() instanceof sx.sema.tree.Constant.Int n ->
          n.value() == 0 ? Source.NOTHING : new Source.Tag((int) n.value());
      default -> type.isPure() ? c.analysis.errorSets.named(type.set()) : null;
    };
  }

  /** Notes a node made of others that can fail. */
  Tree.Expr make(Tree.Expr node, Source source) {
    made.put(node, source);
    return node;
  }

  /** Whether a value is the result of a call, so that dropping it drops a failure. */
  private boolean isResult(Tree.Expr e) {
    if (made.containsKey(e)) {
      return true;
    }
    return switch (e) {
      case Tree.Call k -> true;
      case Tree.CallIndirect k -> true;
      case Tree.Block b when b.value().isPresent() -> isResult(b.value().get());
      default -> false;
    };
  }

  // ------------------------------------------------------------------ marks

  /** Allows a failable value at an expression, whose failure goes somewhere visible. */
  void accept(Ast.Expr e) {
    switch (e) {
      case Ast.Group g -> accept(g.inner());
      default -> accepted.add(e);
    }
  }

  /** As {@link #accept}, where also a checked assertion becomes failable (err.assert.1). */
  private void claim(Ast.Expr e) {
    accept(e);
    claimed.add(stripped(e));
  }

  /** Whether a checked assertion is to raise its mismatch. */
  boolean claims(Ast.Expr k) {
    return claimed.contains(k);
  }

  private Tree.Expr claimedOperand(Ast.Expr e, @Nullable Type expected) {
    claim(e);
    return c.expressions.check(e, expected);
  }

  boolean accepts(Ast.Expr e) {
    return accepted.contains(e);
  }

  /** Checks an expression whose failure is dealt with around it. */
  Tree.Expr operand(Ast.Expr e, @Nullable Type expected) {
    accept(e);
    return c.expressions.check(e, expected);
  }

  /** A call where nothing around it takes its failure is refused (err.mark.2). */
  Tree.Expr marked(Ast.Expr e, Tree.Expr value) {
    Failing f = value.type() instanceof Type.Tuple ? failing(value) : null;
    if (f == null || accepts(e) || c.function.idle) {
      return value;
    }
    return c.bad(
        e.span(),
        "this can fail, and nothing takes its error: write `try`, `catch`, `or`, or bind the error"
            + " as the last name of a destructure");
  }

  /** A pure failable whose result is dropped (err.mark.3). */
  Tree.Expr dropped(Tree.Expr value, Ast.Expr e) {
    return value.type() instanceof Type.ErrorSet
            && isResult(value)
            && !accepts(e)
            && !c.function.idle
        ? c.bad(e.span(), "this can fail, and its error is dropped: write `try` or `catch`")
        : value;
  }

  // ------------------------------------------------------------------ try

  /** The result of the function around, if its body may raise errors. */
  private @Nullable Failable function() {
    return c.function.mayFail ? c.function.failable : null;
  }

  Tree.Expr tried(Ast.Unary u, @Nullable Type expected) {
    if (function() == null) {
      claimedOperand(u.operand(), expected);
      return c.bad(u.span(), "`try` stands in a function that cannot fail; handle the error here");
    }
    Tree.Expr e = claimedOperand(u.operand(), expected);
    if (e.type().isError()) {
      return c.bad(u.span());
    }
    Failing f = failing(e);
    if (f == null) {
      return c.bad(u.span(), "`try` needs something that can fail, not `" + c.name(e.type()) + "`");
    }
    return escaping(f, u.span(), u.span(), true);
  }

  /**
   * The value of a success; a failure leaves the function (err.try.1, err.try.2).
   *
   * @param at where its trace frame points
   * @param checked where tags that the function must not raise are reported
   * @param traced whether it adds a trace frame; a chain has added that of its last operand
   */
  private Tree.Expr escaping(Failing f, Span at, Span checked, boolean traced) {
    escapes(f.source(), checked);
    Local held = new Local("result", f.node().type(), at);
    Tree.Expr whole = new Tree.LocalRef(at, held);
    Tree.Expr error = f.type().error(whole);
    Tree.Expr leave =
        new Tree.If(
            at,
            Types.VOID,
            new Tree.Truth(at, error),
            leave(at, error, traced),
            Statements.empty(at));
    List<Tree.Stmt> steps =
        List.of(new Tree.Declare(at, held, Optional.of(f.node())), new Tree.ExprStmt(at, leave));
    return f.type().isPure()
        ? new Tree.Block(at, Types.VOID, steps, Optional.empty())
        : new Tree.Block(at, f.type().success(), steps, Optional.of(f.type().value(whole)));
  }

  private void escapes(Source source, Span at) {
    Failable function = function();
    if (function == null) {
      return;
    }
    if (ErrorSets.isNamed(function.set())) {
      c.analysis.errorSets.escapes(at, source, function.set());
    } else {
      c.function.raised.add(source);
    }
  }

  /** Leaves the function with an error, running what is registered for that. */
  private Tree.Expr leave(Span at, Tree.Expr error, boolean traced) {
    Failable function = function();
    if (function == null) {
      return c.bad(at);
    }
    Local leaving = c.function.leaving();
    Tree.Expr held = new Tree.LocalRef(at, leaving);
    List<Tree.Stmt> steps = new ArrayList<>();
    steps.add(new Tree.Assign(at, held, Errors.retyped(error, Types.ANY_ERROR)));
    if (traced) {
      c.analysis.traces.push(c, at).ifPresent(push -> steps.add(new Tree.ExprStmt(at, push)));
    }
    steps.add(new Tree.Fail(at, function.failed(at, Errors.retyped(held, function.set()))));
    return new Tree.Block(at, Types.NO_RETURN, steps, Optional.empty());
  }

  // ------------------------------------------------------------------ compile time

  /**
   * The success value of a failable call that was evaluated at compile time (err.ct.2); an error
   * that escapes is reported without a place of its own and gives null (err.ct.3).
   */
  @Nullable Constant evaluated(Failing f, Constant whole, String what) {
    List<Constant> parts = new ArrayList<>();
    int slots = f.type().values().size();
    for (int i = 0; i <= slots; i++) {
      Constant part = whole instanceof Constant.Aggregate a ? a.parts().get(i) : Constant.ZERO;
      parts.add(f.type().isPure() ? whole : part);
    }
    long tag = parts.get(slots) instanceof Constant.Int n ? n.value() : 0;
    if (tag != 0) {
      c.analysis.diagnostics.report(
          Diagnostic.error(
              what
                  + " failed with error."
                  + c.analysis.types.errorName(tag)
                  + "; handle it there with `catch` or `or`"));
      return null;
    }
    return slots == 1
        ? parts.getFirst()
        : slots == 0 ? Constant.ZERO : new Constant.Aggregate(parts.subList(0, slots));
  }

  // ------------------------------------------------------------------ raise and onfail

  void raise(Ast.Raise r, List<Tree.Stmt> out) {
    Failable function = function();
    if (function == null) {
      c.error(
          r.span(), "`raise` stands in a function that cannot fail; declare its result with `!`");
      out.add(
          new Tree.ExprStmt(
              r.span(), new Tree.Block(r.span(), Types.NO_RETURN, List.of(), Optional.empty())));
      return;
    }
    Tree.Expr e = c.expressions.check(r.value(), function.set());
    if (e.type().isError()) {
      return;
    }
    if (!(e.type() instanceof Type.ErrorSet)) {
      c.error(r.value().span(), "`raise` needs an error, not `" + c.name(e.type()) + "`");
      return;
    }
    if (!(Errors.isTag(r.value()) && ErrorSets.isNamed(function.set()))) {
      Failing f = failing(e);
      escapes(f == null ? Source.NOTHING : f.source(), r.span());
    }
    out.add(new Tree.ExprStmt(r.span(), leave(r.span(), e, true)));
  }

  void onFail(Ast.OnFail o, List<Tree.Stmt> out) {
    if (function() == null) {
      c.error(
          o.span(), "`onfail` stands in a function that cannot fail; `defer` runs on every exit");
      return;
    }
    boolean before = c.function.inDefer;
    c.function.inDefer = true;
    try {
      Tree.Expr body =
          c.scoped(
              () -> {
                List<Tree.Stmt> steps = new ArrayList<>();
                o.binding()
                    .ifPresent(
                        n ->
                            bind(
                                n,
                                new Tree.LocalRef(n.span(), c.function.leaving()),
                                Source.NOTHING,
                                steps));
                steps.add(new Tree.ExprStmt(o.body().span(), c.statements.discarded(o.body())));
                return new Tree.Block(o.span(), Types.VOID, steps, Optional.empty());
              });
      out.add(new Tree.OnFail(o.span(), (Tree.Block) body));
    } finally {
      c.function.inDefer = before;
    }
  }

  /** Declares an error under a name, as an immutable copy (err.catch.12). */
  private void bind(Ast.Name name, Tree.Expr error, Source source, List<Tree.Stmt> out) {
    Local local = new Local(name.text(), error.type(), name.span());
    c.analysis.errorSets.bind(local, source);
    out.add(new Tree.Declare(name.span(), local, Optional.of(error)));
    c.locals.declare(name, new Entity.Variable(local, Entity.Binding.ERROR_CAPTURE, c.function));
  }

  // ------------------------------------------------------------------ catch

  Tree.Expr caught(Ast.Catch k, @Nullable Type expected) {
    Tree.Expr e = claimedOperand(k.base(), expected);
    if (e.type().isError()) {
      return c.bad(k.span());
    }
    Failing f = failing(e);
    if (f == null) {
      Ast.Expr inner = k.base();
      while (inner instanceof Ast.Group g) {
        inner = g.inner();
      }
      boolean chain = inner instanceof Ast.Binary b && b.op() == Ast.BinaryOp.OR;
      return chain
          ? c.bad(inner.span(), "this chain ends in a plain value, so there is no error to catch")
          : c.bad(
              k.base().span(),
              "`catch` needs something that can fail, not `" + c.name(e.type()) + "`");
    }
    Local held = new Local("result", f.node().type(), k.span());
    Tree.Expr whole = new Tree.LocalRef(k.span(), held);
    Tree.Expr error = f.type().error(whole);
    Flow.State before = c.flow.now();
    Tree.Expr body = c.scoped(() -> body(k, f, error));
    List<Flow.State> continuing = new ArrayList<>(List.of(before));
    c.flow.leave(before);
    if (!(body.type() instanceof Type.NoReturn)) {
      continuing.add(c.flow.now());
    }
    c.flow.join(before, continuing);
    if (body.type().isError()) {
      return c.bad(k.span());
    }
    Type type = f.type().success();
    Tree.Expr value = f.type().isPure() ? Statements.empty(k.span()) : f.type().value(whole);
    Tree.Expr choice = new Tree.If(k.span(), type, new Tree.Truth(k.span(), error), body, value);
    return Statements.after(
        k.span(), List.of(new Tree.Declare(k.span(), held, Optional.of(f.node()))), choice);
  }

  private Tree.Expr body(Ast.Catch k, Failing f, Tree.Expr error) {
    List<Tree.Stmt> before = new ArrayList<>();
    k.binding().ifPresent(n -> bind(n, error, f.source(), before));
    Tree.Expr body =
        f.type().isPure() ? c.statements.discarded(k.body()) : value(k, f.type().success());
    if (body.type().isError()) {
      return body;
    }
    List<Tree.Stmt> steps = new ArrayList<>();
    Optional<Tree.Expr> clear = c.analysis.traces.clear(k.span());
    clear.ifPresent(x -> steps.add(new Tree.OnSuccess(k.span(), effect(x))));
    steps.addAll(before);
    return Statements.after(k.span(), steps, body);
  }

  /** What a body gives in place of the value (err.catch.5, err.catch.10). */
  private Tree.Expr value(Ast.Catch k, Type success) {
    Tree.Expr v =
        k.body() instanceof Ast.Block b
            ? c.scoped(
                () -> c.statements.valueOf(b.statements(), b.span(), k.span(), null, success))
            : c.expressions.check(k.body(), success);
    if (v.type().isError() || v.type() instanceof Type.NoReturn || v.type().equals(success)) {
      return v;
    }
    Tree.Expr done =
        v.type() instanceof Type.Void ? null : c.conversions.implicit(v, success, k.span());
    return done != null
        ? done
        : c.bad(
            k.span(),
            "the body of this `catch` gives `"
                + c.name(v.type())
                + "`; it must give a `"
                + c.name(success)
                + "` or leave");
  }

  // ------------------------------------------------------------------ or

  /** One operand of a chain; {@code tried} tells whether it stands behind {@code try}. */
  private record Operand(Ast.Expr ast, boolean tried, Tree.Expr value) {}

  /** {@code a or b or c}: logical, or the operator on failures (err.or.1). */
  Tree.Expr or(Ast.Binary b, @Nullable Type expected) {
    List<Ast.Expr> parts = new ArrayList<>();
    flatten(b, parts);
    List<Operand> operands = new ArrayList<>();
    Flow.State before = c.flow.now();
    Type wanted = expected;
    boolean chain = parts.stream().anyMatch(Failables::isTry);
    for (Ast.Expr part : parts) {
      Ast.Expr inner = isTry(part) ? ((Ast.Unary) stripped(part)).operand() : part;
      Tree.Expr v = claimedOperand(inner, wanted);
      if (v.type().isError()) {
        c.flow.set(before);
        return c.bad(b.span());
      }
      Failing f = failing(v);
      chain |= f != null && isResult(v);
      if (operands.isEmpty() && f != null && !f.type().isPure()) {
        wanted = f.type().success();
      } else if (operands.isEmpty()) {
        wanted = null;
      }
      operands.add(new Operand(part, isTry(part), v));
      Flow.State refuted = Proofs.of(c, part).whenFalse();
      c.flow.assume(new Flow.State(Set.of(), refuted.clear()));
    }
    c.flow.set(before);
    return chain ? chain(b, operands) : c.operators.disjunction(b, parts, values(operands));
  }

  private static List<Tree.Expr> values(List<Operand> operands) {
    return operands.stream().map(Operand::value).toList();
  }

  private static void flatten(Ast.Expr e, List<Ast.Expr> parts) {
    if (e instanceof Ast.Binary b && b.op() == Ast.BinaryOp.OR) {
      flatten(b.left(), parts);
      parts.add(b.right());
    } else {
      parts.add(e);
    }
  }

  private static Ast.Expr stripped(Ast.Expr e) {
    return e instanceof Ast.Group g ? stripped(g.inner()) : e;
  }

  private static boolean isTry(Ast.Expr e) {
    return stripped(e) instanceof Ast.Unary u && u.op() == Ast.UnaryOp.TRY;
  }

  private Tree.Expr chain(Ast.Binary b, List<Operand> operands) {
    for (int i = 0; i < operands.size(); i++) {
      Operand o = operands.get(i);
      boolean last = i == operands.size() - 1;
      if (failing(o.value()) == null && (!last || o.tried())) {
        return c.bad(
            o.ast().span(),
            "`"
                + c.name(o.value().type())
                + "` cannot fail, so the operands after it would never be used");
      }
    }
    Failing first = failing(operands.getFirst().value());
    Operand end = operands.getLast();
    Failing last = failing(end.value());
    if (first == null) {
      return c.bad(b.span());
    }
    if (last == null) {
      return terminated(b, operands, first, end);
    }
    Tree.Expr node = joined(b, operands, first);
    if (node.type().isError() || claims(b)) {
      return node.type().isError() ? node : make(node, last.source());
    }
    if (!end.tried()) {
      return c.bad(
          end.ast().span(),
          "the last operand can fail, and nothing takes its error: write `try` before it, or"
              + " `catch` around the chain");
    }
    if (function() == null) {
      return c.bad(
          operands.getFirst().ast().span(),
          "this chain can fail in a function that cannot; end it with a value, or `catch` it");
    }
    return escaping(
        new Failing(node, asAny(first.type()), last.source()), b.span(), end.ast().span(), false);
  }

  /** The last operand is a plain value (err.or.3). */
  private Tree.Expr terminated(Ast.Binary b, List<Operand> operands, Failing first, Operand end) {
    if (first.type().isPure()) {
      return c.bad(
          operands.getFirst().ast().span(),
          "this has no value that another could stand for; handle its error with `catch`");
    }
    Type success = first.type().success();
    Tree.Expr last = c.conversions.convert(end.value(), success, end.ast().span());
    if (last.type().isError()) {
      return c.bad(b.span());
    }
    Tree.Expr rest = cleared(last, b.span());
    for (int i = operands.size() - 2; i >= 0; i--) {
      Tree.Expr after = rest;
      Tree.Expr node = operands.get(i).value();
      boolean later = i > 0;
      OnSuccess value =
          (f, whole) -> {
            Tree.Expr v = converted(f, whole, success, b.span());
            return later && !v.type().isError() ? cleared(v, b.span()) : v;
          };
      boolean followed = i < operands.size() - 2;
      rest = either(b, node, value, followed ? traced(after, b.span()) : after, success);
      if (rest.type().isError()) {
        return c.bad(b.span());
      }
    }
    return rest;
  }

  private static Tree.Block effect(Tree.Expr e) {
    List<Tree.Stmt> steps = List.of(new Tree.ExprStmt(e.span(), e));
    return new Tree.Block(e.span(), Types.VOID, steps, Optional.empty());
  }

  /** A failed operand of a chain adds its frame before the next is tried (err.trace.1). */
  private Tree.Expr traced(Tree.Expr next, Span at) {
    Optional<Tree.Expr> push = c.analysis.traces.push(c, at);
    return push.isEmpty()
        ? next
        : Statements.after(at, List.of(new Tree.ExprStmt(at, push.get())), next);
  }

  /** Drops the trace of the errors that are absorbed before a value is evaluated (err.trace.3). */
  private Tree.Expr cleared(Tree.Expr value, Span at) {
    Optional<Tree.Expr> clear = c.analysis.traces.clear(at);
    return clear.isEmpty()
        ? value
        : Statements.after(at, List.of(new Tree.ExprStmt(at, clear.get())), value);
  }

  private interface OnSuccess {
    Tree.Expr of(Failable f, Tree.Expr whole);
  }

  private Tree.Expr either(
      Ast.Binary b, Tree.Expr node, OnSuccess success, Tree.Expr otherwise, Type type) {
    Failable f = Failable.of(node.type());
    if (f == null) {
      return c.bad(b.span());
    }
    Local held = new Local("result", node.type(), b.span());
    Tree.Expr whole = new Tree.LocalRef(node.span(), held);
    Tree.Expr value = success.of(f, whole);
    if (value.type().isError()) {
      return value;
    }
    Tree.Expr failed = new Tree.Truth(node.span(), f.error(whole));
    Tree.Expr choice = new Tree.If(b.span(), type, failed, otherwise, value);
    return Statements.after(
        b.span(), List.of(new Tree.Declare(node.span(), held, Optional.of(node))), choice);
  }

  private Tree.Expr converted(Failable f, Tree.Expr whole, Type success, Span at) {
    return f.isPure() ? Statements.empty(at) : c.conversions.convert(f.value(whole), success, at);
  }

  /** A chain that can fail as a whole: the first success, or the error of the last (err.or.4). */
  private Tree.Expr joined(Ast.Binary b, List<Operand> operands, Failing first) {
    Failable type = asAny(first.type());
    Tree.Expr rest = null;
    for (int i = operands.size() - 1; i >= 0; i--) {
      Tree.Expr node = operands.get(i).value();
      Failable f = Failable.of(node.type());
      if (f == null || f.isPure() != type.isPure()) {
        return c.bad(operands.get(i).ast().span(), "this operand has no such value as the first");
      }
      boolean later = i > 0;
      OnSuccess success =
          (g, result) -> {
            Tree.Expr value = converted(g, result, type.success(), b.span());
            if (value.type().isError()) {
              return value;
            }
            Tree.Expr whole = type.succeeded(b.span(), value);
            return later ? cleared(whole, b.span()) : whole;
          };
      rest =
          rest == null
              ? ended(recast(f, type, node, b.span()), type, b.span())
              : either(b, node, success, traced(rest, b.span()), type.full());
      if (rest.type().isError()) {
        return rest;
      }
    }
    return rest == null ? c.bad(b.span()) : rest;
  }

  /** The last operand of a chain: a success absorbs the errors before, a failure adds its frame. */
  private Tree.Expr ended(Tree.Expr node, Failable type, Span at) {
    Optional<Tree.Expr> push = c.analysis.traces.push(c, at);
    Optional<Tree.Expr> clear = c.analysis.traces.clear(at);
    if (node.type().isError() || push.isEmpty() || clear.isEmpty()) {
      return node;
    }
    Local held = new Local("result", node.type(), at);
    Tree.Expr whole = new Tree.LocalRef(at, held);
    Tree.Expr failed = new Tree.Truth(at, type.error(whole));
    Tree.Expr record = new Tree.If(at, Types.VOID, failed, effect(push.get()), effect(clear.get()));
    return Statements.after(
        at,
        List.of(new Tree.Declare(at, held, Optional.of(node)), new Tree.ExprStmt(at, record)),
        whole);
  }

  private static Failable asAny(Failable f) {
    if (f.isPure()) {
      return new Failable(Types.ANY_ERROR, List.of(), List.of(), Types.ANY_ERROR);
    }
    List<Type> all = new ArrayList<>(f.values());
    all.add(Types.ANY_ERROR);
    List<String> labels = new ArrayList<>(f.labels());
    labels.add("");
    return new Failable(new Type.Tuple(all, labels), f.values(), f.labels(), Types.ANY_ERROR);
  }

  /** A failable value as one of another full type; slots are converted, the tag is kept. */
  private Tree.Expr recast(Failable from, Failable to, Tree.Expr node, Span at) {
    if (node.type().equals(to.full())) {
      return node;
    }
    if (from.isPure()) {
      return Errors.retyped(node, to.set());
    }
    Local held = new Local("result", node.type(), at);
    Tree.Expr whole = new Tree.LocalRef(at, held);
    List<Tree.Part> parts = new ArrayList<>();
    for (int i = 0; i < to.values().size(); i++) {
      Tree.Expr slot = c.conversions.convert(from.slot(whole, i), to.values().get(i), at);
      if (slot.type().isError()) {
        return slot;
      }
      parts.add(new Tree.Part(i, slot));
    }
    parts.add(new Tree.Part(to.values().size(), Errors.retyped(from.error(whole), to.set())));
    return new Tree.Block(
        at,
        to.full(),
        List.of(new Tree.Declare(at, held, Optional.of(node))),
        Optional.of(new Tree.Aggregate(at, to.full(), parts)));
  }

  // ------------------------------------------------------------------ returning

  /** {@code return e;} and a trailing value in a failable function (err.ret, err.fwd). */
  Tree.Stmt returned(Span at, Ast.Expr e) {
    Failable function = c.function.failable;
    if (function == null) {
      throw new IllegalStateException("not a failable function");
    }
    return returned(at, e.span(), operand(e, expected(function, e)), Errors.isTag(e));
  }

  /** The type that guides a returned expression. */
  static Type expected(Failable function, Ast.Expr e) {
    if (function.isPure()) {
      return function.set();
    }
    boolean whole =
        e instanceof Ast.AggregateLit a
            && a.head().isEmpty()
            && a.entries().size() == function.values().size() + 1
            && (Errors.isTag(a.entries().getLast().value()) || function.values().size() > 1);
    return whole ? function.full() : function.success();
  }

  Tree.Stmt returned(Span at, Span value, Tree.Expr v, boolean isTag) {
    Failable function = c.function.failable;
    if (function == null || v.type().isError()) {
      return new Tree.Return(at, Optional.of(c.bad(value)));
    }
    if (v.type() instanceof Type.NoReturn) {
      return new Tree.ExprStmt(at, v);
    }
    Failing f = failing(v);
    if (f != null && (isResult(v) || function.isPure())) {
      return forwarded(at, value, f, function, isTag);
    }
    if (function.isPure()) {
      if (v.type() instanceof Type.Void) {
        return new Tree.ExprStmt(
            at,
            new Tree.Block(
                at,
                Types.NO_RETURN,
                List.of(new Tree.ExprStmt(at, v), success(at)),
                Optional.empty()));
      }
      return new Tree.Return(
          at, Optional.of(c.bad(value, "`" + c.name(v.type()) + "` is not an error")));
    }
    return values(at, value, v, function);
  }

  /** A value for the slots, or a tuple for all slots and the error (err.ret.4, err.fwd.5). */
  private Tree.Stmt values(Span at, Span value, Tree.Expr v, Failable function) {
    Failable whole = v.type().equals(function.success()) ? null : Failable.of(v.type());
    if (whole != null && whole.values().size() == function.values().size()) {
      Tree.Expr done = recast(whole, function, v, value);
      if (!(v instanceof Tree.Const)) {
        escapes(c.analysis.errorSets.named(whole.set()), value);
      }
      return new Tree.Return(at, Optional.of(done));
    }
    Tree.Expr done = c.conversions.convert(v, function.success(), value);
    if (done.type().isError()) {
      return new Tree.Return(at, Optional.of(done));
    }
    return new Tree.Return(at, Optional.of(wrapped(at, done, function)));
  }

  /** A success value with its error slot; a value of several slots is evaluated once. */
  Tree.Expr wrapped(Span at, Tree.Expr value, Failable function) {
    if (function.values().size() < 2) {
      return function.succeeded(at, value);
    }
    Local held = new Local("values", value.type(), at);
    return new Tree.Block(
        at,
        function.full(),
        List.of(new Tree.Declare(at, held, Optional.of(value))),
        Optional.of(function.succeeded(at, new Tree.LocalRef(at, held))));
  }

  private Tree.Stmt forwarded(Span at, Span value, Failing f, Failable function, boolean isTag) {
    int given = f.type().values().size();
    int wanted = function.values().size();
    if (given != wanted) {
      return new Tree.Return(
          at,
          Optional.of(
              c.bad(
                  value,
                  "this gives "
                      + given
                      + " values and an error, and `"
                      + c.function.name
                      + "` returns "
                      + wanted)));
    }
    boolean inferredIntoNamed =
        ErrorSets.isNamed(function.set()) && !ErrorSets.isNamed(f.type().set()) && !isTag;
    if (inferredIntoNamed && isResult(f.node())) {
      return new Tree.Return(
          at,
          Optional.of(
              c.bad(
                  value,
                  "the errors of this call are inferred, and `"
                      + c.name(function.set())
                      + "` may lack some: bind the error and raise it again")));
    }
    if (!isTag || !ErrorSets.isNamed(function.set())) {
      escapes(f.source(), value);
    }
    return new Tree.Return(at, Optional.of(recast(f.type(), function, f.node(), value)));
  }

  /** Success without a value: {@code return;} and the end of a pure failable (err.ret.1). */
  Tree.Stmt success(Span at) {
    Failable function = c.function.failable;
    return new Tree.Return(
        at, function == null ? Optional.empty() : Optional.of(function.noError(at)));
  }

  // ------------------------------------------------------------------ destructuring

  /**
   * Checks that a destructure of a failable value binds its error (err.discard.1, err.discard.2)
   * and ties the values to it (err.live.9).
   *
   * @param locals the variables that the names declare, in order
   */
  void bound(Ast.Destructure d, Failing f, List<Local> locals) {
    int slots = f.type().values().size() + 1;
    boolean dropped =
        (d.names().size() == slots && d.names().getLast().text().equals("_"))
            || d.names().size() < slots;
    if (dropped) {
      c.error(
          d.value().span(),
          "the error of this call is dropped; bind it as the last name of the destructure");
      return;
    }
    if (locals.size() < slots) {
      return;
    }
    Local error = locals.get(slots - 1);
    c.analysis.errorSets.bind(error, f.source());
    if (isStatic(d.value())) {
      for (Local value : locals.subList(0, slots - 1)) {
        c.function.guards.put(value, error);
      }
    }
  }

  /** A destructure that takes an error drops its trace (err.trace.3). */
  void absorb(Failing f, Tree.Expr whole, List<Tree.Stmt> out) {
    Span at = whole.span();
    Optional<Tree.Expr> clear = c.analysis.traces.clear(at);
    if (clear.isPresent()) {
      Tree.Expr taken = new Tree.Truth(at, f.type().error(whole));
      Tree.Expr empty = Statements.empty(at);
      out.add(
          new Tree.ExprStmt(at, new Tree.If(at, Types.VOID, taken, effect(clear.get()), empty)));
    }
  }

  /** Whether the callee is named statically (err.live.9). */
  private boolean isStatic(Ast.Expr e) {
    if (!(stripped(e) instanceof Ast.Call k)) {
      return false;
    }
    Ast.Expr callee = stripped(k.callee());
    if (c.names.path(callee, Names.Use.CALL) instanceof Entity.Fn) {
      return true;
    }
    return callee instanceof Ast.Member m && namesType(m.base());
  }

  private boolean namesType(Ast.Expr e) {
    return switch (stripped(e)) {
      case Ast.NameExpr n -> c.names.path(n, Names.Use.VALUE) instanceof Entity.TypeName;
      case Ast.Member m -> c.names.path(m, Names.Use.VALUE) instanceof Entity.TypeName;
      case Ast.Call k -> namesType(k.callee());
      default -> false;
    };
  }

  /** The initialiser of {@code _ := v}. */
  Tree.Expr discarded(Ast.Expr e) {
    discarding = stripped(e) instanceof Ast.NameExpr;
    Tree.Expr v = c.expressions.any(e);
    discarding = false;
    return dropped(v, e);
  }

  /** Refuses a value that is not proven to be there (err.live.1); null if all is well. */
  Tree.@Nullable Expr unproven(Local value, Span at) {
    Local error = c.function.guards.get(value);
    if (error == null || discarding || c.flow.isClear(error)) {
      return null;
    }
    c.analysis.unproven.add(
        Diagnostic.error(
            at,
            "`"
                + value.name()
                + "` has a value only if `"
                + error.name()
                + "` holds no error, which is not proven here"));
    c.analysis.diagnostics.report(c.analysis.unproven.getLast());
    return c.bad(at);
  }
}
