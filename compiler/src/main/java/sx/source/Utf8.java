package sx.source;

/** The form of UTF-8 text (RFC 3629). */
public final class Utf8 {
  private Utf8() {}

  /** The offset of the first byte that belongs to no well-formed character; -1 if there is none. */
  public static int firstInvalid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = characterLength(bytes, at);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /** How many bytes the character at an offset has; 0 if there is no well-formed one. */
  public static int characterLength(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      int low = 0x80;
      int high = 0xBF;
      if (i == 1) {
        low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : low;
        high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : high;
      }
      int next = bytes[at + i] & 0xFF;
      if (next < low || next > high) {
        return 0;
      }
    }
    return length;
  }
}
