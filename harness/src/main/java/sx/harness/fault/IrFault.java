package sx.harness.fault;

import java.util.ArrayList;
import java.util.List;
import sx.ir.Body;
import sx.ir.Inst;
import sx.ir.Terminator;

/** A way to break the IR of a function. */
interface IrFault {
  /** Numbers of registers that are not in use yet. */
  final class Registers {
    private int next;

    Registers(int next) {
      this.next = next;
    }

    int fresh() {
      return next++;
    }
  }

  /** What stands in place of an instruction. */
  default List<Inst> inst(Inst inst, Registers registers) {
    return List.of(inst);
  }

  /** What stands in place of the end of a block. */
  default Terminator end(Terminator end) {
    return end;
  }

  /** The body with the fault wherever it has something to break. */
  default Body apply(Body body) {
    Registers registers = new Registers(body.registers());
    List<Body.Block> blocks = new ArrayList<>();
    for (Body.Block block : body.blocks()) {
      List<Inst> code = new ArrayList<>();
      List<sx.source.Span> spans = new ArrayList<>();
      for (int i = 0; i < block.code().size(); i++) {
        for (Inst inst : inst(block.code().get(i), registers)) {
          code.add(inst);
          spans.add(block.spans().get(i));
        }
      }
      blocks.add(new Body.Block(code, spans, end(block.end())));
    }
    Body changed = new Body(body.slots(), blocks, registers.fresh(), body.span());
    return changed.blocks().equals(body.blocks()) ? body : changed;
  }
}
