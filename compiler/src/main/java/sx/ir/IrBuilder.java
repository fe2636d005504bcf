package sx.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/**
 * Makes a {@link Body}: numbers registers, slots and blocks, and gives each instruction the current
 * span. Starts positioned at block 0, the entry.
 *
 * <p>An instruction or terminator after the end of a block is unreachable. Instructions then go to
 * a new block that nothing jumps to, a terminator is ignored; {@link #finish} drops what cannot be
 * reached. Callers need not care.
 */
public final class IrBuilder {
  private static final class Open {
    final List<Inst> code = new ArrayList<>();
    final List<Span> spans = new ArrayList<>();
    Optional<Terminator> end = Optional.empty();
  }

  private final List<Body.Slot> slots = new ArrayList<>();
  private final List<Open> blocks = new ArrayList<>();
  private int registers;
  private int current;
  private Span span;

  /**
   * @param params how many parameters the function has; they are the first registers
   * @param span the place of instructions until {@link #at} says otherwise
   */
  public IrBuilder(int params, Span span) {
    this.registers = params;
    this.span = span;
    position(newBlock());
  }

  /** Sets the place in the source for the instructions to come; returns the one before. */
  public Span at(Span place) {
    Span before = span;
    span = place;
    return before;
  }

  public Span span() {
    return span;
  }

  /** A new storage in the frame; its number. */
  public int slot(String name, Type type) {
    slots.add(new Body.Slot(name, type));
    return slots.size() - 1;
  }

  /** A new block, without moving to it; its number. */
  public int newBlock() {
    blocks.add(new Open());
    return blocks.size() - 1;
  }

  /** Continues at the end of a block. */
  public void position(int block) {
    current = block;
  }

  public int block() {
    return current;
  }

  /** Whether the current block has its terminator, so that what follows is unreachable. */
  public boolean isTerminated() {
    return blocks.get(current).end.isPresent();
  }

  /** A new register number, for an instruction given to {@link #add}. */
  public int newRegister() {
    return registers++;
  }

  /** Appends an instruction made by the caller. */
  public int add(Inst inst) {
    if (isTerminated()) {
      position(newBlock());
    }
    Open open = blocks.get(current);
    open.code.add(inst);
    open.spans.add(span);
    return inst.result();
  }

  /** An integer, bool, plain enum or address constant. The value must be in range of the type. */
  public int constInt(Type type, long value) {
    return add(new Inst.ConstInt(newRegister(), type, value));
  }

  public int constBool(boolean value) {
    return constInt(Types.BOOL, value ? 1 : 0);
  }

  public int constFloat(Type type, double value) {
    return add(new Inst.ConstFloat(newRegister(), type, value));
  }

  public int zero(Type type) {
    return add(new Inst.Zero(newRegister(), type));
  }

  public int undefined(Type type) {
    return add(new Inst.Undefined(newRegister(), type));
  }

  public int typeTag(Type value) {
    return add(new Inst.TypeTag(newRegister(), value));
  }

  public int globalAddress(Global global) {
    return add(new Inst.GlobalAddress(newRegister(), global));
  }

  public int functionAddress(Function function) {
    return add(new Inst.FunctionAddress(newRegister(), function));
  }

  public int slotAddress(int slot) {
    return add(new Inst.SlotAddress(newRegister(), slot));
  }

  public int load(Type type, int address) {
    return add(new Inst.Load(newRegister(), type, address));
  }

  public void store(Type type, int address, int value) {
    add(new Inst.Store(type, address, value));
  }

  public int loadSlot(Type type, int slot) {
    return load(type, slotAddress(slot));
  }

  public void storeSlot(Type type, int slot, int value) {
    store(type, slotAddress(slot), value);
  }

  public int fieldAddress(Type aggregate, int base, int index) {
    return add(new Inst.FieldAddress(newRegister(), aggregate, base, index));
  }

  public int elementAddress(Type element, int base, int index) {
    return add(new Inst.ElementAddress(newRegister(), element, base, index));
  }

  public int byteOffset(int base, int bytesRegister) {
    return add(new Inst.ByteOffset(newRegister(), base, bytesRegister));
  }

  /** {@code base} plus a constant number of bytes; {@code base} itself for 0. */
  public int offsetBy(int base, long bytes) {
    return bytes == 0 ? base : byteOffset(base, constInt(Types.I64, bytes));
  }

  /** The same as {@link #offsetBy}, whose name cannot be mistaken for the one with a register. */
  public int byteOffset(int base, long bytes) {
    return offsetBy(base, bytes);
  }

  public int binary(Inst.BinaryKind op, Type type, int left, int right) {
    return add(new Inst.Binary(newRegister(), op, type, left, right));
  }

  public int unary(Inst.UnaryKind op, Type type, int operand) {
    return add(new Inst.Unary(newRegister(), op, type, operand));
  }

  public int compare(Inst.CompareKind op, Type operands, int left, int right) {
    return add(new Inst.Compare(newRegister(), op, operands, left, right));
  }

  public int convert(Inst.ConvertKind kind, Type from, Type to, int operand) {
    return add(new Inst.Convert(newRegister(), kind, from, to, operand));
  }

  public int aggregate(Type type, List<Integer> parts) {
    return add(new Inst.Aggregate(newRegister(), type, List.copyOf(parts)));
  }

  public int extract(Type aggregate, int value, int index) {
    return add(new Inst.Extract(newRegister(), aggregate, value, index));
  }

  /** A call; -1 if the callee has no result. */
  public int call(Function callee, List<Integer> args) {
    return add(new Inst.Call(resultFor(callee.result()), callee, List.copyOf(args)));
  }

  public int callIndirect(Type.Function type, int callee, List<Integer> args, List<Type> argTypes) {
    return add(
        new Inst.CallIndirect(
            resultFor(type.result()), type, callee, List.copyOf(args), List.copyOf(argTypes)));
  }

  public int callVariadic(Function callee, List<Integer> args, List<Type> argTypes) {
    return add(
        new Inst.CallVariadic(
            resultFor(callee.result()), callee, List.copyOf(args), List.copyOf(argTypes)));
  }

  /** A question without index. */
  public int reflect(Inst.ReflectKind kind, int type) {
    return reflect(kind, type, -1);
  }

  public int reflect(Inst.ReflectKind kind, int type, int index) {
    return add(new Inst.Reflect(newRegister(), kind, type, index));
  }

  public int math(Inst.MathKind op, Type type, int operand) {
    return add(new Inst.MathCall(newRegister(), op, type, operand));
  }

  public int isComptime() {
    return add(new Inst.IsComptime(newRegister()));
  }

  private int resultFor(Type type) {
    return hasResult(type) ? newRegister() : -1;
  }

  /** Whether a function of this result type gives a value: any type but void and noreturn. */
  public static boolean hasResult(Type type) {
    return !(type instanceof Type.Void || type instanceof Type.NoReturn);
  }

  /** Ends the current block, unless it has ended. */
  public void terminate(Terminator end) {
    Open open = blocks.get(current);
    if (open.end.isEmpty()) {
      open.end = Optional.of(end);
    }
  }

  public void jump(int target) {
    terminate(new Terminator.Jump(target));
  }

  public void branch(int condition, int then, int otherwise) {
    terminate(new Terminator.Branch(condition, then, otherwise));
  }

  public void switchOn(int value, List<Terminator.Case> cases, int otherwise) {
    terminate(new Terminator.Switch(value, List.copyOf(cases), otherwise));
  }

  public void ret(int value) {
    terminate(new Terminator.Return(value));
  }

  public void retVoid() {
    terminate(new Terminator.Return(-1));
  }

  public void unreachable() {
    terminate(new Terminator.Unreachable());
  }

  /**
   * The finished body: blocks that cannot be reached are dropped, open ones end as unreachable.
   *
   * @param function the place of the function
   */
  public Body finish(Span function) {
    int[] numbers = reachable();
    List<Body.Block> kept = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] > 0) {
        Open open = blocks.get(i);
        kept.add(
            new Body.Block(
                List.copyOf(open.code), List.copyOf(open.spans), renumber(end(open), numbers)));
      }
    }
    return new Body(List.copyOf(slots), List.copyOf(kept), registers, function);
  }

  /** For each block its new number plus one, 0 if it is dropped. */
  private int[] reachable() {
    int[] numbers = new int[blocks.size()];
    List<Integer> work = new ArrayList<>(List.of(0));
    numbers[0] = 1;
    while (!work.isEmpty()) {
      for (int target : targets(end(blocks.get(work.removeLast())))) {
        if (numbers[target] == 0) {
          numbers[target] = 1;
          work.add(target);
        }
      }
    }
    int next = 0;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbers[i] == 0 ? 0 : ++next;
    }
    return numbers;
  }

  private static Terminator end(Open block) {
    return block.end.orElseGet(Terminator.Unreachable::new);
  }

  /** The blocks that a terminator may continue at. */
  public static List<Integer> targets(Terminator end) {
    return switch (end) {
      case Terminator.Jump j -> List.of(j.target());
      case Terminator.Branch b -> List.of(b.then(), b.otherwise());
      case Terminator.Switch s -> {
        List<Integer> all = new ArrayList<>();
        s.cases().forEach(c -> all.add(c.target()));
        all.add(s.otherwise());
        yield all;
      }
      case Terminator.Return r -> List.of();
      case Terminator.Unreachable u -> List.of();
    };
  }

  private static Terminator renumber(Terminator end, int[] numbers) {
    return switch (end) {
      case Terminator.Jump j -> new Terminator.Jump(numbers[j.target()] - 1);
      case Terminator.Branch b ->
          new Terminator.Branch(b.condition(), numbers[b.then()] - 1, numbers[b.otherwise()] - 1);
      case Terminator.Switch s ->
          new Terminator.Switch(
              s.value(),
              s.cases().stream()
                  .map(c -> new Terminator.Case(c.value(), numbers[c.target()] - 1))
                  .toList(),
              numbers[s.otherwise()] - 1);
      case Terminator.Return r -> r;
      case Terminator.Unreachable u -> u;
    };
  }
}
