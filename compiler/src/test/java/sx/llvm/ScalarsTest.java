package sx.llvm;

import java.util.List;
import org.junit.jupiter.api.Test;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.ir.Inst.ConvertKind;
import sx.ir.Inst.MathKind;
import sx.ir.Inst.UnaryKind;
import sx.type.Type;
import sx.type.Types;

class ScalarsTest {
  private static final Type I3 = new Type.Int(3, true, false);
  private static final Type U3 = new Type.Int(3, false, false);
  private static final Type I12 = new Type.Int(12, true, false);
  private static final Type U24 = new Type.Int(24, false, false);
  private static final Type I33 = new Type.Int(33, true, false);
  private static final Type I16 = new Type.Int(16, true, false);

  private final Cases cases = new Cases();

  private void binary(BinaryKind op, Type type, long a, long b, long expected) {
    cases.expect(
        op + " " + type + " " + a + " " + b,
        type,
        expected,
        x -> x.binary(op, type, cases.hiddenConst(x, type, a), cases.hiddenConst(x, type, b)));
  }

  private void real(BinaryKind op, Type type, double a, double b, long expected) {
    cases.expect(
        op + " " + type + " " + a + " " + b,
        expected,
        x -> {
          int left = cases.hidden(x, type, x.constFloat(type, a));
          int right = cases.hidden(x, type, x.constFloat(type, b));
          int sum = x.binary(op, type, left, right);
          int scaled = x.binary(BinaryKind.MUL, type, sum, x.constFloat(type, 16));
          return x.convert(ConvertKind.FLOAT_TO_INT, type, Types.I64, scaled);
        });
  }

  private void compare(CompareKind op, Type type, long a, long b, boolean expected) {
    cases.expect(
        op + " " + type + " " + a + " " + b,
        Types.BOOL,
        expected ? 1 : 0,
        x -> x.compare(op, type, cases.hiddenConst(x, type, a), cases.hiddenConst(x, type, b)));
  }

  private void compareReal(CompareKind op, double a, double b, boolean expected) {
    cases.expect(
        op + " " + a + " " + b,
        Types.BOOL,
        expected ? 1 : 0,
        x -> {
          int left = cases.hidden(x, Types.F64, x.constFloat(Types.F64, a));
          return x.compare(op, Types.F64, left, x.constFloat(Types.F64, b));
        });
  }

  private void convert(ConvertKind kind, Type from, Type to, long value, long expected) {
    cases.expect(
        kind + " " + from + " " + to + " " + value,
        to,
        expected,
        x -> x.convert(kind, from, to, cases.hiddenConst(x, from, value)));
  }

  private void toInt(Type from, Type to, double value, long expected) {
    cases.expect(
        from + " " + value + " to " + to,
        to,
        expected,
        x ->
            x.convert(
                ConvertKind.FLOAT_TO_INT,
                from,
                to,
                cases.hidden(x, from, x.constFloat(from, value))));
  }

  @Test
  void integers() throws Exception {
    binary(BinaryKind.ADD, Types.U8, 250, 10, 4);
    binary(BinaryKind.ADD, Types.I8, 127, 1, -128);
    binary(BinaryKind.ADD, U3, 7, 2, 1);
    binary(BinaryKind.ADD, I3, 3, 1, -4);
    binary(BinaryKind.SUB, U24, 0, 1, 0xffffff);
    binary(BinaryKind.MUL, I12, 100, 100, 10000 - 2 * 4096);
    binary(BinaryKind.MUL, I33, 1L << 31, 2, -1L << 32);
    binary(BinaryKind.DIV, Types.I64, -7, 2, -3);
    binary(BinaryKind.REM, Types.I64, -7, 2, -1);
    binary(BinaryKind.DIV, Types.U64, -1, 2, Long.MAX_VALUE);
    binary(BinaryKind.DIV, I3, -4, 2, -2);
    binary(BinaryKind.REM, I12, -2047, 10, -7);
    binary(BinaryKind.AND, Types.U32, 0xff00ff00L, 0xffff0000L, 0xff000000L);
    binary(BinaryKind.OR, I3, -4, 1, -3);
    binary(BinaryKind.XOR, Types.BOOL, 1, 1, 0);
    binary(BinaryKind.SHL, I12, -2048, 1, 0);
    binary(BinaryKind.SHL, I3, 1, 2, -4);
    binary(BinaryKind.SHR, I3, -4, 1, -2);
    binary(BinaryKind.SHR, U3, 4, 2, 1);
    binary(BinaryKind.SHR, Types.I64, -8, 1, -4);
    for (UnaryKind op : UnaryKind.values()) {
      for (Type type : List.of(I3, Types.I32, Types.I64)) {
        cases.expect(
            op + " " + type,
            type,
            op == UnaryKind.NEG ? -3 : -4,
            x -> x.unary(op, type, cases.hiddenConst(x, type, 3)));
      }
    }
    cases.expect(
        "NOT bool", Types.BOOL, 1, x -> x.unary(UnaryKind.NOT, Types.BOOL, x.constBool(false)));
    cases.expect("NOT u3", U3, 2, x -> x.unary(UnaryKind.NOT, U3, cases.hiddenConst(x, U3, 5)));
    cases.expect("comptime", Types.BOOL, 0, x -> x.isComptime());
    cases.expect(
        "undefined",
        5,
        x -> {
          x.undefined(Types.I64);
          return x.constInt(Types.I64, 5);
        });
    cases.expect("zero", I12, 0, x -> x.zero(I12));
    cases.check();
  }

  @Test
  void comparisons() throws Exception {
    compare(CompareKind.LT, Types.I64, -1, 1, true);
    compare(CompareKind.LT, Types.U64, -1, 1, false);
    compare(CompareKind.GT, U3, 7, 1, true);
    compare(CompareKind.GT, I3, -1, 1, false);
    compare(CompareKind.LE, I12, -2048, -2048, true);
    compare(CompareKind.GE, Types.U8, 200, 100, true);
    compare(CompareKind.EQ, Types.BOOL, 1, 1, true);
    compare(CompareKind.NE, I16, 5, 5, false);
    compare(CompareKind.GT, Types.BOOL, 1, 0, true);
    compareReal(CompareKind.LT, 1, 2, true);
    compareReal(CompareKind.EQ, Double.NaN, Double.NaN, false);
    compareReal(CompareKind.NE, Double.NaN, Double.NaN, true);
    compareReal(CompareKind.GE, Double.NaN, 1, false);
    cases.expect(
        "address",
        Types.BOOL,
        1,
        x -> {
          int low = x.constInt(Types.VOID_POINTER, 16);
          int high = x.constInt(Types.VOID_POINTER, -1);
          return x.compare(CompareKind.LT, Types.VOID_POINTER, low, high);
        });
    cases.check();
  }

  @Test
  void conversions() throws Exception {
    convert(ConvertKind.INT_TO_INT, Types.I8, Types.U32, -1, 0xffffffffL);
    convert(ConvertKind.INT_TO_INT, Types.U8, Types.I64, 255, 255);
    convert(ConvertKind.INT_TO_INT, Types.I64, I3, 13, -3);
    convert(ConvertKind.INT_TO_INT, I3, U24, -1, 0xffffff);
    convert(ConvertKind.INT_TO_INT, I33, Types.I64, -5, -5);
    convert(ConvertKind.INT_TO_INT, Types.I32, Types.U32, -1, 0xffffffffL);
    convert(ConvertKind.INT_TO_INT, Types.I32, Types.BOOL, 6, 0);
    convert(ConvertKind.INT_TO_INT, Types.BOOL, Types.I64, 1, 1);
    convert(ConvertKind.ADDRESS, Types.I64, Types.U64, -3, -3);
    toInt(Types.F64, Types.U8, 5989.5, 101);
    toInt(Types.F64, Types.I64, -1.9, -1);
    toInt(Types.F32, Types.I32, 16777216, 16777216);
    toInt(Types.F64, I3, -2.5, -2);
    cases.expect(
        "u64 to f64",
        1,
        x -> {
          int big = cases.hiddenConst(x, Types.U64, -1L);
          int real = x.convert(ConvertKind.INT_TO_FLOAT, Types.U64, Types.F64, big);
          int over = x.compare(CompareKind.GT, Types.F64, real, x.constFloat(Types.F64, 1.8e19));
          return x.convert(ConvertKind.INT_TO_INT, Types.BOOL, Types.I64, over);
        });
    cases.expect(
        "i3 to f32",
        -4,
        x -> {
          int real =
              x.convert(ConvertKind.INT_TO_FLOAT, I3, Types.F32, cases.hiddenConst(x, I3, -4));
          return x.convert(ConvertKind.FLOAT_TO_INT, Types.F32, Types.I64, real);
        });
    cases.expect(
        "f64 to f32 and back",
        13421773,
        x -> {
          int tenth = cases.hidden(x, Types.F64, x.constFloat(Types.F64, 0.1));
          int narrow = x.convert(ConvertKind.FLOAT_TO_FLOAT, Types.F64, Types.F32, tenth);
          int wide = x.convert(ConvertKind.FLOAT_TO_FLOAT, Types.F32, Types.F64, narrow);
          int scaled = x.binary(BinaryKind.MUL, Types.F64, wide, x.constFloat(Types.F64, 1L << 27));
          return x.convert(ConvertKind.FLOAT_TO_INT, Types.F64, Types.I64, scaled);
        });
    cases.expect(
        "address there and back",
        0x123456789aL,
        x -> {
          int address =
              x.convert(
                  ConvertKind.ADDRESS,
                  Types.U64,
                  Types.CSTRING,
                  cases.hiddenConst(x, Types.U64, 0x123456789aL));
          int other = x.convert(ConvertKind.ADDRESS, Types.CSTRING, Types.VOID_POINTER, address);
          return x.convert(ConvertKind.ADDRESS, Types.VOID_POINTER, Types.I64, other);
        });
    cases.check();
  }

  @Test
  void floats() throws Exception {
    real(BinaryKind.ADD, Types.F64, 1.5, 2.25, 60);
    real(BinaryKind.SUB, Types.F32, 1.5, 2.25, -12);
    real(BinaryKind.MUL, Types.F64, 1.5, 2.5, 60);
    real(BinaryKind.DIV, Types.F32, 1, 4, 4);
    real(BinaryKind.REM, Types.F64, -7.5, 2, -24);
    real(BinaryKind.REM, Types.F32, 7.5, 2, 24);
    for (Type type : List.of(Types.F32, Types.F64)) {
      for (MathKind op : MathKind.values()) {
        double exact =
            switch (op) {
              case SQRT -> Math.sqrt(2.5);
              case SIN -> Math.sin(2.5);
              case COS -> Math.cos(2.5);
              case FLOOR -> Math.floor(2.5);
            };
        cases.expect(
            op + " " + type,
            (long) (exact * 1000),
            x -> {
              int value = cases.hidden(x, type, x.constFloat(type, 2.5));
              int scaled =
                  x.binary(BinaryKind.MUL, type, x.math(op, type, value), x.constFloat(type, 1000));
              return x.convert(ConvertKind.FLOAT_TO_INT, type, Types.I64, scaled);
            });
      }
      cases.expect(
          "negated " + type,
          -2,
          x -> {
            int value = cases.hidden(x, type, x.constFloat(type, 2.5));
            int negated = x.unary(UnaryKind.NEG, type, value);
            return x.convert(ConvertKind.FLOAT_TO_INT, type, Types.I64, negated);
          });
    }
    cases.check();
  }
}
