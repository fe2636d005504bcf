package sx.comptime;

import java.io.OutputStream;

/**
 * Limits and surroundings of evaluations (ct.env.9).
 *
 * @param callDepth how many calls may be nested
 * @param steps how many loop iterations and calls one evaluation may make
 * @param memory bytes that one evaluation may have allocated at a time
 * @param stack bytes for the locals of nested calls
 * @param out receives what is written to file descriptor 1
 * @param err receives what is written to file descriptor 2
 * @param symbols what the program brings along
 * @param engine how to run it
 */
public record VmOptions(
    int callDepth,
    long steps,
    long memory,
    long stack,
    OutputStream out,
    OutputStream err,
    HostSymbols symbols,
    Engine engine) {
  /** How code is run; the results are the same. */
  public enum Engine {
    /** What runs often is translated. */
    ADAPTIVE,
    INTERPRET,
    TRANSLATE
  }

  /** The standard limits, no libraries but that of C. */
  public static VmOptions standard(OutputStream out, OutputStream err) {
    return new VmOptions(
        20_000, 2_000_000_000L, 1L << 30, 256L << 20, out, err, HostSymbols.NONE, Engine.ADAPTIVE);
  }

  public VmOptions withCallDepth(int limit) {
    return new VmOptions(limit, steps, memory, stack, out, err, symbols, engine);
  }

  public VmOptions withSteps(long limit) {
    return new VmOptions(callDepth, limit, memory, stack, out, err, symbols, engine);
  }

  public VmOptions withMemory(long limit) {
    return new VmOptions(callDepth, steps, limit, stack, out, err, symbols, engine);
  }

  public VmOptions withSymbols(HostSymbols own) {
    return new VmOptions(callDepth, steps, memory, stack, out, err, own, engine);
  }

  /** The same with another way to run code. */
  public VmOptions withEngine(Engine other) {
    return new VmOptions(callDepth, steps, memory, stack, out, err, symbols, other);
  }
}
