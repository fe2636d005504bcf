package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The names that can be used at a point of a function. */
final class Scope {
  private final Optional<Scope> outer;
  private final Body body;
  private final boolean mayTry;
  private final List<Variable> variables = new ArrayList<>();

  /**
   * A variable.
   *
   * @param slot where its value is, in the frame or among the globals
   * @param assignable whether it may be assigned; else it is a capture or a slice
   */
  record Variable(String name, Shape shape, int slot, boolean global, boolean assignable) {
    Machine.Place place(Machine machine, Object[] frame) {
      return new Machine.Place(global ? machine.globals() : frame, slot);
    }

    Object read(Machine machine, Object[] frame) {
      return place(machine, frame).read();
    }
  }

  /** What the parts of one function body share. */
  static final class Body {
    private final Optional<Shape> result;
    private final boolean failable;
    private final Optional<Shape> generic;
    private int slots;
    private int numbers;

    Body(Optional<Shape> result, boolean failable, Optional<Shape> generic) {
      this.result = result;
      this.failable = failable;
      this.generic = generic;
    }

    Optional<Shape> result() {
      return result;
    }

    /** One for a name that nothing else in the body has. */
    int number() {
      numbers++;
      return numbers;
    }

    /** A frame for one call, once the body is made. */
    Object[] frame() {
      return new Object[slots];
    }
  }

  private Scope(Optional<Scope> outer, Body body, boolean mayTry) {
    this.outer = outer;
    this.body = body;
    this.mayTry = mayTry;
  }

  static Scope of(Body body) {
    return new Scope(Optional.empty(), body, body.failable);
  }

  Scope inner() {
    return new Scope(Optional.of(this), body, mayTry);
  }

  /** The body of a {@code defer}: nothing in it may leave it (stmt.defer.6). */
  Scope cleanup() {
    return new Scope(Optional.of(this), body, false);
  }

  /** Whether errors may be passed on here. */
  boolean mayTry() {
    return mayTry;
  }

  Body body() {
    return body;
  }

  /** How a type is written here: a type parameter may stand for it. */
  String text(Shape shape) {
    return body.generic.filter(shape::equals).isPresent() ? "T" : shape.text();
  }

  Variable declare(String name, Shape shape, boolean assignable) {
    Variable v = new Variable(name, shape, body.slots++, false, assignable);
    variables.add(v);
    return v;
  }

  void add(Variable global) {
    variables.add(global);
  }

  List<Variable> all(Predicate<Variable> wanted) {
    return stream().filter(wanted).toList();
  }

  private Stream<Variable> stream() {
    return Stream.concat(variables.stream(), outer.stream().flatMap(Scope::stream));
  }
}
