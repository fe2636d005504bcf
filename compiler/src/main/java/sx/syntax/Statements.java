package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.source.Span;

/** Blocks and statements (grammar.md, section 4) with the semicolons of section 7. */
final class Statements {
  private final Grammar g;
  private final Cursor at;

  Statements(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  // ---------------------------------------------------------------------------- blocks

  Ast.Block block() {
    int start = at.start();
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.Stmt> statements = new ArrayList<>();
    while (!at.is(TokenKind.BRACE_CLOSE)) {
      if (at.is(TokenKind.END)) {
        throw at.error(
            "expected `}` to close the block that starts at line "
                + at.file.line(start)
                + ", found the end of the file");
      }
      statements.add(statement());
    }
    at.advance();
    g.nesting.close(outer);
    return new Ast.Block(at.since(start), List.copyOf(statements));
  }

  Ast.Block expectBlock(String what) {
    if (!at.is(TokenKind.BRACE_OPEN)) {
      throw at.expected(what);
    }
    return block();
  }

  /** A block that is a function of its own, so that cleanup rules stop at it (err.cleanup.3). */
  Ast.Block closureBlock() {
    boolean outer = g.nesting.cleanup(false);
    Ast.Block block = block();
    g.nesting.cleanup(outer);
    return block;
  }

  /** The statements of a match arm, up to the next arm or the end of the match. */
  List<Ast.Stmt> untilArmEnds() {
    List<Ast.Stmt> statements = new ArrayList<>();
    while (true) {
      switch (at.kind) {
        case CASE, ELSE, BRACE_CLOSE, END -> {
          return List.copyOf(statements);
        }
        default -> statements.add(statement());
      }
    }
  }

  /** All statements up to the end of the text, for {@code #insert}. */
  List<Ast.Stmt> untilEnd() {
    List<Ast.Stmt> statements = new ArrayList<>();
    while (!at.is(TokenKind.END)) {
      statements.add(statement());
    }
    return List.copyOf(statements);
  }

  // ---------------------------------------------------------------------------- statements

  Ast.Stmt statement() {
    int start = at.start();
    if (at.next().isDeclarationMark() && at.kind.isMember()) {
      return g.declarations.declaration(start, false);
    }
    return switch (at.kind) {
      case RETURN -> returned(start);
      case DEFER -> defer(start);
      case ONFAIL -> onFail(start);
      case RAISE -> raise(start);
      case BREAK -> {
        refuseInCleanup();
        at.advance();
        at.expectSemicolon();
        yield new Ast.Break(at.since(start));
      }
      case CONTINUE -> {
        refuseInCleanup();
        at.advance();
        at.expectSemicolon();
        yield new Ast.Continue(at.since(start));
      }
      case IF -> ended(start, g.branches.ifExpression());
      case WHILE -> ended(start, g.loops.whileLoop());
      case FOR -> ended(start, g.loops.forLoop());
      case PUSH -> ended(start, g.loops.push());
      case BRACE_OPEN -> ended(start, block());
      case INLINE -> inline(start);
      case PRIVATE -> g.items.privateDeclaration(start);
      case HASH_INSERT -> {
        at.advance();
        Ast.Expr text = g.expression();
        at.expectSemicolon();
        yield new Ast.Insert(at.since(start), text);
      }
      case HASH_IMPORT -> g.items.flatImport(start);
      case HASH_ERROR -> g.items.errorDirective(start);
      case HASH_CONTEXT_EXTEND -> g.items.contextExtend(start);
      case SEMICOLON -> throw at.error("a `;` on its own is not a statement");
      case ELSE -> throw at.error("this `else` belongs to no `if`");
      case CASE -> throw at.error("`case` can stand only in a match: `if x == { case …: }`");
      case IMPL -> at.next().isIdentifier() ? g.protocols.impl() : expressionStatement(start);
      default -> expressionStatement(start);
    };
  }

  private Ast.Stmt ended(int start, Ast.Expr e) {
    int end = at.lastEnd();
    boolean terminated = semicolon(e);
    Span semicolon = terminated ? last() : new Span(at.file, end, end);
    return new Ast.ExprStmt(at.since(start), e, terminated, semicolon);
  }

  private Span last() {
    return at.spanOf(at.index() - 1);
  }

  /**
   * The {@code semi} of the grammar behind {@code e} (gram.semi.1).
   *
   * @return whether a {@code ;} was written
   */
  boolean semicolon(Ast.Expr e) {
    if (at.accept(TokenKind.SEMICOLON)) {
      return true;
    }
    if (!endsInBlock(e) && !at.is(TokenKind.BRACE_CLOSE) && !at.is(TokenKind.END)) {
      throw missingSemicolon();
    }
    return false;
  }

  private static boolean endsInBlock(Ast.Expr e) {
    return switch (e) {
      case Ast.If i when i.inlineForm() -> false;
      case Ast.If i -> i.otherwise().isEmpty() || endsInBlock(lastOf(i));
      case Ast.Match m -> true;
      case Ast.While w -> true;
      case Ast.For f -> true;
      case Ast.Push p -> true;
      case Ast.Block b -> true;
      case Ast.Call c -> c.trailing().isPresent();
      default -> false;
    };
  }

  private static Ast.Expr lastOf(Ast.If chain) {
    Ast.Expr last = chain;
    while (last instanceof Ast.If i && !i.inlineForm() && i.otherwise().isPresent()) {
      last = i.otherwise().get();
    }
    return last;
  }

  private SyntaxError missingSemicolon() {
    if (at.kind.isAssignment()) {
      return at.error("an assignment is a statement and cannot stand in an expression");
    }
    return switch (at.kind) {
      case COLON_EQUALS -> at.error("only a plain name can be declared with `:=`");
      case ELSE -> at.error("this `else` belongs to no `if`");
      default -> at.expected("`;`");
    };
  }

  // ---------------------------------------------------------------------------- jumps

  /**
   * Reports the current keyword in the body of a {@code defer} or {@code onfail} (err.cleanup.1).
   */
  void refuseInCleanup() {
    if (g.nesting.inCleanup()) {
      throw at.error("`" + at.kind.text + "` cannot stand in the body of a `defer` or `onfail`");
    }
  }

  private Ast.Stmt returned(int start) {
    refuseInCleanup();
    at.advance();
    List<Ast.ReturnItem> items = new ArrayList<>(1);
    if (!at.is(TokenKind.SEMICOLON)) {
      do {
        items.add(returnItem());
      } while (at.accept(TokenKind.COMMA));
    }
    if (!at.is(TokenKind.SEMICOLON)) {
      throw missingSemicolon();
    }
    at.advance();
    return new Ast.Return(at.since(start), List.copyOf(items));
  }

  private Ast.ReturnItem returnItem() {
    Optional<Ast.Name> name = Optional.empty();
    if (at.kind.isName() && at.next() == TokenKind.ASSIGN) {
      name = Optional.of(at.takeName());
      at.advance();
    }
    return new Ast.ReturnItem(name, g.expression());
  }

  private Ast.Stmt raise(int start) {
    refuseInCleanup();
    at.advance();
    Ast.Expr value = g.expression();
    at.expectSemicolon();
    return new Ast.Raise(at.since(start), value);
  }

  private Ast.Stmt defer(int start) {
    at.advance();
    Ast.Expr body = cleanupBody();
    return new Ast.Defer(at.since(start), body);
  }

  private Ast.Stmt onFail(int start) {
    at.advance();
    Optional<Ast.Name> binding = Optional.empty();
    if (at.is(TokenKind.PAREN_OPEN) && g.ahead.closesBefore(TokenKind.BRACE_OPEN)) {
      at.advance();
      binding = Optional.of(at.identifier("the binding of `onfail`"));
      at.expect(TokenKind.PAREN_CLOSE);
    } else if (at.kind.isIdentifier() && at.next() == TokenKind.BRACE_OPEN) {
      throw at.error(
          "the name that `onfail` binds stands in parentheses: `onfail (%s) { … }`"
              .formatted(at.text()));
    }
    Ast.Expr body = cleanupBody();
    return new Ast.OnFail(at.since(start), binding, body);
  }

  private Ast.Expr cleanupBody() {
    boolean outer = g.nesting.cleanup(true);
    Ast.Expr body;
    if (at.is(TokenKind.BRACE_OPEN)) {
      body = block();
    } else {
      body = g.expression();
      if (!at.is(TokenKind.SEMICOLON)) {
        throw missingSemicolon();
      }
      at.advance();
    }
    g.nesting.cleanup(outer);
    return body;
  }

  private Ast.Stmt inline(int start) {
    at.advance();
    Ast.Expr e =
        switch (at.kind) {
          case IF -> g.branches.ifExpression();
          case FOR -> g.loops.forLoop();
          default -> throw at.expected("`if` or `for` after `inline`");
        };
    boolean terminated = semicolon(e);
    return new Ast.InlineStmt(at.since(start), e, terminated);
  }

  // ---------------------------------------------------------------------------- expressions

  private Ast.Stmt expressionStatement(int start) {
    Ast.Expr e = g.expression();
    if (at.is(TokenKind.SEMICOLON)) {
      at.advance();
      return new Ast.ExprStmt(at.since(start), e, true, last());
    }
    if (at.kind.isAssignment()) {
      return assignment(start, e);
    }
    if (at.is(TokenKind.COMMA)) {
      return list(start, e);
    }
    return ended(start, e);
  }

  private Ast.Stmt assignment(int start, Ast.Expr target) {
    Optional<Ast.BinaryOp> op = operator(at.kind);
    at.advance();
    Ast.Expr value = g.expression();
    if (!at.is(TokenKind.SEMICOLON)) {
      throw at.is(TokenKind.COMMA)
          ? at.error("one target takes one value; expected `;`")
          : missingSemicolon();
    }
    at.advance();
    return new Ast.Assign(at.since(start), target, op, value);
  }

  private static Optional<Ast.BinaryOp> operator(TokenKind kind) {
    return switch (kind) {
      case PLUS_ASSIGN -> Optional.of(Ast.BinaryOp.ADD);
      case MINUS_ASSIGN -> Optional.of(Ast.BinaryOp.SUB);
      case STAR_ASSIGN -> Optional.of(Ast.BinaryOp.MUL);
      case SLASH_ASSIGN -> Optional.of(Ast.BinaryOp.DIV);
      case PERCENT_ASSIGN -> Optional.of(Ast.BinaryOp.REM);
      case AMPERSAND_ASSIGN -> Optional.of(Ast.BinaryOp.BIT_AND);
      case BAR_ASSIGN -> Optional.of(Ast.BinaryOp.BIT_OR);
      case CARET_ASSIGN -> Optional.of(Ast.BinaryOp.BIT_XOR);
      case SHIFT_LEFT_ASSIGN -> Optional.of(Ast.BinaryOp.SHL);
      case SHIFT_RIGHT_ASSIGN -> Optional.of(Ast.BinaryOp.SHR);
      default -> Optional.empty();
    };
  }

  /** Multiple assignment and destructuring (gram.stmt.2). */
  private Ast.Stmt list(int start, Ast.Expr first) {
    List<Ast.Expr> targets = new ArrayList<>(List.of(first));
    while (at.accept(TokenKind.COMMA)) {
      if (at.kind.isKeyword() && at.next() == TokenKind.COLON_EQUALS) {
        at.name("declared");
      }
      targets.add(g.expression());
    }
    if (at.is(TokenKind.COLON_EQUALS)) {
      return destructure(start, targets);
    }
    if (at.kind.isAssignment() && !at.is(TokenKind.ASSIGN)) {
      throw at.error("several targets can be assigned with `=` only");
    }
    if (!at.accept(TokenKind.ASSIGN)) {
      throw at.expected("`=` or `:=` after the list");
    }
    List<Ast.Expr> values = new ArrayList<>();
    do {
      values.add(g.expression());
    } while (at.accept(TokenKind.COMMA));
    if (values.size() != targets.size()) {
      throw at.error("%d targets for %d values".formatted(targets.size(), values.size()));
    }
    if (!at.is(TokenKind.SEMICOLON)) {
      throw missingSemicolon();
    }
    at.advance();
    return new Ast.MultiAssign(at.since(start), List.copyOf(targets), List.copyOf(values));
  }

  private Ast.Stmt destructure(int start, List<Ast.Expr> targets) {
    List<Ast.Name> names = new ArrayList<>(targets.size());
    for (Ast.Expr target : targets) {
      if (!(target instanceof Ast.NameExpr n) || (!n.name().raw() && isKeywordType(n.name()))) {
        throw at.error("only plain names can stand before `:=`");
      }
      names.add(n.name());
    }
    at.advance();
    Ast.Expr value = g.expression();
    semicolon(value);
    return new Ast.Destructure(at.since(start), List.copyOf(names), value);
  }

  private static boolean isKeywordType(Ast.Name name) {
    return switch (name.text()) {
      case "f32", "f64", "Type", "Self" -> true;
      default -> false;
    };
  }
}
