package sx.syntax;

import sx.source.Diagnostic;
import sx.source.SourceFile;
import sx.source.Span;

/** The place in the tokens of a file that the parser has reached. */
final class Cursor {
  final SourceFile file;
  private final byte[] kinds;
  private final int[] starts;
  private final int[] ends;
  private final int[] links;
  private final String[] names;
  private final Tokens tokens;

  /** The kind of the current token. */
  TokenKind kind;

  private int index;

  Cursor(SourceFile file, Tokens tokens) {
    this.file = file;
    this.tokens = tokens;
    this.kinds = tokens.kinds();
    this.starts = tokens.starts();
    this.ends = tokens.ends();
    this.links = tokens.links();
    this.names = tokens.names();
    this.kind = kindAt(0);
  }

  // ---------------------------------------------------------------------------- looking

  boolean is(TokenKind wanted) {
    return kind == wanted;
  }

  int index() {
    return index;
  }

  TokenKind kindAt(int token) {
    return TokenKind.ALL[kinds[token]];
  }

  /** The kind of the next token; END follows itself. */
  TokenKind next() {
    return kind == TokenKind.END ? kind : kindAt(index + 1);
  }

  /** The kind of the token behind the next. */
  TokenKind afterNext() {
    return next() == TokenKind.END ? TokenKind.END : kindAt(index + 2);
  }

  /** The index of the token that closes the bracket at {@code token}, or 0. */
  int closerOf(int token) {
    return links[token];
  }

  /** Whether the current token is this contextual word, not written raw (gram.raw.1). */
  boolean isWord(String word) {
    return isWord(index, word);
  }

  boolean isWord(int token, String word) {
    return kindAt(token) == TokenKind.NAME && names[links[token]].equals(word);
  }

  int start() {
    return starts[index];
  }

  int end() {
    return ends[index];
  }

  /** Where the token before the current one ended. */
  int lastEnd() {
    return ends[index - 1];
  }

  /** Whether a line feed stands between the last token and the current one. */
  boolean onNewLine() {
    byte[] bytes = file.bytes();
    for (int i = ends[index - 1]; i < starts[index]; i++) {
      if (bytes[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  /** From a byte offset up to the end of the last token. */
  Span since(int start) {
    return new Span(file, start, ends[index - 1]);
  }

  Span here() {
    return spanOf(index);
  }

  Span spanOf(int token) {
    return new Span(file, starts[token], ends[token]);
  }

  String text() {
    return file.text(start(), end());
  }

  // ---------------------------------------------------------------------------- moving

  /** Goes on at another token. */
  void goTo(int token) {
    index = token;
    kind = kindAt(token);
  }

  /** Another place in the same tokens. */
  Cursor at(int token) {
    Cursor other = new Cursor(file, tokens);
    other.goTo(token);
    return other;
  }

  void advance() {
    if (kind != TokenKind.END) {
      kind = kindAt(++index);
    }
  }

  boolean accept(TokenKind wanted) {
    if (kind != wanted) {
      return false;
    }
    advance();
    return true;
  }

  void expect(TokenKind wanted) {
    if (kind != wanted) {
      throw expected("`" + wanted.text + "`");
    }
    advance();
  }

  /** A token that closes a list of things separated by commas. */
  void expectListEnd(TokenKind closer) {
    if (kind != closer) {
      throw expected("`,` or `" + closer.text + "`");
    }
    advance();
  }

  void expectSemicolon() {
    if (kind != TokenKind.SEMICOLON) {
      throw expected("`;`");
    }
    advance();
  }

  /** A name that is declared or used: IDENT, {@code protocol}, {@code impl} or {@code ufcs}. */
  Ast.Name name(String what) {
    if (!kind.isName()) {
      throw notAName(what);
    }
    return takeName();
  }

  Ast.Name identifier(String what) {
    if (!kind.isIdentifier()) {
      throw notAName(what);
    }
    return takeName();
  }

  /** A name in a place that admits keywords, save {@code inline} (lex.member.1, lex.member.2). */
  Ast.Name memberName(String what) {
    if (kind == TokenKind.INLINE) {
      throw error("`inline` cannot be " + what + " as it stands; write `` `inline ``");
    }
    if (!kind.isMember()) {
      throw expected(what);
    }
    return takeName();
  }

  /** The current token as a name, whatever word it is. */
  Ast.Name takeName() {
    Ast.Name name = new Ast.Name(names[links[index]], kind == TokenKind.RAW_NAME, here());
    advance();
    return name;
  }

  // ---------------------------------------------------------------------------- failing

  /** The error that the current token is; an invalid token speaks for itself (lex.err.1). */
  SyntaxError error(String message) {
    if (kind == TokenKind.INVALID) {
      return new SyntaxError(Diagnostic.error(here(), tokens.faults().get(links[index])));
    }
    return new SyntaxError(Diagnostic.error(here(), message));
  }

  SyntaxError expected(String what) {
    return error("expected " + what + ", found " + found());
  }

  private SyntaxError notAName(String what) {
    if (kind.isKeyword()) {
      return error(
          "`%s` is a keyword and cannot be %s; write `` `%s ``"
              .formatted(kind.text, what, kind.text));
    }
    return expected(what);
  }

  /** The current token in the words of a message. */
  String found() {
    return switch (kind) {
      case END, INVALID -> kind.text;
      case STRING, BLOCK_STRING, CHAR -> kind.text;
      default -> "`" + text() + "`";
    };
  }
}
