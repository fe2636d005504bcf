package sx.syntax;

import sx.syntax.Nesting.Header;

/**
 * Decides what an opening parenthesis starts, by the tokens behind the one that closes it
 * (grammar.md, section 6). Contents of brackets are skipped, so each answer costs at most the
 * length of one type.
 */
final class Lookahead {
  /** What a parenthesis in expression position starts. */
  enum Paren {
    LAMBDA,
    FUNCTION_TYPE,
    GROUP
  }

  private static final int NO_TYPE = -1;
  private static final int MAX_DEPTH = 200;

  private final Cursor at;
  private final Nesting nesting;

  Lookahead(Cursor at, Nesting nesting) {
    this.at = at;
    this.nesting = nesting;
  }

  /** Whether the parenthesis behind {@code name ::} starts a function (gram.fn.1). */
  boolean startsFunction() {
    int close = at.closerOf(at.index());
    if (close == 0) {
      return looksLikeParameters(at.index());
    }
    TokenKind after = at.kindAt(close + 1);
    if (after != TokenKind.ARROW) {
      return continuesFunction(after, close + 1);
    }
    int end = skipType(close + 2, 0);
    if (end == NO_TYPE) {
      return looksLikeParameters(at.index());
    }
    return at.kindAt(end) == TokenKind.HASH_GET || continuesFunction(at.kindAt(end), end);
  }

  private boolean continuesFunction(TokenKind kind, int token) {
    return switch (kind) {
      case BRACE_OPEN, FAT_ARROW, HASH_SET, EXTERN, EXPORT, INTRINSIC, INVALID -> true;
      case ABI -> at.kindAt(skipAbi(token)) != TokenKind.SEMICOLON;
      default -> false;
    };
  }

  /** What the current parenthesis starts (gram.paren.1, gram.paren.2). */
  Paren paren() {
    int open = at.index();
    int close = at.closerOf(open);
    if (close == 0) {
      return looksLikeParameters(open) ? Paren.LAMBDA : Paren.GROUP;
    }
    return switch (at.kindAt(close + 1)) {
      case FAT_ARROW -> nesting.header() == Header.FOR ? Paren.GROUP : Paren.LAMBDA;
      case ABI -> Paren.LAMBDA;
      case BRACE_OPEN -> bracedLambda(open, close) ? Paren.LAMBDA : Paren.GROUP;
      case ARROW -> arrow(open, close);
      default -> Paren.GROUP;
    };
  }

  private Paren arrow(int open, int close) {
    int end = skipType(close + 2, 0);
    if (end == NO_TYPE) {
      return looksLikeParameters(open) ? Paren.LAMBDA : Paren.FUNCTION_TYPE;
    }
    boolean lambda =
        switch (at.kindAt(skipAbi(end))) {
          case FAT_ARROW -> nesting.header() != Header.FOR;
          case BRACE_OPEN -> !nesting.inHeader() || bracedLambda(open, close);
          default -> false;
        };
    return lambda ? Paren.LAMBDA : Paren.FUNCTION_TYPE;
  }

  private boolean bracedLambda(int open, int close) {
    if (close == open + 1) {
      return true;
    }
    if (!at.kindAt(open + 1).isName()) {
      return false;
    }
    return switch (at.kindAt(open + 2)) {
      case COLON, COMMA -> true;
      case PAREN_CLOSE -> !nesting.inHeader();
      default -> false;
    };
  }

  /** A guess for parentheses that do not close, so that the error falls where they break off. */
  private boolean looksLikeParameters(int open) {
    TokenKind first = at.kindAt(open + 1);
    return first == TokenKind.DOLLAR
        || first == TokenKind.RANGE
        || (first.isName() && at.kindAt(open + 2) == TokenKind.COLON);
  }

  /** Whether the current parenthesis, an argument, is a parenthesised tuple (gram.paren.4). */
  boolean startsTuple() {
    int open = at.index();
    int close = at.closerOf(open);
    if (close == 0 || close == open + 1) {
      return false;
    }
    if (at.kindAt(open + 1).isName() && at.kindAt(open + 2) == TokenKind.COLON) {
      return true;
    }
    for (int i = open + 1; i < close; i++) {
      if (at.kindAt(i) == TokenKind.COMMA) {
        return true;
      }
      i = Math.max(i, closer(i));
    }
    return false;
  }

  private int closer(int token) {
    return switch (at.kindAt(token)) {
      case PAREN_OPEN, BRACE_OPEN, BRACKET_OPEN -> at.closerOf(token);
      default -> 0;
    };
  }

  /** Whether the current parenthesis in a {@code for} header is the capture list (gram.for.1). */
  boolean startsCaptures() {
    if (!at.is(TokenKind.PAREN_OPEN)) {
      return false;
    }
    int close = at.closerOf(at.index());
    if (close == 0) {
      return false;
    }
    TokenKind after = at.kindAt(close + 1);
    return after == TokenKind.BRACE_OPEN || after == TokenKind.FAT_ARROW;
  }

  /** Whether the token behind the parentheses that start here is of this kind. */
  boolean closesBefore(TokenKind kind) {
    int close = at.closerOf(at.index());
    return close != 0 && at.kindAt(close + 1) == kind;
  }

  private int skipAbi(int token) {
    if (at.kindAt(token) != TokenKind.ABI || at.kindAt(token + 1) != TokenKind.PAREN_OPEN) {
      return token;
    }
    int close = at.closerOf(token + 1);
    return close == 0 ? token : close + 1;
  }

  // ---------------------------------------------------------------------------- types

  /** The token behind the type that starts at {@code token}, or NO_TYPE. */
  private int skipType(int token, int depth) {
    int i = token;
    while (true) {
      switch (at.kindAt(i)) {
        case QUESTION, STAR -> i++;
        case BRACKET_OPEN -> {
          if (at.closerOf(i) == 0) {
            return NO_TYPE;
          }
          i = at.closerOf(i) + 1;
        }
        case PAREN_OPEN -> {
          int close = at.closerOf(i);
          if (close == 0) {
            return NO_TYPE;
          }
          if (at.kindAt(close + 1) != TokenKind.ARROW) {
            return close + 1;
          }
          int end = depth > MAX_DEPTH ? NO_TYPE : skipType(close + 2, depth + 1);
          return end == NO_TYPE ? NO_TYPE : skipAbi(end);
        }
        case BANG -> {
          return at.kindAt(i + 1).isIdentifier() ? i + 2 : i + 1;
        }
        case DOLLAR -> {
          return skipIntroduction(i);
        }
        case STRUCT, UNION -> {
          return skipBody(skipParens(i + 1));
        }
        case ENUM -> {
          return skipEnum(i, depth);
        }
        default -> {
          return skipNamed(i, depth);
        }
      }
    }
  }

  private int skipIntroduction(int dollar) {
    if (!at.kindAt(dollar + 1).isName()) {
      return NO_TYPE;
    }
    int i = dollar + 2;
    if (at.kindAt(i) == TokenKind.BRACKET_OPEN) {
      return at.closerOf(i) == 0 ? NO_TYPE : at.closerOf(i) + 1;
    }
    while (at.kindAt(i) == TokenKind.SLASH && at.kindAt(i + 1).isIdentifier()) {
      i += 2;
    }
    return i;
  }

  private int skipEnum(int token, int depth) {
    int i = at.isWord(token + 1, "flags") ? token + 2 : token + 1;
    if (at.kindAt(i) != TokenKind.BRACE_OPEN) {
      i = depth > MAX_DEPTH ? NO_TYPE : skipType(i, depth + 1);
    }
    return i == NO_TYPE ? NO_TYPE : skipBody(i);
  }

  private int skipNamed(int token, int depth) {
    if (!isTypeWord(at.kindAt(token))) {
      return NO_TYPE;
    }
    boolean application = at.kindAt(token + 1) == TokenKind.PAREN_OPEN;
    if (application && at.isWord(token, "Closure")) {
      int end = skipParens(token + 1);
      if (at.kindAt(end) != TokenKind.ARROW) {
        return end;
      }
      return depth > MAX_DEPTH ? NO_TYPE : skipType(end + 1, depth + 1);
    }
    int i = token + 1;
    while (at.kindAt(i) == TokenKind.DOT && isTypeWord(at.kindAt(i + 1))) {
      i += 2;
    }
    return skipParens(i);
  }

  /** {@code name} or {@code type_keyword} of the grammar. */
  static boolean isTypeWord(TokenKind kind) {
    return switch (kind) {
      case F32, F64, TYPE, SELF -> true;
      default -> kind.isName();
    };
  }

  private int skipParens(int token) {
    if (at.kindAt(token) != TokenKind.PAREN_OPEN || at.closerOf(token) == 0) {
      return token;
    }
    return at.closerOf(token) + 1;
  }

  private int skipBody(int token) {
    if (at.kindAt(token) != TokenKind.BRACE_OPEN || at.closerOf(token) == 0) {
      return NO_TYPE;
    }
    return at.closerOf(token) + 1;
  }
}
