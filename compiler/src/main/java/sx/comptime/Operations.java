package sx.comptime;

import static sx.comptime.Emission.numbers;

import sx.ir.Inst;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.ir.Inst.MathKind;
import sx.ir.Inst.UnaryKind;
import sx.type.Layout;
import sx.type.Type;

/** Emits arithmetic, comparisons and conversions; operands are virtual registers. */
final class Operations {
  private final Emission out;
  private final Layout layout;

  Operations(Emission out, Layout layout) {
    this.out = out;
    this.layout = layout;
  }

  void binary(int r, BinaryKind op, Type type, int a, int b) {
    switch (layout.machine(type)) {
      case Type.Float f -> floatBinary(r, op, f.bits() == 32, a, b);
      case Type.Int i -> intBinary(r, op, i, a, b);
      default -> bits(r, op, a, b);
    }
  }

  private void floatBinary(int r, BinaryKind op, boolean single, int a, int b) {
    switch (op) {
      case ADD -> plain(single ? Op.GADD : Op.FADD, r, a, b);
      case SUB -> plain(single ? Op.GSUB : Op.FSUB, r, a, b);
      case MUL -> plain(single ? Op.GMUL : Op.FMUL, r, a, b);
      case DIV -> plain(single ? Op.GDIV : Op.FDIV, r, a, b);
      case REM -> out.pure(Op.FLOAT, r, numbers(single ? FloatOps.REM32 : FloatOps.REM64), a, b);
      default -> throw new IllegalArgumentException(op + " on floats");
    }
  }

  private void intBinary(int r, BinaryKind op, Type.Int type, int a, int b) {
    int shift = 64 - type.bits();
    switch (op) {
      case ADD -> cut(Op.ADD, Op.ADD_S, Op.ADD_U, r, type, a, b);
      case SUB -> cut(Op.SUB, Op.SUB_S, Op.SUB_U, r, type, a, b);
      case MUL -> cut(Op.MUL, Op.MUL_S, Op.MUL_U, r, type, a, b);
      case SHL -> cut(Op.SHL, Op.SHL_S, Op.SHL_U, r, type, a, b);
      case SHR -> plain(type.signed() ? Op.SHR_S : Op.SHR_U, r, a, b);
      case DIV -> {
        if (type.signed()) {
          out.effect(Op.DIV_S, r, numbers(shift), a, b);
        } else {
          out.effect(Op.DIV_U, r, Micro.NONE, a, b);
        }
      }
      case REM -> out.effect(type.signed() ? Op.REM_S : Op.REM_U, r, Micro.NONE, a, b);
      default -> bits(r, op, a, b);
    }
  }

  private void bits(int r, BinaryKind op, int a, int b) {
    switch (op) {
      case AND -> plain(Op.AND, r, a, b);
      case OR -> plain(Op.OR, r, a, b);
      case XOR -> plain(Op.XOR, r, a, b);
      default -> throw new IllegalArgumentException(op + " on bits");
    }
  }

  private void cut(int whole, int signed, int unsigned, int r, Type.Int type, int a, int b) {
    if (type.bits() == 64) {
      plain(whole, r, a, b);
    } else {
      out.pure(type.signed() ? signed : unsigned, r, numbers(64 - type.bits()), a, b);
    }
  }

  private void plain(int op, int r, int a, int b) {
    out.pure(op, r, Micro.NONE, a, b);
  }

  void unary(int r, UnaryKind op, Type type, int a) {
    switch (layout.machine(type)) {
      case Type.Float f ->
          out.pure(Op.FLOAT, r, numbers(f.bits() == 32 ? FloatOps.NEG32 : FloatOps.NEG64), a, a);
      case Type.Int i when op == UnaryKind.NEG ->
          intBinary(r, BinaryKind.SUB, i, out.constant(0), a);
      case Type.Int i ->
          plain(Op.XOR, r, a, out.constant(i.signed() ? -1 : -1L >>> (64 - i.bits())));
      default -> plain(Op.XOR, r, a, out.constant(1));
    }
  }

  void compare(int r, CompareKind op, Type type, int a, int b) {
    Type machine = layout.machine(type);
    if (machine instanceof Type.Float f) {
      @SuppressWarnings("EnumOrdinal")
      int kind = op.ordinal() + (f.bits() == 32 ? FloatOps.COMPARE32 : 0);
      out.pure(Op.FCMP, r, numbers(kind), a, b);
    } else if (isSwapped(op)) {
      plain(Op.EQ + relation(op, machine), r, b, a);
    } else {
      plain(Op.EQ + relation(op, machine), r, a, b);
    }
  }

  /** Whether two operands can be compared by the jump that depends on it. */
  boolean canJump(Type type) {
    return !(layout.machine(type) instanceof Type.Float);
  }

  /** Compares, then continues at one of two blocks. */
  void jump(CompareKind op, Type type, int a, int b, int then, int otherwise) {
    int[] operands = isSwapped(op) ? numbers(b, a) : numbers(a, b);
    out.end(Op.JEQ + relation(op, layout.machine(type)), operands, then, otherwise);
  }

  private static boolean isSwapped(CompareKind op) {
    return op == CompareKind.GT || op == CompareKind.GE;
  }

  /** The distance from the operation for EQ; greater is less with the operands swapped. */
  private static int relation(CompareKind op, Type machine) {
    boolean unsigned =
        machine instanceof Type.Int i ? !i.signed() && i.bits() == 64 : machine.isAddress();
    return switch (op) {
      case EQ -> 0;
      case NE -> Op.NE - Op.EQ;
      case LT, GT -> (unsigned ? Op.ULT : Op.LT) - Op.EQ;
      case LE, GE -> (unsigned ? Op.ULE : Op.LE) - Op.EQ;
    };
  }

  /** A conversion that changes bits. */
  void convert(int r, Inst.Convert c, int a) {
    Type from = layout.machine(c.from());
    Type to = layout.machine(c.to());
    switch (c.kind()) {
      case INT_TO_INT -> extend(r, to, a);
      case INT_TO_FLOAT -> intToFloat(r, from, to, a);
      case FLOAT_TO_INT -> floatToInt(r, from, to, a);
      case FLOAT_TO_FLOAT -> rare(isSingle(to) ? FloatOps.F64_TO_F32 : FloatOps.F32_TO_F64, r, a);
      case ADDRESS -> out.pure(Op.MOVE, r, Micro.NONE, a);
    }
  }

  private void extend(int r, Type to, int a) {
    int bits = to instanceof Type.Int i ? i.bits() : 1;
    boolean signed = to instanceof Type.Int i && i.signed();
    out.pure(signed ? Op.EXT_S : Op.EXT_U, r, numbers(64 - bits), a);
  }

  private void intToFloat(int r, Type from, Type to, int a) {
    if (isUnsignedWord(from)) {
      rare(isSingle(to) ? FloatOps.U_TO_F32 : FloatOps.U_TO_F64, r, a);
    } else {
      rare(isSingle(to) ? FloatOps.S_TO_F32 : FloatOps.S_TO_F64, r, a);
    }
  }

  private void floatToInt(int r, Type from, Type to, int a) {
    if (isUnsignedWord(to)) {
      rare(isSingle(from) ? FloatOps.F32_TO_U : FloatOps.F64_TO_U, r, a);
      return;
    }
    int kind = isSingle(from) ? FloatOps.F32_TO_S : FloatOps.F64_TO_S;
    if (to instanceof Type.Int i && i.bits() == 64) {
      rare(kind, r, a);
    } else {
      int whole = out.newRegister();
      rare(kind, whole, a);
      extend(r, to, whole);
    }
  }

  void math(int r, MathKind op, Type type, int a) {
    boolean single = isSingle(type);
    rare(
        switch (op) {
          case SQRT -> single ? FloatOps.SQRT32 : FloatOps.SQRT64;
          case FLOOR -> single ? FloatOps.FLOOR32 : FloatOps.FLOOR64;
          case SIN -> single ? FloatOps.SIN32 : FloatOps.SIN64;
          case COS -> single ? FloatOps.COS32 : FloatOps.COS64;
        },
        r,
        a);
  }

  private void rare(int kind, int r, int a) {
    out.pure(Op.FLOAT, r, numbers(kind), a, a);
  }

  private static boolean isSingle(Type type) {
    return type instanceof Type.Float f && f.bits() == 32;
  }

  private static boolean isUnsignedWord(Type type) {
    return type instanceof Type.Int i && !i.signed() && i.bits() == 64;
  }
}
