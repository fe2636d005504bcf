package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/**
 * {@code if} for effect and for its value, with and without binding (stmt.if, expr.if, opt.bind).
 */
final class Conditionals {
  private final Checker c;

  Conditionals(Checker c) {
    this.c = c;
  }

  // ------------------------------------------------------------------ for effect

  Tree.Expr effect(Ast.If i) {
    Flow.State before = c.flow.now();
    Head head = head(i);
    Optional<Boolean> decided = decided(i, head);
    if (decided.isPresent()) {
      Optional<Ast.Expr> taken = decided.get() ? Optional.of(i.then()) : i.otherwise();
      return taken
          .map(e -> c.scoped(() -> c.statements.discarded(e)))
          .orElseGet(() -> Statements.empty(i.span()));
    }
    c.flow.assume(head.proofs.whenTrue());
    Tree.Expr then = head.first(() -> c.scoped(() -> c.statements.discarded(i.then())));
    List<Flow.State> continuing = new ArrayList<>();
    note(then, before, continuing);
    c.flow.set(before);
    c.flow.assume(head.proofs.whenFalse());
    Tree.Expr otherwise =
        i.otherwise()
            .map(e -> c.scoped(() -> c.statements.discarded(e)))
            .orElseGet(() -> Statements.empty(i.span()));
    boolean thenLeaves = then.type() instanceof Type.NoReturn;
    if (i.otherwise().isEmpty() && thenLeaves) {
      // The false side is proven for the rest of the block (opt.narrow.4).
    } else {
      note(otherwise, before, continuing);
      c.flow.join(before, continuing);
    }
    boolean both = thenLeaves && otherwise.type() instanceof Type.NoReturn;
    if (head.isBad() || then.type().isError() || otherwise.type().isError()) {
      return c.bad(i.span());
    }
    return head.made(i.span(), both ? Types.NO_RETURN : Types.VOID, then, otherwise);
  }

  /** Leaves a branch; its facts count after the {@code if} unless it diverges. */
  private void note(Tree.Expr branch, Flow.State before, List<Flow.State> continuing) {
    c.flow.leave(before);
    if (!(branch.type() instanceof Type.NoReturn)) {
      continuing.add(c.flow.now());
    }
  }

  // ------------------------------------------------------------------ heads

  /** What decides: a condition, or an optional that is bound. */
  private final class Head {
    final Tree.Expr tested;
    final Proofs proofs;
    final Optional<Ast.Name> binding;
    final Optional<Local> held;

    Head(Tree.Expr tested, Proofs proofs, Optional<Ast.Name> binding) {
      this.tested = tested;
      this.proofs = proofs;
      this.binding = binding;
      this.held = binding.map(n -> new Local("optional", tested.type(), tested.span()));
    }

    boolean isBad() {
      return tested.type().isError();
    }

    /** Checks the first branch, where the binding is visible. */
    Tree.Expr first(Supplier<Tree.Expr> branch) {
      if (binding.isEmpty()) {
        return branch.get();
      }
      return c.scoped(
          () -> {
            List<Tree.Stmt> out = new ArrayList<>();
            Tree.Expr from =
                isBad() ? tested : new Tree.LocalRef(tested.span(), held.orElseThrow());
            c.optionals.bind(binding.get(), from, out);
            Tree.Expr body = branch.get();
            return body.type().isError() ? body : Statements.after(body.span(), out, body);
          });
    }

    Tree.Expr made(Span at, Type type, Tree.Expr then, Tree.Expr otherwise) {
      if (held.isEmpty()) {
        return new Tree.If(at, type, tested, then, otherwise);
      }
      Tree.Expr ref = new Tree.LocalRef(tested.span(), held.get());
      Tree.Expr choice =
          new Tree.If(at, type, c.optionals.isPresent(ref, tested.span()), then, otherwise);
      Tree.Stmt hold = new Tree.Declare(tested.span(), held.get(), Optional.of(tested));
      return Statements.after(at, List.of(hold), choice);
    }
  }

  private Head head(Ast.If i) {
    if (i.binding().isPresent()) {
      Proofs none = new Proofs(Flow.State.NOTHING, Flow.State.NOTHING);
      return new Head(c.optionals.source(i.condition()), none, i.binding());
    }
    Tree.Expr condition = c.operators.condition(i.condition());
    return new Head(condition, Proofs.of(c, i.condition()), Optional.empty());
  }

  // ------------------------------------------------------------------ decided while compiling

  /** Which branch a literal or a predicate on types chooses; the other is left out (expr.if.7). */
  private static Optional<Boolean> decided(Ast.If i, Head head) {
    return i.binding().isEmpty()
            && isStatic(i.condition())
            && head.tested instanceof Tree.Const k
            && !head.isBad()
            && k.value() instanceof Constant.Int n
        ? Optional.of(n.value() != 0)
        : Optional.empty();
  }

  static boolean isStatic(Ast.Expr e) {
    return switch (e) {
      case Ast.Group g -> isStatic(g.inner());
      case Ast.BoolLit b -> true;
      case Ast.Unary u -> u.op() == Ast.UnaryOp.NOT && isStatic(u.operand());
      case Ast.Binary b ->
          (b.op() == Ast.BinaryOp.AND || b.op() == Ast.BinaryOp.OR)
              && isStatic(b.left())
              && isStatic(b.right());
      case Ast.Call k ->
          k.callee() instanceof Ast.NameExpr n && PREDICATES.contains(n.name().text());
      default -> false;
    };
  }

  private static final Set<String> PREDICATES =
      Set.of("is_struct", "is_flags", "is_unsigned", "is_identity", "type_eq", "has_impl");

  // ------------------------------------------------------------------ for a value

  /** One arm of a chain of {@code if … else if … else}. */
  private record Arm(Optional<Head> head, Ast.If owner, Tree.Expr value, Span at) {}

  /** An {@code if} whose value is used (expr.if.4); a chain of them is joined as a whole. */
  Tree.Expr value(Ast.If i, @Nullable Type expected) {
    Flow.State before = c.flow.now();
    List<Arm> arms = new ArrayList<>();
    List<Flow.State> continuing = new ArrayList<>();
    boolean complete = arms(i, expected, before, arms, continuing);
    c.flow.join(before, continuing);
    boolean bad = arms.stream().anyMatch(a -> a.value().type().isError());
    bad |= arms.stream().anyMatch(a -> a.head().filter(Head::isBad).isPresent());
    if (bad || !complete) {
      return c.bad(i.span());
    }
    Type type = expected != null ? joinedTo(arms, expected) : joined(i, arms);
    return type == null ? c.bad(i.span()) : chained(arms, 0, type);
  }

  private boolean arms(
      Ast.If i,
      @Nullable Type expected,
      Flow.State before,
      List<Arm> arms,
      List<Flow.State> continuing) {
    if (i.otherwise().isEmpty()) {
      effect(i);
      c.error(i.condition().span(), "a value is needed, and this `if` has no `else`");
      return false;
    }
    Flow.State entry = c.flow.now();
    Head head = head(i);
    Optional<Boolean> decided = decided(i, head);
    if (decided.isPresent()) {
      Ast.Expr taken = decided.get() ? i.then() : i.otherwise().get();
      if (taken instanceof Ast.If next && !decided.get()) {
        return arms(next, expected, before, arms, continuing);
      }
      Tree.Expr only = branch(taken, expected);
      note(only, before, continuing);
      arms.add(new Arm(Optional.empty(), i, only, taken.span()));
      return true;
    }
    c.flow.assume(head.proofs.whenTrue());
    Tree.Expr then = head.first(() -> branch(i.then(), expected));
    note(then, before, continuing);
    arms.add(new Arm(Optional.of(head), i, then, i.then().span()));
    c.flow.set(entry);
    c.flow.assume(head.proofs.whenFalse());
    Ast.Expr otherwise = i.otherwise().get();
    if (otherwise instanceof Ast.If next) {
      return arms(next, expected, before, arms, continuing);
    }
    Tree.Expr last = branch(otherwise, expected);
    note(last, before, continuing);
    arms.add(new Arm(Optional.empty(), i, last, otherwise.span()));
    return true;
  }

  private Tree.Expr branch(Ast.Expr e, @Nullable Type expected) {
    c.literals.markNulls(e, expected);
    return c.scoped(
        () -> {
          Tree.Expr v = c.expressions.check(e, expected);
          return expected == null ? v : c.conversions.convert(v, expected, e.span());
        });
  }

  /** With an expected type the result has it, unless no branch has a value at all. */
  private static Type joinedTo(List<Arm> arms, Type expected) {
    return arms.stream().allMatch(a -> a.value().type() instanceof Type.NoReturn)
        ? Types.NO_RETURN
        : expected;
  }

  /** The common type of the arms; null after a reported error. */
  private @Nullable Type joined(Ast.If i, List<Arm> arms) {
    Type type = Types.NO_RETURN;
    boolean anyNull = false;
    for (Arm a : arms) {
      Type next = a.value().type();
      if (next.equals(Optionals.BARE_NULL)) {
        anyNull = true;
        continue;
      }
      Type both = c.conversions.common(type, next);
      boolean mixed = next instanceof Type.Void && !(type instanceof Type.Void);
      if (both == null || (mixed && !(type instanceof Type.NoReturn))) {
        c.error(
            a.at(), "one branch gives `" + c.name(type) + "`, the other `" + c.name(next) + "`");
        return null;
      }
      type = both;
    }
    type = Optionals.withNulls(anyNull, type);
    if (type.equals(Optionals.BARE_NULL)) {
      c.error(i.condition().span(), "every branch is `null`; annotate the type of the value");
      return null;
    }
    return type;
  }

  private Tree.Expr chained(List<Arm> arms, int at, Type type) {
    Arm arm = arms.get(at);
    Tree.Expr value = c.conversions.convert(arm.value(), type, arm.at());
    if (arm.head().isEmpty()) {
      return value;
    }
    Tree.Expr rest = chained(arms, at + 1, type);
    return value.type().isError() || rest.type().isError()
        ? c.bad(arm.owner().span())
        : arm.head().get().made(arm.owner().span(), type, value, rest);
  }
}
