package sx.syntax;

import java.util.Arrays;
import sx.source.Utf8;

/** What the spelling of a literal stands for (01-lexical.md, sections 5 to 8). */
final class Literals {
  private Literals() {}

  /** The value of an integer literal: its low 64 bits, and whether there are no more. */
  record IntValue(long value, boolean fits) {}

  /** A decoded character literal, or what is wrong with it. */
  sealed interface CharValue {
    record CodePoint(int value) implements CharValue {}

    record Fault(String message) implements CharValue {}
  }

  /** The value of an integer literal as lexed (lex.int.1, lex.int.2). */
  static IntValue integer(byte[] bytes, int start, int end) {
    int base = base(bytes, start, end);
    long value = 0;
    boolean fits = true;
    for (int i = base == 10 ? start : start + 2; i < end; i++) {
      if (bytes[i] == '_') {
        continue;
      }
      int digit = Character.digit(bytes[i], 16);
      if (value >>> 60 != 0
          && Long.compareUnsigned(value, Long.divideUnsigned(-1 - digit, base)) > 0) {
        fits = false;
      }
      value = value * base + digit;
    }
    return new IntValue(value, fits);
  }

  private static int base(byte[] bytes, int start, int end) {
    if (end - start < 2 || bytes[start] != '0') {
      return 10;
    }
    return switch (bytes[start + 1] | 0x20) {
      case 'x' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  /** The bytes of a quoted string, its quotes included in the span (lex.str.2). */
  static byte[] string(byte[] bytes, int start, int end) {
    byte[] raw = Arrays.copyOfRange(bytes, start + 1, end - 1);
    int out = 0;
    for (int i = 0; i < raw.length; i++) {
      byte b = raw[i];
      if (b == '\\') {
        b = escaped(raw[++i]);
      }
      raw[out++] = b;
    }
    return out == raw.length ? raw : Arrays.copyOf(raw, out);
  }

  private static byte escaped(byte b) {
    return switch (b) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '0' -> 0;
      default -> b;
    };
  }

  /** The text of a literal that takes no escapes: what stands between its quotes. */
  static byte[] verbatim(byte[] bytes, int start, int end) {
    return Arrays.copyOfRange(bytes, start + 1, end - 1);
  }

  /** The bytes of a block string, its delimiters included in the span (lex.here.2). */
  static byte[] blockString(byte[] bytes, int start, int end) {
    int delimiter = start + "#string".length();
    while (bytes[delimiter] == ' ' || bytes[delimiter] == '\t') {
      delimiter++;
    }
    int delimiterEnd = delimiter;
    while (Lexer.isWordByte(bytes[delimiterEnd])) {
      delimiterEnd++;
    }
    int content = delimiterEnd;
    while (bytes[content] != '\n') {
      content++;
    }
    return Arrays.copyOfRange(bytes, content + 1, end - (delimiterEnd - delimiter));
  }

  /**
   * The code point of a character literal whose quotes are in the span (lex.char.3, lex.char.5).
   */
  static CharValue character(byte[] bytes, int start, int end) {
    int at = start + 1;
    int stop = end - 1;
    if (at == stop) {
      return new CharValue.Fault("a character literal needs one character between its quotes");
    }
    if (bytes[at] == '\\') {
      return escape(bytes, at + 1, stop);
    }
    int size = Utf8.length(bytes, at, stop);
    if (size == 0) {
      return new CharValue.Fault("this character literal is not valid UTF-8");
    }
    if (at + size != stop) {
      return new CharValue.Fault(
          "a character literal holds one character; write a string with double quotes: \"…\"");
    }
    return new CharValue.CodePoint(Utf8.codePoint(bytes, at, size));
  }

  private static CharValue escape(byte[] bytes, int at, int stop) {
    int simple =
        switch (bytes[at]) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case '\\' -> '\\';
          case '\'' -> '\'';
          case '0' -> 0;
          default -> -1;
        };
    if (simple >= 0) {
      return at + 1 == stop
          ? new CharValue.CodePoint(simple)
          : new CharValue.Fault("a character literal holds one character");
    }
    return switch (bytes[at]) {
      case 'x' -> hexEscape(bytes, at + 1, stop, 2, "`\\x` takes one or two hexadecimal digits");
      case 'u' -> unicodeEscape(bytes, at + 1, stop);
      default ->
          new CharValue.Fault(
              "unknown escape in a character literal; known are \\n \\t \\r \\\\ \\' \\0 \\x \\u{…}");
    };
  }

  private static CharValue unicodeEscape(byte[] bytes, int at, int stop) {
    String form = "`\\u{…}` takes one to six hexadecimal digits in braces";
    if (at >= stop || bytes[at] != '{' || bytes[stop - 1] != '}') {
      return new CharValue.Fault(form);
    }
    CharValue value = hexEscape(bytes, at + 1, stop - 1, 6, form);
    if (value instanceof CharValue.CodePoint(int c)
        && (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))) {
      return new CharValue.Fault("this is not a Unicode code point");
    }
    return value;
  }

  private static CharValue hexEscape(byte[] bytes, int at, int stop, int most, String form) {
    if (at >= stop || stop - at > most) {
      return new CharValue.Fault(form);
    }
    int value = 0;
    for (int i = at; i < stop; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return new CharValue.Fault(form);
      }
      value = value * 16 + digit;
    }
    return new CharValue.CodePoint(value);
  }
}
