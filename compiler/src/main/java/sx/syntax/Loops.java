package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.source.Span;
import sx.syntax.Nesting.Header;

/** {@code while}, {@code for} and {@code push} (05-statements.md, sections 7 and 8). */
final class Loops {
  private final Grammar g;
  private final Cursor at;

  Loops(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  Ast.Expr whileLoop() {
    int start = at.start();
    at.advance();
    Optional<Ast.Name> binding = Optional.empty();
    if (at.kind.isIdentifier() && at.next() == TokenKind.COLON_EQUALS) {
      binding = Optional.of(at.takeName());
      at.advance();
    }
    Ast.Expr condition = header();
    Ast.Block body = g.statements.expectBlock("`{` after the condition");
    return new Ast.While(at.since(start), binding, condition, body);
  }

  Ast.Expr push() {
    int start = at.start();
    at.advance();
    Ast.Expr context = header();
    Ast.Block body = g.statements.expectBlock("`{` after the context to push");
    return new Ast.Push(at.since(start), context, body);
  }

  private Ast.Expr header() {
    Header outer = g.nesting.header(Header.PLAIN);
    Ast.Expr e = g.expression();
    g.nesting.header(outer);
    return e;
  }

  // ---------------------------------------------------------------------------- for

  Ast.Expr forLoop() {
    int start = at.start();
    at.advance();
    Header outer = g.nesting.header(Header.FOR);
    List<Ast.Iterable> iterables = new ArrayList<>(2);
    do {
      iterables.add(iterable());
    } while (at.accept(TokenKind.COMMA));
    g.nesting.header(outer);
    List<Ast.Capture> captures = g.ahead.startsCaptures() ? captures() : List.of();
    check(iterables, captures);
    if (at.is(TokenKind.BRACE_OPEN)) {
      Ast.Block block = g.statements.block();
      Span end = new Span(at.file, at.lastEnd(), at.lastEnd());
      Ast.Stmt body = new Ast.ExprStmt(block.span(), block, false, end);
      return new Ast.For(at.since(start), List.copyOf(iterables), captures, false, body);
    }
    if (at.is(TokenKind.COLON)) {
      throw at.error("the captures of a `for` stand in parentheses: `for xs (x) { … }`");
    }
    if (!at.accept(TokenKind.FAT_ARROW)) {
      throw at.expected("captures in parentheses, `{` or `=>`");
    }
    g.nesting.enter();
    Ast.Stmt body = g.statements.statement();
    g.nesting.leave();
    return new Ast.For(at.since(start), List.copyOf(iterables), captures, true, body);
  }

  private Ast.Iterable iterable() {
    int start = at.start();
    Ast.Expr first = g.expression();
    if (!at.kind.isRangeMark()) {
      return new Ast.Iterable(first.span(), first, Optional.empty(), Optional.empty());
    }
    Ast.RangeMark mark = g.postfix.rangeMark();
    boolean open =
        switch (at.kind) {
          case COMMA, BRACE_OPEN, FAT_ARROW -> true;
          default -> g.ahead.startsCaptures();
        };
    if (open && mark.needsEnd()) {
      throw at.error("`" + mark.text + "` needs an end behind it");
    }
    Optional<Ast.Expr> end = open ? Optional.empty() : Optional.of(g.expression());
    return new Ast.Iterable(at.since(start), first, Optional.of(mark), end);
  }

  private List<Ast.Capture> captures() {
    at.advance();
    List<Ast.Capture> captures = new ArrayList<>(2);
    do {
      boolean byReference = at.accept(TokenKind.STAR);
      captures.add(new Ast.Capture(at.identifier("the name of a capture"), byReference));
    } while (at.accept(TokenKind.COMMA));
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    return List.copyOf(captures);
  }

  /** Number and kinds of captures; reported at the token behind them (stmt.for.4, 5 and 9). */
  private void check(List<Ast.Iterable> iterables, List<Ast.Capture> captures) {
    Ast.Iterable first = iterables.getFirst();
    if (first.mark().isPresent() && first.end().isEmpty()) {
      throw at.error("the first range of a `for` needs an end");
    }
    if (captures.isEmpty()) {
      return;
    }
    if (captures.size() != iterables.size()) {
      throw at.error(
          "%d captures for %d iterables; write one for each, or none"
              .formatted(captures.size(), iterables.size()));
    }
    for (int i = 0; i < captures.size(); i++) {
      if (captures.get(i).byReference() && iterables.get(i).mark().isPresent()) {
        throw at.error("`*` cannot capture the number of a range by reference");
      }
    }
  }
}
