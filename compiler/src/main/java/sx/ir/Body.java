package sx.ir;

import java.util.List;
import sx.source.Span;
import sx.type.Type;

/**
 * The code of a function. Register numbers 0..params-1 are the parameters; each instruction that
 * has a result defines one further register exactly once. Block 0 is the entry.
 *
 * @param slots storage in the frame, uninitialised on entry
 * @param registers how many registers there are
 * @param span the function in the source, for traces
 */
public record Body(List<Slot> slots, List<Block> blocks, int registers, Span span) {
  /** A piece of frame storage for one value. Aligned as its type asks. */
  public record Slot(String name, Type type) {}

  /** Instructions without control flow, then one terminator. */
  public record Block(List<Inst> code, List<Span> spans, Terminator end) {}
}
