package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bodies of structs, enums, unions and error sets (grammar.md, section 2.2). */
final class TypeBodies {
  private final Grammar g;
  private final Cursor at;

  TypeBodies(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  // ---------------------------------------------------------------------------- struct

  Ast.StructType struct() {
    int start = at.start();
    at.advance();
    boolean hasParams = at.is(TokenKind.PAREN_OPEN);
    List<Ast.TypeParam> params = hasParams ? params() : List.of();
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    List<Ast.StructItem> items = new ArrayList<>();
    while (!at.accept(TokenKind.BRACE_CLOSE)) {
      items.add(item());
    }
    g.nesting.close(outer);
    return new Ast.StructType(at.since(start), hasParams, params, List.copyOf(items));
  }

  private List<Ast.TypeParam> params() {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.TypeParam> params = new ArrayList<>(2);
    while (!at.is(TokenKind.PAREN_CLOSE)) {
      if (!params.isEmpty() && params.getLast().variadic()) {
        throw at.error(
            "the variadic parameter `" + params.getLast().name().text() + "` must be the last one");
      }
      params.add(param());
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return List.copyOf(params);
  }

  private Ast.TypeParam param() {
    int start = at.start();
    boolean variadic = at.accept(TokenKind.RANGE);
    if (!at.accept(TokenKind.DOLLAR)) {
      throw at.expected("`$` before the name of a type parameter");
    }
    Ast.Name name = at.identifier("the name of a type parameter");
    at.expect(TokenKind.COLON);
    Ast.Expr type = g.type();
    List<Ast.Name> constraints = g.types.constraints();
    return new Ast.TypeParam(at.since(start), variadic, name, type, constraints);
  }

  private Ast.StructItem item() {
    int start = at.start();
    if (at.accept(TokenKind.HASH_USING)) {
      Ast.Name target = at.identifier("the name of a struct");
      at.accept(TokenKind.SEMICOLON);
      return new Ast.Using(at.since(start), target);
    }
    boolean isPrivate = at.is(TokenKind.PRIVATE);
    Ast.Name name = at.memberName("the name of a member");
    return switch (at.kind) {
      case COLON_COLON -> constant(start, name);
      case COLON -> typed(start, name);
      case COMMA -> fields(start, name);
      default -> {
        if (isPrivate && (at.kind.isMember() || at.is(TokenKind.HASH_USING))) {
          throw at.error("members cannot be private; `private` stands before module-scope names");
        }
        throw at.expected("`:`, `::` or `,` after the name of a member");
      }
    };
  }

  private Ast.StructItem constant(int start, Ast.Name name) {
    at.advance();
    if (at.is(TokenKind.PAREN_OPEN) && g.ahead.startsFunction()) {
      Ast.Function method = g.functions.declared(at.start(), false);
      at.accept(TokenKind.SEMICOLON);
      return new Ast.StructConst(at.since(start), name, Optional.empty(), method);
    }
    Ast.Expr value = g.expression();
    at.accept(TokenKind.SEMICOLON);
    return new Ast.StructConst(at.since(start), name, Optional.empty(), value);
  }

  private Ast.StructItem typed(int start, Ast.Name name) {
    at.advance();
    Ast.Expr type = g.type();
    if (!at.accept(TokenKind.COLON)) {
      return fieldTail(start, List.of(name), type);
    }
    Ast.Expr value = g.expression();
    at.accept(TokenKind.SEMICOLON);
    return new Ast.StructConst(at.since(start), name, Optional.of(type), value);
  }

  private Ast.StructItem fields(int start, Ast.Name first) {
    List<Ast.Name> names = new ArrayList<>(List.of(first));
    while (at.accept(TokenKind.COMMA)) {
      names.add(at.memberName("the name of a member"));
    }
    at.expect(TokenKind.COLON);
    return fieldTail(start, names, g.type());
  }

  private Ast.StructItem fieldTail(int start, List<Ast.Name> names, Ast.Expr type) {
    Optional<Ast.Expr> value =
        at.accept(TokenKind.ASSIGN) ? Optional.of(g.expression()) : Optional.empty();
    at.accept(TokenKind.SEMICOLON);
    return new Ast.Fields(at.since(start), List.copyOf(names), type, value);
  }

  // ---------------------------------------------------------------------------- enum and union

  Ast.EnumType enumeration() {
    int start = at.start();
    at.advance();
    boolean flags = at.isWord("flags");
    if (flags) {
      at.advance();
    }
    Optional<Ast.Expr> backing =
        at.is(TokenKind.BRACE_OPEN) ? Optional.empty() : Optional.of(g.type());
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    List<Ast.Variant> variants = new ArrayList<>();
    while (!at.accept(TokenKind.BRACE_CLOSE)) {
      variants.add(variant(flags));
    }
    g.nesting.close(outer);
    return new Ast.EnumType(at.since(start), flags, backing, List.copyOf(variants));
  }

  private Ast.Variant variant(boolean flags) {
    int start = at.start();
    boolean isPrivate = at.is(TokenKind.PRIVATE);
    Ast.Name name = at.memberName("the name of a variant");
    if (isPrivate && at.kind.isMember()) {
      throw at.error("variants cannot be private; `private` stands before module-scope names");
    }
    Optional<Ast.Expr> value =
        at.accept(TokenKind.COLON_COLON) ? Optional.of(g.expression()) : Optional.empty();
    Optional<Ast.Expr> payload = Optional.empty();
    if (at.is(TokenKind.COLON)) {
      if (flags) {
        throw at.error("a variant of a flags enum has no payload");
      }
      at.advance();
      payload = Optional.of(g.type());
    }
    if (at.is(TokenKind.COMMA)) {
      throw at.error("variants are separated by `;`");
    }
    at.accept(TokenKind.SEMICOLON);
    return new Ast.Variant(at.since(start), name, value, payload);
  }

  Ast.UnionType union() {
    int start = at.start();
    at.advance();
    Nesting.Header outer = g.nesting.open();
    at.expect(TokenKind.BRACE_OPEN);
    List<Ast.UnionMember> members = new ArrayList<>();
    while (!at.accept(TokenKind.BRACE_CLOSE)) {
      members.add(unionMember());
    }
    g.nesting.close(outer);
    return new Ast.UnionType(at.since(start), List.copyOf(members));
  }

  private Ast.UnionMember unionMember() {
    int start = at.start();
    Optional<Ast.Name> name = Optional.empty();
    Ast.Expr type;
    if (at.is(TokenKind.STRUCT) && at.next() != TokenKind.COLON) {
      type = struct();
    } else {
      name = Optional.of(at.identifier("a field of a union"));
      at.expect(TokenKind.COLON);
      type = g.type();
    }
    at.accept(TokenKind.SEMICOLON);
    return new Ast.UnionMember(at.since(start), name, type);
  }

  // ---------------------------------------------------------------------------- error

  Ast.ErrorSetType errorSet() {
    int start = at.start();
    at.advance();
    at.advance();
    List<Ast.Name> tags = new ArrayList<>();
    while (!at.is(TokenKind.BRACE_CLOSE)) {
      tags.add(at.identifier("the tag of an error"));
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.BRACE_CLOSE);
    return new Ast.ErrorSetType(at.since(start), List.copyOf(tags));
  }
}
