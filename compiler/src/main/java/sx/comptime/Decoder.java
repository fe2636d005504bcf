package sx.comptime;

import static sx.comptime.Emission.numbers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import sx.ir.Body;
import sx.ir.Function;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/**
 * Translates a body into {@link Code}. Constants, addresses and conversions that change nothing
 * become operands of the operations that use them; {@link Coalescing} and {@link Assembler} do the
 * rest.
 */
final class Decoder {
  private final Vm vm;
  private final Function function;
  private final Body body;
  private final Layout layout;
  private final Facts facts;
  private final Emission out;
  private final Accesses accesses;
  private final Operations operations;
  private final int[] slots;

  Decoder(Vm vm, Function function) {
    this.vm = vm;
    this.function = function;
    this.body = function.body();
    this.layout = vm.program().layout();
    this.facts = new Facts(vm.program(), body);
    this.out = new Emission(body.registers(), body.span());
    this.accesses = new Accesses(out, layout);
    this.operations = new Operations(out, layout);
    this.slots = new int[body.slots().size()];
  }

  Code decode() {
    for (int s = 0; s < slots.length; s++) {
      Type type = body.slots().get(s).type();
      slots[s] =
          facts.isPromoted(s) ? out.newRegister() : out.area(layout.size(type), layout.align(type));
    }
    Ends ends = new Ends(out, facts, operations, this::value, this::constant);
    for (Body.Block b : body.blocks()) {
      out.startBlock();
      for (int i = 0; i < b.code().size(); i++) {
        out.at(b.spans().get(i));
        if (!facts.isAlias(b.code().get(i))) {
          inst(b.code().get(i));
        }
      }
      ends.emit(b.end());
    }
    new Coalescing(out, function.params().size()).run();
    return new Assembler(out, function).assemble();
  }

  /** The number that a register always holds. */
  private OptionalLong constant(int register) {
    int r = facts.root(register);
    return switch (facts.definition(r)) {
      case Inst.ConstInt i -> OptionalLong.of(i.value());
      case Inst.ConstFloat i ->
          OptionalLong.of(
              i.type().equals(Types.F32)
                  ? FloatOps.bits((float) i.value())
                  : FloatOps.bits(i.value()));
      case Inst.Zero i -> OptionalLong.of(zero(i.type()));
      case Inst.Undefined i -> OptionalLong.of(zero(i.type()));
      case Inst.TypeTag i -> OptionalLong.of(vm.program().types().tag(i.value()));
      case Inst.FunctionAddress i -> OptionalLong.of(vm.functions().address(i.function()));
      case Inst.GlobalAddress i when vm.constants().isConstant(i.global()) ->
          OptionalLong.of(vm.constants().address(i.global()));
      case Inst.IsComptime i -> OptionalLong.of(1);
      default -> OptionalLong.empty();
    };
  }

  private long zero(Type type) {
    return layout.isScalar(type) ? 0 : vm.constants().zeros(layout.size(type));
  }

  /** The virtual register with the value of an operand. */
  private int value(int register) {
    OptionalLong number = constant(register);
    return number.isPresent() ? out.constant(number.getAsLong()) : facts.root(register);
  }

  /** The best form of an address, or of the address of an aggregate in a register. */
  private Place place(int register) {
    int r = facts.root(register);
    return switch (facts.definition(r)) {
      case Inst.SlotAddress s when !facts.isPromoted(s.slot()) -> Place.inFrame(slots[s.slot()]);
      case Inst.FieldAddress f -> plus(place(f.base()), partOffset(f.aggregate(), f.index()), r);
      case Inst.ByteOffset b -> offset(b, r);
      case Inst.ElementAddress e -> element(e, r);
      case Inst.Load l when facts.isForwarded(r) -> place(l.address());
      default -> Place.at(value(r));
    };
  }

  private static Place plus(Place p, long bytes, int otherwise) {
    return p.reaches(bytes) ? p.plus(bytes) : Place.at(otherwise);
  }

  private Place offset(Inst.ByteOffset b, int r) {
    OptionalLong bytes = constant(b.bytes());
    return bytes.isPresent() && isSmall(bytes.getAsLong())
        ? plus(place(b.base()), bytes.getAsLong(), r)
        : indexed(place(b.base()), b.bytes(), 1, r);
  }

  private Place element(Inst.ElementAddress e, int r) {
    long size = layout.size(e.element());
    OptionalLong index = constant(e.index());
    return index.isPresent() && isSmall(index.getAsLong()) && isSmall(size)
        ? plus(place(e.base()), index.getAsLong() * size, r)
        : indexed(place(e.base()), e.index(), size, r);
  }

  private Place indexed(Place base, int index, long size, int r) {
    return facts.uses(r) == 1 && base.takesIndex(size)
        ? base.indexed(value(index), size)
        : Place.at(r);
  }

  private static boolean isSmall(long n) {
    return Math.abs(n) < 1 << 30;
  }

  private long partOffset(Type aggregate, int index) {
    return layout.parts(aggregate).get(index).offset();
  }

  @SuppressWarnings("EnumOrdinal")
  private void inst(Inst inst) {
    int r = inst.result();
    switch (inst) {
      case Inst.ConstInt i -> {}
      case Inst.ConstFloat i -> {}
      case Inst.Zero i -> {}
      case Inst.Undefined i -> {}
      case Inst.TypeTag i -> {}
      case Inst.FunctionAddress i -> {}
      case Inst.IsComptime i -> {}
      case Inst.GlobalAddress i -> {
        if (constant(r).isEmpty()) {
          out.pure(Op.GLOBAL, r, numbers(out.global(i.global())));
        }
      }
      case Inst.SlotAddress i -> {
        if (!facts.isPromoted(i.slot())) {
          accesses.address(r, Place.inFrame(slots[i.slot()]));
        }
      }
      case Inst.Load i -> load(i);
      case Inst.Store i -> store(i);
      case Inst.FieldAddress i -> computeOffset(r, i.base(), partOffset(i.aggregate(), i.index()));
      case Inst.ElementAddress i ->
          computeElement(r, i.base(), i.index(), layout.size(i.element()));
      case Inst.ByteOffset i -> computeElement(r, i.base(), i.bytes(), 1);
      case Inst.Binary i ->
          operations.binary(r, i.op(), i.type(), value(i.left()), value(i.right()));
      case Inst.Unary i -> operations.unary(r, i.op(), i.type(), value(i.operand()));
      case Inst.Compare i ->
          operations.compare(r, i.op(), i.operands(), value(i.left()), value(i.right()));
      case Inst.Convert i -> operations.convert(r, i, value(i.operand()));
      case Inst.MathCall i -> operations.math(r, i.op(), i.type(), value(i.operand()));
      case Inst.Aggregate i -> aggregate(i);
      case Inst.Extract i -> extract(i);
      case Inst.Call i ->
          call(
              i.callee().isExtern() || i.callee().isAssembly() ? Op.CALL_HOST : Op.CALL,
              r,
              i.callee(),
              i.args());
      case Inst.CallVariadic i -> variadic(i);
      case Inst.CallIndirect i -> indirect(i);
      case Inst.Reflect i ->
          out.effect(
              Op.REFLECT,
              r,
              numbers(i.kind().ordinal()),
              value(i.type()),
              value(i.index() < 0 ? i.type() : i.index()));
    }
  }

  private void load(Inst.Load i) {
    int r = i.result();
    if (facts.definition(facts.root(i.address())) instanceof Inst.SlotAddress s
        && facts.isPromoted(s.slot())) {
      out.pure(Op.MOVE, r, Micro.NONE, slots[s.slot()]);
    } else if (layout.isScalar(i.type())) {
      accesses.loadScalar(r, i.type(), place(i.address()), false);
    } else if (facts.isForwarded(r)) {
      accesses.address(r, place(i.address()));
    } else {
      Place area = area(i.type());
      accesses.copy(i.type(), area, place(i.address()));
      accesses.address(r, area);
    }
  }

  private Place area(Type type) {
    return Place.inFrame(out.area(layout.size(type), layout.align(type)));
  }

  private void store(Inst.Store i) {
    Inst value = facts.definition(facts.root(i.value()));
    if (value instanceof Inst.Undefined) {
      return;
    }
    if (facts.definition(facts.root(i.address())) instanceof Inst.SlotAddress s
        && facts.isPromoted(s.slot())) {
      out.effect(Op.MOVE, slots[s.slot()], Micro.NONE, value(i.value()));
    } else {
      put(i.type(), place(i.address()), i.value());
    }
  }

  /** Writes a value of any type to memory. */
  private void put(Type type, Place to, int register) {
    int r = facts.root(register);
    if (layout.isScalar(type)) {
      accesses.storeScalar(type, to, value(r));
      return;
    }
    switch (facts.definition(r)) {
      case Inst.Undefined u -> {}
      case Inst.Zero z -> accesses.fillZero(type, to);
      case Inst.Aggregate a when facts.isStoredAtOnce(r) -> putParts(a, to);
      default -> accesses.copy(type, to, place(r));
    }
  }

  private void putParts(Inst.Aggregate a, Place to) {
    List<Layout.Part> parts = layout.parts(a.type());
    for (int p = 0; p < parts.size(); p++) {
      put(parts.get(p).type(), to.plus(parts.get(p).offset()), a.parts().get(p));
    }
  }

  private void aggregate(Inst.Aggregate a) {
    int r = a.result();
    if (facts.uses(r) > 0 && !facts.isStoredAtOnce(r)) {
      Place area = area(a.type());
      putParts(a, area);
      accesses.address(r, area);
    }
  }

  private void extract(Inst.Extract e) {
    Layout.Part part = layout.parts(e.aggregate()).get(e.index());
    Place whole = place(e.value());
    Place from =
        whole.reaches(part.offset())
            ? whole.plus(part.offset())
            : Place.at(value(e.value())).plus(part.offset());
    if (layout.isScalar(part.type())) {
      accesses.loadScalar(e.result(), part.type(), from, true);
    } else {
      accesses.address(e.result(), from);
    }
  }

  private void computeOffset(int r, int base, long bytes) {
    Place p = place(base);
    if (p.reaches(bytes)) {
      accesses.address(r, p.plus(bytes));
    } else {
      out.pure(Op.ADD, r, Micro.NONE, value(base), out.constant(bytes));
    }
  }

  private void computeElement(int r, int base, int index, long size) {
    OptionalLong number = constant(index);
    Place p = place(base);
    if (number.isPresent()
        && isSmall(number.getAsLong())
        && isSmall(size)
        && p.reaches(number.getAsLong() * size)) {
      accesses.address(r, p.plus(number.getAsLong() * size));
    } else if (p.takesIndex(size)) {
      accesses.address(r, p.indexed(value(index), size));
    } else {
      int scaled = out.newRegister();
      int start = out.newRegister();
      out.pure(Op.MUL, scaled, Micro.NONE, value(index), out.constant(size));
      accesses.address(start, p);
      out.pure(Op.ADD, r, Micro.NONE, start, scaled);
    }
  }

  private void call(int op, int r, Function callee, List<Integer> args) {
    call(op, r, callee.result(), out.callee(vm.functions().of(callee)), args);
  }

  private void variadic(Inst.CallVariadic i) {
    Callee callee = new Callee(i.callee(), i.argTypes());
    call(Op.CALL_HOST, i.result(), i.callee().result(), out.callee(callee), i.args());
  }

  private void call(int op, int r, Type result, int callee, List<Integer> args) {
    int[] values = args.stream().mapToInt(this::value).toArray();
    callTo(op, r, result, callee, args.size(), values);
  }

  private void indirect(Inst.CallIndirect i) {
    Type result = i.type().result();
    int signature = out.signature(new Code.Signature(result, i.argTypes().toArray(Type[]::new)));
    List<Integer> all = new ArrayList<>(List.of(i.callee()));
    all.addAll(i.args());
    int[] values = all.stream().mapToInt(this::value).toArray();
    callTo(Op.CALL_INDIRECT, i.result(), result, signature, i.args().size(), values);
  }

  private void callTo(int op, int r, Type result, int what, int count, int[] values) {
    boolean aggregate = IrBuilder.hasResult(result) && !layout.isScalar(result);
    int area = aggregate ? area(result).disp() : -1;
    int size = aggregate ? Accesses.bytes(layout.size(result)) : 0;
    int register = r >= 0 ? r : out.newRegister();
    out.effect(op, register, numbers(area, size, what, count), values);
  }
}
