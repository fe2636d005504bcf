package sx.generate;

import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;

/** Random expressions over integers: expr.arith, expr.bit, expr.cmp, expr.cast. */
final class Integers {
  private final Choices choose;
  private final Shapes shapes;
  private final Expressions expressions;

  Integers(Choices choose, Shapes shapes, Expressions expressions) {
    this.choose = choose;
    this.shapes = shapes;
    this.expressions = expressions;
  }

  /** The nearest value of the float type (types.conv.1), in one rounding. */
  static double toFloat(Shape.Float to, Shape.Int from, long value) {
    if (to.bits() == 64) {
      return toDouble(from, value);
    }
    return from.signed() || value >= 0
        ? (double) (float) value
        : (double) ((float) ((value >>> 1) | (value & 1)) * 2.0f);
  }

  static double toDouble(Shape.Int from, long value) {
    if (from.signed() || value >= 0) {
      return (double) value;
    }
    // Of an odd rest only that it is odd matters for rounding.
    return (double) ((value >>> 1) | (value & 1)) * 2.0;
  }

  Expr literal(Shape.Int shape, boolean expected) {
    long value =
        Values.wrap(
            shape,
            choose.oneIn(3) ? choose.bits() : choose.oneIn(8) ? edge(shape) : choose.below(12));
    return literal(shape, value, expected);
  }

  private long edge(Shape.Int shape) {
    long highest = shape.signed() ? (1L << (shape.bits() - 1)) - 1 : -1L;
    return choose.oneIn(2) ? highest : highest + 1;
  }

  private static Expr literal(Shape.Int shape, long value, boolean expected) {
    String digits = shape.signed() ? Long.toString(value) : Long.toUnsignedString(value);
    boolean lowest = value == Long.MIN_VALUE && shape.signed();
    String text = lowest ? "(-9223372036854775807 - 1)" : digits;
    if (!expected && !shape.equals(Shapes.I64)) {
      text = "(" + text + ").(" + shape.text() + ")";
    } else if (value < 0 && shape.signed() && !lowest) {
      text = "(" + text + ")";
    }
    return new Expr(shape, text, true, (_, _) -> value);
  }

  /** An operand whose value the compiler does not know, where a constant would be checked. */
  private Expr operand(Shape.Int shape, Scope scope, int depth) {
    Expr e = expressions.typed(shape, scope, depth);
    return e.constant() ? zero(shape, scope, e) : e;
  }

  /** A constant with something added that nobody knows. */
  private Expr zero(Shape.Int shape, Scope scope, Expr constant) {
    Scope.Variable v = scope.all(s -> s.name().equals(ProgramGenerator.ZERO)).getFirst();
    return Expr.of(
        shape,
        "(" + v.name() + ".(" + shape.text() + ") + " + constant.text() + ")",
        constant.eval());
  }

  /** A right operand: of any integer type, and converted to that of the left. */
  private Expr right(Shape.Int left, Scope scope, int depth) {
    if (choose.oneIn(3)) {
      return literal(left, Values.wrap(left, choose.below(9)), true);
    }
    Expr e = expressions.typed(choose.oneIn(2) ? left : shapes.integer(), scope, depth);
    return e.constant() ? literal(left, Values.wrap(left, choose.below(9)), true) : e;
  }

  /** A value of another integer type where this one is expected (types.conv.1). */
  Optional<Expr> converted(Shape.Int to, Scope scope) {
    List<Scope.Variable> numbers = scope.all(v -> v.shape() instanceof Shape.Int);
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(numbers);
    return Optional.of(Expr.of(to, v.name(), (m, f) -> Values.wrap(to, (Long) v.read(m, f))));
  }

  Expr operation(Shape.Int shape, Scope scope, int depth) {
    Expr left = operand(shape, scope, depth - 1);
    return switch (choose.below(12)) {
      case 0, 1 -> binary("+", left, right(shape, scope, depth - 1), Long::sum);
      case 2 -> binary("-", left, right(shape, scope, depth - 1), (a, b) -> a - b);
      case 3 -> binary("*", left, right(shape, scope, depth - 1), (a, b) -> a * b);
      case 4 -> binary("&", left, right(shape, scope, depth - 1), (a, b) -> a & b);
      case 5 -> binary("|", left, right(shape, scope, depth - 1), (a, b) -> a | b);
      case 6 -> binary("^", left, right(shape, scope, depth - 1), (a, b) -> a ^ b);
      case 7 -> division(left, scope, depth - 1);
      case 8 -> shift(left);
      case 9 -> unary(left);
      default -> cast(shape, scope, depth - 1);
    };
  }

  private static Expr binary(String operator, Expr left, Expr right, LongBinaryOperator apply) {
    Shape.Int shape = (Shape.Int) left.shape();
    return Expr.of(
        shape,
        "(" + left.text() + " " + operator + " " + right.text() + ")",
        (m, f) -> {
          long a = left.number(m, f);
          long b = Values.wrap(shape, right.number(m, f));
          return Values.wrap(shape, apply.applyAsLong(a, b));
        });
  }

  private Expr division(Expr left, Scope scope, int depth) {
    Shape.Int shape = (Shape.Int) left.shape();
    boolean rest = choose.oneIn(2);
    Expr right =
        choose.oneIn(3)
            ? operand(shape, scope, depth)
            : literal(shape, Math.max(1, Values.wrap(shape, choose.between(1, 9))), true);
    return binary(rest ? "%" : "/", left, right, (a, b) -> divide(shape, rest, a, b));
  }

  private static long divide(Shape.Int shape, boolean rest, long a, long b) {
    long lowest = shape.signed() ? -1L << (shape.bits() - 1) : 0;
    if (b == 0 || (shape.signed() && a == lowest && b == -1)) {
      throw new Machine.Useless("an undefined division");
    }
    if (shape.signed()) {
      return rest ? a % b : a / b;
    }
    return rest ? Long.remainderUnsigned(a, b) : Long.divideUnsigned(a, b);
  }

  private Expr shift(Expr left) {
    Shape.Int shape = (Shape.Int) left.shape();
    int count = choose.below(shape.signed() ? shape.bits() - 1 : shape.bits());
    boolean leftwards = choose.oneIn(2);
    String operator = leftwards ? "<<" : ">>";
    return Expr.of(
        shape,
        "(" + left.text() + " " + operator + " " + count + ")",
        (m, f) -> {
          long a = left.number(m, f);
          return Values.wrap(
              shape, leftwards ? a << count : shape.signed() ? a >> count : a >>> count);
        });
  }

  private Expr unary(Expr operand) {
    Shape.Int shape = (Shape.Int) operand.shape();
    boolean minus = choose.oneIn(2);
    return Expr.of(
        shape,
        "(" + (minus ? "-" : "~") + operand.text() + ")",
        (m, f) -> {
          long a = operand.number(m, f);
          return Values.wrap(shape, minus ? -a : ~a);
        });
  }

  private Expr cast(Shape.Int shape, Scope scope, int depth) {
    if (choose.oneIn(6)) {
      Expr e = expressions.typed(Shapes.BOOL, scope, depth);
      return new Expr(
          shape,
          Expressions.postfixed(e.text()) + ".(" + shape.text() + ")",
          e.constant(),
          (m, f) -> Values.wrap(shape, e.truth(m, f) ? 1 : 0));
    }
    if (choose.oneIn(6)) {
      return ofFloat(
          shape, expressions.typed(new Shape.Float(choose.oneIn(3) ? 32 : 64), scope, depth));
    }
    Expr e = expressions.typed(shapes.integer(), scope, depth);
    return new Expr(
        shape,
        Expressions.postfixed(e.text()) + ".(" + shape.text() + ")",
        e.constant(),
        (m, f) -> Values.wrap(shape, e.number(m, f)));
  }

  /** Truncation; a value that the type cannot hold is left open (expr.cast.3). */
  private static Expr ofFloat(Shape.Int shape, Expr e) {
    return Expr.of(
        shape,
        Expressions.postfixed(e.text()) + ".(" + shape.text() + ")",
        (m, f) -> {
          double d = (Double) e.value(m, f);
          if (!(Math.abs(d) < 0x1p62)
              || (double) Values.wrap(shape, (long) d) != (double) (long) d) {
            throw new Machine.Useless("a float out of range");
          }
          return Values.wrap(shape, (long) d);
        });
  }

  /** An order or equality of two integers of any types, or a chain of three (expr.chain). */
  Expr comparison(Scope scope, int depth) {
    Shape.Int one = shapes.integer();
    Shape.Int two = choose.oneIn(2) ? one : shapes.integer();
    Expr a = operand(one, scope, depth - 1);
    Expr b = expressions.typed(two, scope, depth - 1);
    String first = choose.of(List.of("<", "<=", ">", ">=", "==", "!="));
    if (!choose.oneIn(4)) {
      return Expr.of(
          Shapes.BOOL,
          "(" + a.text() + " " + first + " " + b.text() + ")",
          (m, f) -> {
            long x = a.number(m, f);
            return holds(first, one, x, two, b.number(m, f));
          });
    }
    Expr c = expressions.typed(two, scope, depth - 1);
    String second = choose.of(List.of("<", "<=", ">", ">=", "==", "!="));
    return Expr.of(
        Shapes.BOOL,
        "(" + a.text() + " " + first + " " + b.text() + " " + second + " " + c.text() + ")",
        (m, f) -> {
          long x = a.number(m, f);
          long y = b.number(m, f);
          long z = c.number(m, f);
          return holds(first, one, x, two, y) && holds(second, two, y, two, z);
        });
  }

  private static boolean holds(String operator, Shape.Int a, long x, Shape.Int b, long y) {
    int order = Values.compare(a, x, b, y);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "==" -> order == 0;
      default -> order != 0;
    };
  }
}
