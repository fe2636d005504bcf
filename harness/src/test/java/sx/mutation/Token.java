package sx.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a source text, as coarse as mistakes are made: a word, a number, a literal, an
 * operator. Comments are none.
 */
record Token(Kind kind, int start, int end, String text) {
  /** What a token can be exchanged for. */
  enum Kind {
    WORD,
    NUMBER,
    QUOTED,
    DIRECTIVE,
    SIGN
  }

  private static final Pattern PIECE =
      Pattern.compile(
          "(?<skip>\\s+|//[^\\n]*)"
              + "|(?<quoted>\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*')"
              + "|(?<number>[0-9][0-9A-Za-z_]*(?:\\.[0-9][0-9A-Za-z_]*)?)"
              + "|(?<directive>#[a-z_]+)"
              + "|(?<word>[A-Za-z_][A-Za-z_0-9]*)"
              + "|(?<sign>\\.\\.\\.|---|::|:=|->|=>|\\|>|==|!=|<=|>=|<<|>>|\\.\\.|\\?\\?|[-+*/%&|^]=|.)",
          Pattern.DOTALL);

  /** All tokens of a text, in order. */
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    for (Matcher m = PIECE.matcher(text); m.find(); ) {
      if (m.group("skip") == null) {
        tokens.add(new Token(kind(m), m.start(), m.end(), m.group()));
      }
    }
    return List.copyOf(tokens);
  }

  private static Kind kind(Matcher m) {
    if (m.group("quoted") != null) {
      return Kind.QUOTED;
    }
    if (m.group("number") != null) {
      return Kind.NUMBER;
    }
    if (m.group("directive") != null) {
      return Kind.DIRECTIVE;
    }
    return m.group("word") != null ? Kind.WORD : Kind.SIGN;
  }
}
