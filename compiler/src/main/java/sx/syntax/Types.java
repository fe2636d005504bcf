package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types (grammar.md, section 3). */
final class Types {
  private final Grammar g;
  private final Cursor at;

  Types(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  Ast.Expr type() {
    if (Lookahead.isTypeWord(at.kind)) {
      return named();
    }
    g.nesting.enter();
    Ast.Expr type = other();
    g.nesting.leave();
    return type;
  }

  private Ast.Expr other() {
    int start = at.start();
    return switch (at.kind) {
      case QUESTION -> {
        at.advance();
        Ast.Expr payload = type();
        yield new Ast.OptionalType(at.since(start), payload);
      }
      case STAR -> {
        at.advance();
        Ast.Expr pointee = type();
        yield new Ast.Unary(at.since(start), Ast.UnaryOp.ADDRESS, pointee);
      }
      case BANG -> errorChannel(start);
      case BRACKET_OPEN -> bracketed();
      case DOLLAR -> introduction(start);
      case PAREN_OPEN -> parenthesised();
      case STRUCT -> g.bodies.struct();
      case UNION -> g.bodies.union();
      case ENUM -> g.bodies.enumeration();
      case QUESTION_QUESTION ->
          throw at.error("`??` is one token; write an optional of an optional as `?(?T)`");
      default -> throw at.expected("a type");
    };
  }

  private Ast.Expr errorChannel(int start) {
    at.advance();
    Optional<Ast.Name> set = at.kind.isIdentifier() ? Optional.of(at.takeName()) : Optional.empty();
    return new Ast.ErrorChannel(at.since(start), set);
  }

  /** Arrays, slices, many-pointers and sentinel types, from their {@code [} on. */
  Ast.Expr bracketed() {
    int start = at.start();
    TokenKind second = at.next();
    if (second == TokenKind.STAR && at.afterNext() == TokenKind.BRACKET_CLOSE) {
      at.advance();
      at.advance();
      at.advance();
      Ast.Expr element = type();
      return new Ast.ManyPointerType(at.since(start), element);
    }
    Nesting.Header outer = g.nesting.open();
    at.advance();
    if (at.accept(TokenKind.BRACKET_CLOSE)) {
      g.nesting.close(outer);
      Ast.Expr element = type();
      return new Ast.SliceType(at.since(start), element);
    }
    if (at.accept(TokenKind.COLON)) {
      Ast.IntLit sentinel = g.literals.expectInteger("the sentinel, an integer");
      at.expect(TokenKind.BRACKET_CLOSE);
      g.nesting.close(outer);
      Ast.Expr element = type();
      return new Ast.SentinelType(at.since(start), sentinel, element);
    }
    Ast.Expr length = g.expression();
    at.expect(TokenKind.BRACKET_CLOSE);
    g.nesting.close(outer);
    Ast.Expr element = type();
    return new Ast.ArrayType(at.since(start), length, element);
  }

  private Ast.Expr introduction(int start) {
    at.advance();
    Ast.Name name = at.identifier("the name of a type parameter");
    if (at.accept(TokenKind.BRACKET_OPEN)) {
      Ast.IntLit index =
          g.literals.expectInteger("an integer literal: in a type the index of a pack element");
      at.expect(TokenKind.BRACKET_CLOSE);
      return new Ast.PackIndex(at.since(start), name, index);
    }
    List<Ast.Name> constraints = constraints();
    return new Ast.TypeIntro(at.since(start), name, constraints);
  }

  /** {@code { '/' IDENT }} */
  List<Ast.Name> constraints() {
    if (!at.is(TokenKind.SLASH)) {
      return List.of();
    }
    List<Ast.Name> names = new ArrayList<>(2);
    while (at.accept(TokenKind.SLASH)) {
      names.add(at.identifier("the name of a protocol"));
    }
    return List.copyOf(names);
  }

  // ---------------------------------------------------------------------------- parentheses

  private Ast.Expr parenthesised() {
    return g.ahead.closesBefore(TokenKind.ARROW) ? function() : resultList();
  }

  /** {@code ( params ) -> result [ abi ]} */
  Ast.Expr function() {
    int start = at.start();
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.TypeSlot> params = new ArrayList<>();
    while (!at.is(TokenKind.PAREN_CLOSE)) {
      params.add(slot());
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    Ast.Expr result = result();
    Optional<Ast.Name> abi = g.functions.abi();
    return new Ast.FunctionType(at.since(start), List.copyOf(params), result, abi);
  }

  /** {@code '->' return_type}, behind which no {@code !} may stand (gram.type.2). */
  Ast.Expr result() {
    at.expect(TokenKind.ARROW);
    g.nesting.enter();
    Ast.Expr type = type();
    g.nesting.leave();
    if (at.is(TokenKind.BANG)) {
      throw at.error("a result that may fail is written `(T, !)`");
    }
    return type;
  }

  private Ast.TypeSlot slot() {
    int start = at.start();
    if (at.accept(TokenKind.RANGE)) {
      Optional<Ast.Name> label = slotName();
      Ast.Expr operand = type();
      return new Ast.TypeSlot(label, new Ast.Spread(at.since(start), operand));
    }
    Optional<Ast.Name> name = slotName();
    return new Ast.TypeSlot(name, type());
  }

  private Optional<Ast.Name> slotName() {
    if (!at.kind.isName() || at.next() != TokenKind.COLON) {
      return Optional.empty();
    }
    Ast.Name name = at.takeName();
    at.advance();
    return Optional.of(name);
  }

  /** {@code ()}, {@code (T)} or a list of results. */
  private Ast.Expr resultList() {
    int start = at.start();
    Nesting.Header outer = g.nesting.open();
    at.advance();
    if (at.accept(TokenKind.PAREN_CLOSE)) {
      g.nesting.close(outer);
      return new Ast.VoidType(at.since(start));
    }
    List<Ast.ResultItem> items = new ArrayList<>();
    boolean comma = false;
    while (!at.is(TokenKind.PAREN_CLOSE)) {
      if (!items.isEmpty() && items.getLast().type() instanceof Ast.ErrorChannel) {
        throw at.error("the error channel `!` must be the last result");
      }
      items.add(resultItem());
      comma = at.accept(TokenKind.COMMA);
      if (!comma) {
        break;
      }
    }
    if (items.size() == 1 && at.is(TokenKind.PAREN_CLOSE)) {
      checkSingle(items.getFirst(), comma);
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return items.size() == 1
        ? new Ast.Group(at.since(start), items.getFirst().type())
        : new Ast.ResultList(at.since(start), List.copyOf(items));
  }

  private void checkSingle(Ast.ResultItem item, boolean comma) {
    if (comma) {
      throw at.error("one result is written without a comma; a tuple type is `Tuple(T)`");
    }
    if (item.name().isPresent() || item.defaultValue().isPresent()) {
      throw at.error("a list of named results has at least two of them");
    }
  }

  private Ast.ResultItem resultItem() {
    Optional<Ast.Name> name = slotName();
    Ast.Expr type = type();
    Optional<Ast.Expr> value =
        at.accept(TokenKind.ASSIGN) ? Optional.of(g.expression()) : Optional.empty();
    return new Ast.ResultItem(name, type, value);
  }

  // ---------------------------------------------------------------------------- names

  private Ast.Expr named() {
    if (at.next() == TokenKind.PAREN_OPEN) {
      if (at.isWord("Tuple")) {
        return tuple();
      }
      if (at.isWord("Closure")) {
        return closure();
      }
    }
    int start = at.start();
    Ast.Name first = at.takeName();
    Ast.Expr type = new Ast.NameExpr(first.span(), first);
    int outer = g.nesting.startChain();
    while (at.is(TokenKind.DOT) && Lookahead.isTypeWord(at.next())) {
      at.advance();
      Ast.Name name = at.takeName();
      g.nesting.link();
      type = new Ast.Member(at.since(start), type, false, name);
    }
    g.nesting.endChain(outer);
    return at.is(TokenKind.PAREN_OPEN) ? application(start, type) : type;
  }

  private Ast.Expr application(int start, Ast.Expr head) {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.Arg> args = new ArrayList<>(2);
    if (!at.is(TokenKind.PAREN_CLOSE)) {
      do {
        args.add(argument());
      } while (at.accept(TokenKind.COMMA));
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return new Ast.Call(at.since(start), head, List.copyOf(args), Optional.empty());
  }

  private Ast.Arg argument() {
    int start = at.start();
    Ast.Expr value;
    if (at.accept(TokenKind.RANGE)) {
      Ast.Expr operand = type();
      value = new Ast.Spread(at.since(start), operand);
    } else {
      value = additive();
    }
    return new Ast.Arg(at.since(start), Optional.empty(), value);
  }

  /** A type, or a constant expression of additive level. */
  private Ast.Expr additive() {
    int start = at.start();
    int outer = g.nesting.startChain();
    Ast.Expr first =
        switch (at.kind) {
          case INT, CHAR, FLOAT, STRING, BLOCK_STRING, TRUE, FALSE, NULL, MINUS, PLUS, DOT ->
              g.operators.unary();
          case PAREN_OPEN -> groupOrType(start);
          default -> type();
        };
    Ast.Expr e = g.operators.additiveTail(start, first);
    g.nesting.endChain(outer);
    return e;
  }

  private Ast.Expr groupOrType(int start) {
    if (g.ahead.closesBefore(TokenKind.ARROW) || g.ahead.startsTuple()) {
      return type();
    }
    if (at.next() == TokenKind.PAREN_CLOSE) {
      return type();
    }
    Nesting.Header outer = g.nesting.open();
    at.advance();
    Ast.Expr inner = additive();
    at.expect(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return new Ast.Group(at.since(start), inner);
  }

  // ---------------------------------------------------------------------------- Tuple and Closure

  /** {@code Tuple ( … )}, also in expression position. */
  Ast.Expr tuple() {
    int start = at.start();
    at.advance();
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.TypeSlot> slots = new ArrayList<>();
    while (!at.is(TokenKind.PAREN_CLOSE)) {
      slots.add(tupleSlot());
      if (!at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    if (at.is(TokenKind.ARROW)) {
      throw at.error("`Tuple(…)` takes no `->`; a function type is `(A, B) -> R`");
    }
    return new Ast.TupleType(at.since(start), List.copyOf(slots));
  }

  private Ast.TypeSlot tupleSlot() {
    if (at.is(TokenKind.RANGE)) {
      return slot();
    }
    Optional<Ast.Name> name = slotName();
    Ast.Expr element =
        switch (at.kind) {
          case PLUS, MINUS -> signed();
          case INT, FLOAT, CHAR, STRING, BLOCK_STRING, TRUE, FALSE, NULL -> g.primaries.literal();
          default -> type();
        };
    return new Ast.TypeSlot(name, element);
  }

  /** A number behind a sign; a plus leaves no trace but in the span. */
  private Ast.Expr signed() {
    int start = at.start();
    boolean negative = at.is(TokenKind.MINUS);
    at.advance();
    if (!at.is(TokenKind.INT) && !at.is(TokenKind.FLOAT)) {
      throw at.expected("a number");
    }
    Ast.Expr number = g.primaries.literal();
    if (negative) {
      return new Ast.Unary(at.since(start), Ast.UnaryOp.NEGATE, number);
    }
    return switch (number) {
      case Ast.IntLit i -> new Ast.IntLit(at.since(start), i.text(), i.value(), i.fits());
      case Ast.FloatLit f -> new Ast.FloatLit(at.since(start), f.text());
      default -> number;
    };
  }

  /** {@code Closure ( … ) [ -> result ]}, also in expression position. */
  Ast.Expr closure() {
    int start = at.start();
    at.advance();
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.TypeSlot> slots = new ArrayList<>();
    boolean pack = false;
    while (!at.is(TokenKind.PAREN_CLOSE)) {
      pack = at.is(TokenKind.RANGE);
      slots.add(pack ? packSlot() : closureSlot());
      if (pack || !at.accept(TokenKind.COMMA)) {
        break;
      }
    }
    if (pack && !at.is(TokenKind.PAREN_CLOSE)) {
      throw at.error("nothing may follow the `..` item of `Closure(…)`; expected `)`");
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    Optional<Ast.Expr> result = at.is(TokenKind.ARROW) ? Optional.of(result()) : Optional.empty();
    return new Ast.ClosureType(at.since(start), List.copyOf(slots), result);
  }

  private Ast.TypeSlot closureSlot() {
    Optional<Ast.Name> name = at.kind.isIdentifier() ? slotName() : Optional.empty();
    return new Ast.TypeSlot(name, type());
  }

  /** {@code '..' [ '$' ] name [ '.' name ]} */
  private Ast.TypeSlot packSlot() {
    int start = at.start();
    at.advance();
    int operandStart = at.start();
    boolean introduced = at.accept(TokenKind.DOLLAR);
    Ast.Name name = at.name("the name of a pack");
    Ast.Expr operand =
        introduced
            ? new Ast.TypeIntro(at.since(operandStart), name, List.of())
            : new Ast.NameExpr(name.span(), name);
    if (at.accept(TokenKind.DOT)) {
      Ast.Name projection = at.name("the name of a projection");
      operand = new Ast.Member(at.since(operandStart), operand, false, projection);
    }
    return new Ast.TypeSlot(Optional.empty(), new Ast.Spread(at.since(start), operand));
  }
}
