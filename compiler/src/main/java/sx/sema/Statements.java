package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Returns;
import sx.syntax.Tails;
import sx.type.Type;
import sx.type.Types;

/** Statements, blocks and their values (05-statements.md). */
final class Statements {
  private final Checker c;

  Statements(Checker c) {
    this.c = c;
  }

  // ------------------------------------------------------------------ bodies and blocks

  /** The body of a function with braces; its value, if the function has a result, is returned. */
  Tree.Block functionBody(Ast.Block written) {
    Ast.Block b = returnsErrorAlone() ? TrailingTags.returned(written) : written;
    List<Tree.Stmt> entry = new ArrayList<>();
    c.results.enter(entry);
    return c.scoped(
        () -> {
          List<Tree.Stmt> out = new ArrayList<>(entry);
          List<Ast.Stmt> rest = b.statements();
          if (c.function.infers && rest.size() > 1) {
            // The returns before the end tell whether the end gives a value (decl.ret.2).
            Tree.Expr before = statements(rest.subList(0, rest.size() - 1), out, null, false);
            if (before != null) {
              out.add(new Tree.ExprStmt(before.span(), before));
            }
            rest = rest.subList(rest.size() - 1, rest.size());
          }
          acceptTail(b.statements());
          boolean wantsValue =
              isOpen()
                  || (!(result() instanceof Type.Void)
                      && (c.function.results.isEmpty() || Results.endsInValue(b)));
          Tree.Expr last =
              statements(
                  rest, out, wantsValue && !isOpen() ? result() : null, wantsValue, !isOpen());
          if (isOpen() && last != null) {
            c.function.result = last.type();
          }
          end(b, last, wantsValue, out);
          return new Tree.Block(b.span(), Types.VOID, out, Optional.empty());
        });
  }

  /** What happens where control reaches the end of a body. */
  private void end(Ast.Block b, Tree.@Nullable Expr last, boolean wantsValue, List<Tree.Stmt> out) {
    boolean named = !c.function.results.isEmpty();
    if (last != null && wantsValue && !(named && last.type() instanceof Type.Void)) {
      if (c.function.failable != null) {
        out.add(c.failableReturns.returned(last.span(), last.span(), last, false));
        return;
      }
      Tree.Expr v = c.conversions.convert(last, result(), last.span());
      out.add(
          last.type() instanceof Type.NoReturn
              ? new Tree.ExprStmt(last.span(), last)
              : new Tree.Return(last.span(), Optional.of(v)));
      return;
    }
    boolean pure = returnsErrorAlone();
    if (pure && last != null && c.failableReturns.forwards(last)) {
      out.add(c.failableReturns.returned(last.span(), last.span(), last, false));
      return;
    }
    if (last != null) {
      out.add(new Tree.ExprStmt(last.span(), last));
    }
    if (pure) {
      if (!diverges(out)) {
        out.add(c.failableReturns.success(b.span()));
      }
      return;
    }
    if (named) {
      c.results.checkAssigned(b, out);
      out.add(c.results.current(b.span()));
    } else if (last == null && !(result() instanceof Type.Void) && !diverges(out)) {
      c.error(
          missingValueAt(b),
          "the function `"
              + c.function.name
              + "` ends here without the `"
              + c.name(result())
              + "` that it returns"
              + hint(b));
    }
  }

  private boolean isOpen() {
    return c.function.open && c.function.result == null;
  }

  /** The type that a value for the caller has: in a failable function, without its error slot. */
  private Type result() {
    if (c.function.failable != null) {
      return c.function.failable.success();
    }
    return c.function.result == null ? Types.VOID : c.function.result;
  }

  /** A trailing call that can fail hands its failure to the caller (err.fwd.1). */
  void acceptTail(List<Ast.Stmt> statements) {
    boolean tail =
        c.function.failable != null
            && !statements.isEmpty()
            && statements.getLast() instanceof Ast.ExprStmt e
            && !e.terminated();
    if (tail) {
      c.failables.accept(((Ast.ExprStmt) statements.getLast()).expr());
    }
  }

  /** The body of a function written with an arrow. */
  Tree.Block arrowBody(Ast.Expr written) {
    Ast.Expr e = returnsErrorAlone() ? TrailingTags.returned(written) : written;
    if (c.function.infers && e instanceof Ast.Block b && !Tails.hasValue(b)) {
      c.function.returnsValue = Returns.valueIn(b);
      c.function.result = c.function.returnsValue ? null : Types.VOID;
      return functionBody(b);
    }
    return c.scoped(
        () -> {
          Failable failable = c.function.failable;
          if (failable != null) {
            boolean isPure = failable.isPure();
            c.failables.accept(e);
            Tree.Expr given =
                isPure
                    ? discarded(e)
                    : c.failables.operand(e, FailableReturns.expected(failable, e));
            boolean hasValue = !isPure || c.failableReturns.forwards(given);
            List<Tree.Stmt> steps =
                hasValue
                    ? List.of(c.failableReturns.returned(e.span(), e.span(), given, false))
                    : List.of(
                        new Tree.ExprStmt(e.span(), given), c.failableReturns.success(e.span()));
            return new Tree.Block(e.span(), Types.VOID, steps, Optional.empty());
          }
          Tree.Expr v;
          if (c.function.infers) {
            v = c.expressions.any(e);
            c.function.result = v.type();
          } else {
            v = c.function.result instanceof Type.Void ? discarded(e) : c.value(e, result());
          }
          Tree.Stmt s =
              v.type() instanceof Type.Void || v.type() instanceof Type.NoReturn
                  ? new Tree.ExprStmt(e.span(), v)
                  : c.function.result instanceof Type.Void
                      ? new Tree.ExprStmt(e.span(), v)
                      : new Tree.Return(e.span(), Optional.of(v));
          return new Tree.Block(e.span(), Types.VOID, List.of(s), Optional.empty());
        });
  }

  private boolean returnsErrorAlone() {
    return c.function.failable != null && c.function.failable.isPure();
  }

  private static Span missingValueAt(Ast.Block b) {
    if (b.statements().isEmpty()) {
      return b.span();
    }
    Ast.Stmt last = b.statements().getLast();
    return last instanceof Ast.ExprStmt e && e.terminated() ? e.semicolon() : last.span();
  }

  private static String hint(Ast.Block b) {
    return !b.statements().isEmpty()
            && b.statements().getLast() instanceof Ast.ExprStmt e
            && e.terminated()
        ? "; without the `;` the expression before it would be the value"
        : "";
  }

  /** A block run for effect; a value is dropped. */
  Tree.Expr block(Ast.Block b) {
    Flow.State before = c.flow.now();
    return c.scoped(
        () -> {
          List<Tree.Stmt> out = new ArrayList<>();
          Tree.Expr last = statements(b.statements(), out, null, false);
          if (last != null) {
            out.add(new Tree.ExprStmt(last.span(), last));
          }
          c.flow.leave(before);
          return new Tree.Block(
              b.span(), diverges(out) ? Types.NO_RETURN : Types.VOID, out, Optional.empty());
        });
  }

  /** A block whose value is needed (stmt.block.5). */
  Tree.Expr valueBlock(Ast.Block b, @Nullable Type expected) {
    Flow.State before = c.flow.now();
    Tree.Expr v = c.scoped(() -> valueOf(b.statements(), b.span(), missingValueAt(b), expected));
    c.flow.leave(before);
    return v;
  }

  /**
   * The statements of an arm in a scope that is open already, with a value of whatever type; of
   * type void without one.
   */
  Tree.Expr open(List<Ast.Stmt> statements, Span span, @Nullable Type expected) {
    return open(statements, span, expected, false);
  }

  Tree.Expr open(List<Ast.Stmt> statements, Span span, @Nullable Type expected, boolean endsBody) {
    List<Ast.Stmt> all = new ArrayList<>(statements);
    if (!all.isEmpty()
        && all.getLast() instanceof Ast.ExprStmt e
        && e.expr() instanceof Ast.If f
        && f.otherwise().isEmpty()) {
      all.removeLast();
      all.add(new Ast.ExprStmt(e.span(), f, true, e.semicolon()));
    }
    List<Tree.Stmt> out = new ArrayList<>();
    Tree.Expr last = statements(all, out, expected, true, endsBody);
    boolean hasValue =
        last != null && !(last.type() instanceof Type.Void || last.type() instanceof Type.NoReturn);
    if (last != null && last.type().isError()) {
      return last;
    }
    if (last != null && !hasValue) {
      out.add(new Tree.ExprStmt(last.span(), last));
    }
    if (diverges(out)) {
      return new Tree.Block(span, Types.NO_RETURN, out, Optional.empty());
    }
    return last != null && hasValue
        ? new Tree.Block(span, last.type(), out, Optional.of(last))
        : new Tree.Block(span, Types.VOID, out, Optional.empty());
  }

  /** The value of a list of statements in a scope that is open already. */
  Tree.Expr valueOf(List<Ast.Stmt> statements, Span span, Span missingAt, @Nullable Type expected) {
    return valueOf(statements, span, missingAt, expected, expected);
  }

  /**
   * As above.
   *
   * @param target the type that the value is converted to, or null
   * @param expected the type that guides it
   */
  Tree.Expr valueOf(
      List<Ast.Stmt> statements,
      Span span,
      Span missingAt,
      @Nullable Type target,
      @Nullable Type expected) {
    List<Tree.Stmt> out = new ArrayList<>();
    Tree.Expr last = statements(statements, out, expected, true);
    if (last == null && Optionals.innermost(expected) instanceof Type.Void) {
      Tree.Expr none = new Tree.Block(span, Types.VOID, out, Optional.empty());
      return expected == null || expected instanceof Type.Void || diverges(out)
          ? none
          : c.conversions.convert(none, expected, span);
    }
    if (last == null) {
      return diverges(out)
          ? new Tree.Block(span, Types.NO_RETURN, out, Optional.empty())
          : c.bad(missingAt, "a value is needed, and the block ends here without one");
    }
    if (last.type().isError()) {
      return c.bad(span);
    }
    if (target != null && !target.isError()) {
      last = c.conversions.convert(last, target, last.span());
    }
    return new Tree.Block(span, last.type(), out, Optional.of(last));
  }

  static boolean diverges(List<Tree.Stmt> statements) {
    return statements.stream()
        .anyMatch(
            s ->
                switch (s) {
                  case Tree.Return r -> true;
                  case Tree.Fail f -> true;
                  case Tree.Break b -> true;
                  case Tree.Continue k -> true;
                  case Tree.ExprStmt e -> e.expr().type() instanceof Type.NoReturn;
                  default -> false;
                });
  }

  /**
   * Checks statements in order; returns the checked last expression if it is the value, else null.
   *
   * @param wantsValue whether the value is used; if not, a last expression is only run
   */
  Tree.@Nullable Expr statements(
      List<Ast.Stmt> statements, List<Tree.Stmt> out, @Nullable Type expected, boolean wantsValue) {
    return statements(statements, out, expected, wantsValue, false);
  }

  /**
   * As above.
   *
   * @param endsBody whether the function ends with the last statement, which may give its value
   *     from the branch of an {@code inline if} then (ct.if.5)
   */
  Tree.@Nullable Expr statements(
      List<Ast.Stmt> statements,
      List<Tree.Stmt> out,
      @Nullable Type expected,
      boolean wantsValue,
      boolean endsBody) {
    for (int i = 0; i < statements.size(); i++) {
      Ast.Stmt s = statements.get(i);
      boolean last = i == statements.size() - 1;
      if (s instanceof Ast.Insert insert) {
        Tree.Expr v = c.comptime.insert(insert, out, expected, last && wantsValue, endsBody);
        if (last && v != null) {
          return v;
        }
        if (v != null) {
          out.add(new Tree.ExprStmt(v.span(), v));
        }
        continue;
      }
      if (last && s instanceof Ast.ExprStmt e && !e.terminated()) {
        return wantsValue && !isLoop(e.expr()) ? tail(e.expr(), expected) : discarded(e.expr());
      }
      if (last && wantsValue && endsBody && s instanceof Ast.InlineStmt t && !t.terminated()) {
        return c.comptime.inlineTail(t, out, expected);
      }
      statement(s, out);
      if (s instanceof Ast.InlineStmt inline && leavesAlways(inline, out)) {
        return null;
      }
    }
    return null;
  }

  /** Whether the branch chosen at compile time always leaves: what follows is dead (ct.if.4). */
  private boolean leavesAlways(Ast.InlineStmt i, List<Tree.Stmt> out) {
    return (i.expr() instanceof Ast.If || i.expr() instanceof Ast.Match)
        && !out.isEmpty()
        && out.getLast() instanceof Tree.ExprStmt e
        && e.expr() instanceof Tree.Block b
        && b.type() instanceof Type.NoReturn;
  }

  Tree.Expr tail(Ast.Expr e, @Nullable Type expected) {
    if (e instanceof Ast.If f && f.otherwise().isEmpty()) {
      Tree.Expr v = discarded(e);
      return v.type() instanceof Type.NoReturn || v.type().isError()
          ? v
          : c.bad(f.span(), "a value is needed, and this `if` has no `else`");
    }
    return c.expressions.check(e, expected);
  }

  private static boolean isLoop(Ast.Expr e) {
    return e instanceof Ast.While || e instanceof Ast.For || e instanceof Ast.Push;
  }

  /** An expression run for effect; branches need no common type. */
  Tree.Expr discarded(Ast.Expr e) {
    return switch (e) {
      case Ast.Block b -> block(b);
      case Ast.If i -> c.conditionals.effect(i);
      case Ast.Match m -> c.matches.match(m, null, false);
      case Ast.Run r when r.operand() instanceof Ast.Block b -> c.expressions.runStatement(r, b);
      case Ast.While w -> c.loops.whileLoop(w);
      case Ast.For f -> c.loops.forLoop(f);
      case Ast.Function f when f.isLambda() -> new Closures(c).idle(f);
      case Ast.Push p -> c.analysis.contexts.push(c, p);
      default -> c.failables.dropped(c.expressions.any(e), e);
    };
  }

  static Tree.Expr empty(Span at) {
    return new Tree.Block(at, Types.VOID, List.of(), Optional.empty());
  }

  /** An expression with statements before it; its value, if it has one, is that of the whole. */
  static Tree.Expr after(Span at, List<Tree.Stmt> before, Tree.Expr e) {
    if (e.type() instanceof Type.Void || e.type() instanceof Type.NoReturn) {
      List<Tree.Stmt> all = new ArrayList<>(before);
      all.add(new Tree.ExprStmt(at, e));
      return new Tree.Block(at, e.type(), all, Optional.empty());
    }
    return new Tree.Block(at, e.type(), before, Optional.of(e));
  }

  // ------------------------------------------------------------------ statements

  void statement(Ast.Stmt s, List<Tree.Stmt> out) {
    Span outer = c.statement;
    c.statement = s.span();
    try {
      kinds(s, out);
    } finally {
      c.statement = outer;
    }
  }

  private void kinds(Ast.Stmt s, List<Tree.Stmt> out) {
    switch (s) {
      case Ast.VarDecl v -> c.locals.variable(v, out);
      case Ast.ConstDecl k -> c.locals.constant(k, out);
      case Ast.ExprStmt e -> out.add(new Tree.ExprStmt(e.span(), discarded(e.expr())));
      case Ast.Assign a -> new Assignments(c).assign(a, out);
      case Ast.MultiAssign m -> new Assignments(c).multiple(m, out);
      case Ast.Destructure d -> c.locals.destructure(d, out);
      case Ast.Return r -> out.add(returned(r));
      case Ast.Break b -> loopJump(b.span(), "break", new Tree.Break(b.span()), out);
      case Ast.Continue k -> loopJump(k.span(), "continue", new Tree.Continue(k.span()), out);
      case Ast.Defer d -> defer(d, out);
      case Ast.InlineStmt i -> c.comptime.inline(i, out);
      case Ast.Insert i -> {
        Tree.Expr last = c.comptime.insert(i, out, null, false, false);
        if (last != null) {
          out.add(new Tree.ExprStmt(last.span(), last));
        }
      }
      case Ast.ErrorDirective e -> {
        c.analysis.origins.directive(e.span(), e.message());
        Tree.Expr end = new Tree.Block(e.span(), Types.NO_RETURN, List.of(), Optional.empty());
        out.add(new Tree.ExprStmt(e.span(), end));
      }
      case Ast.RunItem r ->
          out.add(new Tree.ExprStmt(r.span(), discarded(new Ast.Run(r.span(), r.expr()))));
      case Ast.OnFail o -> c.failables.onFail(o, out);
      case Ast.Raise r -> c.failables.raise(r, out);
      case Ast.FlatImport i -> {} // these four, StructureCheck has refused
      case Ast.FlatCImport i -> {}
      case Ast.ContextExtend x -> {}
      case Ast.Impl i -> {}
      default -> c.error(s.span(), "this cannot stand in a function body");
    }
  }

  // ------------------------------------------------------------------ jumps

  private Tree.Stmt returned(Ast.Return r) {
    if (c.function.inDefer) {
      c.error(r.span(), "`return` cannot stand in a `defer`");
    }
    if (r.items().size() > 1
        || (r.items().size() == 1 && r.items().getFirst().name().isPresent())) {
      return c.results.list(r);
    }
    Optional<Ast.Expr> value = r.items().stream().findFirst().map(Ast.ReturnItem::value);
    return returning(r.span(), value);
  }

  private Tree.Stmt returning(Span at, Optional<Ast.Expr> value) {
    if (value.isEmpty() && !c.function.results.isEmpty()) {
      return c.results.current(at);
    }
    if (c.function.failable != null && (value.isPresent() || c.function.failable.isPure())) {
      return value.isPresent()
          ? c.failableReturns.returned(at, value.get())
          : c.failableReturns.success(at);
    }
    if (value.isEmpty()) {
      if (c.function.result != null && !(c.function.result instanceof Type.Void)) {
        return new Tree.Return(
            at,
            Optional.of(
                c.bad(
                    at,
                    "`return` needs a value of type `" + c.name(c.function.result) + "` here")));
      }
      if (c.function.returnsValue) {
        String problem =
            "`return` needs a value here, as another `return` of this function has one";
        return new Tree.Return(at, Optional.of(c.bad(at, problem)));
      }
      return new Tree.Return(at, Optional.empty());
    }
    if (c.function.result == null) {
      Tree.Expr v = c.expressions.any(value.get());
      c.function.result = v.type();
      return new Tree.Return(at, Optional.of(v));
    }
    if (c.function.result instanceof Type.Void) {
      Tree.Expr v = discarded(value.get());
      if (!(v.type() instanceof Type.Void
          || v.type() instanceof Type.NoReturn
          || v.type().isError())) {
        c.error(
            at,
            c.function.name.isEmpty()
                ? "there is no function to return from: the value of a block is its last expression"
                : "the function `" + c.function.name + "` returns nothing");
      }
      Tree.Expr both =
          new Tree.Block(
              at,
              Types.NO_RETURN,
              List.of(new Tree.ExprStmt(at, v), new Tree.Return(at, Optional.empty())),
              Optional.empty());
      return new Tree.ExprStmt(at, both);
    }
    return new Tree.Return(at, Optional.of(c.value(value.get(), c.function.result)));
  }

  Tree.Expr returnExpr(Ast.ReturnExpr r) {
    if (c.function.inDefer) {
      c.error(r.span(), "`return` cannot stand in a `defer`");
    }
    return new Tree.Jump(r.span(), returning(r.span(), r.value()));
  }

  /** {@code break} or {@code continue} as an expression. */
  Tree.Expr jump(Ast.Stmt s) {
    List<Tree.Stmt> out = new ArrayList<>();
    statement(s, out);
    return out.isEmpty() ? c.bad(s.span()) : new Tree.Jump(s.span(), out.getFirst());
  }

  private void loopJump(Span at, String word, Tree.Stmt jump, List<Tree.Stmt> out) {
    if (c.function.inDefer) {
      c.error(at, "`" + word + "` cannot stand in a `defer`");
    } else if (c.function.loops == 0) {
      c.error(at, "`" + word + "` stands in no loop of this function");
      out.add(
          new Tree.ExprStmt(at, new Tree.Block(at, Types.NO_RETURN, List.of(), Optional.empty())));
    } else {
      c.flow.jump();
      out.add(jump);
    }
  }

  private void defer(Ast.Defer d, List<Tree.Stmt> out) {
    boolean before = c.function.inDefer;
    c.function.inDefer = true;
    try {
      Tree.Expr body = discarded(d.body());
      Tree.Block block =
          body instanceof Tree.Block b && b.value().isEmpty()
              ? b
              : new Tree.Block(
                  d.span(),
                  Types.VOID,
                  List.of(new Tree.ExprStmt(d.body().span(), body)),
                  Optional.empty());
      out.add(new Tree.Defer(d.span(), block));
    } finally {
      c.function.inDefer = before;
    }
  }
}
