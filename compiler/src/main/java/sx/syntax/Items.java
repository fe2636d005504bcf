package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.syntax.Nesting.Header;

/** Module items (grammar.md, section 2; mod.syntax.1). */
final class Items {
  private final Grammar g;
  private final Cursor at;

  Items(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  List<Ast.Stmt> untilEnd() {
    List<Ast.Stmt> items = new ArrayList<>();
    while (!at.is(TokenKind.END)) {
      items.add(item());
    }
    return List.copyOf(items);
  }

  private Ast.Stmt item() {
    int start = at.start();
    if (at.kind.isMember() && at.next().isDeclarationMark()) {
      return g.declarations.declaration(start, false);
    }
    return switch (at.kind) {
      case HASH_IMPORT -> flatImport(start);
      case ASM -> g.assembly.item();
      case HASH_RUN -> run(start);
      case IMPL -> g.protocols.impl();
      case INLINE -> inline(start);
      case HASH_ERROR -> errorDirective(start);
      case HASH_CONTEXT_EXTEND -> contextExtend(start);
      case HASH_FRAMEWORK -> {
        at.advance();
        Ast.StringLit name = g.literals.quoted("the name of the framework");
        at.expectSemicolon();
        yield new Ast.Framework(at.since(start), name);
      }
      case PRIVATE -> privateDeclaration(start);
      case NAME, RAW_NAME, PROTOCOL, UFCS ->
          isDefine() ? definition(start) : g.declarations.declaration(start, false);
      default -> throw notAnItem();
    };
  }

  private boolean isDefine() {
    return at.isWord("define") && at.next() == TokenKind.PAREN_OPEN;
  }

  /** {@code define(Name, info);}, which is {@code #run} of it (ct.make.9). */
  private Ast.Stmt definition(int start) {
    Ast.Expr call = g.expression();
    at.expectSemicolon();
    return new Ast.RunItem(at.since(start), call, false);
  }

  private SyntaxError notAnItem() {
    return switch (at.kind) {
      case SEMICOLON -> at.error("a `;` on its own is not a declaration");
      case BRACE_CLOSE -> at.error("this `}` closes nothing");
      case IF -> at.error("an `if` at module scope is written `inline if`");
      case HASH_LIBRARY -> at.error("a library needs a name: `name :: #library \"…\";`");
      default -> at.error(at.found() + " cannot start a declaration");
    };
  }

  /** {@code private name decl_tail}, also in a body, where {@link StructureCheck} refuses it. */
  Ast.Stmt privateDeclaration(int start) {
    at.advance();
    boolean named =
        switch (at.kind) {
          case NAME, RAW_NAME -> true;
          default -> at.kind.isMember() && at.next().isDeclarationMark();
        };
    if (!named) {
      throw at.error(at.found() + " cannot be private; `private` stands before a declared name");
    }
    return g.declarations.declaration(start, true);
  }

  // ---------------------------------------------------------------------------- directives

  /** {@code #import} without a name. */
  Ast.Stmt flatImport(int start) {
    at.advance();
    if (at.isWord("c")) {
      Ast.CImport block = g.declarations.cImport(start);
      at.accept(TokenKind.SEMICOLON);
      return new Ast.FlatCImport(at.since(start), block);
    }
    Ast.StringLit path = g.literals.path();
    at.expectSemicolon();
    return new Ast.FlatImport(at.since(start), path);
  }

  private Ast.Stmt run(int start) {
    at.advance();
    Ast.Expr e = g.expression();
    at.expectSemicolon();
    return new Ast.RunItem(at.since(start), e, true);
  }

  /** {@code #error ( STRING ) ;} */
  Ast.Stmt errorDirective(int start) {
    at.advance();
    at.expect(TokenKind.PAREN_OPEN);
    Ast.StringLit text = g.literals.quoted("the message of `#error`");
    at.expect(TokenKind.PAREN_CLOSE);
    at.expectSemicolon();
    String message = new String(text.value(), java.nio.charset.StandardCharsets.UTF_8);
    return new Ast.ErrorDirective(at.since(start), message, text);
  }

  /** {@code #context_extend name : type [ = expr ] ;} */
  Ast.Stmt contextExtend(int start) {
    at.advance();
    Ast.Name name = at.name("the name of a context field");
    at.expect(TokenKind.COLON);
    Ast.Expr type = g.type();
    Optional<Ast.Expr> init =
        at.accept(TokenKind.ASSIGN) ? Optional.of(g.expression()) : Optional.empty();
    at.expectSemicolon();
    return new Ast.ContextExtend(at.since(start), name, type, init);
  }

  // ---------------------------------------------------------------------------- inline if

  private Ast.Stmt inline(int start) {
    at.advance();
    if (!at.is(TokenKind.IF)) {
      throw at.expected("`if` after `inline`");
    }
    return moduleIf(start);
  }

  private Ast.Stmt moduleIf(int start) {
    at.advance();
    g.nesting.enter();
    int chain = g.nesting.startChain();
    Header outer = g.nesting.header(Header.PLAIN);
    int conditionStart = at.start();
    Ast.Expr first = g.operators.shift();
    boolean match = at.is(TokenKind.EQUALS) && at.next() == TokenKind.BRACE_OPEN;
    Ast.Expr condition = match ? first : g.operators.conditionFrom(conditionStart, first);
    g.nesting.header(outer);
    g.nesting.endChain(chain);
    Ast.Stmt item = match ? moduleMatch(start, condition) : moduleBranches(start, condition);
    g.nesting.leave();
    return item;
  }

  private Ast.Stmt moduleBranches(int start, Ast.Expr condition) {
    List<Ast.Stmt> then = braced();
    List<Ast.Stmt> otherwise = List.of();
    if (at.accept(TokenKind.ELSE)) {
      otherwise = at.is(TokenKind.IF) ? List.of(moduleIf(at.start())) : braced();
    }
    return new Ast.ModuleIf(at.since(start), condition, then, otherwise);
  }

  private List<Ast.Stmt> braced() {
    if (!at.is(TokenKind.BRACE_OPEN)) {
      throw at.expected("`{`");
    }
    Header outer = g.nesting.open();
    at.advance();
    List<Ast.Stmt> items = new ArrayList<>();
    while (!at.accept(TokenKind.BRACE_CLOSE)) {
      items.add(item());
    }
    g.nesting.close(outer);
    return List.copyOf(items);
  }

  private Ast.Stmt moduleMatch(int start, Ast.Expr subject) {
    at.advance();
    Header outer = g.nesting.open();
    at.advance();
    List<Ast.ModuleArm> arms = new ArrayList<>();
    while (at.is(TokenKind.CASE)) {
      int armStart = at.start();
      at.advance();
      Ast.Expr pattern = g.branches.pattern();
      at.expect(TokenKind.COLON);
      List<Ast.Stmt> items = untilArmEnds();
      arms.add(new Ast.ModuleArm(at.since(armStart), pattern, items));
    }
    Optional<List<Ast.Stmt>> otherwise = Optional.empty();
    if (at.accept(TokenKind.ELSE)) {
      at.expect(TokenKind.COLON);
      otherwise = Optional.of(untilArmEnds());
    }
    at.expect(TokenKind.BRACE_CLOSE);
    g.nesting.close(outer);
    return new Ast.ModuleMatch(at.since(start), subject, List.copyOf(arms), otherwise);
  }

  /** The items of an arm, in braces or not. */
  private List<Ast.Stmt> untilArmEnds() {
    if (at.is(TokenKind.BRACE_OPEN)) {
      return braced();
    }
    List<Ast.Stmt> items = new ArrayList<>();
    while (true) {
      switch (at.kind) {
        case CASE, ELSE, BRACE_CLOSE, END -> {
          return List.copyOf(items);
        }
        default -> items.add(item());
      }
    }
  }
}
