package sx.lower;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sx.ir.Body;
import sx.ir.IrBuilder;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.source.Span;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** The lowering of one function body: its builder, its slots, and those who share them. */
final class FunctionLowering {
  /** Stands for the register of a value that has none: void, or never completed. */
  static final int NONE = -1;

  final Lowering lowering;
  final Layout layout;
  final IrBuilder b;
  final Type result;
  final Values values;
  final Places places;
  final Unaligned unaligned;
  final Aggregates aggregates;
  final Conversions conversions;
  final Comparisons comparisons;
  final Calls calls;
  final ControlFlow control;
  final Statements statements;
  final Exits exits;
  final Contexts contexts;
  private final Map<Local, Integer> slots = new HashMap<>();

  private FunctionLowering(
      Lowering lowering, int params, boolean takesContext, Type result, Span span) {
    this.lowering = lowering;
    this.layout = lowering.program().layout();
    this.b = new IrBuilder(params, span);
    this.result = result;
    this.values = new Values(this);
    this.places = new Places(this);
    this.unaligned = new Unaligned(b, layout, lowering.program().types());
    this.aggregates = new Aggregates(this);
    this.conversions = new Conversions(this);
    this.comparisons = new Comparisons(this);
    this.calls = new Calls(this);
    this.control = new ControlFlow(this);
    this.statements = new Statements(this);
    this.exits = new Exits(this);
    this.contexts = new Contexts(this, takesContext);
  }

  static Body body(Lowering lowering, Instance instance) {
    boolean context = instance.takesContext();
    int params =
        (int) instance.params().stream().filter(p -> IrBuilder.hasResult(p.type())).count();
    FunctionLowering f =
        new FunctionLowering(
            lowering, params + (context ? 1 : 0), context, instance.result(), instance.span());
    int register = context ? 1 : 0;
    for (Local param : instance.params()) {
      if (IrBuilder.hasResult(param.type())) {
        f.store(param.type(), f.b.slotAddress(f.slot(param)), register++);
      }
    }
    f.control.effect(lowering.rewrite().tree(instance, instance.body()));
    f.end(instance.result() instanceof Type.Void);
    return lowering.rewrite().body(instance, f.b.finish(instance.span()));
  }

  static Body thunk(Lowering lowering, Expr value) {
    FunctionLowering f = new FunctionLowering(lowering, 0, false, value.type(), value.span());
    f.statements.lower(new Tree.Return(value.span(), Optional.of(value)));
    f.end(false);
    return f.b.finish(value.span());
  }

  private void end(boolean reachable) {
    if (reachable) {
      b.retVoid();
    } else {
      b.unreachable();
    }
  }

  /** The frame storage of a variable; not for those of type void. */
  int slot(Local local) {
    return slots.computeIfAbsent(local, l -> b.slot(l.name(), l.type()));
  }

  boolean hasValue(Type type) {
    return IrBuilder.hasResult(type);
  }

  /** Loads a value; scalars as what the machine sees. */
  int load(Type type, int address) {
    if (!hasValue(type)) {
      return NONE;
    }
    Type machine = layout.machine(type);
    return unaligned.isPossible(machine, address)
        ? unaligned.load(machine, address)
        : b.load(machine, address);
  }

  void store(Type type, int address, int value) {
    if (!hasValue(type)) {
      return;
    }
    Type machine = layout.machine(type);
    if (unaligned.isPossible(machine, address)) {
      unaligned.store(machine, address, value);
    } else {
      b.store(machine, address, value);
    }
  }

  int word(long value) {
    return b.constInt(Types.I64, value);
  }

  int nullAddress() {
    return b.constInt(Types.VOID_POINTER, 0);
  }
}
