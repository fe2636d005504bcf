package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Aggregate and array literals, from the brace or bracket behind their dot (expr.lit). */
final class Aggregates {
  private final Grammar g;
  private final Cursor at;

  Aggregates(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  /** {@code { entries }} and perhaps an initialisation block (gram.init.1). */
  Ast.Expr aggregate(int start, Optional<Ast.Expr> head) {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.FieldInit> entries = new ArrayList<>(4);
    while (!at.is(TokenKind.BRACE_CLOSE)) {
      entries.add(entry());
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.BRACE_CLOSE);
    g.nesting.close(outer);
    Optional<Ast.Block> init = Optional.empty();
    if (at.is(TokenKind.BRACE_OPEN) && !g.nesting.inHeader()) {
      init = Optional.of(g.statements.block());
    }
    return new Ast.AggregateLit(at.since(start), head, List.copyOf(entries), init);
  }

  private Ast.FieldInit entry() {
    int start = at.start();
    if (at.is(TokenKind.RANGE)) {
      Ast.Expr spread = spread();
      return new Ast.FieldInit(spread.span(), Ast.EntryForm.SPREAD, Optional.empty(), spread);
    }
    if (at.kind.isMember() && at.next() == TokenKind.ASSIGN) {
      Ast.Name name = at.takeName();
      at.advance();
      Ast.Expr value = g.expression();
      return new Ast.FieldInit(at.since(start), Ast.EntryForm.NAMED, Optional.of(name), value);
    }
    if (at.kind.isIdentifier() && endsEntry(at.next())) {
      Ast.Name name = at.takeName();
      Ast.Expr value = new Ast.NameExpr(name.span(), name);
      return new Ast.FieldInit(name.span(), Ast.EntryForm.SHORTHAND, Optional.of(name), value);
    }
    Ast.Expr value = g.expression();
    return new Ast.FieldInit(value.span(), Ast.EntryForm.POSITIONAL, Optional.empty(), value);
  }

  private static boolean endsEntry(TokenKind kind) {
    return kind == TokenKind.COMMA || kind == TokenKind.BRACE_CLOSE;
  }

  /** {@code [ elements ]} */
  Ast.Expr array(int start, Optional<Ast.Expr> head) {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.Expr> elements = new ArrayList<>();
    while (!at.is(TokenKind.BRACKET_CLOSE)) {
      elements.add(at.is(TokenKind.RANGE) ? spread() : g.expression());
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.BRACKET_CLOSE);
    g.nesting.close(outer);
    return new Ast.ArrayLit(at.since(start), head, List.copyOf(elements));
  }

  /** {@code ..e} */
  Ast.Spread spread() {
    int start = at.start();
    at.advance();
    Ast.Expr operand = g.expression();
    return new Ast.Spread(at.since(start), operand);
  }
}
