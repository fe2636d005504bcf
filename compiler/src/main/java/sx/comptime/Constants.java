package sx.comptime;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import sx.ir.Global;
import sx.ir.Program;

/** What never changes and therefore has one address in all evaluations: texts, zero bytes. */
final class Constants {
  private final Program program;
  private final Memory memory;
  private final Map<Global, Long> globals = new HashMap<>();
  private final Map<String, Long> strings = new HashMap<>();
  private long zeros;
  private long zerosSize;

  Constants(Program program, Memory memory) {
    this.program = program;
    this.memory = memory;
  }

  /** Whether a global is read-only, has its content, and refers to nothing else. */
  boolean isConstant(Global g) {
    return !g.mutable()
        && g.externSymbol().isEmpty()
        && g.initial().isPresent()
        && g.initial().get().relocations().isEmpty();
  }

  /** The address of a global for which {@link #isConstant} holds. */
  long address(Global g) {
    Long known = globals.get(g);
    if (known != null) {
      return known;
    }
    byte[] bytes = g.initial().orElseThrow().bytes();
    long align = Math.max(16, program.layout().align(g.type()));
    long at = memory.constant(Math.max(1, bytes.length), align);
    Raw.put(at, bytes);
    globals.put(g, at);
    return at;
  }

  /** The address of a {@code string} with this text: pointer, then length. */
  long string(String text) {
    Long known = strings.get(text);
    if (known != null) {
      return known;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long at = memory.constant(16 + bytes.length + 1, 16);
    Raw.putLong(at, at + 16);
    Raw.putLong(at + 8, bytes.length);
    Raw.put(at + 16, bytes);
    strings.put(text, at);
    return at;
  }

  /** The address of at least so many zero bytes. */
  long zeros(long size) {
    if (size > zerosSize || zeros == 0) {
      zerosSize = Math.max(size, 256);
      zeros = memory.constant(zerosSize, 64);
    }
    return zeros;
  }
}
