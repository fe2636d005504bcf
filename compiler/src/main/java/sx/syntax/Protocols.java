package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Protocols and {@code impl} blocks (grammar.md, section 2.2; 07-protocols.md). */
final class Protocols {
  private final Grammar g;
  private final Cursor at;

  Protocols(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  // ---------------------------------------------------------------------------- protocol

  Ast.ProtocolType protocol() {
    int start = at.start();
    at.advance();
    List<Ast.ProtocolParam> params = List.of();
    if (at.is(TokenKind.PAREN_OPEN)) {
      Nesting.Header outer = g.nesting.open();
      at.advance();
      params = params();
      g.nesting.close(outer);
    }
    List<String> directives = directives();
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    List<Ast.ProtocolMethod> methods = new ArrayList<>();
    while (!at.accept(TokenKind.BRACE_CLOSE)) {
      methods.add(method());
    }
    g.nesting.close(outer);
    return new Ast.ProtocolType(at.since(start), params, directives, List.copyOf(methods));
  }

  private List<String> directives() {
    List<String> directives = new ArrayList<>(2);
    while (at.is(TokenKind.HASH_INLINE) || at.is(TokenKind.HASH_IDENTITY)) {
      String word = at.kind.text.substring(1);
      if (directives.contains(word)) {
        throw at.error("`#" + word + "` is given twice");
      }
      directives.add(word);
      at.advance();
    }
    return List.copyOf(directives);
  }

  /** The rest of a parameter list, its parenthesis included. */
  private List<Ast.ProtocolParam> params() {
    List<Ast.ProtocolParam> params = new ArrayList<>();
    while (!at.is(TokenKind.PAREN_CLOSE)) {
      Ast.Name name = at.identifier("the name of a parameter");
      at.expect(TokenKind.COLON);
      params.add(new Ast.ProtocolParam(name, g.type()));
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    return List.copyOf(params);
  }

  private Ast.ProtocolMethod method() {
    int start = at.start();
    boolean isPrivate = at.is(TokenKind.PRIVATE);
    Ast.Name name = at.memberName("the name of a method");
    if (isPrivate && at.kind.isMember()) {
      throw at.error("methods cannot be private; `private` stands before module-scope names");
    }
    at.expect(TokenKind.COLON_COLON);
    if (!at.is(TokenKind.PAREN_OPEN)) {
      throw at.expected("the parameters of the method: `(self: *Self, …)`");
    }
    if (!hasReceiver()) {
      skipParams();
      throw at.error("the first parameter of a protocol method is `self: *Self` or `self: Self`");
    }
    Nesting.Header outer = g.nesting.open();
    at.advance();
    at.advance();
    at.advance();
    boolean pointer = at.accept(TokenKind.STAR);
    at.advance();
    List<Ast.ProtocolParam> params = List.of();
    if (at.accept(TokenKind.COMMA)) {
      params = params();
    } else {
      at.expectListEnd(TokenKind.PAREN_CLOSE);
    }
    g.nesting.close(outer);
    Optional<Ast.Expr> result =
        at.is(TokenKind.ARROW) ? Optional.of(g.types.result()) : Optional.empty();
    Optional<Ast.Block> body = Optional.empty();
    if (at.is(TokenKind.BRACE_OPEN)) {
      body = Optional.of(g.statements.closureBlock());
    } else {
      at.accept(TokenKind.SEMICOLON);
    }
    return new Ast.ProtocolMethod(at.since(start), name, pointer, params, result, body);
  }

  private boolean hasReceiver() {
    int i = at.index() + 1;
    if (!at.isWord(i, "self") || at.kindAt(i + 1) != TokenKind.COLON) {
      return false;
    }
    int type = at.kindAt(i + 2) == TokenKind.STAR ? i + 3 : i + 2;
    return at.kindAt(type) == TokenKind.SELF
        && (at.kindAt(type + 1) == TokenKind.COMMA || at.kindAt(type + 1) == TokenKind.PAREN_CLOSE);
  }

  /** Goes behind the parameter list, or to what breaks it off. */
  private void skipParams() {
    int close = at.closerOf(at.index());
    while (at.index() <= close && !at.is(TokenKind.INVALID)) {
      at.advance();
    }
  }

  // ---------------------------------------------------------------------------- impl

  Ast.Impl impl() {
    int start = at.start();
    at.advance();
    Ast.Name protocol = at.identifier("the name of a protocol");
    List<Ast.Expr> args = at.is(TokenKind.PAREN_OPEN) ? arguments() : List.of();
    at.expect(TokenKind.FOR);
    Ast.Expr target;
    List<Ast.Name> typeParams = List.of();
    if (args.isEmpty()) {
      Ast.Name name = targetName();
      target = new Ast.NameExpr(name.span(), name);
      typeParams = at.is(TokenKind.PAREN_OPEN) ? typeParams() : List.of();
    } else {
      target = g.type();
    }
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    List<Ast.ConstDecl> methods = new ArrayList<>();
    while (!at.accept(TokenKind.BRACE_CLOSE)) {
      methods.add(implMethod());
    }
    g.nesting.close(outer);
    return new Ast.Impl(at.since(start), protocol, args, target, typeParams, List.copyOf(methods));
  }

  private Ast.Name targetName() {
    return switch (at.kind) {
      case NAME, RAW_NAME, F32, F64, TYPE, SELF -> at.takeName();
      default -> throw at.expected("the name of a type");
    };
  }

  private List<Ast.Expr> arguments() {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.Expr> args = new ArrayList<>(1);
    do {
      args.add(g.type());
    } while (at.accept(TokenKind.COMMA) && !at.is(TokenKind.PAREN_CLOSE));
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return List.copyOf(args);
  }

  private List<Ast.Name> typeParams() {
    at.advance();
    List<Ast.Name> names = new ArrayList<>(1);
    do {
      at.expect(TokenKind.DOLLAR);
      names.add(at.identifier("the name of a type parameter"));
    } while (at.accept(TokenKind.COMMA) && !at.is(TokenKind.PAREN_CLOSE));
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    return List.copyOf(names);
  }

  private Ast.ConstDecl implMethod() {
    int start = at.start();
    boolean isPrivate = at.is(TokenKind.PRIVATE);
    Ast.Name name = at.memberName("the name of a method");
    if (isPrivate && at.kind.isMember()) {
      throw at.error("methods cannot be private; `private` stands before module-scope names");
    }
    at.expect(TokenKind.COLON_COLON);
    if (!at.is(TokenKind.PAREN_OPEN)) {
      throw at.expected("the parameters of the method");
    }
    Ast.Function method = g.functions.declared(at.start(), false);
    return new Ast.ConstDecl(at.since(start), false, name, Optional.empty(), method);
  }
}
