package sx.generate;

import java.util.List;
import java.util.Optional;

/** Makes programs; see the package. */
public final class ProgramGenerator {
  private static final int MAX_FUNCTIONS = 5;
  private static final long NEXT_TRY = 0x9E3779B97F4A7C15L;

  /** A global that stays 0, which the compiler does not know. */
  static final String ZERO = "zero";

  private ProgramGenerator() {}

  /** The program of a seed. */
  public static GeneratedProgram program(long seed) {
    return program(seed, true);
  }

  /**
   * The program of a seed.
   *
   * @param generic whether some functions have a type parameter; the program is the same otherwise
   */
  public static GeneratedProgram program(long seed, boolean generic) {
    for (long s = seed; ; s += NEXT_TRY) {
      try {
        return new Attempt(s, generic).make(seed);
      } catch (Machine.Useless e) {
        // The next one may be of use.
      }
    }
  }

  /** One program, which may turn out to be useless. */
  private static final class Attempt {
    private final Machine machine = new Machine();
    private final Declarations declarations = new Declarations();
    private final Choices choose;
    private final Shapes shapes;
    private final Expressions expressions;
    private final Statements statements;
    private final Functions functions;

    Attempt(long seed, boolean generic) {
      choose = new Choices(seed);
      shapes = new Shapes(choose, declarations);
      expressions = new Expressions(choose, declarations, shapes);
      statements = new Statements(choose, declarations, shapes, expressions);
      expressions.closureBodies(statements);
      functions = new Functions(choose, declarations, shapes, statements, generic);
    }

    GeneratedProgram make(long seed) {
      declarations.declare("#import \"modules/std.sx\";");
      declarations.declare(Shapes.BOX);
      shapes.declareSome();
      global(ZERO, Shapes.I64, Expr.of(Shapes.I64, "0", (_, _) -> 0L));
      for (int i = choose.below(4); i > 0; i--) {
        Shape shape = shapes.scalar();
        Scope nowhere = Scope.of(new Scope.Body(Optional.empty(), false, Optional.empty()));
        Expr value = expressions.literal(shape, nowhere, 0, true);
        if (!value.text().contains(" - ")) {
          global("g" + i, shape, value);
        }
      }
      declarations.declare(Generics.TEXT);
      expressions.protocols().declare();
      for (int i = choose.below(MAX_FUNCTIONS + 1); i > 0; i--) {
        functions.declare();
      }
      Scope.Body body = new Scope.Body(Optional.empty(), false, Optional.empty());
      Scope scope = Scope.of(body);
      declarations.globals().forEach(scope::add);
      List<Stmt> all = statements.main(scope);
      declarations.declare("main :: () " + Stmt.block(all));
      machine.run(() -> Stmt.sequence(all).run(machine, body.frame()));
      return new GeneratedProgram(seed, declarations.text(), machine.output());
    }

    private void global(String name, Shape shape, Expr value) {
      int slot = machine.addGlobal(value.value(machine, new Object[0]));
      declarations.global(
          new Scope.Variable(name, shape, slot, true, !name.equals(ZERO)),
          name + " : " + shape.text() + " = " + value.text() + ";");
    }
  }
}
