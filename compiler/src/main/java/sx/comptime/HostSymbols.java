package sx.comptime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
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
   * A word through which C units and assembly call a function that the program exports.
   *
   * @param address where the address of its code belongs
   */
  record Cell(String symbol, MemorySegment address) {}

  /**
   * The cells of all that is loaded so far. They are to hold addresses whenever a unit is called.
   */
  List<Cell> cells();

  /** The function that the program exports under a symbol. */
  Optional<Function> exported(String symbol);

  /**
   * The code of an asm expression, as a C function of its parameters (asm.ct.1).
   *
   * @throws Unavailable if it cannot run on the host
   */
  MemorySegment assembled(Function assembly);

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
        public List<Cell> cells() {
          return List.of();
        }

        @Override
        public MemorySegment assembled(Function assembly) {
          throw new Unavailable("no assembly can run here");
        }

        @Override
        public Optional<Function> exported(String symbol) {
          return Optional.empty();
        }
      };
}
