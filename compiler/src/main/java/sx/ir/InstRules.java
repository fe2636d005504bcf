package sx.ir;

import java.util.List;
import java.util.function.Consumer;
import sx.type.Layout;
import sx.type.Type;
import sx.type.TypeNames;
import sx.type.Types;

/** What each kind of instruction asks of its operands; a part of {@link Verifier}. */
final class InstRules {
  private final Layout layout;
  private final TypeNames names;
  private final Function function;
  private final Body body;
  private final Type[] types;
  private final Consumer<String> problem;

  InstRules(Program program, Function function, Body body, Type[] types, Consumer<String> problem) {
    this.layout = program.layout();
    this.names = program.typeNames();
    this.function = function;
    this.body = body;
    this.types = types;
    this.problem = problem;
  }

  void check(Inst inst) {
    switch (inst) {
      case Inst.ConstInt i -> constant(i);
      case Inst.ConstFloat i -> require(i.type().isFloat(), "not a float type");
      case Inst.Zero i -> {}
      case Inst.Undefined i -> {}
      case Inst.TypeTag i -> {}
      case Inst.GlobalAddress i -> {}
      case Inst.FunctionAddress i -> {}
      case Inst.SlotAddress i ->
          require(i.slot() >= 0 && i.slot() < body.slots().size(), "no slot $" + i.slot());
      case Inst.Load i -> address(i.address());
      case Inst.Store i -> {
        address(i.address());
        operand(i.value(), i.type());
      }
      case Inst.FieldAddress i -> {
        address(i.base());
        partIndex(i.aggregate(), i.index());
      }
      case Inst.ElementAddress i -> {
        address(i.base());
        word(i.index());
      }
      case Inst.ByteOffset i -> {
        address(i.base());
        word(i.bytes());
      }
      case Inst.Binary i -> binary(i);
      case Inst.Unary i -> unary(i);
      case Inst.Compare i -> {
        require(layout.isScalar(i.operands()), "comparison of a type that is not scalar");
        operand(i.left(), i.operands());
        operand(i.right(), i.operands());
      }
      case Inst.Convert i -> convert(i);
      case Inst.Aggregate i -> aggregate(i);
      case Inst.Extract i -> {
        operand(i.value(), i.aggregate());
        partIndex(i.aggregate(), i.index());
      }
      case Inst.Call i -> call(i);
      case Inst.CallIndirect i -> indirect(i);
      case Inst.CallVariadic i -> variadic(i);
      case Inst.Reflect i -> reflect(i);
      case Inst.MathCall i -> {
        require(i.type().isFloat(), "not a float type");
        operand(i.operand(), i.type());
      }
      case Inst.IsComptime i -> {}
    }
    if (inst.result() < 0 && !(inst instanceof Inst.Store) && !isCall(inst)) {
      problem.accept("the result has no register");
    }
  }

  void check(Terminator end) {
    switch (end) {
      case Terminator.Jump j -> {}
      case Terminator.Branch b -> operand(b.condition(), Types.BOOL);
      case Terminator.Switch s -> {
        Type t = layout.machine(typeOf(s.value()));
        require(
            t instanceof Type.Int || t instanceof Type.Bool || t.isError(),
            "switch on " + names.of(t));
        s.cases().forEach(c -> inRange(t, c.value()));
      }
      case Terminator.Return r -> {
        if (IrBuilder.hasResult(function.result())) {
          require(r.value() >= 0, "return without value");
          if (r.value() >= 0) {
            operand(r.value(), function.result());
          }
        } else {
          require(r.value() < 0, "return with a value from a function without result");
        }
      }
      case Terminator.Unreachable u -> {}
    }
  }

  private static boolean isCall(Inst inst) {
    return inst instanceof Inst.Call
        || inst instanceof Inst.CallIndirect
        || inst instanceof Inst.CallVariadic;
  }

  private void constant(Inst.ConstInt i) {
    require(layout.isScalar(i.type()) && !i.type().isFloat(), "not an integer or address type");
    inRange(layout.machine(i.type()), i.value());
  }

  private void inRange(Type machine, long value) {
    if (machine instanceof Type.Bool) {
      require(value == 0 || value == 1, "a bool constant of value " + value);
    } else if (machine instanceof Type.Int t && t.bits() < 64) {
      int unused = 64 - t.bits();
      long kept = t.signed() ? value << unused >> unused : value << unused >>> unused;
      require(kept == value, value + " is outside " + names.of(t));
    }
  }

  private void binary(Inst.Binary i) {
    operand(i.left(), i.type());
    operand(i.right(), i.type());
    Type t = layout.machine(i.type());
    switch (i.op()) {
      case ADD, SUB, MUL, DIV, REM -> require(t.isNumeric(), "arithmetic on " + names.of(i.type()));
      case AND, OR, XOR ->
          require(t.isInt() || t instanceof Type.Bool, "bit operation on " + names.of(i.type()));
      case SHL, SHR -> require(t.isInt(), "shift of " + names.of(i.type()));
    }
  }

  private void unary(Inst.Unary i) {
    operand(i.operand(), i.type());
    Type t = layout.machine(i.type());
    boolean fits =
        i.op() == Inst.UnaryKind.NEG ? t.isNumeric() : t.isInt() || t instanceof Type.Bool;
    require(fits, "not applicable to " + names.of(i.type()));
  }

  private void convert(Inst.Convert i) {
    operand(i.operand(), i.from());
    Type from = layout.machine(i.from());
    Type to = layout.machine(i.to());
    boolean fromInt = from.isInt() || from instanceof Type.Bool;
    boolean toInt = to.isInt() || to instanceof Type.Bool;
    boolean fits =
        switch (i.kind()) {
          case INT_TO_INT -> fromInt && toInt;
          case INT_TO_FLOAT -> fromInt && to.isFloat();
          case FLOAT_TO_INT -> from.isFloat() && toInt;
          case FLOAT_TO_FLOAT -> from.isFloat() && to.isFloat();
          case ADDRESS -> isWord(from) && isWord(to);
        };
    require(fits, "cannot convert so");
  }

  private static boolean isWord(Type machine) {
    return machine.isAddress() || (machine instanceof Type.Int i && i.bits() == 64);
  }

  private void aggregate(Inst.Aggregate i) {
    List<Layout.Part> parts = layout.parts(i.type());
    if (i.type() instanceof Type.Union || parts.size() != i.parts().size()) {
      problem.accept(i.parts().size() + " parts for a type of " + parts.size());
      return;
    }
    for (int p = 0; p < parts.size(); p++) {
      operand(i.parts().get(p), parts.get(p).type());
    }
  }

  private void partIndex(Type aggregate, int index) {
    int count = layout.parts(aggregate).size();
    require(index >= 0 && index < count, "part " + index + " of a type of " + count);
  }

  private void call(Inst.Call i) {
    require(!i.callee().variadic(), "a plain call of a variadic function");
    result(i.result(), i.callee().result());
    arguments(i.args(), i.callee().params());
  }

  private void indirect(Inst.CallIndirect i) {
    address(i.callee());
    result(i.result(), i.type().result());
    arguments(i.args(), i.argTypes());
    tail(i.type().params(), i.argTypes(), i.type().variadic());
  }

  private void variadic(Inst.CallVariadic i) {
    require(i.callee().variadic(), "a variadic call of a plain function");
    result(i.result(), i.callee().result());
    arguments(i.args(), i.argTypes());
    tail(i.callee().params(), i.argTypes(), true);
  }

  private void tail(List<Type> params, List<Type> args, boolean open) {
    if (open ? args.size() < params.size() : args.size() != params.size()) {
      problem.accept(args.size() + " arguments for " + params.size() + " parameters");
      return;
    }
    for (int p = 0; p < params.size(); p++) {
      require(
          Verifier.sameForm(params.get(p), args.get(p), layout),
          "argument "
              + p
              + " is a "
              + names.of(args.get(p))
              + ", not a "
              + names.of(params.get(p)));
    }
  }

  private void arguments(List<Integer> args, List<Type> expected) {
    if (args.size() != expected.size()) {
      problem.accept(args.size() + " arguments for " + expected.size() + " parameters");
      return;
    }
    for (int a = 0; a < args.size(); a++) {
      operand(args.get(a), expected.get(a));
    }
  }

  private void result(int register, Type type) {
    require(IrBuilder.hasResult(type) == register >= 0, "result register and type disagree");
  }

  private void reflect(Inst.Reflect i) {
    operand(i.type(), Types.TYPE);
    require(Reflection.takesIndex(i.kind()) == i.index() >= 0, "index given or missing");
    if (i.index() >= 0) {
      word(i.index());
    }
  }

  private void address(int register) {
    Type t = layout.machine(typeOf(register));
    require(
        t.isAddress() || t.isError(),
        "%" + register + " is a " + names.of(typeOf(register)) + ", not an address");
  }

  private void word(int register) {
    Type t = layout.machine(typeOf(register));
    require(
        (t instanceof Type.Int i && i.bits() == 64) || t.isError(),
        "%" + register + " is a " + names.of(typeOf(register)) + ", not a 64-bit integer");
  }

  private void operand(int register, Type expected) {
    Type t = typeOf(register);
    require(
        t.isError() || Verifier.sameForm(t, expected, layout),
        "%" + register + " is a " + names.of(t) + ", not a " + names.of(expected));
  }

  /** The erroneous type for a register that was reported already. */
  private Type typeOf(int register) {
    return register >= 0 && register < types.length ? types[register] : Types.ERROR;
  }

  private void require(boolean holds, String text) {
    if (!holds) {
      problem.accept(text);
    }
  }
}
