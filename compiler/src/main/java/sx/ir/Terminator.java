package sx.ir;

import java.util.List;

/** How a block ends. Blocks and registers are named by number. */
public sealed interface Terminator {
  record Jump(int target) implements Terminator {}

  /** {@code condition} is a register of type bool. */
  record Branch(int condition, int then, int otherwise) implements Terminator {}

  /** Compares an integer register with constants; first match wins. */
  record Switch(int value, List<Case> cases, int otherwise) implements Terminator {}

  record Case(long value, int target) {}

  /** {@code value} is -1 for a function without result. */
  record Return(int value) implements Terminator {}

  record Unreachable() implements Terminator {}
}
