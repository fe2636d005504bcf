package sx.syntax;

import java.util.Optional;

/** Primary expressions (grammar.md, section 5). */
final class Primaries {
  private static final String NOT_A_TUPLE =
      "parentheses hold exactly one expression; write a tuple or aggregate as `.{ … }`";

  private final Grammar g;
  private final Cursor at;

  Primaries(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  Ast.Expr primary() {
    return switch (at.kind) {
      case NAME -> name();
      case RAW_NAME, PROTOCOL, IMPL, UFCS, TYPE, F32, F64, SELF -> plainName();
      case INT, FLOAT, CHAR, STRING, BLOCK_STRING, TRUE, FALSE, NULL -> literal();
      case UNDEFINED -> {
        at.advance();
        yield new Ast.Undefined(lastToken());
      }
      case PAREN_OPEN -> parenthesised();
      case DOT -> dotted();
      case BRACE_OPEN -> g.statements.block();
      case BRACKET_OPEN -> nested(g.types::bracketed);
      case QUESTION, STRUCT, ENUM, UNION -> g.type();
      case IF -> g.branches.ifExpression();
      case WHILE -> g.loops.whileLoop();
      case FOR -> g.loops.forLoop();
      case PUSH -> g.loops.push();
      case ASM -> g.assembly.expression();
      case BREAK, CONTINUE, RETURN -> jump();
      case ERROR -> errorKeyword();
      case DOLLAR -> pack();
      case HASH_RUN -> run();
      case HASH_CALLER_LOCATION -> {
        at.advance();
        yield new Ast.CallerLocation(lastToken());
      }
      default -> throw unexpected();
    };
  }

  private sx.source.Span lastToken() {
    return at.spanOf(at.index() - 1);
  }

  private Ast.Expr name() {
    if (at.next() == TokenKind.PAREN_OPEN) {
      if (at.isWord("Tuple")) {
        return nested(g.types::tuple);
      }
      if (at.isWord("Closure")) {
        return nested(g.types::closure);
      }
    }
    return plainName();
  }

  private Ast.Expr plainName() {
    Ast.Name name = at.takeName();
    return new Ast.NameExpr(name.span(), name);
  }

  private Ast.Expr nested(java.util.function.Supplier<Ast.Expr> production) {
    g.nesting.enter();
    Ast.Expr e = production.get();
    g.nesting.leave();
    return e;
  }

  Ast.Expr literal() {
    return switch (at.kind) {
      case INT -> g.literals.integer();
      case FLOAT -> g.literals.floating();
      case CHAR -> g.literals.character();
      case STRING, BLOCK_STRING -> g.literals.string();
      case TRUE, FALSE -> g.literals.bool();
      default -> {
        at.expect(TokenKind.NULL);
        yield new Ast.NullLit(lastToken());
      }
    };
  }

  // ---------------------------------------------------------------------------- parentheses

  private Ast.Expr parenthesised() {
    return switch (g.ahead.paren()) {
      case LAMBDA -> nested(g.functions::lambda);
      case FUNCTION_TYPE -> nested(g.types::function);
      case GROUP -> group();
    };
  }

  private Ast.Expr group() {
    int start = at.start();
    Nesting.Header outer = g.nesting.open();
    at.advance();
    refuseTuple();
    Ast.Expr inner = g.expression();
    if (at.is(TokenKind.COMMA)) {
      throw notATuple();
    }
    at.expect(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return new Ast.Group(at.since(start), inner);
  }

  private void refuseTuple() {
    boolean named = at.kind.isName() && at.next() == TokenKind.COLON;
    if (named || at.is(TokenKind.PAREN_CLOSE)) {
      throw at.error(NOT_A_TUPLE + "; a function has a body behind its parameters: `{` or `=>`");
    }
    if (at.is(TokenKind.RANGE)) {
      throw notATuple();
    }
  }

  private SyntaxError notATuple() {
    return at.error(NOT_A_TUPLE);
  }

  // ---------------------------------------------------------------------------- the rest

  private Ast.Expr dotted() {
    int start = at.start();
    at.advance();
    return switch (at.kind) {
      case BRACE_OPEN -> g.aggregates.aggregate(start, Optional.empty());
      case BRACKET_OPEN -> g.aggregates.array(start, Optional.empty());
      default -> {
        if (!at.kind.isMember()) {
          throw at.expected("a name, `{` or `[` after `.`");
        }
        Ast.Name name = at.takeName();
        yield new Ast.EnumLit(at.since(start), name);
      }
    };
  }

  private Ast.Expr jump() {
    g.statements.refuseInCleanup();
    int start = at.start();
    TokenKind word = at.kind;
    at.advance();
    if (word == TokenKind.BREAK) {
      return new Ast.BreakExpr(at.since(start));
    }
    if (word == TokenKind.CONTINUE) {
      return new Ast.ContinueExpr(at.since(start));
    }
    if (at.is(TokenKind.SEMICOLON)) {
      return new Ast.ReturnExpr(at.since(start), Optional.empty());
    }
    Ast.Expr value = nested(g::expression);
    return new Ast.ReturnExpr(at.since(start), Optional.of(value));
  }

  private Ast.Expr errorKeyword() {
    at.advance();
    if (!at.is(TokenKind.DOT)) {
      throw at.expected("`.` and the name of an error after `error`");
    }
    return new Ast.ErrorKeyword(lastToken());
  }

  /** {@code $name} and {@code $name[2]}; a computed index is a postfix operator. */
  private Ast.Expr pack() {
    int start = at.start();
    at.advance();
    Ast.Name name = at.identifier("the name of a pack");
    boolean indexed =
        at.is(TokenKind.BRACKET_OPEN)
            && at.next() == TokenKind.INT
            && at.afterNext() == TokenKind.BRACKET_CLOSE;
    if (!indexed) {
      return new Ast.PackRef(at.since(start), name);
    }
    at.advance();
    Ast.IntLit index = g.literals.integer();
    at.advance();
    return new Ast.PackIndex(at.since(start), name, index);
  }

  private Ast.Expr run() {
    int start = at.start();
    at.advance();
    Ast.Expr operand = nested(g::expression);
    return new Ast.Run(at.since(start), operand);
  }

  private SyntaxError unexpected() {
    return switch (at.kind) {
      case RAISE, ONFAIL, DEFER ->
          at.error("`" + at.kind.text + "` is a statement and cannot stand in an expression");
      case PLUS -> at.error("there is no unary `+`");
      case AMPERSAND -> doubled("and");
      case BAR -> doubled("or");
      case QUESTION_QUESTION ->
          at.error("`??` is one token; write an optional of an optional as `?(?T)`");
      case HASH_INSERT -> at.error("`#insert` is a statement and cannot stand in an expression");
      default -> {
        if (at.kind.isDirective()) {
          yield at.error("`" + at.kind.text + "` cannot stand here");
        }
        yield at.expected("an expression");
      }
    };
  }

  private SyntaxError doubled(String word) {
    boolean twice = at.index() > 0 && at.kindAt(at.index() - 1) == at.kind;
    String text = at.kind.text + at.kind.text;
    return twice
        ? at.error("`" + text + "` is not an operator; write `" + word + "`")
        : at.expected("an expression");
  }
}
