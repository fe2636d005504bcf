package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Random expressions of the less simple forms. */
final class Forms {
  private final Choices choose;
  private final Declarations declarations;
  private final Shapes shapes;
  private final Expressions expressions;

  Forms(Choices choose, Declarations declarations, Shapes shapes, Expressions expressions) {
    this.choose = choose;
    this.declarations = declarations;
    this.shapes = shapes;
    this.expressions = expressions;
  }

  Optional<Expr> any(Shape shape, Scope scope, int depth) {
    if (shape instanceof Shape.Closure) {
      return Optional.empty();
    }
    return choose.first(
        List.<Supplier<Optional<Expr>>>of(
            () -> match(shape, scope, depth),
            () -> block(shape, scope, depth),
            () -> chain(shape, scope),
            () -> element(shape, scope, depth),
            () -> boxed(shape, scope, depth),
            () -> length(shape, scope),
            () -> caught(shape, scope, depth),
            () -> called(shape, scope, depth),
            () -> expressions.generics().call(shape, scope, depth),
            () ->
                shape.equals(Shapes.I64)
                    ? expressions.protocols().call(scope, depth)
                    : Optional.empty()));
  }

  /** The value of a match on an enum, all variants or with {@code else} (stmt.mval). */
  private Optional<Expr> match(Shape shape, Scope scope, int depth) {
    List<Shape> all = declarations.types().stream().filter(t -> t instanceof Shape.Enum).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Shape.Enum e = (Shape.Enum) choose.of(all);
    Expr subject = expressions.typed(e, scope, depth - 1);
    int count = choose.between(1, e.variants().size());
    boolean otherwise = count < e.variants().size();
    StringBuilder text = new StringBuilder("(if " + subject.text() + " == { ");
    List<Expr> values = new ArrayList<>();
    for (int i = 0; i < count + (otherwise ? 1 : 0); i++) {
      Expr value = expressions.typed(shape, scope, depth - 1);
      values.add(value);
      String head = i < count ? "case ." + e.variants().get(i) + ":" : "else:";
      boolean arrow = i < count && choose.oneIn(2);
      text.append(head + (arrow ? " => " + value.text() + "; " : " { " + value.text() + " } "));
    }
    return Optional.of(
        Expr.of(
            shape,
            text + "})",
            (m, f) -> {
              int n = (Integer) subject.value(m, f);
              return values.get(Math.min(n, values.size() - 1)).value(m, f);
            }));
  }

  /** {@code if} with blocks, one of which declares a variable. */
  private Optional<Expr> block(Shape shape, Scope scope, int depth) {
    Expr condition = expressions.typed(Shapes.BOOL, scope, depth - 1);
    Scope inside = scope.inner();
    String name = "y" + scope.body().number();
    Expr first = expressions.typed(shape, scope, depth - 1);
    Scope.Variable v = inside.declare(name, shape, false);
    Expr one = expressions.typed(shape, inside, depth - 1);
    Expr other = expressions.typed(shape, scope, depth - 1);
    return Optional.of(
        Expr.of(
            shape,
            "(if "
                + condition.text()
                + " { "
                + name
                + " := "
                + first.text()
                + "; "
                + one.text()
                + " } else { "
                + other.text()
                + " })",
            (m, f) -> {
              if (!condition.truth(m, f)) {
                return other.value(m, f);
              }
              f[v.slot()] = first.value(m, f);
              return one.value(m, f);
            }));
  }

  /** A field of an optional struct (opt.chain). */
  private Optional<Expr> chain(Shape shape, Scope scope) {
    if (!(shape instanceof Shape.Maybe wanted)) {
      return Optional.empty();
    }
    for (Scope.Variable v : scope.all(x -> x.shape() instanceof Shape.Maybe)) {
      if (((Shape.Maybe) v.shape()).payload() instanceof Shape.Struct s) {
        for (int i = 0; i < s.fields().size(); i++) {
          Shape field = s.fields().get(i).shape();
          boolean flat = field.equals(wanted);
          if (flat || field.equals(wanted.payload())) {
            int at = i;
            return Optional.of(
                Expr.of(
                    shape,
                    v.name() + "?." + s.fields().get(i).name(),
                    (m, f) -> {
                      Optional<?> whole = (Optional<?>) v.read(m, f);
                      if (whole.isEmpty()) {
                        return Optional.empty();
                      }
                      Object value = Values.copy(((Object[]) whole.get())[at]);
                      return flat ? value : Optional.of(value);
                    }));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** An element at an index that is computed. */
  private Optional<Expr> element(Shape shape, Scope scope, int depth) {
    List<Scope.Variable> arrays =
        scope.all(v -> v.shape() instanceof Shape.Array a && a.element().equals(shape));
    List<Scope.Variable> slices =
        scope.all(v -> v.shape() instanceof Shape.Slice s && s.element().equals(shape));
    Expr index = expressions.typed(new Shape.Int(16, false), scope, depth - 1);
    if (!slices.isEmpty() && choose.oneIn(2)) {
      Scope.Variable v = choose.of(slices);
      Expr other = expressions.typed(shape, scope, depth - 1);
      return Optional.of(
          Expr.of(
              shape,
              "(if " + v.name() + ".len > 1 then " + v.name() + "[1] else " + other.text() + ")",
              (m, f) -> {
                List<Object> elements = Values.elements(v.read(m, f));
                return elements.size() > 1 ? Values.copy(elements.get(1)) : other.value(m, f);
              }));
    }
    if (arrays.isEmpty() || index.constant()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(arrays);
    int length = ((Shape.Array) v.shape()).length();
    return Optional.of(
        Expr.of(
            shape,
            v.name() + "[" + index.text() + " % " + length + "]",
            (m, f) -> {
              Object[] array = (Object[]) v.read(m, f);
              return Values.copy(array[(int) (index.number(m, f) % length)]);
            }));
  }

  /** A method of a generic struct; {@code get} changes the variable. */
  private Optional<Expr> boxed(Shape shape, Scope scope, int depth) {
    Shape.Struct box = Shapes.box(shape);
    List<Scope.Variable> boxes = scope.all(v -> v.assignable() && v.shape().equals(box));
    if (!boxes.isEmpty()) {
      Scope.Variable v = choose.of(boxes);
      return Optional.of(
          Expr.of(
              shape,
              v.name() + ".get()",
              (m, f) -> {
                Object[] fields = (Object[]) v.read(m, f);
                fields[1] = (Long) fields[1] + 1;
                return Values.copy(fields[0]);
              }));
    }
    if (shape instanceof Shape.Struct s && s.name().startsWith("Box(")) {
      Expr whole = expressions.typed(shape, scope, depth - 1);
      Expr value = expressions.expected(s.fields().getFirst().shape(), scope, depth - 1);
      return Optional.of(
          Expr.of(
              shape,
              Expressions.postfixed(whole.text()) + ".with(" + value.text() + ")",
              (m, f) -> {
                Object[] fields = (Object[]) whole.value(m, f);
                return new Object[] {value.value(m, f), fields[1]};
              }));
    }
    return Optional.empty();
  }

  private Optional<Expr> length(Shape shape, Scope scope) {
    if (!shape.equals(Shapes.I64)) {
      return Optional.empty();
    }
    List<Scope.Variable> all =
        scope.all(
            v ->
                v.shape() instanceof Shape.Slice
                    || v.shape() instanceof Shape.Array
                    || v.shape() instanceof Shape.Text);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(all);
    boolean constant = v.shape() instanceof Shape.Array;
    return Optional.of(
        new Expr(
            shape,
            v.name() + ".len",
            constant,
            (m, f) ->
                v.read(m, f) instanceof String s
                    ? (long) s.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                    : (long) Values.elements(v.read(m, f)).size()));
  }

  /** A value for each error (err.catch.3). */
  private Optional<Expr> caught(Shape shape, Scope scope, int depth) {
    List<Declarations.Function> fitting =
        declarations.functions().stream()
            .filter(f -> f.failable() && f.result().filter(shape::equals).isPresent())
            .toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    String name = "e" + scope.body().number();
    return expressions
        .call(choose.of(fitting), scope, depth)
        .map(
            call -> {
              Map<String, Expr> values = new TreeMap<>();
              StringJoiner arms = new StringJoiner(" ");
              for (String tag : Statements.TAGS.subList(0, choose.between(1, 2))) {
                Expr value = expressions.typed(shape, scope, depth - 1);
                values.put(tag, value);
                arms.add("case ." + tag + ": " + value.text() + ";");
              }
              Expr other = expressions.typed(shape, scope, depth - 1);
              arms.add("else: " + other.text() + ";");
              return Expr.of(
                  shape,
                  "(" + call.text() + " catch (" + name + ") == { " + arms + " })",
                  (m, f) -> {
                    try {
                      return call.value(m, f);
                    } catch (Machine.Raised e) {
                      return values.getOrDefault(e.tag(), other).value(m, f);
                    }
                  });
            });
  }

  /** A lambda that is called where it stands. */
  private Optional<Expr> called(Shape shape, Scope scope, int depth) {
    Shape param = shapes.value(1);
    Shape.Closure type = new Shape.Closure(List.of(param), shape);
    Expr lambda = expressions.literal(type, scope, depth - 1, false);
    Expr argument = expressions.typed(param, scope, depth - 1);
    return Optional.of(
        Expr.of(
            shape,
            lambda.text() + "(" + argument.text() + ")",
            (m, f) -> {
              Machine.Callable code = (Machine.Callable) lambda.value(m, f);
              return code.call(m, new Object[] {argument.value(m, f)});
            }));
  }
}
