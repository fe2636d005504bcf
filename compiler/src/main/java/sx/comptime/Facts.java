package sx.comptime;

import java.util.Arrays;
import java.util.List;
import sx.ir.Body;
import sx.ir.Inst;
import sx.ir.OperandTypes;
import sx.ir.Program;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/**
 * What decoding needs to know about a body as a whole: where registers are defined, which are other
 * names of the same value, how often each is used, which slots can live in registers.
 */
final class Facts {
  private static final int FORWARD_WINDOW = 32;

  private final Body body;
  private final Layout layout;
  private final Inst[] definitions;
  private final int[] roots;
  private final int[] uses;
  private final boolean[] promoted;
  private final boolean[] forwarded;
  private final boolean[] storedAtOnce;

  Facts(Program program, Body body) {
    this.body = body;
    this.layout = program.layout();
    int n = body.registers();
    this.definitions = new Inst[n];
    this.roots = new int[n];
    this.uses = new int[n];
    this.forwarded = new boolean[n];
    this.storedAtOnce = new boolean[n];
    this.promoted = new boolean[body.slots().size()];
    for (Body.Block b : body.blocks()) {
      b.code().stream().filter(i -> i.result() >= 0).forEach(i -> definitions[i.result()] = i);
    }
    Arrays.fill(roots, -1);
    countUses();
    findPromoted();
    for (Body.Block b : body.blocks()) {
      findForwarded(b);
      b.code().forEach(this::findStoredAtOnce);
    }
  }

  /** The register that holds the same value as {@code r} and is defined by a real operation. */
  int root(int r) {
    if (roots[r] < 0) {
      int at = r;
      int next = alias(at);
      while (next >= 0) {
        at = next;
        next = alias(at);
      }
      roots[r] = at;
    }
    return roots[r];
  }

  /** The instruction that defines a root; for a parameter, one that matches nothing. */
  Inst definition(int root) {
    Inst i = definitions[root];
    return i == null ? PARAMETER : i;
  }

  private static final Inst PARAMETER = new Inst.Store(Types.VOID, -1, -1);

  /** How many operands stand for this root. */
  int uses(int root) {
    return uses[root];
  }

  boolean isPromoted(int slot) {
    return promoted[slot];
  }

  /** Whether an aggregate load need not copy, since its uses come before the memory changes. */
  boolean isForwarded(int root) {
    return forwarded[root];
  }

  /** Whether an aggregate is only stored, so that its parts can be stored one by one. */
  boolean isStoredAtOnce(int root) {
    return storedAtOnce[root];
  }

  /** Whether an instruction only gives another name to a value. */
  boolean isAlias(Inst inst) {
    return inst.result() >= 0 && alias(inst.result()) >= 0;
  }

  private int alias(int r) {
    return switch (definitions[r]) {
      case Inst.Convert c when isNoOperation(c) -> c.operand();
      case Inst.Extract e when definitions[root(e.value())] instanceof Inst.Aggregate a ->
          a.parts().get(e.index());
      case null -> -1;
      default -> -1;
    };
  }

  private boolean isNoOperation(Inst.Convert c) {
    Type from = layout.machine(c.from());
    Type to = layout.machine(c.to());
    return switch (c.kind()) {
      case ADDRESS -> true;
      case INT_TO_INT -> fits(from, to);
      case FLOAT_TO_FLOAT -> from.equals(to);
      default -> false;
    };
  }

  private static boolean fits(Type from, Type to) {
    int source = from instanceof Type.Int i ? i.bits() : 1;
    boolean signed = from instanceof Type.Int i && i.signed();
    if (!(to instanceof Type.Int t)) {
      return from instanceof Type.Bool;
    }
    if (t.bits() == 64) {
      return true;
    }
    return signed
        ? t.signed() && t.bits() >= source
        : t.bits() > source || (!t.signed() && t.bits() == source);
  }

  private void countUses() {
    for (Body.Block b : body.blocks()) {
      for (Inst i : b.code()) {
        if (!isAlias(i)) {
          count(OperandTypes.operands(i));
        }
      }
      count(OperandTypes.operands(b.end()));
    }
  }

  private void count(List<Integer> operands) {
    operands.forEach(o -> uses[root(o)]++);
  }

  /** A scalar slot is promoted if its address only serves to load and store its own type. */
  private void findPromoted() {
    for (int s = 0; s < promoted.length; s++) {
      promoted[s] = layout.isScalar(body.slots().get(s).type());
    }
    for (Body.Block b : body.blocks()) {
      for (Inst i : b.code()) {
        switch (i) {
          case Inst.Load l -> access(l.address(), l.type());
          case Inst.Store s -> {
            access(s.address(), s.type());
            escape(s.value());
          }
          default -> {
            if (!isAlias(i)) {
              OperandTypes.operands(i).forEach(this::escape);
            }
          }
        }
      }
      OperandTypes.operands(b.end()).forEach(this::escape);
    }
  }

  private void access(int address, Type type) {
    if (definition(root(address)) instanceof Inst.SlotAddress s
        && form(type) != form(body.slots().get(s.slot()).type())) {
      promoted[s.slot()] = false;
    }
  }

  private void escape(int value) {
    if (definition(root(value)) instanceof Inst.SlotAddress s) {
      promoted[s.slot()] = false;
    }
  }

  /** Equal for types whose values are held and stored alike. */
  private int form(Type type) {
    if (!layout.isScalar(type)) {
      return -1;
    }
    return switch (layout.machine(type)) {
      case Type.Int i -> i.bits() * 2 + (i.signed() ? 1 : 0);
      case Type.Float f -> 1000 + f.bits();
      case Type.Bool b -> 2000;
      default -> 128;
    };
  }

  private void findForwarded(Body.Block block) {
    for (int at = 0; at < block.code().size(); at++) {
      if (block.code().get(at) instanceof Inst.Load l && !layout.isScalar(l.type())) {
        forwarded[l.result()] = usesBeforeChange(block, at, l.result()) == uses[l.result()];
      }
    }
  }

  /** Counts uses as scalar parts or as the value of a store, up to the first change of memory. */
  private int usesBeforeChange(Body.Block block, int at, int r) {
    int found = 0;
    int end = Math.min(block.code().size(), at + FORWARD_WINDOW);
    for (int i = at + 1; i < end; i++) {
      switch (block.code().get(i)) {
        case Inst.Extract e when e.value() == r && isScalarPart(e) -> found++;
        case Inst.Store s -> {
          return found + (s.value() == r ? 1 : 0);
        }
        case Inst.Call c -> {
          return found;
        }
        case Inst.CallIndirect c -> {
          return found;
        }
        case Inst.CallVariadic c -> {
          return found;
        }
        default -> {}
      }
    }
    return found;
  }

  private boolean isScalarPart(Inst.Extract e) {
    return layout.isScalar(layout.parts(e.aggregate()).get(e.index()).type());
  }

  private void findStoredAtOnce(Inst inst) {
    if (inst instanceof Inst.Store s) {
      int value = root(s.value());
      storedAtOnce[value] = definitions[value] instanceof Inst.Aggregate && uses[value] == 1;
    }
  }
}
