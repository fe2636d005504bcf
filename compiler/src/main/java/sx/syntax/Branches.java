package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.source.Span;
import sx.syntax.Nesting.Header;

/** {@code if}, match and {@code catch} (05-statements.md, sections 6 and 9; 11-errors.md). */
final class Branches {
  private final Grammar g;
  private final Cursor at;

  Branches(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  /** The head of a braced {@code if}, waiting for what follows its {@code else}. */
  private record Head(int start, Optional<Ast.Name> binding, Ast.Expr condition, Ast.Block then) {}

  /** An {@code if} of any form; chains of {@code else if} are read in a loop. */
  Ast.Expr ifExpression() {
    int outer = g.nesting.startChain();
    List<Head> heads = new ArrayList<>(1);
    Optional<Ast.Expr> last = Optional.empty();
    boolean more = true;
    while (more) {
      Optional<Ast.Expr> whole = single(heads);
      more = false;
      if (whole.isPresent()) {
        last = whole;
      } else if (at.accept(TokenKind.ELSE)) {
        more = at.is(TokenKind.IF);
        if (more) {
          g.nesting.link();
        } else {
          last = Optional.of(g.statements.expectBlock("`{` or `if` after `else`"));
        }
      }
    }
    g.nesting.endChain(outer);
    return fold(heads, last);
  }

  private Ast.Expr fold(List<Head> heads, Optional<Ast.Expr> last) {
    Optional<Ast.Expr> result = last;
    for (int i = heads.size() - 1; i >= 0; i--) {
      Head h = heads.get(i);
      result =
          Optional.of(new Ast.If(at.since(h.start), false, h.binding, h.condition, h.then, result));
    }
    return result.orElseThrow();
  }

  /** One {@code if}: a match or {@code then} form is the result, a braced one joins the heads. */
  private Optional<Ast.Expr> single(List<Head> heads) {
    int start = at.start();
    at.advance();
    if (at.kind.isIdentifier() && at.next() == TokenKind.COLON_EQUALS) {
      heads.add(bindingHead(start));
      return Optional.empty();
    }
    Header outer = g.nesting.header(Header.PLAIN);
    int conditionStart = at.start();
    Ast.Expr first = g.operators.shift();
    if (at.is(TokenKind.EQUALS) && at.next() == TokenKind.BRACE_OPEN) {
      g.nesting.header(outer);
      at.advance();
      return Optional.of(match(start, first));
    }
    Ast.Expr condition = g.operators.conditionFrom(conditionStart, first);
    g.nesting.header(outer);
    if (at.is(TokenKind.BRACE_OPEN)) {
      heads.add(new Head(start, Optional.empty(), condition, g.statements.block()));
      return Optional.empty();
    }
    if (at.accept(TokenKind.THEN)) {
      return Optional.of(thenForm(start, condition));
    }
    throw at.expected("`{` or `then` after the condition");
  }

  private Head bindingHead(int start) {
    Ast.Name name = at.takeName();
    at.advance();
    Header outer = g.nesting.header(Header.PLAIN);
    Ast.Expr source = g.expression();
    g.nesting.header(outer);
    Ast.Block then = g.statements.expectBlock("`{`: an `if` with a binding has braces");
    return new Head(start, Optional.of(name), source, then);
  }

  private Ast.Expr thenForm(int start, Ast.Expr condition) {
    g.nesting.enter();
    Ast.Expr then = g.expression();
    Optional<Ast.Expr> otherwise =
        at.accept(TokenKind.ELSE) ? Optional.of(g.expression()) : Optional.empty();
    g.nesting.leave();
    return new Ast.If(at.since(start), true, Optional.empty(), condition, then, otherwise);
  }

  // ---------------------------------------------------------------------------- match

  /** A match from the brace of its body on. */
  private Ast.Match match(int start, Ast.Expr subject) {
    Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    List<Ast.Arm> arms = new ArrayList<>();
    while (at.is(TokenKind.CASE)) {
      arms.add(arm());
    }
    Optional<Ast.Block> otherwise = Optional.empty();
    if (at.accept(TokenKind.ELSE)) {
      otherwise = Optional.of(otherwise());
    }
    if (!at.is(TokenKind.BRACE_CLOSE)) {
      throw at.expected(otherwise.isPresent() ? "`}`" : "`case`, `else:` or `}`");
    }
    at.advance();
    g.nesting.close(outer);
    return new Ast.Match(at.since(start), subject, List.copyOf(arms), otherwise);
  }

  private Ast.Block otherwise() {
    at.expect(TokenKind.COLON);
    if (startsCapture() && g.ahead.closesBefore(TokenKind.BRACE_OPEN)) {
      throw at.error("`else:` takes no capture");
    }
    int colonEnd = at.lastEnd();
    List<Ast.Stmt> statements = g.statements.untilArmEnds();
    return new Ast.Block(spanOf(statements, colonEnd), statements);
  }

  private Ast.Arm arm() {
    int start = at.start();
    at.advance();
    Ast.Expr pattern = pattern();
    at.expect(TokenKind.COLON);
    Optional<Ast.Name> capture = Optional.empty();
    if (startsCapture()) {
      at.advance();
      capture = Optional.of(at.takeName());
      at.advance();
    }
    int bodyStart = at.lastEnd();
    if (at.is(TokenKind.BREAK)) {
      return emptyArm(start, pattern, capture);
    }
    if (at.accept(TokenKind.FAT_ARROW)) {
      Ast.Expr value = g.expression();
      Span end = new Span(at.file, at.lastEnd(), at.lastEnd());
      at.expectSemicolon();
      Ast.Stmt body = new Ast.ExprStmt(value.span(), value, false, end);
      return new Ast.Arm(
          at.since(start), pattern, capture, Ast.ArmForm.ARROW, List.of(body), value.span());
    }
    List<Ast.Stmt> body = g.statements.untilArmEnds();
    return new Ast.Arm(
        at.since(start),
        pattern,
        capture,
        Ast.ArmForm.STATEMENTS,
        body,
        body.isEmpty() ? spanOf(body, bodyStart) : body.getFirst().span());
  }

  private Ast.Arm emptyArm(int start, Ast.Expr pattern, Optional<Ast.Name> capture) {
    Span body = at.here();
    at.advance();
    at.expectSemicolon();
    if (!at.is(TokenKind.CASE) && !at.is(TokenKind.ELSE) && !at.is(TokenKind.BRACE_CLOSE)) {
      throw at.expected("`case`, `else:` or `}` after the `break;` of an empty arm");
    }
    return new Ast.Arm(at.since(start), pattern, capture, Ast.ArmForm.EMPTY, List.of(), body);
  }

  /** Whether a parenthesised lone name starts here (gram.case.1). */
  private boolean startsCapture() {
    return at.is(TokenKind.PAREN_OPEN)
        && at.next().isIdentifier()
        && at.afterNext() == TokenKind.PAREN_CLOSE;
  }

  /** From the first statement to the last, or the empty place behind the colon. */
  private Span spanOf(List<Ast.Stmt> statements, int colonEnd) {
    return statements.isEmpty()
        ? new Span(at.file, colonEnd, colonEnd)
        : statements.getFirst().span().to(statements.getLast().span());
  }

  Ast.Expr pattern() {
    boolean category =
        switch (at.kind) {
          case STRUCT, ENUM, UNION -> at.next() == TokenKind.COLON;
          default -> false;
        };
    if (!category) {
      return g.primaries.primary();
    }
    String word = at.kind.text;
    Span span = at.here();
    at.advance();
    return new Ast.CategoryPattern(span, word);
  }

  // ---------------------------------------------------------------------------- catch

  /** A {@code catch} behind {@code base} (gram.catch.1). */
  Ast.Expr caught(int start, Ast.Expr base) {
    at.advance();
    if (at.is(TokenKind.BRACE_OPEN)) {
      Ast.Expr body = g.statements.block();
      return new Ast.Catch(at.since(start), base, Optional.empty(), body);
    }
    if (at.kind.isIdentifier()) {
      throw at.error(
          "the name that `catch` binds stands in parentheses: `catch (%s) …`".formatted(at.text()));
    }
    if (!at.is(TokenKind.PAREN_OPEN)) {
      throw at.expected("a block or a name in parentheses after `catch`");
    }
    at.advance();
    Ast.Name binding = at.identifier("the binding of `catch`");
    at.expect(TokenKind.PAREN_CLOSE);
    Ast.Expr body = caughtBody(binding);
    return new Ast.Catch(at.since(start), base, Optional.of(binding), body);
  }

  private Ast.Expr caughtBody(Ast.Name binding) {
    if (at.is(TokenKind.BRACE_OPEN)) {
      return g.statements.block();
    }
    if (at.is(TokenKind.EQUALS)) {
      int start = at.start();
      at.advance();
      return match(start, new Ast.NameExpr(binding.span(), binding));
    }
    g.nesting.enter();
    Ast.Expr body = g.expression();
    g.nesting.leave();
    return body;
  }
}
