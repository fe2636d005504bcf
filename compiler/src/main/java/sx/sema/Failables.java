package sx.sema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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
      java.util.Collections.newSetFromMap(new IdentityHashMap<>(1));

  /** Operands of {@code try}, {@code catch} and {@code or}, whose failure those take. */
  private final Set<Ast.Expr> claimed =
      java.util.Collections.newSetFromMap(new IdentityHashMap<>(1));

  /** Nodes made here that are failable, with what they can raise. */
  private final IdentityHashMap<Tree.Expr, Source> made = new IdentityHashMap<>(1);

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
  boolean isResult(Tree.Expr e) {
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
    claimed.add(OrChains.stripped(e));
  }

  /** Whether a checked assertion is to raise its mismatch. */
  boolean claims(Ast.Expr k) {
    return claimed.contains(k);
  }

  Tree.Expr claimedOperand(Ast.Expr e, @Nullable Type expected) {
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
  @Nullable Failable function() {
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
  Tree.Expr escaping(Failing f, Span at, Span checked, boolean traced) {
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

  void escapes(Source source, Span at) {
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

  /** The result of a failable expression and the return trace of its failure, to be evaluated. */
  Tree.Expr withTrace(Failing f, Span at) {
    Local held = new Local("result", f.node().type(), at);
    Tree.Expr whole = new Tree.LocalRef(at, held);
    Tree.Expr none = new Tree.Const(at, Types.STRING, new Constant.Text(new byte[0]));
    Tree.Expr trace =
        c.analysis
            .traces
            .calls(at)
            .<Tree.Expr>map(
                calls ->
                    new Tree.If(
                        at, Types.STRING, new Tree.Truth(at, f.type().error(whole)), calls, none))
            .orElse(none);
    Type both = new Type.Tuple(List.of(f.type().full(), Types.STRING), List.of("", ""));
    return new Tree.Block(
        at,
        both,
        List.of(new Tree.Declare(at, held, Optional.of(f.node()))),
        Optional.of(
            new Tree.Aggregate(
                at, both, List.of(new Tree.Part(0, whole), new Tree.Part(1, trace)))));
  }

  /**
   * The success value of a failable expression that was evaluated {@link #withTrace} (err.ct.2); an
   * error that escapes is reported without a place of its own and gives null (err.ct.3).
   */
  @Nullable Constant evaluated(Failing f, Constant outcome, String what) {
    List<Constant> both = parts(outcome, 2);
    Constant whole = both.getFirst();
    List<Constant> slots =
        f.type().isPure() ? List.of(whole) : parts(whole, f.type().values().size() + 1);
    if (slots.getLast() instanceof Constant.Int tag && tag.value() != 0) {
      String trace =
          both.getLast() instanceof Constant.Text t
              ? new String(t.bytes(), StandardCharsets.UTF_8)
              : "";
      c.analysis.diagnostics.report(
          Diagnostic.error(
              what
                  + " failed with error."
                  + c.analysis.types.errorName(tag.value())
                  + "; handle it there with `catch` or `or`"
                  + trace));
      return null;
    }
    List<Constant> values = slots.subList(0, slots.size() - 1);
    return values.size() == 1
        ? values.getFirst()
        : values.isEmpty() ? Constant.ZERO : new Constant.Aggregate(values);
  }

  /** The parts of an aggregate, which is one constant if they are all zero. */
  private static List<Constant> parts(Constant whole, int count) {
    return whole instanceof Constant.Aggregate a
        ? a.parts()
        : Collections.nCopies(count, Constant.ZERO);
  }

  // ------------------------------------------------------------------ raise and onfail

  void raise(Ast.Raise r, List<Tree.Stmt> out) {
    Tree.Expr error = raised(r);
    out.add(
        new Tree.ExprStmt(
            r.span(),
            error == null
                ? new Tree.Block(r.span(), Types.NO_RETURN, List.of(), Optional.empty())
                : leave(r.span(), error, true)));
  }

  /** The error that a statement raises; null after a report. */
  private Tree.@Nullable Expr raised(Ast.Raise r) {
    Failable function = function();
    if (function == null) {
      c.error(
          r.span(), "`raise` stands in a function that cannot fail; declare its result with `!`");
      return null;
    }
    Tree.Expr e = c.expressions.check(r.value(), function.set());
    if (e.type().isError()) {
      return null;
    }
    if (!(e.type() instanceof Type.ErrorSet)) {
      c.error(r.value().span(), "`raise` needs an error, not `" + c.name(e.type()) + "`");
      return null;
    }
    if (!(Errors.isTag(r.value()) && ErrorSets.isNamed(function.set()))) {
      Failing f = failing(e);
      escapes(f == null ? Source.NOTHING : f.source(), r.span());
    }
    return e;
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
    clear.ifPresent(x -> steps.add(new Tree.OnSuccess(k.span(), OrChains.effect(x))));
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
          new Tree.ExprStmt(
              at, new Tree.If(at, Types.VOID, taken, OrChains.effect(clear.get()), empty)));
    }
  }

  /** Whether the callee is named statically (err.live.9). */
  private boolean isStatic(Ast.Expr e) {
    if (!(OrChains.stripped(e) instanceof Ast.Call k)) {
      return false;
    }
    Ast.Expr callee = OrChains.stripped(k.callee());
    if (c.names.path(callee, Names.Use.CALL) instanceof Entity.Fn) {
      return true;
    }
    return callee instanceof Ast.Member m && namesType(m.base());
  }

  private boolean namesType(Ast.Expr e) {
    return switch (OrChains.stripped(e)) {
      case Ast.NameExpr n -> c.names.path(n, Names.Use.VALUE) instanceof Entity.TypeName;
      case Ast.Member m -> c.names.path(m, Names.Use.VALUE) instanceof Entity.TypeName;
      case Ast.Call k -> namesType(k.callee());
      default -> false;
    };
  }

  /** The initialiser of {@code _ := v}. */
  Tree.Expr discarded(Ast.Expr e) {
    discarding = OrChains.stripped(e) instanceof Ast.NameExpr;
    Tree.Expr v = c.expressions.any(e);
    discarding = false;
    return dropped(v, e);
  }

  /** Whether an error is proven absent, here or, for a lambda, where that stands (err.live.8). */
  private boolean isClear(Local error, FunctionState owner) {
    if (owner == c.function) {
      return c.flow.isClear(error);
    }
    Local copy = c.function.captures.get(error);
    return c.function.clearAround.contains(error) || (copy != null && c.flow.isClear(copy));
  }

  /** Refuses a value that is not proven to be there (err.live.1); null if all is well. */
  Tree.@Nullable Expr unproven(Entity.Variable used, Span at) {
    Local value = used.local();
    Local error = used.owner().guards.get(value);
    if (error == null || discarding || isClear(error, used.owner())) {
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
