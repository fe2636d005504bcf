package sx.lower;

import java.util.HashMap;
import java.util.Map;
import sx.ir.IrBuilder;
import sx.sema.tree.Local;
import sx.type.Layout;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/**
 * Payloads of layout structs, which begin where the struct says, whatever alignment they need
 * (types.lay.2). What lies in one and is named there is moved as bytes, also through a local
 * pointer that is seen to be made from it. Any other pointer to it is a pointer like any other,
 * through which a misaligned access is an error (ct.env.8).
 */
final class Unaligned {
  private final IrBuilder b;
  private final Layout layout;
  private final TypeTable types;

  /** The alignment that an address within a payload is known to have, by its register. */
  private final Map<Integer, Long> alignments = new HashMap<>();

  private final Map<Local, Long> kept = new HashMap<>();

  Unaligned(IrBuilder b, Layout layout, TypeTable types) {
    this.b = b;
    this.layout = layout;
    this.types = types;
  }

  /** What a variable of the function is known to hold at times, as loops over a payload have it. */
  void keep(Local variable, int value) {
    Long known = alignments.get(value);
    if (known != null) {
      kept.merge(variable, known, Math::min);
    }
  }

  /** The value of a variable in a register; the register. */
  int kept(Local variable, int register) {
    Long known = kept.get(variable);
    if (known != null) {
      alignments.put(register, known);
    }
    return register;
  }

  /** The address of a part of an aggregate in memory. */
  int field(Type aggregate, int base, int index) {
    int address = b.fieldAddress(aggregate, base, index);
    Long known = alignments.get(base);
    if (index > 0 && aggregate instanceof Type.Enum e && types.layout(e).isPresent()) {
      known = known == null ? layout.align(e) : Math.min(known, layout.align(e));
    }
    if (known != null) {
      alignments.put(address, after(known, layout.parts(aggregate).get(index).offset()));
    }
    return address;
  }

  /** The address of an element of an array in memory. */
  int element(Type element, int start, int index) {
    int address = b.elementAddress(element, start, index);
    Long known = alignments.get(start);
    if (known != null) {
      alignments.put(address, after(known, layout.size(element)));
    }
    return address;
  }

  /** Whether a value of a type may lie at an address without the alignment that it needs. */
  boolean isPossible(Type machine, int address) {
    Long known = alignments.get(address);
    return known != null && known < layout.align(machine);
  }

  int load(Type machine, int address) {
    int copy = b.slotAddress(b.slot("payload", machine));
    Type bytes = bytes(machine);
    b.store(bytes, copy, b.load(bytes, address));
    return b.load(machine, copy);
  }

  void store(Type machine, int address, int value) {
    int copy = b.slotAddress(b.slot("payload", machine));
    b.store(machine, copy, value);
    Type bytes = bytes(machine);
    b.store(bytes, address, b.load(bytes, copy));
  }

  private Type bytes(Type machine) {
    return new Type.Array(Types.U8, layout.size(machine));
  }

  private static long after(long alignment, long bytes) {
    return bytes == 0 ? alignment : Math.min(alignment, Long.lowestOneBit(bytes));
  }
}
