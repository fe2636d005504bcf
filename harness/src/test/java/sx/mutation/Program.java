package sx.mutation;

import java.util.List;
import java.util.Optional;

/** The text of a program and its tokens. */
record Program(String text, List<Token> tokens) {
  static Program of(String text) {
    return new Program(text, Token.of(text));
  }

  int size() {
    return tokens.size();
  }

  Token token(int at) {
    return tokens.get(at);
  }

  /** The text from one token to another, both included. */
  String text(int first, int last) {
    return text.substring(token(first).start(), token(last).end());
  }

  /** The whole text with something else in place of some of its tokens. */
  String replaced(int first, int last, String by) {
    return text.substring(0, token(first).start()) + by + text.substring(token(last).end());
  }

  /** The bracket that closes the one at a place; empty if none is opened there. */
  Optional<Integer> closing(int at) {
    int depth = 0;
    for (int i = at; i < size(); i++) {
      String t = token(i).text();
      if (t.equals("(") || t.equals("[") || t.equals("{")) {
        depth++;
      } else if (t.equals(")") || t.equals("]") || t.equals("}")) {
        depth--;
      }
      if (depth <= 0) {
        return i > at ? Optional.of(i) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The end of the statement that begins behind a semicolon or brace; empty if none does. */
  Optional<Integer> statementEnd(int at) {
    String before = token(at).text();
    if (!before.equals(";") && !before.equals("{") && !before.equals("}")) {
      return Optional.empty();
    }
    int depth = 0;
    for (int i = at + 1; i < size(); i++) {
      switch (token(i).text()) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth--;
        default -> {}
      }
      if (depth < 0) {
        return Optional.empty();
      }
      if (depth == 0 && (token(i).text().equals(";") || token(i).text().equals("}"))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
