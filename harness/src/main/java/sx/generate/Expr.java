package sx.generate;

/**
 * An expression.
 *
 * @param shape its type
 * @param text what is written; an operand of any operator as it stands
 * @param constant whether the compiler may know the value
 * @param eval gives the value, which nothing else holds on to
 */
record Expr(Shape shape, String text, boolean constant, Eval eval) {
  /** What an expression means. */
  interface Eval {
    Object value(Machine machine, Object[] frame);
  }

  static Expr of(Shape shape, String text, Eval eval) {
    return new Expr(shape, text, false, eval);
  }

  Object value(Machine machine, Object[] frame) {
    return eval.value(machine, frame);
  }

  long number(Machine machine, Object[] frame) {
    return (Long) value(machine, frame);
  }

  boolean truth(Machine machine, Object[] frame) {
    return (Boolean) value(machine, frame);
  }
}
