package sx.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A protocol that the structs of a program implement, and calls through it: direct, through an
 * owned copy, through a view, and of a method with a default body.
 */
final class Protocols {
  private static final String TEXT =
      """
      Scored :: protocol {
          score :: (self: *Self, n: i64) -> i64;
          twice :: (self: *Self, n: i64) -> i64 { return self.score(n) * 3 - self.score(n + 1); }
      }

      score_copy :: (s: Scored, n: i64) -> i64 { return s.score(n) + s.twice(n); }

      score_view :: (s: *Scored, n: i64) -> i64 { return s.twice(n) - s.score(n); }""";

  private final Choices choose;
  private final Declarations declarations;
  private final Expressions expressions;
  private final Map<Shape.Struct, Method> methods = new HashMap<>();

  /** What {@code score} does with the object; the result. */
  private interface Method {
    long score(Machine machine, Object[] self, long n);

    default long twice(Machine machine, Object[] self, long n) {
      long first = score(machine, self, n);
      return first * 3 - score(machine, self, n + 1);
    }
  }

  Protocols(Choices choose, Declarations declarations, Expressions expressions) {
    this.choose = choose;
    this.declarations = declarations;
    this.expressions = expressions;
  }

  /** Implementations for all structs that are declared; they call no functions. */
  void declare() {
    declarations.declare(TEXT);
    Map<Shape.Struct, Method> made = new HashMap<>();
    for (Shape type : declarations.types()) {
      if (type instanceof Shape.Struct s) {
        made.put(s, implement(s));
      }
    }
    methods.putAll(made);
  }

  private Method implement(Shape.Struct type) {
    Scope.Body body = new Scope.Body(Optional.of(Shapes.I64), false, Optional.empty());
    Scope scope = Scope.of(body);
    declarations.globals().forEach(scope::add);
    Scope.Variable self = scope.declare("self", new Shape.Pointer(type), false);
    Scope.Variable n = scope.declare("n", Shapes.I64, false);
    List<String> lines = new ArrayList<>();
    int changed = -1;
    for (int i = 0; i < type.fields().size(); i++) {
      if (type.fields().get(i).shape().equals(Shapes.I64)) {
        changed = i;
        lines.add("    self." + type.fields().get(i).name() + " += n;");
      }
    }
    Expr value = expressions.expected(Shapes.I64, scope, 3);
    lines.add("    return " + value.text() + ";");
    declarations.declare(
        "impl Scored for "
            + type.name()
            + " {\n    score :: (self: *"
            + type.name()
            + ", n: i64) -> i64 {\n    "
            + String.join("\n    ", lines)
            + "\n    }\n}");
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i <= changed; i++) {
      if (type.fields().get(i).shape().equals(Shapes.I64)) {
        numbers.add(i);
      }
    }
    return (machine, object, amount) -> {
      machine.step();
      Object[] frame = body.frame();
      frame[self.slot()] = new Machine.Place(new Object[] {object}, 0);
      frame[n.slot()] = amount;
      numbers.forEach(i -> object[i] = (Long) object[i] + amount);
      return value.number(machine, frame);
    };
  }

  Optional<Expr> call(Scope scope, int depth) {
    if (methods.isEmpty()) {
      return Optional.empty();
    }
    Shape.Struct type =
        choose.of(
            List.copyOf(
                methods.keySet().stream()
                    .sorted(java.util.Comparator.comparing(Shape.Struct::name))
                    .toList()));
    Method method = methods.get(type);
    if (method == null) {
      return Optional.empty();
    }
    Expr n = expressions.typed(Shapes.I64, scope, depth - 1);
    List<Scope.Variable> objects = scope.all(v -> v.assignable() && v.shape().equals(type));
    if (objects.isEmpty() || choose.oneIn(3)) {
      Expr object = expressions.typed(type, scope, depth - 1);
      return Optional.of(
          Expr.of(
              Shapes.I64,
              "score_copy(" + Expressions.postfixed(object.text()) + ".(Scored), " + n.text() + ")",
              (m, f) -> {
                Object[] self = (Object[]) object.value(m, f);
                long amount = n.number(m, f);
                long first = method.score(m, self, amount);
                return first + method.twice(m, self, amount);
              }));
    }
    Scope.Variable v = choose.of(objects);
    if (choose.oneIn(2)) {
      return Optional.of(
          Expr.of(
              Shapes.I64,
              v.name() + ".score(" + n.text() + ")",
              (m, f) -> {
                Object[] self = (Object[]) v.read(m, f);
                return method.score(m, self, n.number(m, f));
              }));
    }
    return Optional.of(
        Expr.of(
            Shapes.I64,
            "score_view(" + v.name() + ", " + n.text() + ")",
            (m, f) -> {
              Object[] self = (Object[]) v.read(m, f);
              long amount = n.number(m, f);
              long first = method.twice(m, self, amount);
              return first - method.score(m, self, amount);
            }));
  }
}
