package sx.lower;

import java.util.ArrayList;
import java.util.List;
import sx.ir.Function;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.type.Type;
import sx.type.Types;

/** Calls. Arguments of type void are evaluated but not passed. */
final class Calls {
  private final FunctionLowering f;
  private final IrBuilder b;

  Calls(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
  }

  private record Arguments(List<Integer> registers, List<Type> types) {}

  int call(Tree.Call c) {
    Function callee = f.lowering.function(c.callee());
    int result;
    if (callee.variadic()) {
      Arguments args = arguments(c.args(), callee.params().size(), true);
      result = b.callVariadic(callee, args.registers(), args.types());
    } else {
      List<Integer> args = arguments(c.args(), c.args().size(), false).registers();
      if (c.callee().takesContext()) {
        args.addFirst(f.contexts.pointer());
      }
      result = b.call(callee, args);
    }
    afterwards(callee.result());
    return result;
  }

  int indirect(Tree.CallIndirect c) {
    Type.Function type = withoutVoids((Type.Function) c.callee().type());
    int callee = f.values.value(c.callee());
    Arguments args = arguments(c.args(), type.params().size(), type.variadic());
    if (!type.c() && f.contexts.exist()) {
      args.registers().addFirst(f.contexts.pointer());
      args.types().addFirst(Types.VOID_POINTER);
      type = withContext(type);
    }
    int result = b.callIndirect(type, callee, args.registers(), args.types());
    afterwards(type.result());
    return result;
  }

  private static Type.Function withoutVoids(Type.Function type) {
    return new Type.Function(
        type.params().stream().filter(IrBuilder::hasResult).toList(),
        type.result(),
        type.c(),
        type.variadic());
  }

  private static Type.Function withContext(Type.Function type) {
    List<Type> params = new ArrayList<>(type.params());
    params.addFirst(Types.VOID_POINTER);
    return new Type.Function(params, type.result(), type.c(), type.variadic());
  }

  private void afterwards(Type result) {
    if (result instanceof Type.NoReturn) {
      b.unreachable();
    }
  }

  private Arguments arguments(List<Expr> expressions, int fixed, boolean variadic) {
    List<Integer> registers = new ArrayList<>(expressions.size());
    List<Type> types = new ArrayList<>(expressions.size());
    for (Expr e : expressions) {
      int value = f.values.value(e);
      if (!f.hasValue(e.type())) {
        continue;
      }
      Type type = f.layout.machine(e.type());
      Type passed = variadic && registers.size() >= fixed ? promoted(type) : type;
      registers.add(passed.equals(type) ? value : promote(type, passed, value));
      types.add(passed);
    }
    return new Arguments(registers, types);
  }

  /** What C makes of an argument in a variadic tail (types.conv.17). */
  private static Type promoted(Type type) {
    return switch (type) {
      case Type.Bool x -> Types.I32;
      case Type.Int i when i.bits() < 32 -> Types.I32;
      case Type.Float x when x.bits() == 32 -> Types.F64;
      default -> type;
    };
  }

  private int promote(Type from, Type to, int value) {
    Inst.ConvertKind kind =
        from.isFloat() ? Inst.ConvertKind.FLOAT_TO_FLOAT : Inst.ConvertKind.INT_TO_INT;
    return b.convert(kind, from, to, value);
  }
}
