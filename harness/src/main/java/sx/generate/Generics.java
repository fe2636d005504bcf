package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls of generic functions that every program has: with closures, slices and several results. */
final class Generics {
  static final String TEXT =
      """
      both :: (a: $A, b: $B) -> (B, A) { return b, a; }

      apply :: (x: $A, f: Closure(A) -> $B) -> B { return f(x); }

      fold :: (xs: []$T, start: $R, f: Closure(R, T) -> R) -> R {
          r := start;
          for xs (x) { r = f(r, x); }
          return r;
      }

      kind :: (a: any) -> string {
          if a == {
              case i64: (n) { return format("i64 {}", n); }
              case u8: (n) { return format("u8 {}", n); }
              case string: (s) { return concat("string ", s); }
              case int: { return "int"; }
              case float: { return "float"; }
              case bool: { return "bool"; }
              case struct: { return "struct"; }
              case enum: { return "enum"; }
              case array: { return "array"; }
              case optional: { return "optional"; }
              else: { return "other"; }
          }
          return "none";
      }""";

  private final Choices choose;
  private final Shapes shapes;
  private final Expressions expressions;

  Generics(Choices choose, Shapes shapes, Expressions expressions) {
    this.choose = choose;
    this.shapes = shapes;
    this.expressions = expressions;
  }

  Optional<Expr> call(Shape shape, Scope scope, int depth) {
    return switch (choose.below(4)) {
      case 0 -> Optional.of(apply(shape, scope, depth));
      case 1 -> fold(shape, scope, depth);
      case 2 -> Optional.of(second(shape, scope, depth));
      default -> shape.equals(Shapes.TEXT) ? Optional.of(kind(scope, depth)) : Optional.empty();
    };
  }

  private Expr apply(Shape shape, Scope scope, int depth) {
    Shape from = shapes.value(1);
    Expr argument = expressions.typed(from, scope, depth - 1);
    Expr lambda =
        expressions.literal(new Shape.Closure(List.of(from), shape), scope, depth - 1, false);
    return Expr.of(
        shape,
        "apply(" + argument.text() + ", " + lambda.text() + ")",
        (m, f) -> {
          Object value = argument.value(m, f);
          return ((Machine.Callable) lambda.value(m, f)).call(m, new Object[] {value});
        });
  }

  private Optional<Expr> fold(Shape shape, Scope scope, int depth) {
    List<Scope.Variable> arrays =
        scope.all(v -> v.assignable() && v.shape() instanceof Shape.Array);
    if (arrays.isEmpty()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(arrays);
    Shape element = ((Shape.Array) v.shape()).element();
    Expr start = expressions.typed(shape, scope, depth - 1);
    Shape.Closure step = new Shape.Closure(List.of(shape, element), shape);
    Expr lambda = expressions.literal(step, scope, depth - 1, false);
    return Optional.of(
        Expr.of(
            shape,
            "fold(" + v.name() + "[..], " + start.text() + ", " + lambda.text() + ")",
            (m, f) -> {
              Object[] array = (Object[]) v.read(m, f);
              Object result = start.value(m, f);
              Machine.Callable code = (Machine.Callable) lambda.value(m, f);
              for (Object element1 : array.clone()) {
                m.step();
                result = code.call(m, new Object[] {result, Values.copy(element1)});
              }
              return result;
            }));
  }

  /** One of two results. */
  private Expr second(Shape shape, Scope scope, int depth) {
    Expr wanted = expressions.typed(shape, scope, depth - 1);
    Expr other = expressions.typed(shapes.value(1), scope, depth - 1);
    boolean first = choose.oneIn(2);
    Expr a = first ? other : wanted;
    Expr b = first ? wanted : other;
    return Expr.of(
        shape,
        "both(" + a.text() + ", " + b.text() + ")." + (first ? 0 : 1),
        (m, f) -> {
          Object x = a.value(m, f);
          Object y = b.value(m, f);
          return first ? y : x;
        });
  }

  private Expr kind(Scope scope, int depth) {
    Shape shape = shapes.value(2);
    Expr value =
        expressions.typed(shape instanceof Shape.Pair ? Shapes.I64 : shape, scope, depth - 1);
    return Expr.of(
        Shapes.TEXT,
        "kind(" + value.text() + ")",
        (m, f) -> {
          Object v = value.value(m, f);
          return switch (value.shape()) {
            case Shape.Int i when i.equals(Shapes.I64) -> "i64 " + v;
            case Shape.Int i when i.bits() == 8 && !i.signed() -> "u8 " + v;
            case Shape.Int _ -> "int";
            case Shape.Text _ -> "string " + v;
            case Shape.Float _ -> "float";
            case Shape.Bool _ -> "bool";
            case Shape.Struct _ -> "struct";
            case Shape.Array _ -> "array";
            case Shape.Maybe _ -> "optional";
            case Shape.Enum _ -> "enum";
            case Shape.Flags _ -> "enum";
            case Shape.Union _ -> "enum";
            default -> "other";
          };
        });
  }

  /** {@code a, b := both(…)}: two variables. */
  Stmt destructure(Scope scope, String one, String two) {
    Expr a = expressions.typed(shapes.value(1), scope, 3);
    Expr b = expressions.typed(shapes.value(1), scope, 3);
    List<Scope.Variable> made = new ArrayList<>();
    made.add(scope.declare(one, b.shape(), true));
    made.add(scope.declare(two, a.shape(), true));
    return Stmt.of(
        one + ", " + two + " := both(" + a.text() + ", " + b.text() + ");",
        (m, f) -> {
          Object x = a.value(m, f);
          f[made.get(0).slot()] = b.value(m, f);
          f[made.get(1).slot()] = x;
        });
  }
}
