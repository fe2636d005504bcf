package sx.comptime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import sx.ir.Function;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.ir.Inst.ConvertKind;
import sx.ir.Inst.MathKind;
import sx.ir.Inst.UnaryKind;
import sx.type.Type;
import sx.type.Types;

class ArithmeticTest extends VmTestBase {
  private static final Type U3 = new Type.Int(3, false, false);
  private static final Type I3 = new Type.Int(3, true, false);
  private static final Type I12 = new Type.Int(12, true, false);

  /** Through parameters, so that nothing is known before. */
  private long binary(BinaryKind op, Type type, long a, long b) {
    Function f =
        p.function(
            "op" + p.program.functions().size(),
            List.of(type, type),
            type,
            x -> x.ret(x.binary(op, type, 0, 1)));
    long bits = eval(type, x -> x.call(f, List.of(x.constInt(type, a), x.constInt(type, b))));
    Type.Int i = (Type.Int) type;
    int bytes = (int) p.program.layout().size(type);
    return i.signed() ? bits << (64 - 8 * bytes) >> (64 - 8 * bytes) : bits;
  }

  @Test
  void integersWrapAtTheirWidth() {
    assertEquals(4, binary(BinaryKind.ADD, Types.U8, 250, 10));
    assertEquals(-128, binary(BinaryKind.ADD, Types.I8, 127, 1));
    assertEquals(1, binary(BinaryKind.ADD, U3, 7, 2));
    assertEquals(-4, binary(BinaryKind.ADD, I3, 3, 1));
    assertEquals(-2048, binary(BinaryKind.ADD, I12, 2047, 1));
    assertEquals(5, binary(BinaryKind.SUB, U3, 2, 5));
    assertEquals(1, binary(BinaryKind.MUL, U3, 3, 3));
    assertEquals(0, binary(BinaryKind.SHL, I12, -2048, 1));
    assertEquals(Long.MIN_VALUE, binary(BinaryKind.ADD, Types.I64, Long.MAX_VALUE, 1));
  }

  @Test
  void divisionTruncatesAndRemainderFollowsTheDividend() {
    assertEquals(-3, binary(BinaryKind.DIV, Types.I64, -7, 2));
    assertEquals(-1, binary(BinaryKind.REM, Types.I64, -7, 2));
    assertEquals(1, binary(BinaryKind.REM, Types.I32, 7, -2));
    assertEquals(0x7fff_ffff_ffff_ffffL, binary(BinaryKind.DIV, Types.U64, -1, 2));
    assertEquals(1, binary(BinaryKind.REM, Types.U64, -1, 2));
    assertEquals(-4, binary(BinaryKind.DIV, I3, -4, -1));
  }

  @Test
  void shiftsAndBits() {
    assertEquals(-4, binary(BinaryKind.SHR, Types.I64, -8, 1));
    assertEquals(Long.MAX_VALUE, binary(BinaryKind.SHR, Types.U64, -1, 1));
    assertEquals(-1024, binary(BinaryKind.SHR, I12, -2048, 1));
    assertEquals(
        -1, eval(Types.I64, b -> b.unary(UnaryKind.NOT, Types.I64, b.constInt(Types.I64, 0))));
    assertEquals(
        254, eval(Types.U8, b -> b.unary(UnaryKind.NOT, Types.U8, b.constInt(Types.U8, 1))));
    assertEquals(2, eval(U3, b -> b.unary(UnaryKind.NOT, U3, b.constInt(U3, 5))));
    assertEquals(0, eval(Types.BOOL, b -> b.unary(UnaryKind.NOT, Types.BOOL, b.constBool(true))));
    assertEquals(
        255, eval(Types.U8, b -> b.unary(UnaryKind.NEG, Types.U8, b.constInt(Types.U8, 1))));
  }

  private boolean compare(CompareKind op, Type type, long a, long b) {
    Function f =
        p.function(
            "cmp" + p.program.functions().size(),
            List.of(type, type),
            Types.BOOL,
            x -> x.ret(x.compare(op, type, 0, 1)));
    Function jump =
        p.function(
            "jump" + p.program.functions().size(),
            List.of(type, type),
            Types.BOOL,
            x -> {
              int yes = x.newBlock();
              int no = x.newBlock();
              x.branch(x.compare(op, type, 0, 1), yes, no);
              x.position(yes);
              x.ret(x.constBool(true));
              x.position(no);
              x.ret(x.constBool(false));
            });
    long plain =
        eval(Types.BOOL, x -> x.call(f, List.of(x.constInt(type, a), x.constInt(type, b))));
    long jumped =
        eval(Types.BOOL, x -> x.call(jump, List.of(x.constInt(type, a), x.constInt(type, b))));
    assertEquals(plain, jumped);
    return plain != 0;
  }

  @Test
  void comparisonsFollowTheSign() {
    assertEquals(true, compare(CompareKind.LT, Types.I64, -1, 1));
    assertEquals(false, compare(CompareKind.LT, Types.U64, -1, 1));
    assertEquals(true, compare(CompareKind.GT, Types.U64, -1, 1));
    assertEquals(true, compare(CompareKind.GE, Types.I8, 3, 3));
    assertEquals(true, compare(CompareKind.LE, Types.VOID_POINTER, 3, -3));
    assertEquals(true, compare(CompareKind.NE, Types.BOOL, 0, 1));
    assertEquals(false, compare(CompareKind.EQ, Types.I32, -5, 5));
  }

  private long convert(ConvertKind kind, Type from, Type to, long value) {
    Function f =
        p.function(
            "conv" + p.program.functions().size(),
            List.of(from),
            to,
            x -> x.ret(x.convert(kind, from, to, 0)));
    return eval(to, x -> x.call(f, List.of(x.constInt(from, value))));
  }

  @Test
  void integerConversionsExtendBySourceAndCutToTarget() {
    assertEquals(-1, convert(ConvertKind.INT_TO_INT, Types.I8, Types.U64, -1));
    assertEquals(0xffff, convert(ConvertKind.INT_TO_INT, Types.I8, Types.U16, -1));
    assertEquals(255, convert(ConvertKind.INT_TO_INT, Types.U8, Types.I64, 255));
    assertEquals(0xff, convert(ConvertKind.INT_TO_INT, Types.U8, Types.I8, 255));
    assertEquals(0x34, convert(ConvertKind.INT_TO_INT, Types.I32, Types.U8, 0x1234));
    assertEquals(0, convert(ConvertKind.INT_TO_INT, Types.I64, Types.BOOL, 2));
    assertEquals(1, convert(ConvertKind.INT_TO_INT, Types.BOOL, Types.I32, 1));
    assertEquals(0xff, convert(ConvertKind.INT_TO_INT, U3, I3, 7) & 0xff);
  }

  @Test
  void floatConversions() {
    assertEquals(
        Double.doubleToLongBits(0x1p64),
        convert(ConvertKind.INT_TO_FLOAT, Types.U64, Types.F64, -1));
    assertEquals(
        Float.floatToIntBits(-3f),
        (int) convert(ConvertKind.INT_TO_FLOAT, Types.I8, Types.F32, -3));
    assertEquals(101, fromFloat(5989.5, Types.U8));
    assertEquals(-3, fromFloat(-3.99, Types.I64));
    assertEquals(Long.MIN_VALUE, fromFloat(0x1p63, Types.U64));
    fromFloat(Double.NaN, Types.I32); // Unspecified, but no trap.
    assertEquals(
        Float.floatToIntBits(0.1f),
        eval(
            Types.F32,
            b ->
                b.convert(
                    ConvertKind.FLOAT_TO_FLOAT,
                    Types.F64,
                    Types.F32,
                    b.constFloat(Types.F64, 0.1))));
  }

  private long fromFloat(double d, Type to) {
    return eval(
        to, b -> b.convert(ConvertKind.FLOAT_TO_INT, Types.F64, to, b.constFloat(Types.F64, d)));
  }

  private double f64(BinaryKind op, double a, double b) {
    return Double.longBitsToDouble(
        eval(
            Types.F64,
            x -> x.binary(op, Types.F64, x.constFloat(Types.F64, a), x.constFloat(Types.F64, b))));
  }

  @Test
  void floats() {
    assertEquals(Double.POSITIVE_INFINITY, f64(BinaryKind.DIV, 1, 0));
    assertEquals(1.5, f64(BinaryKind.REM, 5.5, 2));
    assertEquals(-1.5, f64(BinaryKind.REM, -5.5, 2));
    assertEquals(
        Float.floatToIntBits(0.1f + 0.2f),
        (int)
            eval(
                Types.F32,
                x ->
                    x.binary(
                        BinaryKind.ADD,
                        Types.F32,
                        x.constFloat(Types.F32, 0.1f),
                        x.constFloat(Types.F32, 0.2f))));
    assertEquals(
        1.5,
        Double.longBitsToDouble(
            eval(Types.F64, x -> x.math(MathKind.SQRT, Types.F64, x.constFloat(Types.F64, 2.25)))));
    assertEquals(
        0,
        eval(
            Types.BOOL,
            x ->
                x.compare(
                    CompareKind.GE,
                    Types.F64,
                    x.constFloat(Types.F64, Double.NaN),
                    x.constFloat(Types.F64, 1))));
    assertEquals(
        Math.sin(1),
        Double.longBitsToDouble(
            eval(Types.F64, x -> x.math(MathKind.SIN, Types.F64, x.constFloat(Types.F64, 1)))),
        1e-15);
  }

  @Test
  void divisionByZeroFails() {
    for (BinaryKind op : List.of(BinaryKind.DIV, BinaryKind.REM)) {
      for (Type type : List.of(Types.I64, Types.U64, Types.I8)) {
        Function f =
            function(
                type, x -> x.ret(x.binary(op, type, x.constInt(type, 1), x.constInt(type, 0))));
        Outcome.Failed e = failure(f);
        assertEquals("integer division by zero", e.message());
        assertEquals(f.name(), e.trace().getFirst().function());
      }
    }
  }
}
