package sx.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sx.lower.Kit.*;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sx.ir.Body;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.type.Type;
import sx.type.Types;

class ControlFlowTest {
  private final Kit kit = new Kit();
  private final GlobalVar trace = global("trace", Types.I64, Constant.ZERO);
  private final Expr log = ref(trace);

  /** The trace after a call for effect. */
  private long traceOf(Instance f, Expr... args) {
    return kit.number(then(log, stmt(call(f, args))));
  }

  @Test
  void deferredBlocksRunInReverseAtTheEnd() {
    Instance f =
        function(
            "f", List.of(), Types.VOID, defer(note(log, 1)), defer(note(log, 2)), note(log, 3));
    assertEquals(321, traceOf(f));
  }

  @Test
  void whatIsNotReachedIsNotDeferred() {
    Local stop = local("stop", Types.BOOL);
    Instance f =
        function(
            "f",
            List.of(stop),
            Types.VOID,
            defer(note(log, 1)),
            only(ref(stop), ret()),
            defer(note(log, 2)));
    assertEquals(1, traceOf(f, bool(true)));
    assertEquals(21, traceOf(f, bool(false)));
  }

  @Test
  void theResultIsComputedBeforeDeferredBlocks() {
    Local n = local("n", Types.I64);
    Instance f =
        function(
            "f",
            List.of(),
            Types.I64,
            declare(n, i(1)),
            defer(assign(ref(n), i(7)), assign(log, ref(n))),
            ret(ref(n)));
    assertEquals(17, kit.number(add(mul(call(f), i(10)), log)));
  }

  @Test
  void eachPassAndEachWayOutOfALoopRunsItsDeferredBlocks() {
    Local n = local("n", Types.I64);
    Instance f =
        function(
            "f",
            List.of(),
            Types.VOID,
            defer(note(log, 9)),
            declare(n, i(0)),
            loop(
                bool(true),
                List.of(assign(ref(n), add(ref(n), i(1)))),
                defer(note(log, 4)),
                only(eq(ref(n), i(1)), next()),
                only(eq(ref(n), i(3)), defer(note(log, 5)), leave()),
                note(log, 1)));
    assertEquals(14_4_14_54_9, traceOf(f));
  }

  @Test
  void aReturnLeavesAllScopes() {
    Local n = local("n", Types.I64);
    Instance f =
        function(
            "f",
            List.of(n),
            Types.I64,
            defer(note(log, 1)),
            loop(
                bool(true),
                List.of(),
                defer(note(log, 2)),
                stmt(
                    block(
                        defer(note(log, 3)),
                        only(lt(ref(n), i(5)), ret(add(ref(n), log))),
                        assign(ref(n), i(0))))));
    assertEquals(4 * 100000 + 321, kit.number(add(mul(call(f, i(4)), i(100000)), log)));
    kit.number(log);
    assertEquals(32 * 1000000 + 32321, kit.number(add(mul(call(f, i(8)), i(1000000)), log)));
  }

  @Test
  void deferredBlocksNest() {
    Instance f =
        function(
            "f",
            List.of(),
            Types.VOID,
            defer(defer(note(log, 1)), defer(note(log, 2)), note(log, 3)),
            note(log, 4));
    assertEquals(4321, traceOf(f));
  }

  @Test
  void manyReturnsShareTheirDeferredBlocks() {
    Local n = local("n", Types.I64);
    Tree.Stmt[] body = new Tree.Stmt[200];
    for (int k = 0; k < 200; k += 2) {
      body[k] = defer(assign(log, add(log, i(1))));
      body[k + 1] = only(eq(ref(n), i(k)), ret());
    }
    Instance f = function("f", List.of(n), Types.VOID, body);
    assertEquals(26, traceOf(f, i(50)));
    assertEquals(100, traceOf(f, i(-1)));
    Body made = kit.lowering.function(f).body();
    long instructions = made.blocks().stream().mapToLong(b -> b.code().size()).sum();
    assertTrue(instructions < 200 * 20, instructions + " instructions");
  }

  @Test
  void nestedLoops() {
    Local a = local("a", Types.I64);
    Local b = local("b", Types.I64);
    Local sum = local("sum", Types.I64);
    Instance f =
        function(
            "f",
            List.of(),
            Types.I64,
            declare(sum, i(0)),
            declare(a, i(0)),
            loop(
                lt(ref(a), i(4)),
                List.of(assign(ref(a), add(ref(a), i(1)))),
                declare(b, i(0)),
                loop(
                    lt(ref(b), i(10)),
                    List.of(assign(ref(b), add(ref(b), i(1)))),
                    only(eq(ref(b), ref(a)), leave()),
                    assign(ref(sum), add(ref(sum), i(1))))),
            ret(ref(sum)));
    assertEquals(6, kit.number(call(f)));
  }

  @Test
  void switchTakesTheFirstArmThatFits() {
    Local n = local("n", Types.I64);
    Expr s =
        new Tree.Switch(
            AT,
            Types.I64,
            ref(n),
            List.of(
                new Tree.Arm(List.of(1L, 2L), i(10)),
                new Tree.Arm(List.of(2L, -3L), i(20)),
                new Tree.Arm(List.of(9L), jump(ret(i(99))))),
            i(30));
    Instance f = function("f", List.of(n), Types.I64, ret(add(s, i(1))));
    assertEquals(11, kit.number(call(f, i(1))));
    assertEquals(11, kit.number(call(f, i(2))));
    assertEquals(21, kit.number(call(f, i(-3))));
    assertEquals(31, kit.number(call(f, i(4))));
    assertEquals(99, kit.number(call(f, i(9))));
  }

  @Test
  void andOrEvaluateTheRightOperandOnlyWhenNeeded() {
    Instance yes = function("yes", List.of(), Types.BOOL, note(log, 1), ret(bool(true)));
    Instance no = function("no", List.of(), Types.BOOL, note(log, 2), ret(bool(false)));
    Expr both = new Tree.And(AT, call(no), call(yes));
    Expr any = new Tree.Or(AT, call(no), call(yes));
    Local a = local("a", Types.BOOL);
    Local b = local("b", Types.BOOL);
    assertEquals(
        221,
        kit.number(
            then(
                log,
                declare(a, both),
                declare(b, any),
                only(ref(a), assign(log, i(0))),
                only(new Tree.Not(AT, ref(b)), assign(log, i(0))))));
    assertEquals(
        22_1_2,
        kit.number(then(log, only(both, note(log, 7)), only(any, only(call(no), note(log, 8))))));
  }

  @Test
  void codeAfterAJumpIsDropped() {
    Local x = local("x", Types.I64);
    Instance f =
        function(
            "f",
            List.of(),
            Types.I64,
            declare(x, when(Types.I64, bool(true), jump(ret(i(5))), i(6))),
            assign(ref(x), add(jump(ret(i(7))), i(1))),
            ret(ref(x)));
    assertEquals(5, kit.number(call(f)));
    Instance g =
        function(
            "g",
            List.of(),
            Types.I64,
            ret(add(i(1), when(Types.I64, bool(false), i(1), jump(ret(i(8)))))));
    assertEquals(8, kit.number(call(g)));
    assertEquals(
        List.of("f", "g"),
        kit.program.functions().stream().map(Object::toString).map(s -> s.substring(1)).toList());
  }

  @Test
  void aBlockValueIsTakenBeforeItsDeferredBlocks() {
    assertEquals(
        3,
        kit.number(
            add(then(i(3)), mul(i(0), then(log, assign(log, i(1)), defer(assign(log, i(2))))))));
    assertEquals(1, kit.number(then(log, assign(log, i(1)), defer(assign(log, i(2))))));
  }

  @Test
  void assignmentEvaluatesTheValueFirst() {
    Local a = local("a", new Type.Array(Types.I64, 2));
    Instance zero = function("zero", List.of(), Types.I64, note(log, 1), ret(i(0)));
    Instance nine = function("nine", List.of(), Types.I64, note(log, 2), ret(i(9)));
    assertEquals(
        219,
        kit.number(
            then(
                add(mul(log, i(10)), index(Types.I64, ref(a), i(0))),
                declare(a, new Tree.Fill(AT, a.type(), i(4))),
                assign(index(Types.I64, ref(a), call(zero)), call(nine)))));
  }

  @Test
  void updateEvaluatesThePlaceOnce() {
    Local a = local("a", new Type.Array(Types.I64, 2));
    Local old = local("old", Types.I64);
    Instance one = function("one", List.of(), Types.I64, note(log, 1), ret(i(1)));
    assertEquals(
        1024,
        kit.number(
                then(
                    add(mul(log, i(1000)), index(Types.I64, ref(a), i(1))),
                    declare(a, new Tree.Fill(AT, a.type(), i(12))),
                    new Tree.Update(
                        AT, index(Types.I64, ref(a), call(one)), old, add(ref(old), ref(old)))))
            - 0);
  }

  @Test
  void recursion() {
    Local n = local("n", Types.I64);
    Instance[] self = new Instance[1];
    self[0] =
        new Instance(
            "fact",
            List.of(n),
            Types.I64,
            Instance.Convention.SX,
            Optional.empty(),
            Optional.empty(),
            AT,
            () ->
                block(
                    only(lt(ref(n), i(2)), ret(i(1))),
                    ret(mul(ref(n), call(self[0], add(ref(n), i(-1)))))));
    assertEquals(3628800, kit.number(call(self[0], i(10))));
  }

  @Test
  void voidsAreNotPassed() {
    Local nothing = local("nothing", Types.VOID);
    Local n = local("n", Types.I64);
    Instance f = function("f", List.of(nothing, n), Types.I64, ret(ref(n)));
    assertEquals(6, kit.number(call(f, block(note(log, 1)), i(6))));
    Expr indirect =
        new Tree.CallIndirect(
            AT, Types.I64, new Tree.FunctionRef(AT, f), List.of(block(note(log, 1)), i(6)));
    assertEquals(7, kit.number(add(indirect, log)));
  }
}
