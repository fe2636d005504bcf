package sx.llvm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sx.ir.Body;
import sx.ir.Function;
import sx.ir.Inst;
import sx.ir.RunTimeFlow;
import sx.ir.Terminator;
import sx.llvm.Shapes.Leaf;
import sx.llvm.Shapes.Shape;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** Emits one function: its blocks in an order in which definitions come before uses. */
final class FunctionEmitter {
  /** A value in memory that is not in memory yet, only known by how it will be written. */
  private sealed interface Pending {
    record Cleared() implements Pending {}

    record Unspecified() implements Pending {}

    record At(String address) implements Pending {}
  }

  private static final Pending CLEARED = new Pending.Cleared();
  private static final Pending UNSPECIFIED = new Pending.Unspecified();

  private final Function function;
  private final Body body;
  private final RunTimeFlow flow;
  private final ModuleState module;
  private final FunctionText text;
  private final Calls calls;
  private final Instructions instructions;
  private final Reflections reflections;
  private final Snapshots snapshots;
  private final Pending[] pending;

  /** Registers that hold the address of an object that never changes. */
  private final boolean[] constant;

  FunctionEmitter(Function function, Body body, ModuleState module) {
    this.function = function;
    this.body = body;
    this.flow = new RunTimeFlow(body);
    this.module = module;
    this.text =
        new FunctionText(
            body.registers(), Calls.parameterCount(function, module.shapes, module.abi));
    this.calls = new Calls(module.shapes, module.abi, module.symbols, text);
    this.instructions = new Instructions(module.shapes, text);
    this.reflections = new Reflections(module, text, body.registers());
    this.snapshots = new Snapshots(body);
    this.pending = new Pending[body.registers()];
    this.constant = new boolean[body.registers()];
  }

  /** How the definition begins, up to its attributes. */
  String header() {
    return calls.enter(function);
  }

  /** Appends the definition of the function. */
  void emit(StringBuilder out) {
    DebugInfo.Scope scope = module.debug.function(function, body);
    text.location(scope.start());
    for (int i = 0; i < body.slots().size(); i++) {
      text.declareSlot(i, module.shapes.of(body.slots().get(i).type()));
    }
    String header = calls.enter(function) + scope.attachment();
    String prologue = text.takePrologue();
    boolean entryIsTarget = false;
    for (int number : order()) {
      Body.Block block = body.blocks().get(number);
      entryIsTarget |= flow.targets(block.end()).contains(0);
      text.label(number);
      for (int i = 0; i < block.code().size(); i++) {
        text.location(scope.at(block.spans(), i));
        emit(block, i, block.code().get(i));
      }
      emit(block.end());
    }
    text.appendTo(out, header, entryIsTarget, prologue);
  }

  /** Reverse post-order: a block that dominates another comes before it. */
  private List<Integer> order() {
    List<Integer> post = new ArrayList<>();
    boolean[] seen = new boolean[body.blocks().size()];
    List<int[]> stack = new ArrayList<>();
    stack.add(new int[] {0, 0});
    seen[0] = true;
    while (!stack.isEmpty()) {
      int[] top = stack.getLast();
      List<Integer> targets = flow.targets(body.blocks().get(top[0]).end());
      if (top[1] < targets.size()) {
        int next = targets.get(targets.size() - 1 - top[1]++);
        if (!seen[next]) {
          seen[next] = true;
          stack.add(new int[] {next, 0});
        }
      } else {
        post.add(top[0]);
        stack.removeLast();
      }
    }
    return post.reversed();
  }

  private void emit(Body.Block block, int index, Inst inst) {
    switch (inst) {
      case Inst.ConstInt i ->
          scalar(i.result(), i.type(), Constants.integer(machine(i.type()), i.value()));
      case Inst.ConstFloat i -> scalar(i.result(), i.type(), Constants.real(i.value()));
      case Inst.Zero i -> zero(i.result(), i.type(), CLEARED);
      case Inst.Undefined i -> zero(i.result(), i.type(), UNSPECIFIED);
      case Inst.TypeTag i -> {
        scalar(i.result(), Types.TYPE, Integer.toString(module.program.types().tag(i.value())));
        reflections.isType(i.result(), i.value());
      }
      case Inst.GlobalAddress i -> {
        scalar(i.result(), Types.VOID_POINTER, module.symbols.of(i.global()));
        constant[i.result()] = !i.global().mutable() && i.global().externSymbol().isEmpty();
      }
      case Inst.FunctionAddress i ->
          scalar(i.result(), Types.VOID_POINTER, module.symbols.of(i.function()));
      case Inst.SlotAddress i ->
          scalar(i.result(), Types.VOID_POINTER, FunctionText.slot(i.slot()));
      case Inst.Load i -> load(block, index, i);
      case Inst.Store i -> place(module.shapes.of(i.type()), i.value(), text.scalar(i.address()));
      case Inst.FieldAddress i -> {
        Layout.Part part = module.program.layout().parts(i.aggregate()).get(i.index());
        String base = text.scalar(i.base());
        scalar(i.result(), Types.VOID_POINTER, text.offset(base, part.offset()));
        constant[i.result()] = constant[i.base()];
      }
      case Inst.ElementAddress i -> elementAddress(i);
      case Inst.ByteOffset i ->
          address(i.result(), "i8", text.scalar(i.base()), text.scalar(i.bytes()));
      case Inst.Binary i -> instructions.binary(i);
      case Inst.Unary i -> instructions.unary(i);
      case Inst.Compare i -> instructions.compare(i);
      case Inst.Convert i -> instructions.convert(i);
      case Inst.Aggregate i -> aggregate(i);
      case Inst.Extract i -> extract(i);
      case Inst.Call i -> calls.call(i);
      case Inst.CallIndirect i -> calls.call(i);
      case Inst.CallVariadic i -> calls.call(i);
      case Inst.Reflect i -> reflections.emit(i);
      case Inst.MathCall i -> instructions.math(i);
      case Inst.IsComptime i -> scalar(i.result(), Types.BOOL, "false");
    }
  }

  private Type machine(Type type) {
    return module.program.layout().machine(type);
  }

  private void scalar(int register, Type type, String operand) {
    text.set(register, module.shapes.of(type), operand);
  }

  /** A value without content: zero, or anything, for which leaves are zero as well. */
  private void zero(int register, Type type, Pending kind) {
    Shape shape = module.shapes.of(type);
    if (!shape.inMemory()) {
      String[] leaves = new String[shape.leaves().size()];
      for (int i = 0; i < leaves.length; i++) {
        leaves[i] = Constants.zero(shape.leaves().get(i).machine());
      }
      text.set(register, shape, leaves);
    } else if (snapshots.isOnlyPlaced(register)) {
      pending[register] = kind;
    } else {
      String storage = text.storage(shape);
      if (kind instanceof Pending.Cleared) {
        text.clear(shape, storage);
      }
      text.set(register, shape, storage);
    }
  }

  private void load(Body.Block block, int index, Inst.Load i) {
    Shape shape = module.shapes.of(i.type());
    String address = text.scalar(i.address());
    if (!shape.inMemory()) {
      text.set(i.result(), shape, text.load(shape, address));
    } else if (constant[i.address()]) {
      text.set(i.result(), shape, address);
    } else if (snapshots.isMovedOn(block, index, i.result())) {
      pending[i.result()] = new Pending.At(address);
    } else {
      String storage = text.storage(shape);
      text.copy("memcpy", shape, storage, address);
      text.set(i.result(), shape, storage);
    }
  }

  /** Writes the value of a register to memory. */
  private void place(Shape shape, int register, String address) {
    switch (pending[register]) {
      case null -> text.spill(shape, register, address);
      case Pending.Cleared c -> text.clear(shape, address);
      case Pending.Unspecified u -> {}
      case Pending.At at -> text.copy("memmove", shape, address, at.address());
    }
  }

  private void elementAddress(Inst.ElementAddress i) {
    Type element = i.element();
    long size = module.program.layout().size(element);
    String base = text.scalar(i.base());
    if (size == 0) {
      scalar(i.result(), Types.VOID_POINTER, base);
      return;
    }
    String unit =
        size == 1 || size == 2 || size == 4 || size == 8
            ? Shapes.intType((int) size * 8)
            : "[" + size + " x i8]";
    address(i.result(), unit, base, text.scalar(i.index()));
    constant[i.result()] = constant[i.base()];
  }

  private void address(int register, String unit, String base, String index) {
    String value = text.define();
    text.code().append("getelementptr ").append(unit).append(", ptr ").append(base);
    text.code().append(", i64 ").append(index);
    text.end();
    scalar(register, Types.VOID_POINTER, value);
  }

  private void aggregate(Inst.Aggregate i) {
    Shape shape = module.shapes.of(i.type());
    List<Layout.Part> parts = module.program.layout().parts(i.type());
    if (shape.inMemory()) {
      String storage = text.storage(shape);
      for (int k = 0; k < parts.size(); k++) {
        Shape part = module.shapes.of(parts.get(k).type());
        if (!part.isNothing()) {
          text.spill(part, i.parts().get(k), text.offset(storage, parts.get(k).offset()));
        }
      }
      text.set(i.result(), shape, storage);
      return;
    }
    List<String> leaves = new ArrayList<>();
    for (int part : i.parts()) {
      leaves.addAll(List.of(text.leaves(part)));
    }
    text.set(i.result(), shape, leaves.toArray(String[]::new));
  }

  private void extract(Inst.Extract i) {
    Shape whole = module.shapes.of(i.aggregate());
    List<Layout.Part> parts = module.program.layout().parts(i.aggregate());
    Layout.Part part = parts.get(i.index());
    Shape shape = module.shapes.of(part.type());
    if (whole.inMemory()) {
      String address = text.offset(text.scalar(i.value()), part.offset());
      if (shape.inMemory()) {
        text.set(i.result(), shape, address);
      } else {
        text.set(i.result(), shape, text.load(shape, address));
      }
      return;
    }
    int from = 0;
    for (int k = 0; k < i.index(); k++) {
      from += module.shapes.leafCount(parts.get(k).type());
    }
    String[] leaves = new String[shape.leaves().size()];
    System.arraycopy(text.leaves(i.value()), from, leaves, 0, leaves.length);
    text.set(i.result(), shape, leaves);
  }

  private void emit(Terminator end) {
    switch (end) {
      case Terminator.Jump j -> {
        text.line().append("br label %b").append(j.target());
        text.end();
      }
      case Terminator.Branch b when flow.isForComptime(b) -> {
        text.line().append("br label %b").append(b.otherwise());
        text.end();
      }
      case Terminator.Branch b -> {
        text.line().append("br i1 ").append(text.scalar(b.condition()));
        text.code().append(", label %b").append(b.then());
        text.code().append(", label %b").append(b.otherwise());
        text.end();
      }
      case Terminator.Switch s -> branchOn(s);
      case Terminator.Return r ->
          calls.giveBack(
              function,
              r.value(),
              address -> place(module.shapes.of(function.result()), r.value(), address));
      case Terminator.Unreachable u -> unreachable();
    }
  }

  private void branchOn(Terminator.Switch s) {
    Leaf leaf = text.shape(s.value()).leaves().getFirst();
    text.line()
        .append("switch ")
        .append(leaf.register())
        .append(' ')
        .append(text.scalar(s.value()));
    text.code().append(", label %b").append(s.otherwise()).append(" [");
    Set<Long> seen = new HashSet<>();
    for (Terminator.Case c : s.cases()) {
      if (seen.add(c.value())) {
        text.code().append(' ').append(leaf.register()).append(' ');
        text.code().append(Constants.integer(leaf.machine(), c.value()));
        text.code().append(", label %b").append(c.target());
      }
    }
    text.code().append(" ]");
    text.end();
  }

  /** A crash at once where that helps to find a fault, nothing where it would cost. */
  private void unreachable() {
    if (module.options.level().isLow()) {
      text.line().append("call void @llvm.trap()");
      text.end();
    }
    text.line().append("unreachable");
    text.end();
  }
}
