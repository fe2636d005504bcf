package sx.comptime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import sx.ir.Inst.CompareKind;

/** Operations on floats held as bits: f64 as a long, f32 in the low half. */
final class FloatOps {
  static final int REM64 = 0;
  static final int REM32 = 1;
  static final int NEG64 = 2;
  static final int NEG32 = 3;
  static final int F64_TO_F32 = 4;
  static final int F32_TO_F64 = 5;
  static final int S_TO_F64 = 6;
  static final int U_TO_F64 = 7;
  static final int S_TO_F32 = 8;
  static final int U_TO_F32 = 9;
  static final int F64_TO_S = 10;
  static final int F64_TO_U = 11;
  static final int F32_TO_S = 12;
  static final int F32_TO_U = 13;
  static final int SQRT64 = 14;
  static final int SQRT32 = 15;
  static final int FLOOR64 = 16;
  static final int FLOOR32 = 17;
  static final int SIN64 = 18;
  static final int SIN32 = 19;
  static final int COS64 = 20;
  static final int COS32 = 21;

  /** Added to the ordinal of a {@link CompareKind} for f32. */
  static final int COMPARE32 = 8;

  private static final CompareKind[] COMPARES = CompareKind.values();

  private FloatOps() {}

  static double f64(long bits) {
    return Double.longBitsToDouble(bits);
  }

  static float f32(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  static long bits(float value) {
    return Float.floatToRawIntBits(value) & 0xffff_ffffL;
  }

  static long apply(int kind, long a, long b) {
    return switch (kind) {
      case REM64 -> bits(f64(a) % f64(b));
      case REM32 -> bits(f32(a) % f32(b));
      case NEG64 -> a ^ Long.MIN_VALUE;
      case NEG32 -> a ^ 0x8000_0000L;
      case F64_TO_F32 -> bits((float) f64(a));
      case F32_TO_F64 -> bits((double) f32(a));
      case S_TO_F64 -> bits((double) a);
      case U_TO_F64 -> bits(unsigned64(a));
      case S_TO_F32 -> bits((float) a);
      case U_TO_F32 -> bits(unsigned32(a));
      case F64_TO_S -> (long) f64(a);
      case F64_TO_U -> toUnsigned(f64(a));
      case F32_TO_S -> (long) f32(a);
      case F32_TO_U -> toUnsigned(f32(a));
      case SQRT64 -> bits(Math.sqrt(f64(a)));
      case SQRT32 -> bits((float) Math.sqrt(f32(a)));
      case FLOOR64 -> bits(Math.floor(f64(a)));
      case FLOOR32 -> bits((float) Math.floor(f32(a)));
      case SIN64 -> bits(call(Libm.SIN, f64(a)));
      case SIN32 -> bits(call(Libm.SINF, f32(a)));
      case COS64 -> bits(call(Libm.COS, f64(a)));
      case COS32 -> bits(call(Libm.COSF, f32(a)));
      default -> throw new IllegalArgumentException("float operation " + kind);
    };
  }

  static boolean compare(int kind, long a, long b) {
    double x = kind >= COMPARE32 ? f32(a) : f64(a);
    double y = kind >= COMPARE32 ? f32(b) : f64(b);
    return switch (COMPARES[kind & 7]) {
      case EQ -> x == y;
      case NE -> x != y;
      case LT -> x < y;
      case LE -> x <= y;
      case GT -> x > y;
      case GE -> x >= y;
    };
  }

  private static double unsigned64(long n) {
    return n >= 0 ? (double) n : (double) ((n >>> 1) | (n & 1)) * 2;
  }

  private static float unsigned32(long n) {
    return n >= 0 ? (float) n : (float) ((n >>> 1) | (n & 1)) * 2;
  }

  /** Values from 2^63 up keep their bits as an unsigned number. */
  private static long toUnsigned(double d) {
    return d >= 0x1p63 ? (long) (d - 0x1p63) + Long.MIN_VALUE : (long) d;
  }

  private static double call(MethodHandle f, double x) {
    try {
      return (double) f.invokeExact(x);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private static float call(MethodHandle f, float x) {
    try {
      return (float) f.invokeExact(x);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  /**
   * The C library's functions, so that results are those of the compiled program to the last bit.
   */
  private static final class Libm {
    private static final SymbolLookup LOOKUP =
        Linker.nativeLinker().defaultLookup().or(HostCalls::findInMaths);
    static final MethodHandle SIN = f64("sin");
    static final MethodHandle COS = f64("cos");
    static final MethodHandle SINF = f32("sinf");
    static final MethodHandle COSF = f32("cosf");

    private Libm() {}

    private static MethodHandle f64(String name) {
      return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE, ValueLayout.JAVA_DOUBLE));
    }

    private static MethodHandle f32(String name) {
      return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_FLOAT, ValueLayout.JAVA_FLOAT));
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
      return Linker.nativeLinker().downcallHandle(LOOKUP.find(name).orElseThrow(), type);
    }
  }
}
