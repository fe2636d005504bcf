package sx.comptime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Unchecked access to the memory of this process by absolute address. */
final class Raw {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Raw() {}

  static byte getByte(long a) {
    return ALL.get(ValueLayout.JAVA_BYTE, a);
  }

  static short getShort(long a) {
    return ALL.get(SHORT, a);
  }

  static int getInt(long a) {
    return ALL.get(INT, a);
  }

  static long getLong(long a) {
    return ALL.get(LONG, a);
  }

  static void putByte(long a, byte v) {
    ALL.set(ValueLayout.JAVA_BYTE, a, v);
  }

  static void putShort(long a, short v) {
    ALL.set(SHORT, a, v);
  }

  static void putInt(long a, int v) {
    ALL.set(INT, a, v);
  }

  static void putLong(long a, long v) {
    ALL.set(LONG, a, v);
  }

  /** Copies as if through a buffer, so that the areas may overlap. */
  static void copy(long to, long from, long size) {
    MemorySegment.copy(ALL, from, ALL, to, size);
  }

  static void fill(long to, long size, byte value) {
    ALL.asSlice(to, size).fill(value);
  }

  static byte[] bytes(long from, int size) {
    byte[] copy = new byte[size];
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, copy, 0, size);
    return copy;
  }

  static void put(long to, byte[] bytes) {
    MemorySegment.copy(bytes, 0, ALL, ValueLayout.JAVA_BYTE, to, bytes.length);
  }
}
