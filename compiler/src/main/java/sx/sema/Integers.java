package sx.sema;

import java.math.BigInteger;
import sx.type.Type;

/** Ranges and wrap-around of integer types (types.prim.3, types.range). */
final class Integers {
  private Integers() {}

  /** The mathematical value of 64 bits read as the given type. */
  static BigInteger value(long bits, Type.Int type) {
    BigInteger v = BigInteger.valueOf(bits);
    return !type.signed() && bits < 0 ? v.add(BigInteger.ONE.shiftLeft(64)) : v;
  }

  static BigInteger min(Type.Int type) {
    return type.signed() ? BigInteger.ONE.shiftLeft(type.bits() - 1).negate() : BigInteger.ZERO;
  }

  static BigInteger max(Type.Int type) {
    return BigInteger.ONE
        .shiftLeft(type.signed() ? type.bits() - 1 : type.bits())
        .subtract(BigInteger.ONE);
  }

  static boolean fits(BigInteger value, Type.Int type) {
    return value.compareTo(min(type)) >= 0 && value.compareTo(max(type)) <= 0;
  }

  /** Keeps the low bits of a value and extends them by the type's signedness. */
  static long wrap(long bits, Type.Int type) {
    int unused = 64 - type.bits();
    return type.signed() ? bits << unused >> unused : bits << unused >>> unused;
  }
}
