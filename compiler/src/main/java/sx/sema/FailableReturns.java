package sx.sema;

import java.util.List;
import java.util.Optional;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/**
 * How functions that can fail return: successes, errors and other failable values (err.ret,
 * err.fwd).
 */
final class FailableReturns {
  private final Checker c;

  FailableReturns(Checker c) {
    this.c = c;
  }

  // ------------------------------------------------------------------ returning

  /** {@code return e;} and a trailing value in a failable function (err.ret, err.fwd). */
  Tree.Stmt returned(Span at, Ast.Expr e) {
    Failable function = c.function.failable;
    if (function == null) {
      throw new IllegalStateException("not a failable function");
    }
    return returned(at, e.span(), c.failables.operand(e, expected(function, e)), Errors.isTag(e));
  }

  /** Whether a trailing value of a pure failable is its error, or a whole result (err.fwd.1). */
  boolean forwards(Tree.Expr v) {
    return v.type() instanceof Type.ErrorSet
        || (c.failables.isResult(v) && c.failables.failing(v) != null);
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
    Failables.Failing f = c.failables.failing(v);
    if (f != null && (c.failables.isResult(v) || function.isPure())) {
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
      Tree.Expr done = c.orChains.recast(whole, function, v, value);
      if (!(v instanceof Tree.Const)) {
        c.failables.escapes(c.analysis.errorSets.named(whole.set()), value);
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

  private Tree.Stmt forwarded(
      Span at, Span value, Failables.Failing f, Failable function, boolean isTag) {
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
    if (inferredIntoNamed && c.failables.isResult(f.node())) {
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
      c.failables.escapes(f.source(), value);
    }
    return new Tree.Return(at, Optional.of(c.orChains.recast(f.type(), function, f.node(), value)));
  }

  /** Success without a value: {@code return;} and the end of a pure failable (err.ret.1). */
  Tree.Stmt success(Span at) {
    Failable function = c.function.failable;
    return new Tree.Return(
        at, function == null ? Optional.empty() : Optional.of(function.noError(at)));
  }
}
