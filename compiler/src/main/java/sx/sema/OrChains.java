package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** {@code a or b or c} on values that can fail (err.or). */
final class OrChains {
  private final Checker c;

  OrChains(Checker c) {
    this.c = c;
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
    Type wanted = mayFail(stripped(parts.getFirst())) ? expected : null;
    boolean chain = parts.stream().anyMatch(OrChains::isTry);
    for (Ast.Expr part : parts) {
      Ast.Expr inner = isTry(part) ? ((Ast.Unary) stripped(part)).operand() : part;
      Tree.Expr v = c.failables.claimedOperand(inner, wanted);
      if (v.type().isError()) {
        c.flow.set(before);
        return c.bad(b.span());
      }
      Failables.Failing f = c.failables.failing(v);
      chain |= f != null && c.failables.isResult(v);
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

  /** Whether an operand can be a failable value; else it is a condition (expr.expect.3). */
  private static boolean mayFail(Ast.Expr e) {
    return switch (e) {
      case Ast.If _ -> false;
      case Ast.Match _ -> false;
      case Ast.Block _ -> false;
      case Ast.Binary b -> b.op() == Ast.BinaryOp.PIPE || b.op() == Ast.BinaryOp.OR;
      default -> true;
    };
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

  static Ast.Expr stripped(Ast.Expr e) {
    return e instanceof Ast.Group g ? stripped(g.inner()) : e;
  }

  private static boolean isTry(Ast.Expr e) {
    return stripped(e) instanceof Ast.Unary u && u.op() == Ast.UnaryOp.TRY;
  }

  private Tree.Expr chain(Ast.Binary b, List<Operand> operands) {
    for (int i = 0; i < operands.size(); i++) {
      Operand o = operands.get(i);
      boolean last = i == operands.size() - 1;
      if (c.failables.failing(o.value()) == null && (!last || o.tried())) {
        return c.bad(
            o.ast().span(),
            "`"
                + c.name(o.value().type())
                + "` cannot fail, so the operands after it would never be used");
      }
    }
    Failables.Failing first = c.failables.failing(operands.getFirst().value());
    Operand end = operands.getLast();
    Failables.Failing last =
        first != null && endsInSet(first, end) ? null : c.failables.failing(end.value());
    if (first == null) {
      return c.bad(b.span());
    }
    if (last == null) {
      return terminated(b, operands, first, end);
    }
    Tree.Expr node = joined(b, operands, first);
    if (node.type().isError() || c.failables.claims(b)) {
      return node.type().isError() ? node : c.failables.make(node, last.source());
    }
    if (!end.tried()) {
      return c.bad(
          end.ast().span(),
          "the last operand can fail, and nothing takes its error: write `try` before it, or"
              + " `catch` around the chain");
    }
    if (c.failables.function() == null) {
      return c.bad(
          operands.getFirst().ast().span(),
          "this chain can fail in a function that cannot; end it with a value, or `catch` it");
    }
    return c.failables.escaping(
        new Failables.Failing(node, asAny(first.type()), last.source()),
        b.span(),
        end.ast().span(),
        false);
  }

  /** Whether the last operand is a value of an error set where the first gives one (err.or.3). */
  private static boolean endsInSet(Failables.Failing first, Operand end) {
    return !end.tried()
        && first.type().success() instanceof Type.ErrorSet
        && end.value().type() instanceof Type.ErrorSet;
  }

  /** The last operand is a plain value (err.or.3). */
  private Tree.Expr terminated(
      Ast.Binary b, List<Operand> operands, Failables.Failing first, Operand end) {
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

  static Tree.Block effect(Tree.Expr e) {
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
  private Tree.Expr joined(Ast.Binary b, List<Operand> operands, Failables.Failing first) {
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
  Tree.Expr recast(Failable from, Failable to, Tree.Expr node, Span at) {
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
}
