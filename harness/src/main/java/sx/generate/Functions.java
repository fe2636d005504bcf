package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Random functions, each of which calls earlier ones only. */
final class Functions {
  private final Choices choose;
  private final Declarations declarations;
  private final Shapes shapes;
  private final Statements statements;
  private final boolean generic;

  Functions(
      Choices choose,
      Declarations declarations,
      Shapes shapes,
      Statements statements,
      boolean generic) {
    this.choose = choose;
    this.declarations = declarations;
    this.shapes = shapes;
    this.statements = statements;
    this.generic = generic;
  }

  void declare() {
    String name = "fn" + declarations.functions().size();
    List<Declarations.Param> params = params();
    Optional<Shape> result = Optional.of(shapes.value(2));
    boolean failable = choose.oneIn(3);
    boolean template = choose.oneIn(3);
    boolean dotted = choose.oneIn(3);
    Optional<Shape> parameter =
        template && generic && !params.isEmpty() && isInferred(params.getFirst())
            ? Optional.of(params.getFirst().shape())
            : Optional.empty();
    Scope.Body body = new Scope.Body(result, failable, parameter);
    Scope scope = Scope.of(body);
    declarations.globals().forEach(scope::add);
    List<Scope.Variable> own =
        params.stream().map(p -> scope.declare(p.name(), p.shape(), isValue(p.shape()))).toList();
    List<Stmt> all = new ArrayList<>(statements.body(scope));
    if (choose.oneIn(2)) {
      all.addAll(statements.variables(scope));
    }
    all.add(statements.result(scope));
    Stmt.Exec run = Stmt.sequence(all);
    declarations.function(
        new Declarations.Function(
            name,
            params,
            result,
            failable,
            dotted && !params.isEmpty(),
            (m, arguments) -> {
              Object[] frame = body.frame();
              for (int i = 0; i < arguments.length; i++) {
                frame[own.get(i).slot()] = arguments[i];
              }
              return Machine.returned(
                  () -> {
                    run.run(m, frame);
                    return Machine.NOTHING;
                  });
            }),
        text(name, scope, params, result.get(), failable, dotted && !params.isEmpty())
            + Stmt.block(all));
  }

  private static boolean isInferred(Declarations.Param p) {
    return isValue(p.shape()) && p.fallback().isEmpty();
  }

  private static boolean isValue(Shape shape) {
    return !(shape instanceof Shape.Pointer || shape instanceof Shape.Slice);
  }

  private List<Declarations.Param> params() {
    List<Declarations.Param> params = new ArrayList<>();
    for (int i = choose.below(4); i > 0; i--) {
      Shape shape =
          switch (choose.below(6)) {
            case 0 -> new Shape.Pointer(shapes.value(1));
            case 1 -> new Shape.Slice(shapes.value(1));
            case 2 -> shapes.closure();
            default -> shapes.value(2);
          };
      Optional<Expr> fallback = i == 1 ? shapes.fallback(shape) : Optional.empty();
      params.add(new Declarations.Param("n" + i, shape, fallback));
    }
    return params;
  }

  private static String text(
      String name,
      Scope scope,
      List<Declarations.Param> params,
      Shape result,
      boolean failable,
      boolean dotted) {
    boolean introduced = false;
    List<String> list = new ArrayList<>();
    for (Declarations.Param p : params) {
      String type = scope.text(p.shape());
      String fallback = p.fallback().map(e -> " = " + e.text()).orElse("");
      list.add(p.name() + ": " + (type.equals("T") && !introduced ? "$T" : type) + fallback);
      introduced |= type.equals("T");
    }
    String type = scope.text(result);
    return name
        + " :: "
        + (dotted ? "ufcs " : "")
        + list.stream().collect(Collectors.joining(", ", "(", ")"))
        + " -> "
        + (failable ? "(" + type + ", !) " : type + " ");
  }
}
