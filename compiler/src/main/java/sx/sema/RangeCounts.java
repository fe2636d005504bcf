package sx.sema;

import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Types;

/**
 * How many values a range of i64 bounds has (stmt.range.1, stmt.range.2). The count needs all 64
 * bits without sign: {@code i64.min..i64.max} has more values than an i64 can count. The one range
 * that even a u64 cannot count, {@code i64.min..=i64.max}, is given one value less; no program runs
 * long enough to notice.
 */
final class RangeCounts {
  private static final long MOST = -1L;

  private final Checker c;

  RangeCounts(Checker c) {
    this.c = c;
  }

  /** The number of values as a u64; both bounds are evaluated already and may be read often. */
  Tree.Expr of(Span at, Ast.RangeMark mark, Tree.Expr from, Tree.Expr to) {
    Long first = value(from);
    Long last = value(to);
    if (first != null && last != null) {
      return c.intConst(at, Types.U64, of(mark, first, last));
    }
    Tree.Expr distance =
        unsigned(new Tree.Arithmetic(at, Types.I64, Tree.ArithmeticOp.SUB, to, from));
    boolean included = mark.includesEnd() && !mark.excludesStart();
    Tree.Expr count =
        included
            ? oneMore(at, distance, from, to)
            : mark.excludesStart() && !mark.includesEnd()
                ? step(at, Tree.ArithmeticOp.SUB, distance)
                : distance;
    Tree.Expr any =
        new Tree.Compare(at, included ? Tree.CompareOp.LE : Tree.CompareOp.LT, from, to);
    return new Tree.If(at, Types.U64, any, count, c.intConst(at, Types.U64, 0));
  }

  /** The number of values, to be read without sign. */
  static long of(Ast.RangeMark mark, long from, long to) {
    boolean included = mark.includesEnd() && !mark.excludesStart();
    if (included ? from > to : from >= to) {
      return 0;
    }
    long distance = to - from;
    if (included) {
      return distance == MOST ? distance : distance + 1;
    }
    return mark.excludesStart() && !mark.includesEnd() ? distance - 1 : distance;
  }

  /** The distance plus one; the test for the largest distance only where the bounds permit it. */
  private Tree.Expr oneMore(Span at, Tree.Expr distance, Tree.Expr from, Tree.Expr to) {
    Tree.Expr more = step(at, Tree.ArithmeticOp.ADD, distance);
    Long first = value(from);
    Long last = value(to);
    boolean small =
        (first != null && first != Long.MIN_VALUE) || (last != null && last != Long.MAX_VALUE);
    return small
        ? more
        : new Tree.If(
            at,
            Types.U64,
            new Tree.Compare(at, Tree.CompareOp.EQ, distance, c.intConst(at, Types.U64, MOST)),
            distance,
            more);
  }

  private Tree.Expr step(Span at, Tree.ArithmeticOp op, Tree.Expr e) {
    return new Tree.Arithmetic(at, Types.U64, op, e, c.intConst(at, Types.U64, 1));
  }

  private Tree.Expr unsigned(Tree.Expr e) {
    return c.conversions.numeric(e, Types.U64);
  }

  private static @Nullable Long value(Tree.Expr e) {
    return e instanceof Tree.Const k && k.value() instanceof Constant.Int n ? n.value() : null;
  }
}
