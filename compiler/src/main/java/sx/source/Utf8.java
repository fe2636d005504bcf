package sx.source;

/**
 * Reads UTF-8 strictly: no overlong forms, no surrogates, nothing above 0x10FFFF (lex.src.1, RFC
 * 3629).
 */
public final class Utf8 {
  private Utf8() {}

  /** The bytes of the sequence at {@code at}, or 0 if there is no valid one before {@code end}. */
  public static int length(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (size == 0 || at + size > end) {
      return 0;
    }
    for (int i = 1; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean wrong =
        (lead == 0xE0 && second < 0xA0)
            || (lead == 0xED && second > 0x9F)
            || (lead == 0xF0 && second < 0x90)
            || (lead == 0xF4 && second > 0x8F);
    return wrong ? 0 : size;
  }

  /** The code point of the valid sequence of {@code size} bytes at {@code at}. */
  public static int codePoint(byte[] bytes, int at, int size) {
    if (size == 1) {
      return bytes[at];
    }
    int value = bytes[at] & (0xFF >> (size + 1));
    for (int i = 1; i < size; i++) {
      value = (value << 6) | (bytes[at + i] & 0x3F);
    }
    return value;
  }

  /** The offset of the first byte that is not valid UTF-8, or -1. */
  public static int firstInvalid(byte[] bytes) {
    return firstInvalid(bytes, 0, bytes.length);
  }

  /** The offset of the first byte in {@code [start, end)} that is not valid UTF-8, or -1. */
  public static int firstInvalid(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int size = length(bytes, i, end);
      if (size == 0) {
        return i;
      }
      i += size;
    }
    return -1;
  }
}
