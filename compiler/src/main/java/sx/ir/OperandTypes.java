package sx.ir;

import java.util.ArrayList;
import java.util.List;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** Which registers an instruction reads, and the type of the one it defines. */
public final class OperandTypes {
  private final Layout layout;

  public OperandTypes(Layout layout) {
    this.layout = layout;
  }

  /** The type of the result of an instruction that has one. Addresses have type {@code *void}. */
  public Type result(Inst inst) {
    return switch (inst) {
      case Inst.ConstInt i -> i.type();
      case Inst.ConstFloat i -> i.type();
      case Inst.Zero i -> i.type();
      case Inst.Undefined i -> i.type();
      case Inst.TypeTag i -> Types.TYPE;
      case Inst.GlobalAddress i -> Types.VOID_POINTER;
      case Inst.FunctionAddress i -> Types.VOID_POINTER;
      case Inst.SlotAddress i -> Types.VOID_POINTER;
      case Inst.Load i -> i.type();
      case Inst.Store i -> Types.VOID;
      case Inst.FieldAddress i -> Types.VOID_POINTER;
      case Inst.ElementAddress i -> Types.VOID_POINTER;
      case Inst.ByteOffset i -> Types.VOID_POINTER;
      case Inst.Binary i -> i.type();
      case Inst.Unary i -> i.type();
      case Inst.Compare i -> Types.BOOL;
      case Inst.Convert i -> i.to();
      case Inst.Aggregate i -> i.type();
      case Inst.Extract i -> part(i.aggregate(), i.index());
      case Inst.Call i -> i.callee().result();
      case Inst.CallIndirect i -> i.type().result();
      case Inst.CallVariadic i -> i.callee().result();
      case Inst.Reflect i -> Reflection.resultType(i.kind());
      case Inst.MathCall i -> i.type();
      case Inst.IsComptime i -> Types.BOOL;
    };
  }

  private Type part(Type aggregate, int index) {
    List<Layout.Part> parts = layout.parts(aggregate);
    return index >= 0 && index < parts.size() ? parts.get(index).type() : Types.ERROR;
  }

  /** The registers that an instruction reads. */
  public static List<Integer> operands(Inst inst) {
    return switch (inst) {
      case Inst.ConstInt i -> List.of();
      case Inst.ConstFloat i -> List.of();
      case Inst.Zero i -> List.of();
      case Inst.Undefined i -> List.of();
      case Inst.TypeTag i -> List.of();
      case Inst.GlobalAddress i -> List.of();
      case Inst.FunctionAddress i -> List.of();
      case Inst.SlotAddress i -> List.of();
      case Inst.Load i -> List.of(i.address());
      case Inst.Store i -> List.of(i.address(), i.value());
      case Inst.FieldAddress i -> List.of(i.base());
      case Inst.ElementAddress i -> List.of(i.base(), i.index());
      case Inst.ByteOffset i -> List.of(i.base(), i.bytes());
      case Inst.Binary i -> List.of(i.left(), i.right());
      case Inst.Unary i -> List.of(i.operand());
      case Inst.Compare i -> List.of(i.left(), i.right());
      case Inst.Convert i -> List.of(i.operand());
      case Inst.Aggregate i -> i.parts();
      case Inst.Extract i -> List.of(i.value());
      case Inst.Call i -> i.args();
      case Inst.CallIndirect i -> with(i.callee(), i.args());
      case Inst.CallVariadic i -> i.args();
      case Inst.Reflect i -> i.index() < 0 ? List.of(i.type()) : List.of(i.type(), i.index());
      case Inst.MathCall i -> List.of(i.operand());
      case Inst.IsComptime i -> List.of();
    };
  }

  /** The registers that a terminator reads. */
  public static List<Integer> operands(Terminator end) {
    return switch (end) {
      case Terminator.Jump j -> List.of();
      case Terminator.Branch b -> List.of(b.condition());
      case Terminator.Switch s -> List.of(s.value());
      case Terminator.Return r -> r.value() < 0 ? List.of() : List.of(r.value());
      case Terminator.Unreachable u -> List.of();
    };
  }

  private static List<Integer> with(int first, List<Integer> rest) {
    List<Integer> all = new ArrayList<>(rest.size() + 1);
    all.add(first);
    all.addAll(rest);
    return all;
  }
}
