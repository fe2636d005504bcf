package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code asm} as an expression and as a module item (15-asm.md). */
final class Assembly {
  private final Grammar g;
  private final Cursor at;

  Assembly(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  Ast.Expr expression() {
    int start = at.start();
    at.advance();
    boolean isVolatile = at.isWord("volatile");
    if (isVolatile) {
      at.advance();
    }
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    Ast.Expr template = g.expression();
    List<Ast.AsmOperand> operands = new ArrayList<>();
    List<Ast.Name> clobbers = List.of();
    while (at.accept(TokenKind.COMMA) && !at.is(TokenKind.BRACE_CLOSE)) {
      if (at.isWord("clobbers")) {
        clobbers = clobbers();
        at.accept(TokenKind.COMMA);
        if (!at.is(TokenKind.BRACE_CLOSE)) {
          throw at.expected("`}`: `clobbers` is the last part of an `asm`");
        }
        break;
      }
      operands.add(operand());
    }
    at.expectListEnd(TokenKind.BRACE_CLOSE);
    g.nesting.close(outer);
    return new Ast.Asm(at.since(start), isVolatile, template, List.copyOf(operands), clobbers);
  }

  private Ast.AsmOperand operand() {
    int start = at.start();
    Optional<Ast.Name> name = Optional.empty();
    if (at.accept(TokenKind.BRACKET_OPEN)) {
      name = Optional.of(at.identifier("the name of an operand"));
      at.expect(TokenKind.BRACKET_CLOSE);
    }
    Ast.StringLit constraint = g.literals.quoted("the constraint of an operand");
    Optional<Ast.Expr> type = Optional.empty();
    Optional<Ast.Expr> place = Optional.empty();
    Optional<Ast.Expr> input = Optional.empty();
    if (at.accept(TokenKind.ASSIGN)) {
      input = Optional.of(g.expression());
    } else if (!at.accept(TokenKind.ARROW)) {
      throw at.expected("`->` and a type or place, or `=` and a value");
    } else if (at.accept(TokenKind.STAR)) {
      place = Optional.of(g.operators.unary());
    } else {
      type = Optional.of(g.type());
    }
    return new Ast.AsmOperand(at.since(start), name, constraint, type, place, input);
  }

  private List<Ast.Name> clobbers() {
    at.advance();
    at.expect(TokenKind.PAREN_OPEN);
    List<Ast.Name> names = new ArrayList<>();
    while (at.accept(TokenKind.DOT)) {
      names.add(at.identifier("the name of a register"));
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    return List.copyOf(names);
  }

  /** {@code asm { template [,] };} at module scope. */
  Ast.Stmt item() {
    int start = at.start();
    at.advance();
    if (at.isWord("volatile")) {
      throw at.error("an `asm` at module scope is never `volatile`");
    }
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    Ast.Expr template = g.expression();
    at.accept(TokenKind.COMMA);
    if (!at.is(TokenKind.BRACE_CLOSE)) {
      throw at.expected("`}`: an `asm` at module scope has a template only");
    }
    at.advance();
    g.nesting.close(outer);
    at.expectSemicolon();
    return new Ast.GlobalAsm(at.since(start), template);
  }
}
