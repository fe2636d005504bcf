package sx.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sx.source.Utf8;

/**
 * Cuts a file into tokens, each the longest that fits (lex.tok.1), and finds for every opening
 * bracket the one that closes it. What is no token becomes INVALID with a message, for the parser
 * to report when it gets there (lex.err.1).
 */
final class Lexer {
  /** Behind so many invalid tokens nothing can change what the parser will say. */
  private static final int MAX_FAULTS = 100;

  private static final byte SPACE = 1;
  private static final byte LETTER = 2;
  private static final byte DIGIT = 3;
  private static final byte[] CLASSES = classes();
  private static final Map<String, TokenKind> DIRECTIVES =
      Stream.of(TokenKind.ALL)
          .filter(TokenKind::isDirective)
          .collect(Collectors.toUnmodifiableMap(kind -> kind.text, kind -> kind));

  private final byte[] bytes;
  private final int length;
  private final int maxNesting;
  private final Tokens.Builder tokens;
  private final NameTable names = NameTable.create();
  private final List<String> faults = new ArrayList<>();
  private int[] open = new int[64];
  private int depth;

  private Lexer(byte[] bytes, int maxNesting) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.maxNesting = maxNesting;
    this.tokens = new Tokens.Builder(Math.max(16, bytes.length / 4));
  }

  /**
   * The tokens of a file. Brackets that nest deeper than {@code maxNesting} end it: the bracket
   * becomes an invalid token and nothing follows.
   */
  static Tokens lex(byte[] bytes, int maxNesting) {
    Lexer lexer = new Lexer(bytes, maxNesting);
    lexer.run();
    return lexer.tokens.build(lexer.names.texts(), lexer.faults);
  }

  /** Whether a byte may stand in an identifier behind its first (lex.ident.1). */
  static boolean isWordByte(byte b) {
    return CLASSES[b & 0xFF] >= LETTER;
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (char c : new char[] {' ', '\t', '\n', '\r'}) {
      classes[c] = SPACE;
    }
    Arrays.fill(classes, 'a', 'z' + 1, LETTER);
    Arrays.fill(classes, 'A', 'Z' + 1, LETTER);
    classes['_'] = LETTER;
    Arrays.fill(classes, '0', '9' + 1, DIGIT);
    return classes;
  }

  private void run() {
    int at = 0;
    while (at < length && faults.size() < MAX_FAULTS) {
      byte b = bytes[at];
      at =
          switch (CLASSES[b & 0xFF]) {
            case SPACE -> at + 1;
            case LETTER -> word(at);
            case DIGIT -> number(at);
            default -> symbol(at, b);
          };
    }
    tokens.add(TokenKind.END, length, length, 0);
  }

  // ---------------------------------------------------------------------------- words and numbers

  private int word(int start) {
    int hash = 0;
    int at = start;
    do {
      hash = hash * 31 + bytes[at++];
    } while (at < length && CLASSES[bytes[at] & 0xFF] >= LETTER);
    int name = names.index(bytes, start, at, hash);
    tokens.add(TokenKind.ALL[names.kind(name)], start, at, name);
    return at;
  }

  private int rawName(int tick) {
    int start = tick + 1;
    if (start == length || CLASSES[bytes[start] & 0xFF] != LETTER) {
      return invalid(tick, start, "a backtick must be followed directly by a name");
    }
    int hash = 0;
    int at = start;
    do {
      hash = hash * 31 + bytes[at++];
    } while (at < length && CLASSES[bytes[at] & 0xFF] >= LETTER);
    tokens.add(TokenKind.RAW_NAME, start, at, names.index(bytes, start, at, hash));
    return at;
  }

  private int number(int start) {
    if (bytes[start] == '0' && start + 1 < length) {
      int base =
          switch (bytes[start + 1]) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
          };
      if (base != 0) {
        return prefixedNumber(start, base);
      }
    }
    int at = decimals(start);
    if (at + 1 < length && bytes[at] == '.' && CLASSES[bytes[at + 1] & 0xFF] == DIGIT) {
      at = decimals(at + 1);
      tokens.add(TokenKind.FLOAT, start, at, 0);
    } else {
      tokens.add(TokenKind.INT, start, at, 0);
    }
    return at;
  }

  private int decimals(int at) {
    while (at < length && (CLASSES[bytes[at] & 0xFF] == DIGIT || bytes[at] == '_')) {
      at++;
    }
    return at;
  }

  private int prefixedNumber(int start, int base) {
    int at = start + 2;
    boolean digits = false;
    while (at < length) {
      byte b = bytes[at];
      if (b != '_') {
        int digit = b < 0 ? -1 : Character.digit(b, base);
        if (digit < 0) {
          break;
        }
        digits = true;
      }
      at++;
    }
    if (!digits) {
      String prefix = new String(bytes, start, 2, java.nio.charset.StandardCharsets.US_ASCII);
      return invalid(start, at, "no digit follows the prefix `" + prefix + "` of this number");
    }
    tokens.add(TokenKind.INT, start, at, 0);
    return at;
  }

  // ---------------------------------------------------------------------------- marks

  private int symbol(int at, byte b) {
    return switch (b) {
      case '(' -> opening(TokenKind.PAREN_OPEN, at);
      case '{' -> opening(TokenKind.BRACE_OPEN, at);
      case '[' -> opening(TokenKind.BRACKET_OPEN, at);
      case ')' -> closing(TokenKind.PAREN_CLOSE, TokenKind.PAREN_OPEN, at);
      case '}' -> closing(TokenKind.BRACE_CLOSE, TokenKind.BRACE_OPEN, at);
      case ']' -> closing(TokenKind.BRACKET_CLOSE, TokenKind.BRACKET_OPEN, at);
      case ';' -> mark(TokenKind.SEMICOLON, at, 1);
      case ',' -> mark(TokenKind.COMMA, at, 1);
      case '.' -> dot(at);
      case ':' -> colon(at);
      case '=' -> equalsSign(at);
      case '/' -> slash(at);
      case '"' -> string(at);
      case '*' -> orAssign(TokenKind.STAR, TokenKind.STAR_ASSIGN, at);
      case '+' -> orAssign(TokenKind.PLUS, TokenKind.PLUS_ASSIGN, at);
      case '-' -> minus(at);
      case '%' -> orAssign(TokenKind.PERCENT, TokenKind.PERCENT_ASSIGN, at);
      case '&' -> orAssign(TokenKind.AMPERSAND, TokenKind.AMPERSAND_ASSIGN, at);
      case '^' -> orAssign(TokenKind.CARET, TokenKind.CARET_ASSIGN, at);
      case '|' ->
          next(at) == '>'
              ? mark(TokenKind.PIPE, at, 2)
              : orAssign(TokenKind.BAR, TokenKind.BAR_ASSIGN, at);
      case '!' -> orAssign(TokenKind.BANG, TokenKind.NOT_EQUALS, at);
      case '<' -> less(at);
      case '>' ->
          next(at) == '>'
              ? shift(TokenKind.SHIFT_RIGHT, TokenKind.SHIFT_RIGHT_ASSIGN, at)
              : orAssign(TokenKind.GREATER, TokenKind.GREATER_EQUALS, at);
      case '?' -> question(at);
      case '~' -> mark(TokenKind.TILDE, at, 1);
      case '$' -> mark(TokenKind.DOLLAR, at, 1);
      case '`' -> rawName(at);
      case '\'' -> character(at);
      case '#' -> directive(at);
      default -> stray(at, b);
    };
  }

  private int next(int at) {
    return byteAt(at + 1);
  }

  private int byteAt(int at) {
    return at < length ? bytes[at] : 0;
  }

  private int mark(TokenKind kind, int at, int size) {
    tokens.add(kind, at, at + size, 0);
    return at + size;
  }

  private int orAssign(TokenKind plain, TokenKind withEquals, int at) {
    return next(at) == '=' ? mark(withEquals, at, 2) : mark(plain, at, 1);
  }

  private int shift(TokenKind plain, TokenKind withEquals, int at) {
    return byteAt(at + 2) == '=' ? mark(withEquals, at, 3) : mark(plain, at, 2);
  }

  private int colon(int at) {
    return switch (next(at)) {
      case ':' -> mark(TokenKind.COLON_COLON, at, 2);
      case '=' -> mark(TokenKind.COLON_EQUALS, at, 2);
      default -> mark(TokenKind.COLON, at, 1);
    };
  }

  private int minus(int at) {
    if (next(at) == '>') {
      return mark(TokenKind.ARROW, at, 2);
    }
    if (next(at) == '-' && byteAt(at + 2) == '-') {
      return mark(TokenKind.UNDEFINED, at, 3);
    }
    return orAssign(TokenKind.MINUS, TokenKind.MINUS_ASSIGN, at);
  }

  private int question(int at) {
    return switch (next(at)) {
      case '?' -> mark(TokenKind.QUESTION_QUESTION, at, 2);
      case '.' -> mark(TokenKind.QUESTION_DOT, at, 2);
      default -> mark(TokenKind.QUESTION, at, 1);
    };
  }

  private int dot(int at) {
    return next(at) == '.' ? range(at, 0, TokenKind.RANGE) : mark(TokenKind.DOT, at, 1);
  }

  private int less(int at) {
    if (next(at) == '.' && byteAt(at + 2) == '.') {
      return range(at, 1, TokenKind.EX_RANGE);
    }
    return next(at) == '<'
        ? shift(TokenKind.SHIFT_LEFT, TokenKind.SHIFT_LEFT_ASSIGN, at)
        : orAssign(TokenKind.LESS, TokenKind.LESS_EQUALS, at);
  }

  private int equalsSign(int at) {
    if (next(at) == '>') {
      return mark(TokenKind.FAT_ARROW, at, 2);
    }
    if (next(at) == '.' && byteAt(at + 2) == '.') {
      return range(at, 1, TokenKind.IN_RANGE);
    }
    return orAssign(TokenKind.ASSIGN, TokenKind.EQUALS, at);
  }

  /** A range mark whose {@code ..} stands {@code lead} bytes behind its start (lex.tok.3). */
  private int range(int at, int lead, TokenKind plain) {
    return switch (byteAt(at + lead + 2)) {
      case '=' -> mark(TokenKind.ALL[plain.code() + 1], at, lead + 3);
      case '<' -> mark(TokenKind.ALL[plain.code() + 2], at, lead + 3);
      default -> mark(plain, at, lead + 2);
    };
  }

  // ---------------------------------------------------------------------------- brackets

  private int opening(TokenKind kind, int at) {
    if (depth == maxNesting) {
      invalid(at, at + 1, Nesting.tooDeep(maxNesting));
      return length;
    }
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
    }
    open[depth++] = tokens.count();
    return mark(kind, at, 1);
  }

  /** A brace closes what was left open inside it; other brackets never reach out of braces. */
  private int closing(TokenKind kind, TokenKind opener, int at) {
    int found = depth - 1;
    while (found >= 0 && tokens.kindAt(open[found]) != opener.code()) {
      boolean brace = tokens.kindAt(open[found]) == TokenKind.BRACE_OPEN.code();
      found = brace ? -1 : found - 1;
    }
    if (found >= 0) {
      tokens.link(open[found], tokens.count());
      depth = found;
    }
    return mark(kind, at, 1);
  }

  // ---------------------------------------------------------------------------- quoted text

  private int slash(int at) {
    if (next(at) != '/') {
      return orAssign(TokenKind.SLASH, TokenKind.SLASH_ASSIGN, at);
    }
    int i = at + 2;
    boolean ascii = true;
    while (i < length && bytes[i] != '\n') {
      ascii &= bytes[i] >= 0;
      i++;
    }
    if (!ascii) {
      checkUtf8(at, i);
    }
    return i;
  }

  private void checkUtf8(int start, int end) {
    int wrong = Utf8.firstInvalid(bytes, start, end);
    if (wrong >= 0) {
      invalid(wrong, wrong + 1, notUtf8(bytes[wrong]));
    }
  }

  private int string(int start) {
    int at = start + 1;
    boolean ascii = true;
    while (at < length && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        at++;
      }
      if (at < length) {
        ascii &= bytes[at] >= 0;
        at++;
      }
    }
    if (at >= length) {
      return invalid(start, length, "this string has no closing `\"`");
    }
    if (!ascii) {
      checkUtf8(start, at);
    }
    tokens.add(TokenKind.STRING, start, at + 1, 0);
    return at + 1;
  }

  private int character(int start) {
    int at = start + 1;
    while (at < length && bytes[at] != '\'' && bytes[at] != '\n') {
      at += bytes[at] == '\\' && byteAt(at + 1) != '\n' ? 2 : 1;
    }
    if (at >= length || bytes[at] == '\n') {
      return invalid(start, Math.min(at, length), "this character literal has no closing quote");
    }
    if (Literals.character(bytes, start, at + 1) instanceof Literals.CharValue.Fault(String m)) {
      return invalid(start, at + 1, m);
    }
    tokens.add(TokenKind.CHAR, start, at + 1, 0);
    return at + 1;
  }

  private int directive(int start) {
    int at = start + 1;
    while (at < length && CLASSES[bytes[at] & 0xFF] >= LETTER) {
      at++;
    }
    String word = new String(bytes, start, at - start, java.nio.charset.StandardCharsets.US_ASCII);
    if (word.equals("#string")) {
      return blockString(start, at);
    }
    TokenKind kind = DIRECTIVES.get(word);
    if (kind != null) {
      return mark(kind, start, at - start);
    }
    return switch (word) {
      case "#" -> invalid(start, at, "`#` must be followed directly by the word of a directive");
      case "#intrinsic" -> invalid(start, at, "write `intrinsic` without `#`");
      default -> invalid(start, at, "unknown directive `" + word + "`");
    };
  }

  private int blockString(int start, int afterWord) {
    int name = afterWord;
    while (name < length && (bytes[name] == ' ' || bytes[name] == '\t')) {
      name++;
    }
    int nameEnd = name;
    while (nameEnd < length && CLASSES[bytes[nameEnd] & 0xFF] >= LETTER) {
      nameEnd++;
    }
    if (nameEnd == name || CLASSES[bytes[name] & 0xFF] != LETTER) {
      return invalid(start, afterWord, "`#string` needs a delimiter name on the same line");
    }
    int line = lineAfter(nameEnd);
    while (line < length && !closes(line, name, nameEnd)) {
      line = lineAfter(line);
    }
    if (line >= length) {
      String delimiter =
          new String(bytes, name, nameEnd - name, java.nio.charset.StandardCharsets.US_ASCII);
      return invalid(start, length, "no line starts with `" + delimiter + "` to close this string");
    }
    int end = line + nameEnd - name;
    checkUtf8(start, end);
    tokens.add(TokenKind.BLOCK_STRING, start, end, 0);
    return end;
  }

  private int lineAfter(int at) {
    while (at < length && bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private boolean closes(int line, int name, int nameEnd) {
    int end = line + nameEnd - name;
    return end <= length
        && Arrays.equals(bytes, line, end, bytes, name, nameEnd)
        && (end == length || !isWordByte(bytes[end]));
  }

  // ---------------------------------------------------------------------------- what is no token

  private int stray(int at, byte b) {
    if (b < 0) {
      int size = Utf8.length(bytes, at, length);
      if (size == 0) {
        return invalid(at, at + 1, notUtf8(b));
      }
      String text = new String(bytes, at, size, java.nio.charset.StandardCharsets.UTF_8);
      return invalid(
          at, at + size, "`" + text + "` may stand only in comments, strings and characters");
    }
    if (b < ' ' || b == 0x7F) {
      return invalid(at, at + 1, "stray control byte 0x%02X".formatted(b));
    }
    return invalid(at, at + 1, "`" + (char) b + "` is not part of the language");
  }

  private static String notUtf8(byte b) {
    return "the byte 0x%02X is not valid UTF-8".formatted(b & 0xFF);
  }

  private int invalid(int start, int end, String message) {
    tokens.add(TokenKind.INVALID, start, end, faults.size());
    faults.add(message);
    return end;
  }
}
