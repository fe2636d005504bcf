package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A primary expression and the postfix operators behind it (expr.prec.1). */
final class Postfix {
  private final Grammar g;
  private final Cursor at;

  Postfix(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  Ast.Expr expression() {
    int outer = g.nesting.startChain();
    int start = at.start();
    Ast.Expr e = chain(start, g.primaries.primary());
    g.nesting.endChain(outer);
    return e;
  }

  private Ast.Expr chain(int start, Ast.Expr e) {
    while (true) {
      switch (at.kind) {
        case PAREN_OPEN -> {
          if (g.nesting.header() == Nesting.Header.FOR && g.ahead.startsCaptures()) {
            return e;
          }
          e = call(start, e);
          if (((Ast.Call) e).trailing().isPresent()) {
            return endOfTrailing(e);
          }
        }
        case DOT -> e = dot(start, e);
        case QUESTION_DOT -> e = chained(start, e);
        case BRACKET_OPEN -> e = index(start, e);
        case BANG -> {
          at.advance();
          e = new Ast.Unwrap(at.since(start), e);
        }
        case CATCH -> e = g.branches.caught(start, e);
        default -> {
          return e;
        }
      }
      g.nesting.link();
    }
  }

  private Ast.Expr endOfTrailing(Ast.Expr call) {
    if (at.is(TokenKind.DOT) || at.is(TokenKind.QUESTION_DOT)) {
      throw at.error(
          "a call with a trailing block ends here; put it in parentheses to go on with a member");
    }
    g.nesting.link();
    return call;
  }

  // ---------------------------------------------------------------------------- calls

  private Ast.Call call(int start, Ast.Expr callee) {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    List<Ast.Arg> args = arguments();
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    Optional<Ast.Block> trailing = Optional.empty();
    if (at.is(TokenKind.BRACE_OPEN) && !g.nesting.inHeader() && !at.onNewLine()) {
      trailing = Optional.of(g.statements.closureBlock());
    }
    return new Ast.Call(at.since(start), callee, args, trailing);
  }

  private List<Ast.Arg> arguments() {
    if (at.is(TokenKind.PAREN_CLOSE)) {
      return List.of();
    }
    List<Ast.Arg> args = new ArrayList<>(4);
    do {
      args.add(argument());
    } while (at.accept(TokenKind.COMMA) && !at.is(TokenKind.PAREN_CLOSE));
    return List.copyOf(args);
  }

  private Ast.Arg argument() {
    int start = at.start();
    if (at.is(TokenKind.RANGE)) {
      Ast.Expr spread = g.aggregates.spread();
      return new Ast.Arg(spread.span(), Optional.empty(), spread);
    }
    if (at.kind.isName() && at.next() == TokenKind.ASSIGN) {
      Ast.Name name = at.takeName();
      at.advance();
      Ast.Expr value = argumentValue();
      return new Ast.Arg(at.since(start), Optional.of(name), value);
    }
    Ast.Expr value = argumentValue();
    return new Ast.Arg(value.span(), Optional.empty(), value);
  }

  private Ast.Expr argumentValue() {
    boolean tuple =
        at.is(TokenKind.PAREN_OPEN)
            && g.ahead.startsTuple()
            && g.ahead.paren() == Lookahead.Paren.GROUP;
    return tuple ? parenTuple() : g.expression();
  }

  private Ast.Expr parenTuple() {
    int start = at.start();
    Nesting.Header outer = g.nesting.open();
    at.advance();
    boolean named = at.kind.isName() && at.next() == TokenKind.COLON;
    List<Ast.TupleEntry> entries = new ArrayList<>();
    do {
      entries.add(named ? labelled() : new Ast.TupleEntry(Optional.empty(), g.expression()));
    } while (at.accept(TokenKind.COMMA) && !at.is(TokenKind.PAREN_CLOSE));
    if (!named && entries.size() == 1 && at.is(TokenKind.PAREN_CLOSE)) {
      throw at.error("a tuple of one element needs a label: `(name: value)`");
    }
    at.expectListEnd(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return new Ast.ParenTuple(at.since(start), List.copyOf(entries));
  }

  private Ast.TupleEntry labelled() {
    Ast.Name name = at.name("the label of a tuple element");
    at.expect(TokenKind.COLON);
    return new Ast.TupleEntry(Optional.of(name), g.expression());
  }

  // ---------------------------------------------------------------------------- dots

  private Ast.Expr dot(int start, Ast.Expr base) {
    at.advance();
    return switch (at.kind) {
      case INT -> tupleMember(start, base, false);
      case STAR -> {
        at.advance();
        yield new Ast.Deref(at.since(start), base);
      }
      case PAREN_OPEN -> cast(start, base, false);
      case BRACE_OPEN -> g.aggregates.aggregate(start, Optional.of(base));
      case BRACKET_OPEN -> g.aggregates.array(start, Optional.of(base));
      case FLOAT ->
          throw at.error(
              "`" + at.text() + "` is a number here; write nested elements as `(t.0).1`");
      default -> {
        if (!at.kind.isMember()) {
          throw at.expected("a member name, `*`, `(`, `{` or `[` after `.`");
        }
        yield member(start, base, false);
      }
    };
  }

  private Ast.Expr chained(int start, Ast.Expr base) {
    at.advance();
    return switch (at.kind) {
      case INT -> tupleMember(start, base, true);
      case PAREN_OPEN -> cast(start, base, true);
      default -> {
        if (at.kind.isMember()) {
          yield member(start, base, true);
        }
        throw at.expected("a member name, an element number or `(` after `?.`");
      }
    };
  }

  private Ast.Expr member(int start, Ast.Expr base, boolean chained) {
    Ast.Name name = at.takeName();
    return new Ast.Member(at.since(start), base, chained, name);
  }

  private Ast.Expr tupleMember(int start, Ast.Expr base, boolean chained) {
    Ast.IntLit index = g.literals.integer();
    return new Ast.TupleMember(at.since(start), base, chained, index);
  }

  private Ast.Expr cast(int start, Ast.Expr base, boolean chained) {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    Ast.Expr type = g.type();
    Optional<Ast.Expr> allocator = Optional.empty();
    if (!chained && at.accept(TokenKind.COMMA)) {
      allocator = Optional.of(g.expression());
      if (at.is(TokenKind.COMMA)) {
        throw at.error("a cast takes a type and at most an allocator; expected `)`");
      }
    }
    at.expect(TokenKind.PAREN_CLOSE);
    g.nesting.close(outer);
    return new Ast.Cast(at.since(start), base, chained, type, allocator);
  }

  // ---------------------------------------------------------------------------- index and slice

  private Ast.Expr index(int start, Ast.Expr base) {
    Nesting.Header outer = g.nesting.open();
    at.advance();
    int rangeStart = at.start();
    Optional<Ast.Expr> first =
        at.kind.isRangeMark() ? Optional.empty() : Optional.of(g.expression());
    Optional<Ast.Range> range = Optional.empty();
    if (at.kind.isRangeMark()) {
      range = Optional.of(range(rangeStart, first));
    }
    at.expect(TokenKind.BRACKET_CLOSE);
    g.nesting.close(outer);
    return range.isPresent()
        ? new Ast.Slice(at.since(start), base, range.get())
        : new Ast.Index(at.since(start), base, first.orElseThrow());
  }

  private Ast.Range range(int start, Optional<Ast.Expr> first) {
    Ast.RangeMark mark = rangeMark();
    Optional<Ast.Expr> end = Optional.empty();
    if (!at.is(TokenKind.BRACKET_CLOSE)) {
      end = Optional.of(g.expression());
    } else if (mark.needsEnd()) {
      throw at.error("`" + mark.text + "` needs an end behind it");
    }
    return new Ast.Range(at.since(start), first, mark, end);
  }

  /** The current token, a range mark, as one. */
  Ast.RangeMark rangeMark() {
    Ast.RangeMark mark =
        switch (at.kind) {
          case RANGE -> Ast.RangeMark.PLAIN;
          case RANGE_IN -> Ast.RangeMark.TO_INCLUDED;
          case RANGE_EX -> Ast.RangeMark.TO_EXCLUDED;
          case EX_RANGE -> Ast.RangeMark.FROM_EXCLUDED;
          case EX_RANGE_IN -> Ast.RangeMark.FROM_EXCLUDED_TO_INCLUDED;
          case EX_RANGE_EX -> Ast.RangeMark.FROM_EXCLUDED_TO_EXCLUDED;
          case IN_RANGE -> Ast.RangeMark.FROM_INCLUDED;
          case IN_RANGE_IN -> Ast.RangeMark.FROM_INCLUDED_TO_INCLUDED;
          default -> Ast.RangeMark.FROM_INCLUDED_TO_EXCLUDED;
        };
    at.advance();
    return mark;
  }
}
