package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Random expressions of a type that is asked for. */
final class Expressions {
  private static final String[] WORDS = {"", "a", "bc", "x y", "0", "{}", "true", "é"};
  private static final int MAX_DEPTH = 4;

  private final Choices choose;
  private final Declarations declarations;
  private final Shapes shapes;
  private final Integers integers;
  private final Closures closures;
  private final Forms forms;
  private final Generics generics;
  private final Protocols protocols;

  Expressions(Choices choose, Declarations declarations, Shapes shapes) {
    this.choose = choose;
    this.declarations = declarations;
    this.shapes = shapes;
    this.integers = new Integers(choose, shapes, this);
    this.closures = new Closures(choose, this);
    this.generics = new Generics(choose, shapes, this);
    this.protocols = new Protocols(choose, declarations, this);
    this.forms = new Forms(choose, declarations, shapes, this);
  }

  Generics generics() {
    return generics;
  }

  Protocols protocols() {
    return protocols;
  }

  void closureBodies(Statements statements) {
    closures.bodies(statements);
  }

  /** A value where the context says the type; literals need no type of their own. */
  Expr expected(Shape shape, Scope scope, int depth) {
    if (shape instanceof Shape.Maybe m && choose.oneIn(3)) {
      Expr payload = typed(m.payload(), scope, depth - 1);
      return new Expr(
          shape, payload.text(), payload.constant(), (c, f) -> Optional.of(payload.value(c, f)));
    }
    if (shape instanceof Shape.Int to && choose.oneIn(6)) {
      return integers.converted(to, scope).orElseGet(() -> any(shape, scope, depth, true));
    }
    return any(shape, scope, depth, true);
  }

  /** A value that has the type by itself. */
  Expr typed(Shape shape, Scope scope, int depth) {
    return any(shape, scope, depth, false);
  }

  Expr top(Shape shape, Scope scope) {
    return expected(shape, scope, MAX_DEPTH);
  }

  private Expr any(Shape shape, Scope scope, int depth, boolean expected) {
    if (depth <= 0) {
      return choose.oneIn(2)
          ? variable(shape, scope).orElseGet(() -> literal(shape, scope, 0, expected))
          : literal(shape, scope, 0, expected);
    }
    List<Supplier<Optional<Expr>>> ways = new ArrayList<>();
    ways.add(() -> variable(shape, scope));
    ways.add(() -> part(shape, scope));
    ways.add(() -> call(shape, scope, depth));
    ways.add(() -> conditional(shape, scope, depth, expected));
    ways.add(() -> choose.oneIn(3) ? fallback(shape, scope, depth) : Optional.empty());
    ways.add(() -> Optional.of(literal(shape, scope, depth, expected)));
    ways.add(() -> operation(shape, scope, depth));
    ways.add(() -> operation(shape, scope, depth));
    ways.add(() -> choose.oneIn(2) ? forms.any(shape, scope, depth) : Optional.empty());
    return choose.first(ways).orElseThrow();
  }

  // ---------------------------------------------------------------------------- names

  private Optional<Expr> variable(Shape shape, Scope scope) {
    List<Scope.Variable> fitting = scope.all(v -> v.shape().equals(shape));
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(fitting);
    return Optional.of(Expr.of(shape, v.name(), (m, f) -> Values.copy(v.read(m, f))));
  }

  /** A field or element of a variable, or what a pointer points to. */
  private Optional<Expr> part(Shape shape, Scope scope) {
    List<Scope.Variable> all = scope.all(_ -> true);
    for (int tries = 0; tries < 4 && !all.isEmpty(); tries++) {
      Scope.Variable v = choose.of(all);
      Optional<Expr> found = inside(shape, v.shape(), v.name(), v::read, 3);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Expr> inside(Shape wanted, Shape whole, String text, Expr.Eval eval, int depth) {
    if (whole.equals(wanted)) {
      return Optional.of(Expr.of(wanted, text, (m, f) -> Values.copy(eval.value(m, f))));
    }
    if (depth == 0) {
      return Optional.empty();
    }
    return switch (whole) {
      case Shape.Struct s -> {
        int i = choose.below(s.fields().size());
        Shape.Member field = s.fields().get(i);
        yield inside(
            wanted,
            field.shape(),
            member(text, "." + field.name()),
            (m, f) -> ((Object[]) eval.value(m, f))[i],
            depth - 1);
      }
      case Shape.Pair p -> {
        int i = choose.below(2);
        yield inside(
            wanted,
            i == 0 ? p.first() : p.second(),
            member(text, "." + i),
            (m, f) -> ((Object[]) eval.value(m, f))[i],
            depth - 1);
      }
      case Shape.Array a -> {
        int i = choose.below(a.length());
        yield inside(
            wanted,
            a.element(),
            member(text, "[" + i + "]"),
            (m, f) -> ((Object[]) eval.value(m, f))[i],
            depth - 1);
      }
      case Shape.Pointer p ->
          inside(
              wanted,
              p.target(),
              member(text, ".*"),
              (m, f) -> ((Machine.Place) eval.value(m, f)).read(),
              depth - 1);
      default -> Optional.empty();
    };
  }

  // ---------------------------------------------------------------------------- literals

  Expr literal(Shape shape, Scope scope, int depth, boolean expected) {
    return switch (shape) {
      case Shape.Int i -> integers.literal(i, expected);
      case Shape.Bool _ -> {
        boolean b = choose.oneIn(2);
        yield new Expr(shape, Boolean.toString(b), true, (_, _) -> b);
      }
      case Shape.Float t -> {
        double d = choose.between(-4000, 4000) / 16.0;
        String digits = d < 0 ? "(" + d + ")" : Double.toString(d);
        String text = expected || t.bits() == 64 ? digits : "(" + digits + ").(f32)";
        yield new Expr(shape, text, true, (_, _) -> d);
      }
      case Shape.Flags e -> {
        int i = choose.below(e.variants().size());
        String head = expected ? "" : e.name();
        yield new Expr(shape, head + "." + e.variants().get(i), true, (_, _) -> 1L << i);
      }
      case Shape.Text _ -> {
        String word = WORDS[choose.below(WORDS.length)];
        yield new Expr(shape, '"' + word + '"', true, (_, _) -> word);
      }
      case Shape.Struct s -> struct(s, scope, depth, expected);
      case Shape.Array a -> array(a, scope, depth, expected);
      case Shape.Pair p -> pair(p, scope, depth, expected);
      case Shape.Enum e -> {
        int i = choose.below(e.variants().size());
        String head = expected ? "" : e.name();
        yield new Expr(shape, head + "." + e.variants().get(i), true, (_, _) -> i);
      }
      case Shape.Union u -> union(u, scope, depth, expected);
      case Shape.Maybe m -> maybe(m, scope, depth, expected);
      case Shape.Closure c -> closures.lambda(c, scope, depth);
      case Shape.Slice _ -> throw new IllegalArgumentException("slices are made of arrays");
      case Shape.Pointer _ -> throw new IllegalArgumentException("pointers are made of places");
    };
  }

  private Expr struct(Shape.Struct s, Scope scope, int depth, boolean expected) {
    List<Expr> fields = new ArrayList<>();
    StringJoiner text = new StringJoiner(", ", (expected ? "" : s.name()) + ".{", "}");
    for (Shape.Member field : s.fields()) {
      if (field.fallback().isPresent() && choose.oneIn(2)) {
        fields.add(field.fallback().get());
        continue;
      }
      Expr value = expected(field.shape(), scope, depth - 1);
      fields.add(value);
      text.add(field.name() + " = " + value.text());
    }
    return all(s, text.toString(), fields);
  }

  private Expr array(Shape.Array a, Scope scope, int depth, boolean expected) {
    List<Expr> elements = new ArrayList<>();
    String head = expected ? "" : "(" + a.text() + ")";
    StringJoiner text = new StringJoiner(", ", head + ".[", "]");
    for (int i = 0; i < a.length(); i++) {
      Expr value = expected(a.element(), scope, depth - 1);
      elements.add(value);
      text.add(value.text());
    }
    return all(a, text.toString(), elements);
  }

  private Expr pair(Shape.Pair p, Scope scope, int depth, boolean expected) {
    Expr first = expected(p.first(), scope, depth - 1);
    Expr second = expected(p.second(), scope, depth - 1);
    String head = expected ? "" : p.text();
    return all(
        p, head + ".{ " + first.text() + ", " + second.text() + " }", List.of(first, second));
  }

  private static Expr all(Shape shape, String text, List<Expr> parts) {
    return Expr.of(
        shape,
        text,
        (m, f) -> {
          Object[] values = new Object[parts.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).value(m, f);
          }
          return values;
        });
  }

  private Expr union(Shape.Union u, Scope scope, int depth, boolean expected) {
    int i = choose.below(u.variants().size());
    Shape.Member variant = u.variants().get(i);
    String head = (expected ? "" : u.name()) + "." + variant.name();
    if (variant.payload().isEmpty()) {
      return Expr.of(u, head, (_, _) -> new Values.Variant(i, Optional.empty()));
    }
    Expr payload = expected(variant.shape(), scope, depth - 1);
    return Expr.of(
        u,
        head + "(" + payload.text() + ")",
        (m, f) -> new Values.Variant(i, Optional.of(payload.value(m, f))));
  }

  private Expr maybe(Shape.Maybe m, Scope scope, int depth, boolean expected) {
    if (expected && choose.oneIn(3)) {
      return new Expr(m, "null", true, (_, _) -> Optional.empty());
    }
    Expr payload = typed(m.payload(), scope, depth - 1);
    return Expr.of(
        m,
        postfixed(payload.text()) + ".(" + m.text() + ")",
        (c, f) -> Optional.of(payload.value(c, f)));
  }

  /** A member of something; {@code t.0.1} would hold a number. */
  static String member(String whole, String part) {
    boolean numbers = part.matches("\\.\\d") && whole.matches(".*\\.\\d");
    return (numbers ? "(" + whole + ")" : whole) + part;
  }

  /** Text that may be followed by a postfix operator. */
  static String postfixed(String text) {
    return text.startsWith("(") || Character.isJavaIdentifierStart(text.charAt(0))
        ? text
        : "(" + text + ")";
  }

  // ---------------------------------------------------------------------------- calls

  private Optional<Expr> call(Shape shape, Scope scope, int depth) {
    List<Declarations.Function> fitting =
        declarations.functions().stream()
            .filter(f -> !f.failable() && f.result().filter(shape::equals).isPresent())
            .toList();
    List<Scope.Variable> values =
        scope.all(v -> v.shape() instanceof Shape.Closure c && c.result().equals(shape));
    if (!values.isEmpty() && choose.oneIn(2)) {
      return Optional.of(closures.call(choose.of(values), scope, depth));
    }
    return fitting.isEmpty() ? Optional.empty() : call(choose.of(fitting), scope, depth);
  }

  /** A call of a function, unless there is nothing that one of its parameters could point to. */
  Optional<Expr> call(Declarations.Function function, Scope scope, int depth) {
    List<Expr> arguments = new ArrayList<>();
    for (Declarations.Param p : function.params()) {
      if (p.fallback().isPresent() && choose.oneIn(2)) {
        break;
      }
      Optional<Expr> argument = argument(p.shape(), scope, depth - 1);
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(argument.get());
    }
    return Optional.of(
        Expr.of(
            function.result().orElse(Shapes.BOOL),
            text(function, arguments),
            (m, f) -> {
              m.step();
              Object[] values = new Object[function.params().size()];
              for (int i = 0; i < values.length; i++) {
                Expr given =
                    i < arguments.size()
                        ? arguments.get(i)
                        : function.params().get(i).fallback().orElseThrow();
                values[i] = given.value(m, f);
              }
              return function.code().call(m, values);
            }));
  }

  private String text(Declarations.Function function, List<Expr> arguments) {
    StringJoiner rest = new StringJoiner(", ", "(", ")");
    boolean dot = function.dotted() && !arguments.isEmpty() && choose.oneIn(2);
    arguments.subList(dot ? 1 : 0, arguments.size()).forEach(a -> rest.add(a.text()));
    String head = dot ? receiver(arguments.getFirst().text()) + "." : "";
    return head + function.name() + rest;
  }

  /** What stands before the dot of a call: its address is taken by itself (types.auto.4). */
  private static String receiver(String text) {
    return text.startsWith("*") ? text.substring(1) : postfixed(text);
  }

  private Optional<Expr> argument(Shape shape, Scope scope, int depth) {
    return switch (shape) {
      case Shape.Pointer p -> pointer(p, scope);
      case Shape.Slice s -> slice(s, scope);
      default -> Optional.of(typed(shape, scope, depth));
    };
  }

  /** The address of a variable. */
  Optional<Expr> pointer(Shape.Pointer shape, Scope scope) {
    List<Scope.Variable> targets =
        scope.all(v -> v.assignable() && v.shape().equals(shape.target()));
    if (targets.isEmpty()) {
      return variable(shape, scope);
    }
    Scope.Variable v = choose.of(targets);
    return Optional.of(Expr.of(shape, "*" + v.name(), v::place));
  }

  /** A part of an array variable. */
  Optional<Expr> slice(Shape.Slice shape, Scope scope) {
    List<Scope.Variable> arrays =
        scope.all(
            v ->
                v.assignable()
                    && v.shape() instanceof Shape.Array a
                    && a.element().equals(shape.element()));
    if (arrays.isEmpty()) {
      return variable(shape, scope);
    }
    Scope.Variable v = choose.of(arrays);
    int length = ((Shape.Array) v.shape()).length();
    int start = choose.below(length + 1);
    int end = choose.between(start, length);
    return Optional.of(
        Expr.of(
            shape,
            v.name() + "[" + start + ".." + end + "]",
            (m, f) -> new Values.View((Object[]) v.read(m, f), start, end - start)));
  }

  // ---------------------------------------------------------------------------- choice

  private Optional<Expr> conditional(Shape shape, Scope scope, int depth, boolean expected) {
    if (shape instanceof Shape.Closure) {
      return Optional.empty();
    }
    Expr condition = typed(Shapes.BOOL, scope, depth - 1);
    Expr one = any(shape, scope, depth - 1, expected);
    Expr other = any(shape, scope, depth - 1, expected);
    if (one.text().equals("null") || other.text().equals("null")) {
      return Optional.empty();
    }
    String text = "(if " + condition.text() + " then " + one.text() + " else " + other.text() + ")";
    return Optional.of(
        Expr.of(
            shape, text, (m, f) -> condition.truth(m, f) ? one.value(m, f) : other.value(m, f)));
  }

  /**
   * The payload of an optional, or the value of a call that may fail, with a value for no value.
   */
  private Optional<Expr> fallback(Shape shape, Scope scope, int depth) {
    if (shape instanceof Shape.Closure || shape instanceof Shape.Maybe) {
      return Optional.empty();
    }
    if (choose.oneIn(2)) {
      Shape.Maybe whole = new Shape.Maybe(shape);
      Expr optional = typed(whole, scope, depth - 1);
      Expr other = typed(shape, scope, depth - 1);
      return Optional.of(
          Expr.of(
              shape,
              "(" + optional.text() + " ?? " + other.text() + ")",
              (m, f) -> {
                Optional<?> o = (Optional<?>) optional.value(m, f);
                return o.isPresent() ? o.get() : other.value(m, f);
              }));
    }
    return failable(shape)
        .flatMap(function -> call(function, scope, depth))
        .map(call -> handled(call, typed(shape, scope, depth - 1), scope));
  }

  private Optional<Declarations.Function> failable(Shape shape) {
    List<Declarations.Function> fitting =
        declarations.functions().stream()
            .filter(f -> f.failable() && f.result().filter(shape::equals).isPresent())
            .toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(choose.of(fitting));
  }

  private Expr handled(Expr call, Expr other, Scope scope) {
    if (scope.mayTry() && choose.oneIn(3)) {
      return Expr.of(call.shape(), "(try " + call.text() + ")", call.eval());
    }
    Expr.Eval eval =
        (m, f) -> {
          try {
            return call.value(m, f);
          } catch (Machine.Raised e) {
            return other.value(m, f);
          }
        };
    return choose.oneIn(2)
        ? Expr.of(call.shape(), "(" + call.text() + " or " + other.text() + ")", eval)
        : Expr.of(call.shape(), "(" + call.text() + " catch { " + other.text() + " })", eval);
  }

  // ---------------------------------------------------------------------------- operators

  private Optional<Expr> operation(Shape shape, Scope scope, int depth) {
    return switch (shape) {
      case Shape.Int i -> Optional.of(integers.operation(i, scope, depth));
      case Shape.Bool _ -> Optional.of(condition(scope, depth));
      case Shape.Float t -> Optional.of(real(t, scope, depth));
      case Shape.Flags t -> Optional.of(flags(t, scope, depth));
      case Shape.Text _ -> Optional.of(text(scope, depth));
      default -> Optional.empty();
    };
  }

  /** Arithmetic in the type of the left operand (expr.arith.2, expr.arith.3). */
  private Expr real(Shape.Float shape, Scope scope, int depth) {
    if (choose.oneIn(4)) {
      Shape.Int from = shapes.integer();
      Expr number = typed(from, scope, depth - 1);
      return Expr.of(
          shape,
          postfixed(number.text()) + ".(" + shape.text() + ")",
          (m, f) -> Integers.toFloat(shape, from, number.number(m, f)));
    }
    Expr left = typed(shape, scope, depth - 1);
    if (choose.oneIn(5)) {
      return Expr.of(shape, "(-" + left.text() + ")", (m, f) -> -(Double) left.value(m, f));
    }
    Expr right =
        choose.oneIn(3)
            ? typed(new Shape.Float(choose.oneIn(2) ? 32 : 64), scope, depth - 1)
            : typed(shape, scope, depth - 1);
    return switch (choose.below(4)) {
      case 0 -> real(shape, "+", left, right, Double::sum);
      case 1 -> real(shape, "-", left, right, (a, b) -> a - b);
      case 2 -> real(shape, "*", left, right, (a, b) -> a * b);
      default -> real(shape, "/", left, right, (a, b) -> a / b);
    };
  }

  private static Expr real(
      Shape.Float shape,
      String operator,
      Expr left,
      Expr right,
      java.util.function.DoubleBinaryOperator apply) {
    return new Expr(
        shape,
        "(" + left.text() + " " + operator + " " + right.text() + ")",
        left.constant() && right.constant(),
        (m, f) -> {
          double a = (Double) left.value(m, f);
          double b = shape.round((Double) right.value(m, f));
          return shape.round(apply.applyAsDouble(a, b));
        });
  }

  private Expr flags(Shape.Flags shape, Scope scope, int depth) {
    Expr left = typed(shape, scope, depth - 1);
    Expr right = typed(shape, scope, depth - 1);
    String operator = choose.of(List.of("|", "&", "^"));
    return Expr.of(
        shape,
        "(" + left.text() + " " + operator + " " + right.text() + ")",
        (m, f) -> {
          long a = left.number(m, f);
          long b = right.number(m, f);
          return operator.equals("|") ? a | b : operator.equals("&") ? a & b : a ^ b;
        });
  }

  private Expr text(Scope scope, int depth) {
    if (choose.oneIn(2)) {
      Expr left = typed(Shapes.TEXT, scope, depth - 1);
      Expr right = typed(Shapes.TEXT, scope, depth - 1);
      return Expr.of(
          Shapes.TEXT,
          "concat(" + left.text() + ", " + right.text() + ")",
          (m, f) -> limited((String) left.value(m, f) + right.value(m, f)));
    }
    Shape shape = shapes.value(1);
    Expr value = typed(shape.printable() ? shape : Shapes.I64, scope, depth - 1);
    return Expr.of(
        Shapes.TEXT,
        "format(\"<{}>\", " + value.text() + ")",
        (m, f) -> limited("<" + Texts.of(value.shape(), value.value(m, f)) + ">"));
  }

  private static String limited(String text) {
    if (text.length() > 1000) {
      throw new Machine.Useless("too long a string");
    }
    return text;
  }

  private Expr condition(Scope scope, int depth) {
    return switch (choose.below(8)) {
      case 0 -> {
        Expr e = typed(Shapes.BOOL, scope, depth - 1);
        yield Expr.of(Shapes.BOOL, "(!" + e.text() + ")", (m, f) -> !e.truth(m, f));
      }
      case 1 -> {
        Expr a = typed(Shapes.BOOL, scope, depth - 1);
        Expr b = typed(Shapes.BOOL, scope, depth - 1);
        yield Expr.of(
            Shapes.BOOL,
            "(" + a.text() + " and " + b.text() + ")",
            (m, f) -> a.truth(m, f) && b.truth(m, f));
      }
      case 2 -> {
        Expr a = typed(Shapes.BOOL, scope, depth - 1);
        Expr b = typed(Shapes.BOOL, scope, depth - 1);
        yield Expr.of(
            Shapes.BOOL,
            "(" + a.text() + " or " + b.text() + ")",
            (m, f) -> a.truth(m, f) || b.truth(m, f));
      }
      case 3 -> equality(scope, depth);
      case 4 -> presence(scope, depth);
      default -> integers.comparison(scope, depth);
    };
  }

  private Expr equality(Scope scope, int depth) {
    Shape shape = shapes.value(2);
    if (!shape.comparable() || shape instanceof Shape.Maybe) {
      return integers.comparison(scope, depth);
    }
    Expr a = typed(shape, scope, depth - 1);
    Expr b = typed(shape, scope, depth - 1);
    boolean same = choose.oneIn(2);
    return Expr.of(
        Shapes.BOOL,
        "(" + a.text() + (same ? " == " : " != ") + b.text() + ")",
        (m, f) -> {
          Object x = a.value(m, f);
          return Values.equal(shape, x, b.value(m, f)) == same;
        });
  }

  private Expr presence(Scope scope, int depth) {
    Expr e = typed(shapes.maybe(1), scope, depth - 1);
    boolean absent = choose.oneIn(2);
    return Expr.of(
        Shapes.BOOL,
        "(" + e.text() + (absent ? " == null)" : " != null)"),
        (m, f) -> ((Optional<?>) e.value(m, f)).isEmpty() == absent);
  }
}
