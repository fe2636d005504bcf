package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.source.Span;

/** Functions, lambdas and their parameters (grammar.md, section 2.1). */
final class Functions {
  private final Grammar g;
  private final Cursor at;

  Functions(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  /** A body with the form it has. */
  private record Body(Ast.BodyForm form, FunctionBody source) {
    Body(Ast.BodyForm form, Optional<Ast.Expr> expr) {
      this(form, FunctionBody.of(expr));
    }
  }

  /**
   * The function of a declaration, its closing {@code ;} included where it has one.
   *
   * @param start of the {@code ufcs} or the parameters, the current token
   */
  Ast.Function declared(int start, boolean isUfcs) {
    g.nesting.enter();
    boolean cleanup = g.nesting.cleanup(false);
    List<Ast.Param> params = params();
    Optional<Ast.Expr> result =
        at.is(TokenKind.ARROW) ? Optional.of(g.types.result()) : Optional.empty();
    Ast.Accessor accessor = accessor(params, result);
    Optional<Ast.Name> abi = abi();
    Optional<Ast.Linkage> linkage = linkage();
    Body body = body(linkage);
    Span span = at.since(start);
    if (body.form != Ast.BodyForm.BLOCK) {
      at.expectSemicolon();
    }
    g.nesting.cleanup(cleanup);
    g.nesting.leave();
    return new Ast.Function(
        span, isUfcs, false, false, params, result, accessor, abi, linkage, body.form, body.source);
  }

  /** {@code { … }} behind {@code name ::}, a function without parameters (decl.const.4). */
  Ast.Function bare() {
    Ast.Block block = g.statements.closureBlock();
    return function(
        block.span(),
        false,
        true,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Body(Ast.BodyForm.BLOCK, Optional.of(block)));
  }

  Ast.Expr lambda() {
    int start = at.start();
    boolean cleanup = g.nesting.cleanup(false);
    List<Ast.Param> params = params();
    Optional<Ast.Expr> result =
        at.is(TokenKind.ARROW) ? Optional.of(g.types.result()) : Optional.empty();
    Optional<Ast.Name> abi = abi();
    Body body;
    if (at.is(TokenKind.BRACE_OPEN)) {
      body = new Body(Ast.BodyForm.BLOCK, Optional.of(g.statements.block()));
    } else {
      if (!at.accept(TokenKind.FAT_ARROW)) {
        throw at.expected("`{` or `=>`, the body of a lambda");
      }
      body = new Body(Ast.BodyForm.ARROW, Optional.of(g.expression()));
    }
    g.nesting.cleanup(cleanup);
    return function(at.since(start), true, false, params, result, abi, body);
  }

  private static Ast.Function function(
      Span span,
      boolean isLambda,
      boolean bare,
      List<Ast.Param> params,
      Optional<Ast.Expr> result,
      Optional<Ast.Name> abi,
      Body body) {
    return new Ast.Function(
        span,
        false,
        isLambda,
        bare,
        params,
        result,
        Ast.Accessor.NONE,
        abi,
        Optional.empty(),
        body.form,
        body.source);
  }

  // ---------------------------------------------------------------------------- parameters

  private List<Ast.Param> params() {
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.PAREN_OPEN);
    List<Ast.Param> params = new ArrayList<>();
    while (!at.is(TokenKind.PAREN_CLOSE)) {
      params.add(param());
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    if (!at.is(TokenKind.PAREN_CLOSE)) {
      throw at.expected("`,` or `)`");
    }
    for (int i = 0; i < params.size() - 1; i++) {
      if (params.get(i).variadic()) {
        throw at.error(
            "the variadic parameter `" + params.get(i).name().text() + "` must be the last one");
      }
    }
    at.advance();
    g.nesting.close(outer);
    return List.copyOf(params);
  }

  private Ast.Param param() {
    int start = at.start();
    boolean variadic = at.accept(TokenKind.RANGE);
    boolean compileTime = at.accept(TokenKind.DOLLAR);
    Ast.Name name = at.name("the name of a parameter");
    Optional<Ast.Expr> type = Optional.empty();
    List<Ast.Name> constraints = List.of();
    Optional<Ast.Expr> value = Optional.empty();
    if (at.accept(TokenKind.COLON)) {
      type = Optional.of(g.type());
      if (compileTime) {
        constraints = g.types.constraints();
      }
      if (at.accept(TokenKind.ASSIGN)) {
        value = Optional.of(g.expression());
      }
    }
    return new Ast.Param(at.since(start), variadic, compileTime, name, type, constraints, value);
  }

  // ---------------------------------------------------------------------------- signature

  private Ast.Accessor accessor(List<Ast.Param> params, Optional<Ast.Expr> result) {
    if (at.accept(TokenKind.HASH_GET)) {
      if (params.size() != 1) {
        throw at.error(
            "a `#get` method takes the receiver only: `name :: (self: *T) -> V #get { … }`");
      }
      return Ast.Accessor.GET;
    }
    if (!at.accept(TokenKind.HASH_SET)) {
      return Ast.Accessor.NONE;
    }
    if (result.isPresent() || params.size() != 2) {
      throw at.error(
          "a `#set` method takes the receiver and one value and has no result:"
              + " `name :: (self: *T, value: V) #set { … }`");
    }
    return Ast.Accessor.SET;
  }

  /** {@code [ abi ]}: the name of the calling convention (decl.fn.9). */
  Optional<Ast.Name> abi() {
    if (!at.accept(TokenKind.ABI)) {
      return Optional.empty();
    }
    at.expect(TokenKind.PAREN_OPEN);
    at.expect(TokenKind.DOT);
    boolean known = at.isWord("c") || at.isWord("naked") || at.isWord("pure");
    if (!known) {
      throw at.error(
          "unknown calling convention " + at.found() + "; known are `.c`, `.naked` and `.pure`");
    }
    Ast.Name name = at.takeName();
    at.expect(TokenKind.PAREN_CLOSE);
    return Optional.of(name);
  }

  private Optional<Ast.Linkage> linkage() {
    int start = at.start();
    if (at.is(TokenKind.EXTERN)) {
      return Optional.of(external(start));
    }
    if (!at.accept(TokenKind.EXPORT)) {
      return Optional.empty();
    }
    Optional<Ast.StringLit> symbol = symbol();
    if (at.is(TokenKind.EXTERN)) {
      throw at.error("a function is either `extern` or `export`, not both");
    }
    return Optional.of(new Ast.Linkage(at.since(start), false, Optional.empty(), symbol));
  }

  /** {@code 'extern' [ IDENT ] [ STRING ]} of a function or variable. */
  Ast.Linkage external(int start) {
    at.advance();
    Optional<Ast.Name> library =
        at.kind.isIdentifier() ? Optional.of(at.takeName()) : Optional.empty();
    Optional<Ast.StringLit> symbol = symbol();
    if (at.is(TokenKind.EXPORT)) {
      throw at.error("a function is either `extern` or `export`, not both");
    }
    return new Ast.Linkage(at.since(start), true, library, symbol);
  }

  private Optional<Ast.StringLit> symbol() {
    boolean given = at.is(TokenKind.STRING) || at.is(TokenKind.BLOCK_STRING);
    return given ? Optional.of(g.literals.quoted("a symbol")) : Optional.empty();
  }

  private FunctionBody block() {
    int open = at.index();
    int close = at.closerOf(open);
    if (!g.deferring || close == 0) {
      return FunctionBody.of(Optional.of(g.statements.block()));
    }
    at.goTo(close + 1);
    return FunctionBody.deferred(() -> deferred(at.at(open)));
  }

  private static Ast.Expr deferred(Cursor at) {
    try {
      return Parser.grammar(at, Parser.Limits.DEFAULT, false).statements.block();
    } catch (SyntaxError e) {
      throw new LateSyntaxError(e.diagnostic);
    }
  }

  private Body body(Optional<Ast.Linkage> linkage) {
    if (linkage.isPresent() && linkage.get().isExtern()) {
      if (at.is(TokenKind.BRACE_OPEN) || at.is(TokenKind.FAT_ARROW)) {
        throw at.error("an `extern` function has no body; expected `;`");
      }
      return new Body(Ast.BodyForm.EXTERN, Optional.empty());
    }
    if (at.is(TokenKind.BRACE_OPEN)) {
      return new Body(Ast.BodyForm.BLOCK, block());
    }
    if (at.accept(TokenKind.FAT_ARROW)) {
      return new Body(Ast.BodyForm.ARROW, Optional.of(g.expression()));
    }
    if (at.accept(TokenKind.INTRINSIC)) {
      return new Body(Ast.BodyForm.INTRINSIC, Optional.empty());
    }
    throw at.expected("the body of the function: `{` or `=>`");
  }
}
