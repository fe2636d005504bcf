package sx.llvm;

import java.util.List;
import sx.ir.Body;
import sx.ir.Inst;
import sx.ir.OperandTypes;
import sx.ir.Terminator;

/**
 * Which copies of values in memory need not be made, because nothing can see the difference. Counts
 * are made when first asked for: most functions never do.
 */
final class Snapshots {
  private final Body body;
  private int[] uses = {};
  private int[] placings = {};

  Snapshots(Body body) {
    this.body = body;
  }

  /** Whether every use of a register only writes its value somewhere: stores and returns. */
  boolean isOnlyPlaced(int register) {
    count();
    return uses[register] == placings[register];
  }

  /**
   * Whether the value that instruction {@code index} of a block loads is used once, by the store or
   * return that is the next thing to write memory, so that it can be copied then.
   */
  boolean isMovedOn(Body.Block block, int index, int register) {
    count();
    if (uses[register] != 1 || placings[register] != 1) {
      return false;
    }
    List<Inst> code = block.code();
    for (int i = index + 1; i < code.size(); i++) {
      switch (code.get(i)) {
        case Inst.Store s -> {
          return s.value() == register;
        }
        case Inst.Call c -> {
          return false;
        }
        case Inst.CallIndirect c -> {
          return false;
        }
        case Inst.CallVariadic c -> {
          return false;
        }
        default -> {}
      }
    }
    return block.end() instanceof Terminator.Return r && r.value() == register;
  }

  private void count() {
    if (uses.length > 0) {
      return;
    }
    uses = new int[body.registers()];
    placings = new int[body.registers()];
    for (Body.Block block : body.blocks()) {
      for (Inst inst : block.code()) {
        for (int register : OperandTypes.operands(inst)) {
          uses[register]++;
        }
        if (inst instanceof Inst.Store s) {
          placings[s.value()]++;
        }
      }
      switch (block.end()) {
        case Terminator.Return r when r.value() >= 0 -> {
          uses[r.value()]++;
          placings[r.value()]++;
        }
        case Terminator.Branch b -> uses[b.condition()]++;
        case Terminator.Switch s -> uses[s.value()]++;
        default -> {}
      }
    }
  }
}
