package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Declarations that start with a name, at module scope and in bodies (grammar.md, section 2). */
final class Declarations {
  private final Grammar g;
  private final Cursor at;

  Declarations(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  /**
   * {@code name decl_tail}.
   *
   * @param start where the declaration starts: at its {@code private} or its name
   */
  Ast.Stmt declaration(int start, boolean isPrivate) {
    Ast.Name name = at.name("declared");
    return switch (at.kind) {
      case COLON_COLON -> {
        at.advance();
        yield constant(start, isPrivate, name);
      }
      case COLON_EQUALS -> {
        at.advance();
        Ast.Expr value = g.expression();
        g.statements.semicolon(value);
        yield new Ast.VarDecl(
            at.since(start),
            isPrivate,
            name,
            Optional.empty(),
            Optional.of(value),
            Optional.empty());
      }
      case COLON -> typed(start, isPrivate, name);
      default -> throw at.expected("`::`, `:=` or `:` after the name");
    };
  }

  private Ast.Stmt typed(int start, boolean isPrivate, Ast.Name name) {
    at.advance();
    Ast.Expr type = g.type();
    Optional<Ast.Expr> init = Optional.empty();
    Optional<Ast.Linkage> linkage = Optional.empty();
    switch (at.kind) {
      case COLON -> {
        at.advance();
        Ast.Expr value = g.expression();
        g.statements.semicolon(value);
        return new Ast.ConstDecl(at.since(start), isPrivate, name, Optional.of(type), value);
      }
      case ASSIGN -> {
        at.advance();
        Ast.Expr value = g.expression();
        g.statements.semicolon(value);
        init = Optional.of(value);
      }
      case EXTERN -> {
        linkage = Optional.of(g.functions.external(at.start()));
        at.expectSemicolon();
      }
      default -> {
        if (!at.is(TokenKind.SEMICOLON)) {
          throw at.expected("`=`, `:` or `;` after the type");
        }
        at.advance();
      }
    }
    return new Ast.VarDecl(at.since(start), isPrivate, name, Optional.of(type), init, linkage);
  }

  // ---------------------------------------------------------------------------- constants

  private Ast.Stmt constant(int start, boolean isPrivate, Ast.Name name) {
    Ast.Expr value = constantBody();
    return new Ast.ConstDecl(at.since(start), isPrivate, name, Optional.empty(), value);
  }

  private Ast.Expr constantBody() {
    return switch (at.kind) {
      case HASH_IMPORT -> importBody();
      case HASH_LIBRARY -> library();
      case INTRINSIC -> intrinsic(at.start(), Optional.empty());
      case STRUCT -> ended(g.bodies.struct());
      case UNION -> ended(g.bodies.union());
      case ENUM -> ended(g.bodies.enumeration());
      case PROTOCOL -> ended(g.protocols.protocol());
      case ERROR -> at.next() == TokenKind.BRACE_OPEN ? errorSet() : value();
      case UFCS -> ufcs();
      case PAREN_OPEN ->
          g.ahead.startsFunction() ? ended(g.functions.declared(at.start(), false)) : value();
      case BRACE_OPEN -> ended(g.functions.bare());
      default -> value();
    };
  }

  /** A body in braces, which takes no {@code ;} (decl.item.3). */
  private Ast.Expr ended(Ast.Expr body) {
    boolean braced = !(body instanceof Ast.Function f) || f.form() == Ast.BodyForm.BLOCK;
    if (braced && at.is(TokenKind.SEMICOLON)) {
      throw at.error("a declaration that ends in `}` takes no `;`");
    }
    return body;
  }

  private Ast.Expr value() {
    int start = at.start();
    Ast.Expr value = g.expression();
    if (at.is(TokenKind.INTRINSIC)) {
      return intrinsic(start, Optional.of(value));
    }
    at.expectSemicolon();
    return value;
  }

  private Ast.Expr intrinsic(int start, Optional<Ast.Expr> value) {
    at.advance();
    Ast.Expr body = new Ast.IntrinsicExpr(at.since(start), value);
    at.expectSemicolon();
    return body;
  }

  private Ast.Expr errorSet() {
    Ast.Expr set = g.bodies.errorSet();
    at.accept(TokenKind.SEMICOLON);
    return set;
  }

  private Ast.Expr ufcs() {
    int start = at.start();
    at.advance();
    if (at.is(TokenKind.PAREN_OPEN)) {
      return ended(g.functions.declared(start, true));
    }
    Ast.Name target = at.identifier("the function that `ufcs` makes callable with a dot");
    Ast.Expr alias = new Ast.UfcsAlias(at.since(start), target);
    at.expectSemicolon();
    return alias;
  }

  // ---------------------------------------------------------------------------- imports

  private Ast.Expr importBody() {
    int start = at.start();
    at.advance();
    if (at.isWord("c")) {
      Ast.Expr block = cImport(start);
      at.accept(TokenKind.SEMICOLON);
      return block;
    }
    Ast.StringLit path = g.literals.path();
    Ast.Expr body = new Ast.ImportExpr(at.since(start), path);
    at.expectSemicolon();
    return body;
  }

  private Ast.Expr library() {
    int start = at.start();
    at.advance();
    Ast.StringLit name = g.literals.quoted("the name of the library");
    Ast.Expr library = new Ast.LibraryExpr(at.since(start), name);
    at.expectSemicolon();
    return library;
  }

  /** {@code c { directives }} behind {@code #import}, which starts at {@code start}. */
  Ast.CImport cImport(int start) {
    at.advance();
    at.expect(TokenKind.BRACE_OPEN);
    List<Ast.CDirective> directives = new ArrayList<>();
    while (!at.accept(TokenKind.BRACE_CLOSE)) {
      directives.add(cDirective());
    }
    return new Ast.CImport(at.since(start), List.copyOf(directives));
  }

  private Ast.CDirective cDirective() {
    int start = at.start();
    String word =
        switch (at.kind) {
          case HASH_INCLUDE, HASH_SOURCE, HASH_DEFINE, HASH_FLAGS -> at.kind.text.substring(1);
          default -> throw at.expected("`#include`, `#source`, `#define`, `#flags` or `}`");
        };
    at.advance();
    Ast.StringLit text = g.literals.quoted("the text of `#" + word + "`");
    at.expectSemicolon();
    return new Ast.CDirective(at.since(start), word, text);
  }
}
