package sx.comptime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sx.ir.Function;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.ir.Inst.ConvertKind;
import sx.ir.Inst.UnaryKind;
import sx.ir.IrBuilder;
import sx.ir.IrPrinter;
import sx.ir.TestProgram;
import sx.ir.Verifier;
import sx.type.Type;
import sx.type.Types;

/** Random functions over integer slots give the same in all ways to run them. */
class RandomProgramsTest {
  private static final int PROGRAMS = 400;
  private static final Type[] TYPES = {
    Types.I64,
    Types.I64,
    Types.U64,
    Types.I32,
    Types.U8,
    Types.I8,
    new Type.Int(13, true, false),
    new Type.Int(5, false, false)
  };

  private static final BinaryKind[] PLAIN = {
    BinaryKind.ADD, BinaryKind.SUB, BinaryKind.MUL, BinaryKind.AND, BinaryKind.XOR
  };

  private static final CompareKind[] COMPARES = CompareKind.values();

  private final Random random = new Random(20260401);
  private TestProgram p = new TestProgram();
  private Type[] slots = {};

  @Test
  void allEnginesAgree() {
    for (int n = 0; n < PROGRAMS; n++) {
      p = new TestProgram();
      Function helper = p.function("helper", List.of(Types.I64, Types.I64), Types.I64, this::body);
      int turns = n % 4 == 0 ? 9000 : 3;
      Function f = p.function("f", List.of(), Types.I64, b -> loop(b, helper, turns));
      long expected = ReferenceEvaluator.run(f);
      assertEquals(List.of(), Verifier.verify(p.program));
      for (VmOptions.Engine engine : VmOptions.Engine.values()) {
        VmOptions options = VmOptions.standard(System.out, System.err).withEngine(engine);
        try (Vm vm = new Vm(p.program, options)) {
          Outcome outcome = vm.call(f);
          long found = VmTestBase.number(((Outcome.Value) outcome).data());
          int number = n;
          assertEquals(
              expected, found, () -> number + " " + engine + "\n" + IrPrinter.print(p.program));
        }
      }
    }
  }

  /** Calls the helper several times and mixes the results; the body stands here a second time. */
  private void loop(IrBuilder b, Function helper, int turns) {
    int sum = b.slot("sum", Types.I64);
    int i = b.slot("i", Types.I64);
    b.storeSlot(Types.I64, sum, b.constInt(Types.I64, 1));
    b.storeSlot(Types.I64, i, b.constInt(Types.I64, 0));
    int head = b.newBlock();
    int body = b.newBlock();
    int end = b.newBlock();
    b.jump(head);
    b.position(head);
    b.branch(
        b.compare(
            CompareKind.LT, Types.I64, b.loadSlot(Types.I64, i), b.constInt(Types.I64, turns)),
        body,
        end);
    b.position(body);
    int mixed = b.call(helper, List.of(b.loadSlot(Types.I64, sum), b.loadSlot(Types.I64, i)));
    b.storeSlot(
        Types.I64, sum, b.binary(BinaryKind.XOR, Types.I64, mixed, b.loadSlot(Types.I64, sum)));
    b.storeSlot(
        Types.I64,
        i,
        b.binary(BinaryKind.ADD, Types.I64, b.loadSlot(Types.I64, i), b.constInt(Types.I64, 1)));
    b.jump(head);
    b.position(end);
    b.ret(b.loadSlot(Types.I64, sum));
  }

  private void body(IrBuilder b) {
    slots = new Type[6];
    for (int s = 0; s < slots.length; s++) {
      slots[s] = TYPES[random.nextInt(TYPES.length)];
      b.slot("s" + s, slots[s]);
      b.storeSlot(slots[s], s, convert(b, Types.I64, slots[s], s & 1));
      if (random.nextInt(4) == 0) {
        // The address is used otherwise, so that the slot stays in memory.
        b.convert(ConvertKind.ADDRESS, Types.VOID_POINTER, Types.I64, b.slotAddress(s));
        int at = b.slotAddress(s);
        b.compare(CompareKind.EQ, Types.VOID_POINTER, at, at);
      }
    }
    int blocks = 2 + random.nextInt(5);
    for (int n = 0; n < blocks; n++) {
      for (int k = random.nextInt(12); k > 0; k--) {
        assign(b);
      }
      skip(b);
    }
    int result = b.constInt(Types.I64, 0);
    for (int s = 0; s < slots.length; s++) {
      int wide = convert(b, slots[s], Types.I64, b.loadSlot(slots[s], s));
      result =
          b.binary(
              BinaryKind.ADD,
              Types.I64,
              b.binary(BinaryKind.MUL, Types.I64, result, b.constInt(Types.I64, 31)),
              wide);
    }
    b.ret(result);
  }

  /** Maybe jumps over an assignment. */
  private void skip(IrBuilder b) {
    int then = b.newBlock();
    int join = b.newBlock();
    Type t = TYPES[random.nextInt(TYPES.length)];
    CompareKind op = COMPARES[random.nextInt(6)];
    b.branch(b.compare(op, t, value(b, t, 2), value(b, t, 1)), then, join);
    b.position(then);
    assign(b);
    assign(b);
    b.jump(join);
    b.position(join);
  }

  private void assign(IrBuilder b) {
    int s = random.nextInt(slots.length);
    int value = value(b, slots[s], 3);
    if (random.nextInt(3) == 0) {
      assign(b);
    }
    b.storeSlot(slots[s], s, value);
  }

  private int value(IrBuilder b, Type t, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 2)) {
      case 0 -> constant(b, (Type.Int) t);
      case 1 -> {
        int s = random.nextInt(slots.length);
        yield convert(b, slots[s], t, b.loadSlot(slots[s], s));
      }
      case 2 ->
          b.unary(random.nextBoolean() ? UnaryKind.NEG : UnaryKind.NOT, t, value(b, t, depth - 1));
      case 3 -> {
        Type other = TYPES[random.nextInt(TYPES.length)];
        CompareKind op = COMPARES[random.nextInt(6)];
        int c = b.compare(op, other, value(b, other, depth - 1), value(b, other, depth - 1));
        yield convert(b, Types.BOOL, t, c);
      }
      case 4 -> quotient(b, t, depth);
      case 5 ->
          b.binary(
              random.nextBoolean() ? BinaryKind.SHL : BinaryKind.SHR,
              t,
              value(b, t, depth - 1),
              b.constInt(t, random.nextInt(4)));
      default -> {
        BinaryKind op = PLAIN[random.nextInt(PLAIN.length)];
        yield b.binary(op, t, value(b, t, depth - 1), value(b, t, depth - 1));
      }
    };
  }

  private int constant(IrBuilder b, Type.Int t) {
    int unused = 64 - t.bits();
    long any = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(10);
    return b.constInt(t, t.signed() ? any << unused >> unused : any << unused >>> unused);
  }

  /** The divisor is odd and small, never zero; least value by -1 does not occur. */
  private int quotient(IrBuilder b, Type t, int depth) {
    int low = b.binary(BinaryKind.AND, t, value(b, t, depth - 1), b.constInt(t, 7));
    int divisor = b.binary(BinaryKind.OR, t, low, b.constInt(t, 1));
    BinaryKind op = random.nextBoolean() ? BinaryKind.DIV : BinaryKind.REM;
    return b.binary(op, t, value(b, t, depth - 1), divisor);
  }

  private static int convert(IrBuilder b, Type from, Type to, int value) {
    return b.convert(ConvertKind.INT_TO_INT, from, to, value);
  }
}
