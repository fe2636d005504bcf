package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** The arms of one match: their bodies, and the one type that their values have (stmt.mval). */
final class Arms {
  private final Checker c;
  private final boolean wantsValue;
  private final @Nullable Type expected;
  private final List<Arm> arms = new ArrayList<>();

  private final Flow.Split split;

  /** {@code body} checks it, not yet converted; {@code at} is where errors point (stmt.mval.6). */
  private record Arm(Span at, Supplier<Tree.Expr> body) {}

  /** The bodies in order, converted to the type of the whole. */
  record Joined(Type type, List<Tree.Expr> bodies) {}

  /** Made when the subject has been checked and the flow splits. */
  Arms(Checker c, @Nullable Type expected, boolean wantsValue) {
    this.c = c;
    this.split = c.flow.split();
    this.wantsValue = wantsValue && !(expected instanceof Type.Void);
    this.expected = this.wantsValue ? expected : null;
  }

  void add(Ast.Arm a) {
    add(a, List.of(), null);
  }

  /** An arm that is run only while a variable holds a value of a type (stmt.tmatch.6). */
  void add(Ast.Arm a, Local variable, Type held) {
    add(a);
    Arm plain = arms.removeLast();
    arms.add(
        new Arm(
            plain.at(),
            () -> {
              Type outer = c.function.held.put(variable, held);
              Tree.Expr body = plain.body().get();
              if (outer == null) {
                c.function.held.remove(variable);
              } else {
                c.function.held.put(variable, outer);
              }
              return body;
            }));
  }

  /** An arm that first binds what its pattern captures. */
  void add(Ast.Arm a, List<Tree.Stmt> bind, Entity.@Nullable Variable captured) {
    arms.add(
        new Arm(
            a.bodySpan(),
            () ->
                c.scoped(
                    () -> {
                      if (captured != null) {
                        a.capture().ifPresent(n -> c.locals.declare(n, captured));
                      }
                      Tree.Expr body =
                          a.form() == Ast.ArmForm.EMPTY
                              ? Statements.empty(a.bodySpan())
                              : body(a.body(), a.bodySpan());
                      return bind.isEmpty() || body.type().isError()
                          ? body
                          : Statements.after(body.span(), bind, body);
                    })));
  }

  void add(Ast.Block otherwise) {
    arms.add(
        new Arm(
            otherwise.span(),
            () -> c.scoped(() -> body(otherwise.statements(), otherwise.span()))));
  }

  /** A body that is not yet converted; one without value is of type void. */
  private Tree.Expr body(List<Ast.Stmt> body, Span at) {
    if (!wantsValue) {
      return c.statements.block(new Ast.Block(at, body));
    }
    if (body.size() == 1
        && body.getFirst() instanceof Ast.ExprStmt s
        && s.expr() instanceof Ast.Block b) {
      return c.scoped(() -> open(b.statements(), b.span()));
    }
    return open(withValue(body), at);
  }

  /** In an arm's own list a {@code ;} does not discard the last value (stmt.mval.1). */
  private static List<Ast.Stmt> withValue(List<Ast.Stmt> body) {
    List<Ast.Stmt> statements = new ArrayList<>(body);
    if (!statements.isEmpty() && statements.getLast() instanceof Ast.ExprStmt e && e.terminated()) {
      statements.removeLast();
      statements.add(new Ast.ExprStmt(e.span(), e.expr(), false, e.semicolon()));
    }
    return statements;
  }

  /** The body of an arm as a block that has the value of the arm. */
  static Ast.Block withValue(Ast.Block arm) {
    return arm.statements().size() == 1
            && arm.statements().getFirst() instanceof Ast.ExprStmt s
            && s.expr() instanceof Ast.Block b
        ? b
        : new Ast.Block(arm.span(), withValue(arm.statements()));
  }

  private Tree.Expr open(List<Ast.Stmt> statements, Span at) {
    if (expected == null) {
      c.literals.markNulls(statements);
    }
    return c.statements.open(statements, at, expected);
  }

  // ------------------------------------------------------------------ joining

  /**
   * Checks the bodies and gives them one type; null after an error.
   *
   * @param subject where to report that all arms are null
   * @param complete whether some arm is run for every value of the subject
   */
  @Nullable Joined join(Span subject, boolean complete) {
    List<Tree.Expr> bodies = new ArrayList<>();
    for (Arm arm : arms) {
      split.start();
      Tree.Expr body = arm.body().get();
      split.end(!(body.type() instanceof Type.NoReturn));
      bodies.add(body);
    }
    if (!complete) {
      split.start();
      split.end(true);
    }
    split.join();
    return bodies.stream().anyMatch(b -> b.type().isError())
        ? null
        : joined(bodies, subject, complete);
  }

  private static boolean isValue(Tree.Expr e) {
    return !(e.type() instanceof Type.Void || e.type() instanceof Type.NoReturn);
  }

  private @Nullable Joined joined(List<Tree.Expr> bodies, Span subject, boolean complete) {
    if (complete && bodies.stream().allMatch(b -> b.type() instanceof Type.NoReturn)) {
      return new Joined(Types.NO_RETURN, bodies);
    }
    boolean noValues = bodies.stream().noneMatch(Arms::isValue);
    if (!wantsValue || noValues) {
      return new Joined(Types.VOID, bodies);
    }
    Type type = expected != null ? expected : common(bodies, subject);
    if (type == null) {
      return null;
    }
    List<Tree.Expr> converted = new ArrayList<>();
    boolean bad = false;
    for (int i = 0; i < bodies.size(); i++) {
      Tree.Expr body = bodies.get(i);
      if (body.type() instanceof Type.Void) {
        c.error(arms.get(i).at(), "this arm has no value, and others have one");
        bad = true;
        continue;
      }
      Tree.Expr done = convert(body, type, arms.get(i).at());
      bad |= done.type().isError();
      converted.add(done);
    }
    return bad ? null : new Joined(type, converted);
  }

  /** The conversion goes inside of the body's block, where constants can be seen. */
  private Tree.Expr convert(Tree.Expr body, Type type, Span at) {
    if (body instanceof Tree.Block b && b.value().isPresent()) {
      Tree.Expr done = convert(b.value().get(), type, at);
      return done.type().isError()
          ? done
          : new Tree.Block(b.span(), type, b.statements(), java.util.Optional.of(done));
    }
    return c.conversions.convert(body, type, at);
  }

  /** The common type of the values, in whatever order they stand (expr.if.4); null if none. */
  private @Nullable Type common(List<Tree.Expr> bodies, Span subject) {
    Type type = null;
    boolean anyNull = false;
    for (int i = 0; i < bodies.size(); i++) {
      Tree.Expr body = bodies.get(i);
      if (body.type() instanceof Type.NoReturn) {
        continue;
      }
      if (!isValue(body)) {
        c.error(arms.get(i).at(), "this arm has no value, and others have one");
        return null;
      }
      if (body.type().equals(Optionals.BARE_NULL)) {
        anyNull = true;
        continue;
      }
      Type next = type == null ? body.type() : c.conversions.common(type, body.type());
      if (next == null && type != null) {
        c.error(
            arms.get(i).at(),
            "this arm gives `" + c.name(body.type()) + "`, another `" + c.name(type) + "`");
        return null;
      }
      type = next;
    }
    if (anyNull && type == null) {
      c.error(subject, "every arm is `null`; annotate the type of the value");
      return null;
    }
    return type == null ? null : Optionals.withNulls(anyNull, type);
  }
}
