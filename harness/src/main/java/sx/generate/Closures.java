package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Random lambdas and calls of closures: 08-closures.md. */
final class Closures {
  private final Choices choose;
  private final Expressions expressions;
  private int names;
  private Optional<Statements> statements = Optional.empty();

  Closures(Choices choose, Expressions expressions) {
    this.choose = choose;
    this.expressions = expressions;
  }

  /** What bodies with statements are made with. */
  void bodies(Statements all) {
    statements = Optional.of(all);
  }

  /**
   * A lambda with an expression or a block as body, which may use what is visible where it stands.
   */
  Expr lambda(Shape.Closure shape, Scope scope, int depth) {
    Scope.Body body = new Scope.Body(Optional.of(shape.result()), false, Optional.empty());
    Scope inner = Scope.of(body);
    List<Scope.Variable> captured = scope.all(v -> !v.global() && capturable(v.shape()));
    List<Scope.Variable> copies =
        captured.stream().map(v -> inner.declare(v.name(), v.shape(), false)).toList();
    scope.all(Scope.Variable::global).forEach(inner::add);
    StringJoiner params = new StringJoiner(", ", "(", ")");
    List<Scope.Variable> parameters = new ArrayList<>();
    for (int i = 0; i < shape.params().size(); i++) {
      names++;
      String name = "q" + names;
      params.add(name + ": " + shape.params().get(i).text());
      parameters.add(inner.declare(name, shape.params().get(i), false));
    }
    String head = "(" + params + " -> " + shape.result().text();
    if (depth > 1 && choose.oneIn(4) && statements.isPresent()) {
      List<Stmt> all = statements.get().lambda(inner);
      Stmt.Exec run = Stmt.sequence(all);
      return closure(
          shape,
          head + " " + Stmt.block(all) + ")",
          captured,
          copies,
          parameters,
          body,
          (m, f) ->
              Machine.returned(
                  () -> {
                    run.run(m, f);
                    return Machine.NOTHING;
                  }));
    }
    Expr value = expressions.expected(shape.result(), inner, depth - 1);
    return closure(
        shape,
        head + " => " + value.text() + ")",
        captured,
        copies,
        parameters,
        body,
        value.eval());
  }

  private static Expr closure(
      Shape.Closure shape,
      String text,
      List<Scope.Variable> captured,
      List<Scope.Variable> copies,
      List<Scope.Variable> parameters,
      Scope.Body body,
      Expr.Eval eval) {
    return Expr.of(
        shape,
        text,
        (m, frame) -> {
          List<Object> environment =
              captured.stream().map(v -> Values.copy(v.read(m, frame))).toList();
          return (Machine.Callable)
              (machine, arguments) -> {
                machine.step();
                Object[] own = body.frame();
                for (int i = 0; i < copies.size(); i++) {
                  own[copies.get(i).slot()] = Values.copy(environment.get(i));
                }
                for (int i = 0; i < parameters.size(); i++) {
                  own[parameters.get(i).slot()] = arguments[i];
                }
                return eval.value(machine, own);
              };
        });
  }

  /** A closure could outlive what a pointer or slice refers to. */
  private static boolean capturable(Shape shape) {
    return !(shape instanceof Shape.Pointer || shape instanceof Shape.Slice);
  }

  Expr call(Scope.Variable closure, Scope scope, int depth) {
    Shape.Closure shape = (Shape.Closure) closure.shape();
    StringJoiner text = new StringJoiner(", ", closure.name() + "(", ")");
    List<Expr> arguments = new ArrayList<>();
    for (Shape p : shape.params()) {
      Expr argument = expressions.typed(p, scope, depth - 1);
      arguments.add(argument);
      text.add(argument.text());
    }
    return Expr.of(
        shape.result(),
        text.toString(),
        (m, f) -> {
          Object code = closure.read(m, f);
          Object[] values = new Object[arguments.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).value(m, f);
          }
          return ((Machine.Callable) code).call(m, values);
        });
  }
}
