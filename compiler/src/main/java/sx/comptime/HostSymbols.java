package sx.comptime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Map;
import java.util.Optional;
import sx.ir.Function;

/**
 * What a program brings along for its evaluations: its C units and libraries, and its own functions
 * that C can call (ffi.ct.2, ffi.c.12).
 */
public interface HostSymbols extends SymbolLookup {
  /** The C units or libraries cannot be had in this process; the message is for the user. */
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }

  /**
   * A function or object of a C unit, which wins over every other of its name (ffi.c.11).
   *
   * @throws Unavailable if the units cannot be loaded
   */
  @Override
  Optional<MemorySegment> find(String symbol);

  /** One of the libraries that the program names, in their order (ffi.lib.6). */
  Optional<MemorySegment> findInLibraries(String symbol);

  /**
   * The cells through which C units call functions that the program exports, by symbol. They are to
   * hold an address whenever a unit is called.
   */
  Map<String, MemorySegment> cells();

  /** The function that the program exports under a symbol. */
  Optional<Function> exported(String symbol);

  /** A program without C and libraries. */
  HostSymbols NONE =
      new HostSymbols() {
        @Override
        public Optional<MemorySegment> find(String symbol) {
          return Optional.empty();
        }

        @Override
        public Optional<MemorySegment> findInLibraries(String symbol) {
          return Optional.empty();
        }

        @Override
        public Map<String, MemorySegment> cells() {
          return Map.of();
        }

        @Override
        public Optional<Function> exported(String symbol) {
          return Optional.empty();
        }
      };
}
