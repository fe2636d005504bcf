package sx.c;

import java.util.Collection;
import sx.type.Target;

/** Functions that jump to where a cell points, one for each of some symbols. */
public final class CTrampolines {
  private static final String CELL = "sx_cell_";

  private CTrampolines() {}

  /** The name of the cell of a symbol: a word that is to hold the address of code. */
  public static String cell(String symbol) {
    return CELL + symbol;
  }

  /** Assembly for the host. The cells are empty. */
  public static String source(Collection<String> symbols) {
    StringBuilder out = new StringBuilder(".section .note.GNU-stack,\"\",@progbits\n");
    for (String symbol : symbols) {
      String jump =
          Target.host().arch().equals("aarch64")
              ? "adrp x16, %2$s\nldr x16, [x16, :lo12:%2$s]\nbr x16\n"
              : "jmp *%2$s(%%rip)\n";
      out.append(
          (".text\n.globl %1$s\n.type %1$s, @function\n%1$s:\n"
                  + jump
                  + ".data\n.p2align 3\n.globl %2$s\n%2$s:\n.quad 0\n")
              .formatted(symbol, cell(symbol)));
    }
    return out.toString();
  }
}
