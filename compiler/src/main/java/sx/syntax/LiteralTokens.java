package sx.syntax;

import sx.source.Span;

/** Turns literal tokens into nodes. */
final class LiteralTokens {
  private final Cursor at;

  LiteralTokens(Cursor at) {
    this.at = at;
  }

  Ast.IntLit integer() {
    Span span = at.here();
    Literals.IntValue v = Literals.integer(at.file.bytes(), span.start(), span.end());
    Ast.IntLit literal = new Ast.IntLit(span, at.text(), v.value(), v.fits());
    at.advance();
    return literal;
  }

  /** An integer where the grammar has the token INT. */
  Ast.IntLit expectInteger(String what) {
    if (!at.is(TokenKind.INT)) {
      throw at.expected(what);
    }
    return integer();
  }

  Ast.FloatLit floating() {
    Ast.FloatLit literal = new Ast.FloatLit(at.here(), at.text());
    at.advance();
    return literal;
  }

  Ast.CharLit character() {
    Span span = at.here();
    // the lexer has refused all others
    var value =
        (Literals.CharValue.CodePoint)
            Literals.character(at.file.bytes(), span.start(), span.end());
    Ast.CharLit literal = new Ast.CharLit(span, at.text(), value.value());
    at.advance();
    return literal;
  }

  /** A quoted or block string. */
  Ast.StringLit string() {
    Span span = at.here();
    boolean block = at.is(TokenKind.BLOCK_STRING);
    byte[] bytes = at.file.bytes();
    byte[] value =
        block
            ? Literals.blockString(bytes, span.start(), span.end())
            : Literals.string(bytes, span.start(), span.end());
    Ast.StringLit literal = new Ast.StringLit(span, at.text(), value, block);
    at.advance();
    return literal;
  }

  /** A string of a directive or clause, which must be quoted (lex.str.9). */
  Ast.StringLit quoted(String what) {
    if (at.is(TokenKind.BLOCK_STRING)) {
      throw at.error("expected " + what + " in double quotes; a block string cannot stand here");
    }
    if (!at.is(TokenKind.STRING)) {
      throw at.expected(what + " in double quotes");
    }
    return string();
  }

  /** The path of an import, of which no escape is decoded (mod.syntax.3). */
  Ast.StringLit path() {
    Ast.StringLit path = quoted("the path of the module");
    Span span = path.span();
    byte[] value = Literals.verbatim(at.file.bytes(), span.start(), span.end());
    return new Ast.StringLit(span, path.text(), value, false);
  }

  Ast.BoolLit bool() {
    Ast.BoolLit literal = new Ast.BoolLit(at.here(), at.is(TokenKind.TRUE));
    at.advance();
    return literal;
  }
}
