package sx.comptime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import sx.ir.Function;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.ir.IrBuilder;
import sx.ir.Terminator;
import sx.type.Type;
import sx.type.Types;

class CallsTest extends VmTestBase {
  private final Type.Struct three = p.struct("Three", Types.I64, Types.I64, Types.I64);

  /** Calls itself until its parameter is 0, then returns it. */
  private Function countdown() {
    Function[] self = new Function[1];
    self[0] =
        p.function(
            "down",
            List.of(Types.I64),
            Types.I64,
            b -> {
              int more = b.newBlock();
              int end = b.newBlock();
              b.branch(
                  b.compare(CompareKind.NE, Types.I64, 0, b.constInt(Types.I64, 0)), more, end);
              b.position(more);
              int less = b.binary(BinaryKind.SUB, Types.I64, 0, b.constInt(Types.I64, 1));
              int result = b.call(self[0], List.of(less));
              b.ret(b.binary(BinaryKind.ADD, Types.I64, result, b.constInt(Types.I64, 2)));
              b.position(end);
              b.ret(0);
            });
    return self[0];
  }

  @Test
  void deepRecursion() {
    Function down = countdown();
    assertEquals(
        20_000, eval(Types.I64, b -> b.call(down, List.of(b.constInt(Types.I64, 10_000)))));
  }

  @Test
  void depthLimitNamesItselfAndShowsTheCalls() {
    Function down = countdown();
    options = options.withCallDepth(600);
    assertEquals(1100, eval(Types.I64, b -> b.call(down, List.of(b.constInt(Types.I64, 550)))));
    Outcome.Failed e =
        failure(
            function(
                Types.I64, b -> b.ret(b.call(down, List.of(b.constInt(Types.I64, 1_000_000))))));
    assertEquals("the call depth limit of 600 is exceeded", e.message());
    assertEquals("down", e.trace().getFirst().function());
    assertEquals("f2", e.trace().getLast().function());
    assertEquals("test.sx:1:1", e.trace().getLast().place().toString());
  }

  @Test
  void stepLimit() {
    options = options.withSteps(10_000);
    Outcome.Failed e =
        failure(
            function(
                Types.VOID,
                b -> {
                  int loop = b.newBlock();
                  b.jump(loop);
                  b.position(loop);
                  b.jump(loop);
                }));
    assertEquals("the limit of 10000 steps is exceeded", e.message());
  }

  @Test
  void aggregateArgumentsAndResults() {
    Function swap =
        p.function(
            "swap",
            List.of(three),
            three,
            b ->
                b.ret(
                    b.aggregate(
                        three,
                        List.of(
                            b.extract(three, 0, 2),
                            b.extract(three, 0, 1),
                            b.extract(three, 0, 0)))));
    assertEquals(
        321,
        eval(
            Types.I64,
            b -> {
              int v =
                  b.aggregate(
                      three,
                      List.of(
                          b.constInt(Types.I64, 1),
                          b.constInt(Types.I64, 2),
                          b.constInt(Types.I64, 3)));
              int first = b.call(swap, List.of(v));
              int second = b.call(swap, List.of(first));
              int x = b.extract(three, first, 0);
              int y = b.extract(three, second, 1);
              int z = b.extract(three, second, 0);
              int sum = b.binary(BinaryKind.MUL, Types.I64, x, b.constInt(Types.I64, 100));
              int tens = b.binary(BinaryKind.MUL, Types.I64, y, b.constInt(Types.I64, 10));
              return b.binary(
                  BinaryKind.ADD, Types.I64, b.binary(BinaryKind.ADD, Types.I64, sum, tens), z);
            }));
  }

  @Test
  void indirectCalls() {
    Function twice =
        p.function(
            "twice",
            List.of(Types.I64),
            Types.I64,
            b -> b.ret(b.binary(BinaryKind.ADD, Types.I64, 0, 0)));
    Type.Function type = new Type.Function(List.of(Types.I64), Types.I64, false, false);
    assertEquals(
        42,
        eval(
            Types.I64,
            b ->
                b.callIndirect(
                    type,
                    b.functionAddress(twice),
                    List.of(b.constInt(Types.I64, 21)),
                    List.of(Types.I64))));
    Outcome.Failed e =
        failure(
            function(
                Types.I64,
                b ->
                    b.ret(
                        b.callIndirect(
                            type,
                            b.constInt(Types.VOID_POINTER, 0),
                            List.of(b.constInt(Types.I64, 21)),
                            List.of(Types.I64)))));
    assertEquals("call through null", e.message());
  }

  @Test
  void switchTakesTheMatchingCase() {
    Function f =
        p.function(
            "choose",
            List.of(Types.I32),
            Types.I64,
            b -> {
              int a = b.newBlock();
              int c = b.newBlock();
              int d = b.newBlock();
              b.switchOn(0, List.of(new Terminator.Case(7, a), new Terminator.Case(-3, c)), d);
              int n = 1;
              for (int block : List.of(a, c, d)) {
                b.position(block);
                b.ret(b.constInt(Types.I64, n++));
              }
            });
    assertEquals(1, eval(Types.I64, b -> b.call(f, List.of(b.constInt(Types.I32, 7)))));
    assertEquals(2, eval(Types.I64, b -> b.call(f, List.of(b.constInt(Types.I32, -3)))));
    assertEquals(3, eval(Types.I64, b -> b.call(f, List.of(b.constInt(Types.I32, 0)))));
  }

  @Test
  void unreachableFails() {
    assertEquals(
        "unreachable code was reached",
        failure(function(Types.I64, IrBuilder::unreachable)).message());
  }

  private int text(IrBuilder b, String text) {
    int at = b.globalAddress(p.program.text(text));
    return b.aggregate(Types.STRING, List.of(at, b.constInt(Types.I64, text.length())));
  }

  @Test
  void writeGoesToTheConfiguredStreams() {
    Function write =
        p.extern("write", List.of(Types.I32, Types.VOID_POINTER, Types.USIZE), Types.ISIZE, false);
    Function f =
        function(
            Types.ISIZE,
            b -> {
              int s = text(b, "hello\n");
              int at = b.extract(Types.STRING, s, 0);
              int n = b.extract(Types.STRING, s, 1);
              b.call(write, List.of(b.constInt(Types.I32, 2), at, n));
              b.ret(b.call(write, List.of(b.constInt(Types.I32, 1), at, n)));
            });
    try (Vm vm = new Vm(p.program, options)) {
      assertEquals(6, number(((Outcome.Value) vm.call(f)).data()));
    }
    assertEquals("hello\n", output());
    assertEquals("hello\n", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void hostFunctions() {
    Function abs = p.extern("abs", List.of(Types.I32), Types.I32, false);
    assertEquals(5, eval(Types.I32, b -> b.call(abs, List.of(b.constInt(Types.I32, -5)))));
    Function pow = p.extern("pow", List.of(Types.F64, Types.F64), Types.F64, false);
    assertEquals(
        1024.0,
        Double.longBitsToDouble(
            eval(
                Types.F64,
                b ->
                    b.call(
                        pow, List.of(b.constFloat(Types.F64, 2), b.constFloat(Types.F64, 10))))));
    Type.Struct quotient = p.struct("div_t", Types.I32, Types.I32);
    Function div = p.extern("div", List.of(Types.I32, Types.I32), quotient, false);
    assertEquals(
        3,
        eval(
            Types.I32,
            b ->
                b.extract(
                    quotient,
                    b.call(div, List.of(b.constInt(Types.I32, 17), b.constInt(Types.I32, 7))),
                    1)));
  }

  @Test
  void printfGoesToTheConfiguredStream() {
    Function printf = p.extern("printf", List.of(Types.CSTRING), Types.I32, true);
    Function f =
        function(
            Types.I32,
            b ->
                b.ret(
                    b.callVariadic(
                        printf,
                        List.of(
                            b.globalAddress(p.program.text("%d %.1f\n")),
                            b.constInt(Types.I32, 5),
                            b.constFloat(Types.F64, 2.5)),
                        List.of(Types.CSTRING, Types.I32, Types.F64))));
    try (Vm vm = new Vm(p.program, options)) {
      vm.call(f);
    }
    assertEquals("5 2.5\n", output());
  }

  @Test
  void missingSymbolsAreNamed() {
    Function none = p.extern("sx_no_such_symbol", List.of(), Types.I32, false);
    Outcome.Failed e = failure(function(Types.I32, b -> b.ret(b.call(none, List.of()))));
    assertTrue(e.message().contains("'sx_no_such_symbol'"), e.message());
  }

  @Test
  void exitEndsTheProgram() {
    Function exit = p.extern("exit", List.of(Types.I32), Types.VOID, false);
    Function f =
        function(
            Types.VOID,
            b -> {
              b.call(exit, List.of(b.constInt(Types.I32, 3)));
              b.unreachable();
            });
    assertEquals(new Outcome.Exited(3), run(f));
    Function main = function(Types.I64, b -> b.ret(b.constInt(Types.I64, 0x1ff)));
    try (Vm vm = new Vm(p.program, options)) {
      assertEquals(3, vm.runMain(f));
      assertEquals(255, vm.runMain(main));
    }
  }

  @Test
  void evaluationsNest() {
    try (Vm vm = new Vm(p.program, options)) {
      Function inner = function(Types.I64, b -> b.ret(b.constInt(Types.I64, 20)));
      Function lowered =
          p.function(
              "lowered",
              List.of(Types.I64),
              Types.I64,
              b -> {
                long n = number(((Outcome.Value) vm.call(inner)).data());
                b.ret(b.binary(BinaryKind.ADD, Types.I64, 0, b.constInt(Types.I64, n)));
              });
      Function outer =
          function(
              Types.I64,
              b -> {
                int slot = b.slot("s", three);
                int at = b.fieldAddress(three, b.slotAddress(slot), 1);
                b.store(Types.I64, at, b.constInt(Types.I64, 1));
                int r = b.call(lowered, List.of(b.constInt(Types.I64, 300)));
                b.ret(b.binary(BinaryKind.ADD, Types.I64, r, b.load(Types.I64, at)));
              });
      assertEquals(321, number(((Outcome.Value) vm.call(outer)).data()));
    }
  }

  @Test
  void compilerServicesHideLibraryFunctions() {
    Function service = p.extern("raw_intern", List.of(Types.I64, Types.I64), Types.I64, false);
    Function f =
        function(
            Types.I64,
            b ->
                b.ret(
                    b.call(service, List.of(b.constInt(Types.I64, 4), b.constInt(Types.I64, 5)))));
    try (Vm vm = new Vm(p.program, options)) {
      vm.provide("raw_intern", (e, args) -> args[0] * 10 + args[1]);
      assertEquals(45, number(((Outcome.Value) vm.call(f)).data()));
    }
  }

  /** A loop that is taken over by its translation while it runs, with calls of all kinds inside. */
  private Function hot(Type element, int turns, int failAt) {
    Type array = new Type.Array(element, 3);
    Function make =
        p.function(
            "make",
            List.of(Types.I64),
            three,
            b -> b.ret(b.aggregate(three, List.of(0, b.constInt(Types.I64, 2), 0))));
    Function divide =
        p.function(
            "divide",
            List.of(Types.I64, Types.I64),
            Types.I64,
            b -> b.ret(b.binary(BinaryKind.DIV, Types.I64, 0, 1)));
    Type.Function type = new Type.Function(List.of(Types.I64, Types.I64), Types.I64, false, false);
    Function abs = p.extern("labs", List.of(Types.I64), Types.I64, false);
    return function(
        Types.I64,
        b -> {
          int i = b.slot("i", Types.I64);
          int sum = b.slot("sum", Types.I64);
          int a = b.slot("a", array);
          b.storeSlot(Types.I64, i, b.constInt(Types.I64, 0));
          b.storeSlot(Types.I64, sum, b.constInt(Types.I64, 0));
          int head = b.newBlock();
          int end = b.newBlock();
          int body = b.newBlock();
          b.jump(head);
          b.position(head);
          int more =
              b.compare(
                  CompareKind.LT,
                  Types.I64,
                  b.loadSlot(Types.I64, i),
                  b.constInt(Types.I64, turns));
          b.branch(more, body, end);
          b.position(body);
          int n = b.loadSlot(Types.I64, i);
          int made = b.call(make, List.of(n));
          int third = b.binary(BinaryKind.REM, Types.I64, n, b.constInt(Types.I64, 3));
          int at = b.elementAddress(element, b.slotAddress(a), third);
          b.store(element, at, made);
          int left = b.binary(BinaryKind.SUB, Types.I64, b.constInt(Types.I64, failAt), n);
          int quotient =
              b.callIndirect(
                  type, b.functionAddress(divide), List.of(n, left), List.of(Types.I64, Types.I64));
          int positive = b.call(abs, List.of(quotient));
          int part = b.load(Types.I64, b.fieldAddress(three, at, 2));
          int old = b.loadSlot(Types.I64, sum);
          b.storeSlot(
              Types.I64,
              sum,
              b.binary(
                  BinaryKind.ADD,
                  Types.I64,
                  old,
                  b.binary(BinaryKind.ADD, Types.I64, positive, part)));
          b.storeSlot(
              Types.I64, i, b.binary(BinaryKind.ADD, Types.I64, n, b.constInt(Types.I64, 1)));
          b.jump(head);
          b.position(end);
          b.ret(b.loadSlot(Types.I64, sum));
        });
  }

  @Test
  void hotLoopsGoOnTranslated() {
    Function f = hot(three, 20_000, -1);
    long expected = 0;
    for (long n = 0; n < 20_000; n++) {
      expected += n + Math.abs(n / (-1 - n));
    }
    for (VmOptions.Engine engine : VmOptions.Engine.values()) {
      options = options.withEngine(engine);
      try (Vm vm = new Vm(p.program, options)) {
        assertEquals(expected, number(((Outcome.Value) vm.call(f)).data()), engine.name());
      }
    }
  }

  @Test
  void tracesOfTranslatedLoopsAreTheSame() {
    Function f = hot(three, 20_000, 15_000);
    Outcome.Failed expected = failure(f);
    assertEquals("divide", expected.trace().getFirst().function());
    assertEquals(2, expected.trace().size());
    try (Vm vm = new Vm(p.program, options)) {
      assertEquals(expected, vm.call(f));
    }
  }

  @Test
  void stepLimitHoldsInTranslatedLoops() {
    Function f = hot(three, 2_000_000_000, -1);
    options = options.withSteps(100_000);
    for (VmOptions.Engine engine : VmOptions.Engine.values()) {
      try (Vm vm = new Vm(p.program, options.withEngine(engine))) {
        assertEquals(
            "the limit of 100000 steps is exceeded", ((Outcome.Failed) vm.call(f)).message());
      }
    }
  }

  /** The Java machine compiles no method longer than 8000 bytes. */
  @Test
  void theDispatchLoopStaysShortEnough() throws java.io.IOException {
    try (java.io.InputStream in = Interpreter.class.getResourceAsStream("Interpreter.class")) {
      java.lang.classfile.ClassFile.of().parse(in.readAllBytes()).methods().stream()
          .flatMap(m -> m.code().stream())
          .map(c -> (java.lang.classfile.attribute.CodeAttribute) c)
          .forEach(c -> assertTrue(c.codeLength() < 8000));
    }
  }
}
