package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Random statements and blocks: 05-statements.md. */
final class Statements {
  private static final int MAX_DEPTH = 3;
  static final List<String> TAGS = List.of("Red", "Green", "Blue");

  private final Choices choose;
  private final Declarations declarations;
  private final Shapes shapes;
  private final Expressions expressions;
  private int names;

  Statements(Choices choose, Declarations declarations, Shapes shapes, Expressions expressions) {
    this.choose = choose;
    this.declarations = declarations;
    this.shapes = shapes;
    this.expressions = expressions;
  }

  private String fresh(String prefix) {
    names++;
    return prefix + names;
  }

  /** The statements of a block; they see what is declared before them. */
  List<Stmt> block(Scope scope, int depth, boolean inLoop) {
    List<Stmt> all = new ArrayList<>();
    for (int i = choose.between(1, depth == 0 ? 3 : 5); i > 0; i--) {
      all.add(statement(scope, depth, inLoop));
    }
    return all;
  }

  List<Stmt> body(Scope scope) {
    List<Stmt> all = new ArrayList<>();
    for (int i = choose.between(1, 3); i > 0; i--) {
      all.add(declaration(scope));
    }
    all.addAll(block(scope, MAX_DEPTH, false));
    return all;
  }

  /** A body that calls every function and shows what its variables are in the end. */
  List<Stmt> main(Scope scope) {
    List<Stmt> all = new ArrayList<>(body(scope));
    for (Declarations.Function f : declarations.functions()) {
      all.add(print(scope));
      effect(f, scope).ifPresent(all::add);
    }
    all.addAll(block(scope, MAX_DEPTH, false));
    all.addAll(variables(scope));
    return all;
  }

  /** Shows the variables that can be shown. */
  List<Stmt> variables(Scope scope) {
    List<Stmt> all = new ArrayList<>();
    for (Scope.Variable v : scope.all(x -> x.shape().printable())) {
      all.add(
          Stmt.of(
              "print(\"" + v.name() + " = {}\\n\", " + v.name() + ");",
              (m, f) -> m.print(v.name() + " = " + Texts.of(v.shape(), v.read(m, f)) + "\n")));
    }
    return all;
  }

  /** The body of a lambda. */
  List<Stmt> lambda(Scope scope) {
    List<Stmt> all = new ArrayList<>(block(scope, 1, false));
    all.add(result(scope));
    return all;
  }

  private Stmt statement(Scope scope, int depth, boolean inLoop) {
    List<Supplier<Optional<Stmt>>> ways = new ArrayList<>();
    ways.add(() -> Optional.of(declaration(scope)));
    ways.add(() -> Optional.of(declaration(scope)));
    ways.add(() -> Optional.of(print(scope)));
    ways.add(() -> assignment(scope));
    ways.add(() -> assignment(scope));
    ways.add(() -> compound(scope));
    ways.add(() -> reference(scope));
    ways.add(() -> effect(scope));
    ways.add(() -> swap(scope));
    ways.add(() -> Optional.of(expressions.generics().destructure(scope, fresh("a"), fresh("a"))));
    ways.add(() -> choose.oneIn(3) ? Optional.of(cleanup(scope)) : Optional.empty());
    ways.add(() -> leave(scope, inLoop));
    if (depth > 0) {
      ways.add(() -> Optional.of(condition(scope, depth, inLoop)));
      ways.add(() -> Optional.of(loop(scope, depth)));
      ways.add(() -> sequenceLoop(scope, depth));
      ways.add(() -> match(scope, depth, inLoop));
      ways.add(() -> binding(scope, depth, inLoop));
      ways.add(() -> Optional.of(nested(scope, depth, inLoop)));
    }
    return choose.first(ways).orElseGet(() -> print(scope));
  }

  // ---------------------------------------------------------------------------- simple ones

  Stmt declaration(Scope scope) {
    Shape shape = choose.oneIn(6) ? shapes.closure() : shapes.value(2);
    String name = fresh("a");
    boolean annotated = choose.oneIn(2);
    Expr value =
        annotated ? expressions.top(shape, scope) : expressions.typed(shape, scope, MAX_DEPTH);
    Scope.Variable v = scope.declare(name, shape, true);
    String type = annotated ? " : " + scope.text(shape) + " = " : " := ";
    return Stmt.of(
        name + type + value.text() + ";",
        (m, f) -> {
          f[v.slot()] = value.value(m, f);
        });
  }

  private Stmt print(Scope scope) {
    List<Expr> values = new ArrayList<>();
    StringJoiner text = new StringJoiner(", ");
    String label = fresh("p");
    StringJoiner format = new StringJoiner(" ", "\"" + label + ": ", "\\n\"");
    for (int i = choose.between(1, 3); i > 0; i--) {
      Shape shape = shapes.value(2);
      Expr e = expressions.typed(shape.printable() ? shape : Shapes.I64, scope, 3);
      values.add(e);
      text.add(e.text());
      format.add("{}");
    }
    return Stmt.of(
        "print(" + format + ", " + text + ");",
        (m, f) -> {
          StringJoiner line = new StringJoiner(" ", label + ": ", "\n");
          values.forEach(e -> line.add(Texts.of(e.shape(), e.value(m, f))));
          m.print(line.toString());
        });
  }

  /** Where something can be stored. */
  private record Target(Shape shape, String text, Get get) {
    interface Get {
      Machine.Place place(Machine machine, Object[] frame);
    }
  }

  private Optional<Target> target(Scope scope) {
    List<Scope.Variable> all = scope.all(v -> v.assignable() || v.shape() instanceof Shape.Pointer);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(all);
    Target whole =
        v.shape() instanceof Shape.Pointer p
            ? new Target(p.target(), v.name() + ".*", (m, f) -> (Machine.Place) v.read(m, f))
            : new Target(v.shape(), v.name(), v::place);
    return Optional.of(within(whole, 3));
  }

  private Target within(Target whole, int depth) {
    if (depth == 0 || choose.oneIn(3)) {
      return whole;
    }
    return switch (whole.shape()) {
      case Shape.Struct s -> {
        int i = choose.below(s.fields().size());
        Shape.Member field = s.fields().get(i);
        yield within(part(whole, field.shape(), "." + field.name(), i), depth - 1);
      }
      case Shape.Array a -> {
        int i = choose.below(a.length());
        yield within(part(whole, a.element(), "[" + i + "]", i), depth - 1);
      }
      case Shape.Pair p -> {
        int i = choose.below(2);
        yield within(part(whole, i == 0 ? p.first() : p.second(), "." + i, i), depth - 1);
      }
      default -> whole;
    };
  }

  private static Target part(Target whole, Shape shape, String text, int index) {
    return new Target(
        shape,
        Expressions.member(whole.text(), text),
        (m, f) -> new Machine.Place((Object[]) whole.get().place(m, f).read(), index));
  }

  private Optional<Stmt> assignment(Scope scope) {
    return target(scope)
        .filter(t -> !(t.shape() instanceof Shape.Pointer))
        .map(
            t -> {
              Expr value = expressions.expected(t.shape(), scope, 3);
              return Stmt.of(
                  t.text() + " = " + value.text() + ";",
                  (m, f) -> {
                    Object stored = value.value(m, f);
                    t.get().place(m, f).write(stored);
                  });
            });
  }

  /** Two assignments in one: values first, then stores from left to right (stmt.massign.1). */
  private Optional<Stmt> swap(Scope scope) {
    Optional<Target> one = target(scope).filter(t -> !(t.shape() instanceof Shape.Pointer));
    Optional<Target> two = target(scope).filter(t -> !(t.shape() instanceof Shape.Pointer));
    if (one.isEmpty() || two.isEmpty()) {
      return Optional.empty();
    }
    Expr first = expressions.expected(one.get().shape(), scope, 2);
    Expr second = expressions.expected(two.get().shape(), scope, 2);
    return Optional.of(
        Stmt.of(
            one.get().text()
                + ", "
                + two.get().text()
                + " = "
                + first.text()
                + ", "
                + second.text()
                + ";",
            (m, f) -> {
              Object a = first.value(m, f);
              Object b = second.value(m, f);
              one.get().get().place(m, f).write(a);
              two.get().get().place(m, f).write(b);
            }));
  }

  private Optional<Stmt> compound(Scope scope) {
    Optional<Target> target = target(scope).filter(t -> t.shape() instanceof Shape.Int);
    return target.map(
        t -> {
          Shape.Int shape = (Shape.Int) t.shape();
          Expr right = expressions.typed(shape, scope, 3);
          String operator = choose.of(List.of("+", "-", "*", "&", "|", "^"));
          return Stmt.of(
              t.text() + " " + operator + "= " + right.text() + ";",
              (m, f) -> {
                long b = right.number(m, f);
                Machine.Place place = t.get().place(m, f);
                long a = (Long) place.read();
                place.write(Values.wrap(shape, apply(operator, a, b)));
              });
        });
  }

  private static long apply(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "&" -> a & b;
      case "|" -> a | b;
      default -> a ^ b;
    };
  }

  /** A pointer to a variable, or a slice of an array. */
  private Optional<Stmt> reference(Scope scope) {
    List<Scope.Variable> all =
        scope.all(v -> v.assignable() && !(v.shape() instanceof Shape.Closure));
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(all);
    Optional<Expr> value =
        v.shape() instanceof Shape.Array a && choose.oneIn(2)
            ? expressions.slice(new Shape.Slice(a.element()), scope)
            : expressions.pointer(new Shape.Pointer(v.shape()), scope);
    return value.map(
        e -> {
          String name = fresh("r");
          Scope.Variable r = scope.declare(name, e.shape(), false);
          return Stmt.of(
              name + " := " + e.text() + ";",
              (m, f) -> {
                f[r.slot()] = e.value(m, f);
              });
        });
  }

  /** A call for its effect; an error is dropped or passed on. */
  private Optional<Stmt> effect(Scope scope) {
    return declarations.functions().isEmpty()
        ? Optional.empty()
        : effect(choose.of(declarations.functions()), scope);
  }

  private Optional<Stmt> effect(Declarations.Function function, Scope scope) {
    return expressions
        .call(function, scope, 3)
        .map(
            call -> {
              if (!function.failable()) {
                return Stmt.of("_ = " + call.text() + ";", call::value);
              }
              if (scope.mayTry() && choose.oneIn(2)) {
                return Stmt.of("_ = try " + call.text() + ";", call::value);
              }
              String label = fresh("c");
              String name = fresh("e");
              return Stmt.of(
                  name
                      + "x, "
                      + name
                      + " := "
                      + call.text()
                      + ";\nif "
                      + name
                      + " { print(\""
                      + label
                      + " {}\\n\", "
                      + name
                      + "); }",
                  (m, f) -> {
                    try {
                      call.value(m, f);
                    } catch (Machine.Raised e) {
                      m.print(label + " " + e.tag() + "\n");
                    }
                  });
            });
  }

  private Stmt cleanup(Scope scope) {
    boolean onlyOnError = scope.mayTry() && choose.oneIn(2);
    Stmt inner = print(scope.cleanup());
    return new Stmt(
        (onlyOnError ? "onfail { " : "defer { ") + inner.text() + " }",
        inner.exec(),
        onlyOnError ? Stmt.Cleanup.ONFAIL : Stmt.Cleanup.DEFER);
  }

  /** break, continue, return or raise, on some condition. */
  private Optional<Stmt> leave(Scope scope, boolean inLoop) {
    Expr when = expressions.typed(Shapes.BOOL, scope, 2);
    List<Stmt> ways = new ArrayList<>();
    if (inLoop) {
      ways.add(
          Stmt.of(
              "break;",
              (_, _) -> {
                throw new Machine.Break();
              }));
      ways.add(
          Stmt.of(
              "continue;",
              (_, _) -> {
                throw new Machine.Continue();
              }));
    }
    if (scope.mayTry()) {
      String tag = choose.of(TAGS);
      ways.add(
          Stmt.of(
              "raise error." + tag + ";",
              (_, _) -> {
                throw new Machine.Raised(tag);
              }));
    }
    if (scope.body().result().isPresent() && choose.oneIn(2)) {
      ways.add(result(scope));
    }
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    Stmt way = choose.of(ways);
    return Optional.of(
        Stmt.of(
            "if " + when.text() + " { " + way.text() + " }",
            (m, f) -> {
              if (when.truth(m, f)) {
                way.exec().run(m, f);
              }
            }));
  }

  Stmt result(Scope scope) {
    Expr value = expressions.top(scope.body().result().orElseThrow(), scope);
    return Stmt.of(
        "return " + value.text() + ";",
        (m, f) -> {
          throw new Machine.Return(value.value(m, f));
        });
  }

  // ---------------------------------------------------------------------------- control flow

  private Stmt nested(Scope scope, int depth, boolean inLoop) {
    List<Stmt> inner = block(scope.inner(), depth - 1, inLoop);
    return Stmt.of(Stmt.block(inner), Stmt.sequence(inner));
  }

  private Stmt condition(Scope scope, int depth, boolean inLoop) {
    Expr when = expressions.typed(Shapes.BOOL, scope, 3);
    List<Stmt> yes = block(scope.inner(), depth - 1, inLoop);
    List<Stmt> no = choose.oneIn(2) ? block(scope.inner(), depth - 1, inLoop) : List.of();
    Stmt.Exec first = Stmt.sequence(yes);
    Stmt.Exec second = Stmt.sequence(no);
    return Stmt.of(
        "if "
            + when.text()
            + " "
            + Stmt.block(yes)
            + (no.isEmpty() ? "" : " else " + Stmt.block(no)),
        (m, f) -> (when.truth(m, f) ? first : second).run(m, f));
  }

  /** A counted loop: over a range, or a while with a counter. */
  private Stmt loop(Scope scope, int depth) {
    int turns = choose.below(5);
    Scope inside = scope.inner();
    String name = fresh("k");
    if (choose.oneIn(2)) {
      int start = choose.between(-3, 3);
      boolean closed = choose.oneIn(3);
      Scope.Variable i = inside.declare(name, Shapes.I64, false);
      List<Stmt> body = block(inside, depth - 1, true);
      Stmt.Exec run = Stmt.sequence(body);
      String from = start < 0 ? "(" + start + ")" : "" + start;
      int end = start + turns;
      String to = (closed ? "=" : "") + (end < 0 ? "(" + end + ")" : "" + end);
      return Stmt.of(
          "for " + from + ".." + to + " (" + name + ") " + Stmt.block(body),
          (m, f) -> {
            for (long n = start; closed ? n <= end : n < end; n++) {
              f[i.slot()] = n;
              if (!turn(run, m, f)) {
                break;
              }
            }
          });
    }
    Scope.Variable counter = scope.declare(name, Shapes.I64, false);
    List<Stmt> body = block(inside, depth - 1, true);
    Stmt.Exec run = Stmt.sequence(body);
    List<Stmt> all = new ArrayList<>();
    all.add(Stmt.of(name + " += 1;", (_, _) -> {}));
    all.addAll(body);
    return Stmt.of(
        name + " := 0;\nwhile " + name + " < " + turns + " " + Stmt.block(all),
        (m, f) -> {
          f[counter.slot()] = 0L;
          while ((Long) f[counter.slot()] < turns) {
            f[counter.slot()] = (Long) f[counter.slot()] + 1;
            if (!turn(run, m, f)) {
              break;
            }
          }
        });
  }

  /** One turn of a loop; false if it is left. */
  private static boolean turn(Stmt.Exec body, Machine m, Object[] f) {
    m.step();
    try {
      body.run(m, f);
    } catch (Machine.Break e) {
      return false;
    } catch (Machine.Continue e) {
      return true;
    }
    return true;
  }

  /** A loop over an array or slice, by value or by reference. */
  private Optional<Stmt> sequenceLoop(Scope scope, int depth) {
    List<Scope.Variable> all =
        scope.all(v -> v.shape() instanceof Shape.Slice || v.shape() instanceof Shape.Array);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Scope.Variable v = choose.of(all);
    Shape element =
        v.shape() instanceof Shape.Array a ? a.element() : ((Shape.Slice) v.shape()).element();
    boolean writable = v.assignable() || v.shape() instanceof Shape.Slice;
    boolean reference = writable && !(element instanceof Shape.Closure) && choose.oneIn(2);
    Scope inside = scope.inner();
    String name = fresh("x");
    String index = fresh("k");
    Scope.Variable x =
        inside.declare(name, reference ? new Shape.Pointer(element) : element, false);
    Scope.Variable i = inside.declare(index, Shapes.I64, false);
    List<Stmt> body = block(inside, depth - 1, true);
    Stmt.Exec run = Stmt.sequence(body);
    return Optional.of(
        Stmt.of(
            "for "
                + v.name()
                + ", 0.. ("
                + (reference ? "*" : "")
                + name
                + ", "
                + index
                + ") "
                + Stmt.block(body),
            (m, f) -> {
              Values.View view =
                  switch (v.read(m, f)) {
                    case Values.View w -> w;
                    case Object[] array -> new Values.View(array, 0, array.length);
                    default -> throw new IllegalStateException("no sequence");
                  };
              for (int n = 0; n < view.length(); n++) {
                int at = view.start() + n;
                f[x.slot()] =
                    reference
                        ? new Machine.Place(view.storage(), at)
                        : Values.copy(view.storage()[at]);
                f[i.slot()] = (long) n;
                if (!turn(run, m, f)) {
                  break;
                }
              }
            }));
  }

  /** {@code if v := optional}. */
  private Optional<Stmt> binding(Scope scope, int depth, boolean inLoop) {
    Shape.Maybe shape = shapes.maybe(1);
    Shape payload = shape.payload();
    Expr optional = expressions.typed(shape, scope, 3);
    Scope inside = scope.inner();
    String name = fresh("b");
    Scope.Variable v = inside.declare(name, payload, true);
    Stmt.Exec[] runs = new Stmt.Exec[2];
    List<Stmt> yes = block(inside, depth - 1, inLoop);
    List<Stmt> no = block(scope.inner(), depth - 1, inLoop);
    runs[0] = Stmt.sequence(yes);
    runs[1] = Stmt.sequence(no);
    return Optional.of(
        Stmt.of(
            "if "
                + name
                + " := "
                + optional.text()
                + " "
                + Stmt.block(yes)
                + " else "
                + Stmt.block(no),
            (m, f) -> {
              Optional<?> o = (Optional<?>) optional.value(m, f);
              if (o.isPresent()) {
                f[v.slot()] = o.get();
                runs[0].run(m, f);
              } else {
                runs[1].run(m, f);
              }
            }));
  }

  // ---------------------------------------------------------------------------- match

  private Optional<Stmt> match(Scope scope, int depth, boolean inLoop) {
    if (choose.oneIn(2)) {
      return Optional.of(
          choose.oneIn(2) ? ofNumber(scope, depth, inLoop) : ofOptional(scope, depth, inLoop));
    }
    List<Shape> all =
        declarations.types().stream()
            .filter(t -> t instanceof Shape.Enum || t instanceof Shape.Union)
            .toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            switch (choose.of(all)) {
              case Shape.Enum e -> ofEnum(e, scope, depth, inLoop);
              case Shape.Union u -> ofUnion(u, scope, depth, inLoop);
              default -> throw new IllegalStateException("no variants");
            });
  }

  private record Arm(String head, Stmt.Exec run, String body) {}

  private Arm arm(String head, Scope inside, int depth, boolean inLoop) {
    List<Stmt> body = block(inside, depth - 1, inLoop);
    return new Arm(head, Stmt.sequence(body), Stmt.block(body));
  }

  private static String text(Expr subject, List<Arm> arms) {
    StringBuilder text = new StringBuilder("if " + subject.text() + " == {\n");
    arms.forEach(a -> text.append((a.head() + " " + a.body()).indent(4)));
    return text.append("}").toString();
  }

  /** A match on an optional. */
  private Stmt ofOptional(Scope scope, int depth, boolean inLoop) {
    Shape.Maybe shape = shapes.maybe(1);
    Expr subject = expressions.typed(shape, scope, 2);
    Scope inside = scope.inner();
    String name = fresh("m");
    Scope.Variable v = inside.declare(name, shape.payload(), false);
    Arm some = arm("case .some: (" + name + ")", inside, depth, inLoop);
    Arm none = arm(choose.oneIn(2) ? "case .none:" : "else:", scope.inner(), depth, inLoop);
    return Stmt.of(
        text(subject, List.of(some, none)),
        (m, f) -> {
          Optional<?> o = (Optional<?>) subject.value(m, f);
          if (o.isPresent()) {
            f[v.slot()] = o.get();
            some.run().run(m, f);
          } else {
            none.run().run(m, f);
          }
        });
  }

  private Stmt ofNumber(Scope scope, int depth, boolean inLoop) {
    Expr subject = expressions.typed(shapes.integer(), scope, 2);
    List<Arm> arms = new ArrayList<>();
    int cases = Math.min(choose.between(1, 3), 2);
    for (int n = 0; n < cases; n++) {
      arms.add(arm("case " + n + ":", scope.inner(), depth, inLoop));
    }
    arms.add(arm("else:", scope.inner(), depth, inLoop));
    if (subject.shape() instanceof Shape.Int i && i.signed() && i.bits() < 3) {
      return print(scope);
    }
    return Stmt.of(
        text(subject, arms),
        (m, f) -> {
          long n = subject.number(m, f);
          arms.get(n >= 0 && n < cases ? (int) n : cases).run().run(m, f);
        });
  }

  private Stmt ofEnum(Shape.Enum e, Scope scope, int depth, boolean inLoop) {
    Expr subject = expressions.typed(e, scope, 2);
    boolean complete = choose.oneIn(2);
    int count = complete ? e.variants().size() : choose.between(1, e.variants().size());
    List<Arm> arms = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      arms.add(arm("case ." + e.variants().get(n) + ":", scope.inner(), depth, inLoop));
    }
    return Stmt.of(
        text(subject, arms),
        (m, f) -> {
          int n = (Integer) subject.value(m, f);
          if (n < count) {
            arms.get(n).run().run(m, f);
          }
        });
  }

  private Stmt ofUnion(Shape.Union u, Scope scope, int depth, boolean inLoop) {
    Expr subject = expressions.typed(u, scope, 2);
    List<Arm> arms = new ArrayList<>();
    List<Optional<Scope.Variable>> captures = new ArrayList<>();
    for (Shape.Member variant : u.variants()) {
      Scope inside = scope.inner();
      String head = "case ." + variant.name() + ":";
      Optional<Scope.Variable> capture = Optional.empty();
      if (variant.payload().isPresent() && !choose.oneIn(3)) {
        String name = fresh("m");
        capture = Optional.of(inside.declare(name, variant.shape(), false));
        head += " (" + name + ")";
      }
      captures.add(capture);
      arms.add(arm(head, inside, depth, inLoop));
    }
    return Stmt.of(
        text(subject, arms),
        (m, f) -> {
          Values.Variant v = (Values.Variant) subject.value(m, f);
          captures.get(v.index()).ifPresent(c -> f[c.slot()] = v.payload().orElseThrow());
          arms.get(v.index()).run().run(m, f);
        });
  }
}
