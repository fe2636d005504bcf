package sx.type;

import java.util.List;

/**
 * An asm expression or the body of a naked function, checked (15-asm.md). It is a function whose
 * parameters are addresses, one for each operand that {@link Operand#hasAddress has one}: of the
 * place, or of a copy of the value. A naked function has parameters of its own instead.
 *
 * @param operands in the order of their numbers: outputs, then inputs (asm.op.5)
 * @param clobbers as written
 */
public record AsmCode(
    List<Piece> template, List<Operand> operands, List<String> clobbers, boolean isVolatile) {
  public AsmCode {
    template = List.copyOf(template);
    operands = List.copyOf(operands);
    clobbers = List.copyOf(clobbers);
  }

  /** A part of a template. */
  public sealed interface Piece {}

  /** Text for the assembler. */
  public record Text(String text) implements Piece {}

  /** An operand's name, with a modifier of the architecture or none. */
  public record Reference(int operand, String modifier) implements Piece {}

  /** A number that is different in each expansion (asm.tmpl.3). */
  public record Unique() implements Piece {}

  /** What becomes of an operand. */
  public enum Kind {
    /** A register that is stored to the address in the end. */
    OUTPUT,
    /** One that is loaded first and stored in the end. */
    IN_OUT,
    /** The memory at the address, written. */
    MEMORY_OUT,
    /** The memory at the address, read and written. */
    MEMORY_IN_OUT,
    /** A register that is loaded first. */
    INPUT,
    /** The memory at the address, read. */
    MEMORY_IN,
    /** A number in the text. */
    CONSTANT
  }

  /**
   * An operand.
   *
   * @param constraint without {@code =}, {@code +} and, for memory, {@code *}
   * @param type of the value
   * @param value of a constant
   */
  public record Operand(Kind kind, String constraint, Type type, long value) {
    /** Whether the function has a parameter for it. */
    public boolean hasAddress() {
      return kind != Kind.CONSTANT;
    }

    /** Whether it counts as an output (asm.op.5). */
    public boolean isOutput() {
      return kind.compareTo(Kind.MEMORY_IN_OUT) <= 0;
    }
  }
}
