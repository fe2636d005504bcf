package sx.comptime;

/**
 * Memory access for translated code. {@code origin} and {@code limit} describe the range in which
 * no check is needed, see {@link Memory#origin}.
 */
final class Checked {
  private Checked() {}

  // Small, as what calls them: the Java machine compiles only small methods into their callers.

  private static void check(Interpreter in, long a, long origin, long limit, boolean write) {
    if (a - origin >= limit) {
      in.memory().requireForeign(a, 1, write);
    }
  }

  private static void check(
      Interpreter in, long a, long origin, long limit, int bytes, boolean write) {
    if (a - origin >= limit || ((int) a & bytes - 1) != 0) {
      in.memory().requireScalar(a, bytes, write);
    }
  }

  static long loadI8(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, false);
    return Raw.getByte(a);
  }

  static long loadU8(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, false);
    return Raw.getByte(a) & 0xff;
  }

  static long loadI16(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, 2, false);
    return Raw.getShort(a);
  }

  static long loadU16(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, 2, false);
    return Raw.getShort(a) & 0xffff;
  }

  static long loadI32(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, 4, false);
    return Raw.getInt(a);
  }

  static long loadU32(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, 4, false);
    return Raw.getInt(a) & 0xffff_ffffL;
  }

  static long loadI64(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, 8, false);
    return Raw.getLong(a);
  }

  static long loadBool(Interpreter in, long a, long origin, long limit) {
    check(in, a, origin, limit, false);
    return Raw.getByte(a) & 1;
  }

  static void store8(Interpreter in, long a, long v, long origin, long limit) {
    check(in, a, origin, limit, true);
    Raw.putByte(a, (byte) v);
  }

  static void store16(Interpreter in, long a, long v, long origin, long limit) {
    check(in, a, origin, limit, 2, true);
    Raw.putShort(a, (short) v);
  }

  static void store32(Interpreter in, long a, long v, long origin, long limit) {
    check(in, a, origin, limit, 4, true);
    Raw.putInt(a, (int) v);
  }

  static void store64(Interpreter in, long a, long v, long origin, long limit) {
    check(in, a, origin, limit, 8, true);
    Raw.putLong(a, v);
  }

  static long unsignedLess(long a, long b) {
    return a + Long.MIN_VALUE < b + Long.MIN_VALUE ? 1 : 0;
  }

  /** The order of two floats as a {@code CompareKind} asks, as 0 or 1. */
  static long floatCompare(int kind, long a, long b) {
    return FloatOps.compare(kind, a, b) ? 1 : 0;
  }

  /** One of ADD, SUB, MUL, DIV on f64, in this order. */
  static long f64(int kind, long a, long b) {
    double x = FloatOps.f64(a);
    double y = FloatOps.f64(b);
    return FloatOps.bits(kind == 0 ? x + y : kind == 1 ? x - y : kind == 2 ? x * y : x / y);
  }

  /** One of ADD, SUB, MUL, DIV on f32, in this order. */
  static long f32(int kind, long a, long b) {
    float x = FloatOps.f32(a);
    float y = FloatOps.f32(b);
    return FloatOps.bits(kind == 0 ? x + y : kind == 1 ? x - y : kind == 2 ? x * y : x / y);
  }

  /** An aggregate result, copied to the caller's own area. */
  static long keep(long sp, int area, int size, long value) {
    Raw.copy(sp + area, value, size);
    return sp + area;
  }
}
