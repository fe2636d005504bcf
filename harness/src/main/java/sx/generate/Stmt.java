package sx.generate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement.
 *
 * @param text its lines
 * @param exec what it does
 * @param cleanup how what it registers runs when its block is left
 */
record Stmt(String text, Exec exec, Cleanup cleanup) {
  /** What a statement means. */
  interface Exec {
    void run(Machine machine, Object[] frame);
  }

  /** When a statement runs that was registered. */
  enum Cleanup {
    NONE,
    DEFER,
    ONFAIL
  }

  static Stmt of(String text, Exec exec) {
    return new Stmt(text, exec, Cleanup.NONE);
  }

  /** A block of statements. */
  static Exec sequence(List<Stmt> statements) {
    return (machine, frame) -> run(statements, 0, machine, frame);
  }

  /** Runs the rest of a block; what was registered runs last, in reverse (stmt.defer.3). */
  private static void run(List<Stmt> all, int from, Machine machine, Object[] frame) {
    for (int i = from; i < all.size(); i++) {
      machine.step();
      Stmt s = all.get(i);
      if (s.cleanup() == Cleanup.NONE) {
        s.exec().run(machine, frame);
        continue;
      }
      try {
        run(all, i + 1, machine, frame);
      } catch (Machine.Raised e) {
        s.exec().run(machine, frame);
        throw e;
      } catch (Machine.Jump j) {
        atEnd(s, machine, frame);
        throw j;
      }
      atEnd(s, machine, frame);
      return;
    }
  }

  private static void atEnd(Stmt s, Machine machine, Object[] frame) {
    if (s.cleanup() == Cleanup.DEFER) {
      s.exec().run(machine, frame);
    }
  }

  /** {@code { … }} with the lines indented. */
  static String block(List<Stmt> statements) {
    if (statements.isEmpty()) {
      return "{ }";
    }
    return statements.stream()
        .flatMap(s -> s.text().lines())
        .map(line -> "    " + line)
        .collect(Collectors.joining("\n", "{\n", "\n}"));
  }
}
