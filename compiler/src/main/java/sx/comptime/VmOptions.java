package sx.comptime;

import java.io.OutputStream;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/**
 * Limits and surroundings of evaluations (ct.env.9).
 *
 * @param callDepth how many calls may be nested
 * @param steps how many loop iterations and calls one evaluation may make
 * @param memory bytes that one evaluation may have allocated at a time
 * @param stack bytes for the locals of nested calls
 * @param out receives what is written to file descriptor 1
 * @param err receives what is written to file descriptor 2
 * @param libraries where extern symbols are looked for before the C library
 * @param engine how to run it
 */
public record VmOptions(
    int callDepth,
    long steps,
    long memory,
    long stack,
    OutputStream out,
    OutputStream err,
    SymbolLookup libraries,
    Engine engine) {
  /** How code is run; the results are the same. */
  public enum Engine {
    /** What runs often is translated. */
    ADAPTIVE,
    INTERPRET,
    TRANSLATE
  }

  /** The standard limits, no libraries but C's. */
  public static VmOptions standard(OutputStream out, OutputStream err) {
    return new VmOptions(
        20_000,
        2_000_000_000L,
        1L << 30,
        256L << 20,
        out,
        err,
        name -> Optional.empty(),
        Engine.ADAPTIVE);
  }

  public VmOptions withCallDepth(int limit) {
    return new VmOptions(limit, steps, memory, stack, out, err, libraries, engine);
  }

  public VmOptions withSteps(long limit) {
    return new VmOptions(callDepth, limit, memory, stack, out, err, libraries, engine);
  }

  public VmOptions withMemory(long limit) {
    return new VmOptions(callDepth, steps, limit, stack, out, err, libraries, engine);
  }

  public VmOptions withLibraries(SymbolLookup lookup) {
    return new VmOptions(callDepth, steps, memory, stack, out, err, lookup, engine);
  }

  /** The same with another way to run code. */
  public VmOptions withEngine(Engine other) {
    return new VmOptions(callDepth, steps, memory, stack, out, err, libraries, other);
  }
}
