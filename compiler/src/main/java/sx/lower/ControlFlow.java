package sx.lower;

import static sx.lower.FunctionLowering.NONE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import sx.ir.IrBuilder;
import sx.ir.Terminator;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** Expressions that branch, scopes and loops. */
final class ControlFlow {
  private record Loop(Exits.Exit next, Exits.Exit end) {}

  private final FunctionLowering f;
  private final IrBuilder b;
  private Optional<Loop> loop = Optional.empty();

  ControlFlow(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
  }

  // ------------------------------------------------------------------ joins

  void effect(Expr e) {
    arms(e, f.values::effect);
  }

  void into(Expr e, int address, boolean fresh) {
    arms(e, arm -> f.aggregates.into(arm, address, fresh));
  }

  int value(Expr e) {
    if (e instanceof Tree.Block k) {
      return block(k);
    }
    int slot = b.slot("join", e.type());
    into(e, b.slotAddress(slot), true);
    return f.load(e.type(), b.slotAddress(slot));
  }

  /** Lowers the branching of an expression; the action gets the arms that give its value. */
  private void arms(Expr e, Consumer<Expr> action) {
    switch (e) {
      case Tree.If i -> branches(i, action);
      case Tree.Switch s -> cases(s, action);
      case Tree.Block k -> {
        Exits.Mark scope = f.exits.enter();
        f.statements.lower(k.statements());
        k.value().ifPresent(action);
        f.exits.leave(scope);
      }
      default -> throw new IllegalArgumentException("no arms: " + e.getClass());
    }
  }

  /** The value is a snapshot in a register, so deferred blocks do not change it. */
  private int block(Tree.Block k) {
    Exits.Mark scope = f.exits.enter();
    f.statements.lower(k.statements());
    int value = k.value().isPresent() ? f.values.value(k.value().get()) : NONE;
    f.exits.leave(scope);
    return value;
  }

  private void branches(Tree.If i, Consumer<Expr> action) {
    if (i.condition() instanceof Tree.Const c) {
      action.accept(isTrue(c) ? i.then() : i.otherwise());
      return;
    }
    int then = b.newBlock();
    int otherwise = b.newBlock();
    int join = b.newBlock();
    branch(i.condition(), then, otherwise);
    arm(then, i.then(), join, action);
    arm(otherwise, i.otherwise(), join, action);
    b.position(join);
  }

  private void cases(Tree.Switch s, Consumer<Expr> action) {
    Type type = f.layout.machine(s.subject().type());
    int subject = f.values.value(s.subject());
    int join = b.newBlock();
    int otherwise = b.newBlock();
    Set<Long> seen = new HashSet<>();
    List<Terminator.Case> cases = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    for (Tree.Arm arm : s.arms()) {
      int block = b.newBlock();
      blocks.add(block);
      for (long value : arm.values()) {
        long inRange = Scalars.inRange(type, value);
        if (seen.add(inRange)) {
          cases.add(new Terminator.Case(inRange, block));
        }
      }
    }
    b.switchOn(subject, cases, otherwise);
    for (int a = 0; a < blocks.size(); a++) {
      arm(blocks.get(a), s.arms().get(a).body(), join, action);
    }
    arm(otherwise, s.otherwise(), join, action);
    b.position(join);
  }

  private void arm(int block, Expr body, int join, Consumer<Expr> action) {
    b.position(block);
    action.accept(body);
    b.jump(join);
  }

  // ------------------------------------------------------------------ conditions

  /** {@code and}, {@code or}: the right operand is evaluated if the left is {@code goOn}. */
  int shortCircuit(Expr left, Expr right, boolean goOn) {
    int slot = b.slot("join", Types.BOOL);
    int more = b.newBlock();
    int join = b.newBlock();
    int first = f.values.value(left);
    b.storeSlot(Types.BOOL, slot, first);
    b.branch(first, goOn ? more : join, goOn ? join : more);
    b.position(more);
    b.storeSlot(Types.BOOL, slot, f.values.value(right));
    b.jump(join);
    b.position(join);
    return b.loadSlot(Types.BOOL, slot);
  }

  /** Ends the block with a branch on a bool expression. */
  private void branch(Expr condition, int then, int otherwise) {
    Span before = b.at(condition.span());
    switch (condition) {
      case Tree.Const c -> b.jump(isTrue(c) ? then : otherwise);
      case Tree.Not n -> branch(n.operand(), otherwise, then);
      case Tree.And a -> {
        int more = b.newBlock();
        branch(a.left(), more, otherwise);
        b.position(more);
        branch(a.right(), then, otherwise);
      }
      case Tree.Or o -> {
        int more = b.newBlock();
        branch(o.left(), then, more);
        b.position(more);
        branch(o.right(), then, otherwise);
      }
      default -> b.branch(f.values.value(condition), then, otherwise);
    }
    b.at(before);
  }

  private static boolean isTrue(Tree.Const c) {
    return c.value() instanceof Constant.Int i && i.value() != 0;
  }

  // ------------------------------------------------------------------ loops

  void loop(Tree.Loop l) {
    int head = b.newBlock();
    int body = b.newBlock();
    int step = b.newBlock();
    int end = b.newBlock();
    Optional<Loop> around = loop;
    loop = Optional.of(new Loop(f.exits.exit(step), f.exits.exit(end)));
    b.jump(head);
    b.position(head);
    branch(l.condition(), body, end);
    b.position(body);
    f.values.effect(l.body());
    b.jump(step);
    b.position(step);
    Exits.Mark scope = f.exits.enter();
    f.statements.lower(l.step());
    f.exits.leave(scope);
    b.jump(head);
    b.position(end);
    loop = around;
  }

  void leaveLoop() {
    f.exits.go(loop.orElseThrow().end());
  }

  void nextPass() {
    f.exits.go(loop.orElseThrow().next());
  }
}
