package sx.ir;

import java.util.BitSet;
import java.util.List;

/** Where control goes in the compiled form of a body, in which {@code is_comptime()} is false. */
public final class RunTimeFlow {
  private final BitSet comptime = new BitSet();

  public RunTimeFlow(Body body) {
    for (Body.Block b : body.blocks()) {
      for (Inst i : b.code()) {
        if (i instanceof Inst.IsComptime c) {
          comptime.set(c.result());
        }
      }
    }
  }

  /** Whether only compile-time evaluation takes a branch's first way (ct.env.10). */
  public boolean isForComptime(Terminator.Branch b) {
    return comptime.get(b.condition());
  }

  /** The blocks that may follow. */
  public List<Integer> targets(Terminator end) {
    return end instanceof Terminator.Branch b && isForComptime(b)
        ? List.of(b.otherwise())
        : IrBuilder.targets(end);
  }
}
