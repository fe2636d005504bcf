package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The model that programs run in: what they print, their globals, and the ways to leave a block.
 */
final class Machine {
  private static final int MAX_STEPS = 60_000;
  private static final int MAX_OUTPUT = 20_000;

  private final StringBuilder output = new StringBuilder();
  private final List<Object> globalValues = new ArrayList<>();
  private Object[] globals = {};
  private int steps;

  /** A function or closure with its environment. */
  interface Callable {
    Object call(Machine machine, Object[] arguments);
  }

  /** Storage that can be read and written. */
  record Place(Object[] storage, int index) {
    Object read() {
      return storage[index];
    }

    void write(Object value) {
      Values.store(storage, index, value);
    }
  }

  /** The result of a function that has none. */
  static final Object NOTHING = new Object();

  /** A way to leave blocks early. */
  abstract static sealed class Jump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Jump() {
      super(null, null, false, false);
    }
  }

  static final class Break extends Jump {
    private static final long serialVersionUID = 1L;
  }

  static final class Continue extends Jump {
    private static final long serialVersionUID = 1L;
  }

  static final class Return extends Jump {
    private static final long serialVersionUID = 1L;
    private final transient Object value;

    Return(Object value) {
      this.value = value;
    }

    Object value() {
      return value;
    }
  }

  /** An error on its way out of functions. */
  static final class Raised extends Jump {
    private static final long serialVersionUID = 1L;
    private final String tag;

    Raised(String tag) {
      this.tag = tag;
    }

    String tag() {
      return tag;
    }
  }

  /**
   * The program is of no use: it takes too long or does something that the language leaves open.
   */
  static final class Useless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Useless(String why) {
      super(why, null, false, false);
    }
  }

  void step() {
    steps++;
    if (steps > MAX_STEPS) {
      throw new Useless("too many steps");
    }
  }

  void print(String text) {
    output.append(text);
    if (output.length() > MAX_OUTPUT) {
      throw new Useless("too much output");
    }
  }

  String output() {
    return output.toString();
  }

  /** Declares a global while the program is made. */
  int addGlobal(Object value) {
    globalValues.add(value);
    return globalValues.size() - 1;
  }

  Object[] globals() {
    return globals;
  }

  /** Runs a program from the beginning. */
  void run(Runnable main) {
    globals = globalValues.stream().map(Values::copy).toArray();
    steps = 0;
    output.setLength(0);
    main.run();
  }

  /** The value of a body that may return early. */
  static Object returned(Supplier<Object> body) {
    try {
      return body.get();
    } catch (Return r) {
      return r.value();
    }
  }
}
