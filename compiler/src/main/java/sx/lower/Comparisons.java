package sx.lower;

import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** Comparisons, chains of them, and conditions. */
final class Comparisons {
  private final FunctionLowering f;
  private final IrBuilder b;
  private final Layout layout;

  Comparisons(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
    this.layout = f.layout;
  }

  int compare(Tree.Compare c) {
    Type type = c.left().type();
    int left = operand(c.left());
    int right = operand(c.right());
    if (layout.isScalar(type)) {
      return b.compare(Inst.CompareKind.valueOf(c.op().name()), layout.machine(type), left, right);
    }
    int equal = f.lowering.equality().equal(b, compared(type), left, right);
    return switch (c.op()) {
      case EQ -> equal;
      case NE -> b.unary(Inst.UnaryKind.NOT, Types.BOOL, equal);
      default ->
          throw new IllegalArgumentException(
              "order of values of type " + f.lowering.program().typeNames().of(type));
    };
  }

  /** Of a tagged union only the tag is read. */
  private int operand(Expr e) {
    if (!isTagged(e.type())) {
      return f.values.value(e);
    }
    return f.load(compared(e.type()), f.unaligned.field(e.type(), f.places.address(e), 0));
  }

  private Type compared(Type type) {
    return isTagged(type) ? f.lowering.program().types().backing((Type.Enum) type) : type;
  }

  private boolean isTagged(Type type) {
    return type instanceof Type.Enum && !layout.isScalar(type);
  }

  int chain(Tree.CompareChain c) {
    for (int i = 0; i < c.operands().size(); i++) {
      Local local = c.operands().get(i);
      if (f.hasValue(local.type())) {
        f.aggregates.into(c.values().get(i), b.slotAddress(f.slot(local)), true);
      } else {
        f.values.effect(c.values().get(i));
      }
    }
    int all = f.values.value(c.links().getFirst());
    for (Expr link : c.links().subList(1, c.links().size())) {
      all = b.binary(Inst.BinaryKind.AND, Types.BOOL, all, f.values.value(link));
    }
    return all;
  }

  /** Whether a value of a condition type counts as true (expr.cond.1). */
  int truth(Expr e) {
    Type type = e.type();
    if (type instanceof Type.Optional o && !layout.isScalar(o)) {
      return f.conversions.isPresent(o, f.places.address(e));
    }
    int value = f.values.value(e);
    Type machine = layout.machine(type);
    return machine instanceof Type.Bool
        ? value
        : b.compare(Inst.CompareKind.NE, machine, value, b.constInt(machine, 0));
  }
}
