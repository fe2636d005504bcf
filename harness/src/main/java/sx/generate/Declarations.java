package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a program has declared so far, on the level of the module. */
final class Declarations {
  private final List<String> texts = new ArrayList<>();
  private final List<Shape> types = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private final List<Scope.Variable> globals = new ArrayList<>();

  /**
   * A parameter; a pointer refers to storage of the caller.
   *
   * @param fallback the default, of the last one only
   */
  record Param(String name, Shape shape, Optional<Expr> fallback) {}

  /**
   * A function.
   *
   * @param result empty if it has none
   * @param failable whether its result has an error channel
   * @param dotted whether it may be called with a dot after its first argument
   */
  record Function(
      String name,
      List<Param> params,
      Optional<Shape> result,
      boolean failable,
      boolean dotted,
      Machine.Callable code) {}

  void declare(String text) {
    texts.add(text);
  }

  void type(Shape shape, String text) {
    types.add(shape);
    texts.add(text);
  }

  void function(Function function, String text) {
    functions.add(function);
    texts.add(text);
  }

  void global(Scope.Variable variable, String text) {
    globals.add(variable);
    texts.add(text);
  }

  List<Shape> types() {
    return types;
  }

  List<Function> functions() {
    return functions;
  }

  List<Scope.Variable> globals() {
    return globals;
  }

  String text() {
    return String.join("\n\n", texts) + "\n";
  }
}
