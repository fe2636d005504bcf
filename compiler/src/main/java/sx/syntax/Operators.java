package sx.syntax;

import java.util.ArrayList;
import java.util.List;
import sx.syntax.Ast.BinaryOp;
import sx.syntax.Ast.UnaryOp;

/** Binary and prefix operators by binding strength (expr.prec), without a call for each level. */
final class Operators {
  private static final int COALESCE = BinaryOp.COALESCE.level;
  private static final int COMPARISON = BinaryOp.EQ.level;
  private static final int LOOSEST = BinaryOp.PIPE.level;

  private static final BinaryOp[] OPERATORS = new BinaryOp[TokenKind.ALL.length];
  private static final int[] LEVELS = new int[TokenKind.ALL.length];

  static {
    for (BinaryOp op : BinaryOp.values()) {
      for (TokenKind kind : TokenKind.ALL) {
        if (kind.text.equals(op.text)) {
          OPERATORS[kind.code()] = op;
          LEVELS[kind.code()] = op.level;
        }
      }
    }
  }

  private final Grammar g;
  private final Cursor at;

  Operators(Grammar g) {
    this.g = g;
    this.at = g.at;
  }

  Ast.Expr expression() {
    int outer = g.nesting.startChain();
    int start = at.start();
    Ast.Expr e = tail(start, unary(), LOOSEST);
    g.nesting.endChain(outer);
    return e;
  }

  /** An operand of a condition: no {@code ??} or {@code |>} at its top level (stmt.if.1). */
  Ast.Expr condition() {
    int outer = g.nesting.startChain();
    Ast.Expr e = conditionFrom(at.start(), shift());
    g.nesting.endChain(outer);
    return e;
  }

  /** A condition whose first shift-level operand has been read. */
  Ast.Expr conditionFrom(int start, Ast.Expr first) {
    Ast.Expr e = tail(start, first, BinaryOp.OR.level);
    if (at.is(TokenKind.QUESTION_QUESTION) || at.is(TokenKind.PIPE)) {
      throw at.error("`" + at.kind.text + "` in a condition needs parentheses around it");
    }
    return e;
  }

  Ast.Expr shift() {
    int start = at.start();
    return tail(start, unary(), BinaryOp.SHL.level);
  }

  /** What may follow a type argument: sums and products with unary operands. */
  Ast.Expr additiveTail(int start, Ast.Expr first) {
    return tail(start, first, BinaryOp.ADD.level);
  }

  /** Extends {@code left} by every operator that binds at least as strongly as {@code min}. */
  private Ast.Expr tail(int start, Ast.Expr left, int min) {
    while (true) {
      int level = level(at.kind);
      if (level < min) {
        return left;
      }
      if (level == COMPARISON) {
        left = comparison(start, left);
      } else if (level == COALESCE) {
        left = coalesce(start, left);
      } else {
        g.nesting.link();
        BinaryOp op = operator(at.kind);
        at.advance();
        Ast.Expr right = operand(level + 1);
        left = new Ast.Binary(at.since(start), op, left, right);
      }
    }
  }

  private Ast.Expr operand(int min) {
    int start = at.start();
    int outer = g.nesting.startChain();
    Ast.Expr e = tail(start, unary(), min);
    g.nesting.endChain(outer);
    return e;
  }

  /** Groups to the right (expr.prec.2); read in a loop all the same. */
  private Ast.Expr coalesce(int start, Ast.Expr first) {
    List<Ast.Expr> operands = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    operands.add(first);
    starts.add(start);
    while (at.is(TokenKind.QUESTION_QUESTION)) {
      g.nesting.link();
      at.advance();
      starts.add(at.start());
      operands.add(operand(COALESCE + 1));
    }
    Ast.Expr right = operands.removeLast();
    while (!operands.isEmpty()) {
      Ast.Expr left = operands.removeLast();
      right = new Ast.Binary(at.since(starts.get(operands.size())), BinaryOp.COALESCE, left, right);
    }
    return right;
  }

  /** Comparisons in a row form one chain, {@code in} does not take part (expr.chain). */
  private Ast.Expr comparison(int start, Ast.Expr first) {
    g.nesting.link();
    TokenKind mark = at.kind;
    at.advance();
    Ast.Expr second = operand(COMPARISON + 1);
    if (mark == TokenKind.IN || !isComparison(at.kind)) {
      return new Ast.Binary(at.since(start), operator(mark), first, second);
    }
    List<Ast.Expr> operands = new ArrayList<>(List.of(first, second));
    List<BinaryOp> ops = new ArrayList<>(List.of(operator(mark)));
    while (isComparison(at.kind)) {
      ops.add(operator(at.kind));
      at.advance();
      operands.add(operand(COMPARISON + 1));
    }
    return new Ast.Chain(at.since(start), List.copyOf(operands), List.copyOf(ops));
  }

  /** The binding strength of a token between two operands, 0 if it is no operator. */
  private static int level(TokenKind kind) {
    return LEVELS[kind.code()];
  }

  private static boolean isComparison(TokenKind kind) {
    return level(kind) == COMPARISON && kind != TokenKind.IN;
  }

  private static BinaryOp operator(TokenKind kind) {
    return OPERATORS[kind.code()];
  }

  Ast.Expr unary() {
    return switch (at.kind) {
      case MINUS -> prefix(UnaryOp.NEGATE);
      case BANG -> prefix(UnaryOp.NOT);
      case TILDE -> prefix(UnaryOp.BIT_NOT);
      case XX -> prefix(UnaryOp.CONVERT);
      case STAR -> prefix(UnaryOp.ADDRESS);
      case TRY -> {
        g.statements.refuseInCleanup();
        yield prefix(UnaryOp.TRY);
      }
      default -> g.postfix.expression();
    };
  }

  private Ast.Expr prefix(UnaryOp op) {
    int start = at.start();
    g.nesting.enter();
    at.advance();
    Ast.Expr operand = unary();
    g.nesting.leave();
    return new Ast.Unary(at.since(start), op, operand);
  }
}
