package sx.comptime;

import java.util.HashMap;
import java.util.Map;
import sx.ir.Body;
import sx.ir.Function;
import sx.ir.Inst;
import sx.ir.Terminator;
import sx.type.Type;

/** Runs bodies over integer slots in the most literal way, to compare the machine with. */
final class ReferenceEvaluator {
  private ReferenceEvaluator() {}

  static long run(Function f, long... args) {
    Body body = f.body();
    long[] registers = new long[body.registers()];
    System.arraycopy(args, 0, registers, 0, args.length);
    Map<Integer, Long> slots = new HashMap<>();
    int block = 0;
    while (true) {
      Body.Block b = body.blocks().get(block);
      for (Inst i : b.code()) {
        step(i, registers, slots);
      }
      switch (b.end()) {
        case Terminator.Jump j -> block = j.target();
        case Terminator.Branch x ->
            block = registers[x.condition()] != 0 ? x.then() : x.otherwise();
        case Terminator.Switch s -> block = target(s, registers[s.value()]);
        case Terminator.Return r -> {
          return registers[r.value()];
        }
        case Terminator.Unreachable u -> throw new AssertionError();
      }
    }
  }

  private static int target(Terminator.Switch s, long value) {
    for (Terminator.Case c : s.cases()) {
      if (c.value() == value) {
        return c.target();
      }
    }
    return s.otherwise();
  }

  /** Addresses are slot numbers. */
  private static void step(Inst inst, long[] r, Map<Integer, Long> slots) {
    switch (inst) {
      case Inst.ConstInt i -> r[i.result()] = i.value();
      case Inst.SlotAddress i -> r[i.result()] = i.slot();
      case Inst.Load i -> r[i.result()] = slots.getOrDefault((int) r[i.address()], 0L);
      case Inst.Store i -> slots.put((int) r[i.address()], r[i.value()]);
      case Inst.Binary i -> r[i.result()] = cut(binary(i, r[i.left()], r[i.right()]), i.type());
      case Inst.Unary i ->
          r[i.result()] =
              cut(
                  i.op() == Inst.UnaryKind.NEG
                      ? -r[i.operand()]
                      : i.type() instanceof Type.Bool ? 1 - r[i.operand()] : ~r[i.operand()],
                  i.type());
      case Inst.Compare i -> r[i.result()] = compare(i, r[i.left()], r[i.right()]) ? 1 : 0;
      case Inst.Convert i -> r[i.result()] = cut(r[i.operand()], i.to());
      case Inst.Call i ->
          r[i.result()] = run(i.callee(), i.args().stream().mapToLong(a -> r[a]).toArray());
      default -> throw new AssertionError(inst);
    }
  }

  private static long binary(Inst.Binary i, long a, long b) {
    boolean signed = i.type() instanceof Type.Int t && t.signed();
    return switch (i.op()) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> signed ? a / b : Long.divideUnsigned(a, b);
      case REM -> signed ? a % b : Long.remainderUnsigned(a, b);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SHL -> a << b;
      case SHR -> signed ? a >> b : a >>> b;
    };
  }

  private static boolean compare(Inst.Compare i, long a, long b) {
    boolean signed = i.operands() instanceof Type.Int t && t.signed();
    int order = signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
    return switch (i.op()) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }

  private static long cut(long value, Type type) {
    int bits = type instanceof Type.Int t ? t.bits() : 1;
    boolean signed = type instanceof Type.Int t && t.signed();
    int unused = 64 - bits;
    return signed ? value << unused >> unused : value << unused >>> unused;
  }
}
