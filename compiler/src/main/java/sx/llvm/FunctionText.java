package sx.llvm;

import sx.llvm.Shapes.Leaf;
import sx.llvm.Shapes.Shape;

/**
 * The text of one function under construction: lines, storage in the frame, and what each IR
 * register stands for. LLVM values are numbered in the order of the text.
 */
final class FunctionText {
  /**
   * What allocators that programs write align memory to (std.mem.24), though a vector is aligned to
   * 16. The optimizer knows better where it sees the storage.
   */
  private static final long ALLOCATED = 8;

  private static final String[] NAMES = new String[1024];

  static {
    for (int i = 0; i < NAMES.length; i++) {
      NAMES[i] = "%" + i;
    }
  }

  /** An IR register's value: one operand for each leaf, or the address of the snapshot. */
  private final String[][] values;

  private final Shape[] shapes;
  private final StringBuilder code = new StringBuilder();
  private final StringBuilder frame = new StringBuilder();
  private int next;
  private int storages;
  private int location;

  /**
   * @param firstValue the number of the first LLVM value after the parameters
   */
  FunctionText(int registers, int firstValue) {
    this.values = new String[registers][];
    this.shapes = new Shape[registers];
    this.next = firstValue;
  }

  /** Sets the node that says where each following instruction comes from; 0 is none. */
  void location(int debugLocation) {
    location = debugLocation;
  }

  /** Starts a line that defines a new value; the value. */
  String define() {
    String value = name(next++);
    code.append("  ").append(value).append(" = ");
    return value;
  }

  /** The name of a value; those of small numbers are made once. */
  static String name(int number) {
    return number < NAMES.length ? NAMES[number] : "%" + number;
  }

  /** Starts a line without a value. */
  StringBuilder line() {
    return code.append("  ");
  }

  /** The text to continue a started line in. */
  StringBuilder code() {
    return code;
  }

  void end() {
    attach(code);
    code.append('\n');
  }

  private void attach(StringBuilder line) {
    if (location > 0) {
      line.append(", !dbg !").append(location);
    }
  }

  void label(int block) {
    code.append('b').append(block).append(":\n");
  }

  /** Storage in the frame of the function. */
  String storage(String type, long align) {
    String name = "%a" + storages++;
    frame.append("  ").append(name).append(" = alloca ").append(type);
    frame.append(", align ").append(Math.max(1, align)).append('\n');
    return name;
  }

  /** Storage for a value of a shape. */
  String storage(Shape shape) {
    return storage(shape.storage(), shape.align());
  }

  void set(int register, Shape shape, String... operands) {
    if (register >= 0) {
      values[register] = operands;
      shapes[register] = shape;
    }
  }

  /** The operands of a register. */
  String[] leaves(int register) {
    return values[register];
  }

  /** The operand of a scalar, or the address of a value in memory. */
  String scalar(int register) {
    return values[register][0];
  }

  Shape shape(int register) {
    return shapes[register];
  }

  /** Whether a register is defined already in the order of the text. */
  boolean isSet(int register) {
    return values[register] != null;
  }

  /** An address plus a constant. */
  String offset(String address, long bytes) {
    if (bytes == 0) {
      return address;
    }
    String result = define();
    code.append("getelementptr inbounds i8, ptr ").append(address).append(", i64 ").append(bytes);
    end();
    return result;
  }

  String[] load(Shape shape, String address) {
    String[] result = new String[shape.leaves().size()];
    for (int i = 0; i < result.length; i++) {
      Leaf leaf = shape.leaves().get(i);
      String at = offset(address, leaf.offset());
      String memory = leaf.memory();
      String loaded = loadAs(memory, at, Shapes.memoryBits(leaf.machine()) / 8);
      result[i] = fromMemory(leaf, loaded);
    }
    return result;
  }

  void store(Shape shape, String address, String[] operands) {
    for (int i = 0; i < operands.length; i++) {
      Leaf leaf = shape.leaves().get(i);
      String value = toMemory(leaf, operands[i]);
      String at = offset(address, leaf.offset());
      storeAs(leaf.memory(), value, at, Shapes.memoryBits(leaf.machine()) / 8);
    }
  }

  String loadAs(String type, String address, long align) {
    String result = define();
    code.append("load ").append(type).append(", ptr ").append(address);
    code.append(", align ").append(align);
    end();
    return result;
  }

  void storeAs(String type, String value, String address, long align) {
    line().append("store ").append(type).append(' ').append(value);
    code.append(", ptr ").append(address).append(", align ").append(align);
    end();
  }

  /** A leaf as it is in memory, cut to its own bits. */
  String fromMemory(Leaf leaf, String value) {
    return leaf.memory().equals(leaf.register())
        ? value
        : convert("trunc", leaf.memory(), value, leaf.register());
  }

  /** A leaf widened to whole bytes by its sign. */
  String toMemory(Leaf leaf, String value) {
    return leaf.memory().equals(leaf.register())
        ? value
        : convert(
            Shapes.isSigned(leaf.machine()) ? "sext" : "zext",
            leaf.register(),
            value,
            leaf.memory());
  }

  String convert(String operation, String from, String value, String to) {
    String result = define();
    code.append(operation).append(' ').append(from).append(' ').append(value);
    code.append(" to ").append(to);
    end();
    return result;
  }

  /** The alignment that code may count on where the address is not one of its own storages. */
  private static long countedOn(Shape shape) {
    return Math.min(shape.align(), ALLOCATED);
  }

  /** Copies a value in memory; {@code operation} is memcpy or memmove. */
  void copy(String operation, Shape shape, String to, String from) {
    if (shape.size() == 0 || to.equals(from)) {
      return;
    }
    line().append("call void @llvm.").append(operation).append(".p0.p0.i64(ptr align ");
    code.append(countedOn(shape)).append(' ').append(to).append(", ptr align ");
    code.append(countedOn(shape)).append(' ').append(from).append(", i64 ");
    code.append(shape.size()).append(", i1 false)");
    end();
  }

  void clear(Shape shape, String address) {
    line().append("call void @llvm.memset.p0.i64(ptr align ").append(countedOn(shape)).append(' ');
    code.append(address).append(", i8 0, i64 ").append(shape.size()).append(", i1 false)");
    end();
  }

  /** Writes a register's value, of any shape, to memory. */
  void spill(Shape shape, int register, String address) {
    if (shape.inMemory()) {
      copy("memcpy", shape, address, scalar(register));
    } else {
      store(shape, address, leaves(register));
    }
  }

  /**
   * The whole function.
   *
   * @param entryIsTarget whether something jumps to the first block
   */
  void appendTo(StringBuilder out, String header, boolean entryIsTarget, String prologue) {
    out.append(header).append(" {\n");
    out.append("entry:\n").append(frame).append(prologue);
    if (entryIsTarget) {
      attach(out.append("  br label %b0"));
      out.append('\n').append(code);
    } else {
      out.append(code.delete(0, "b0:\n".length()));
    }
    out.append("}\n\n");
  }

  /** Takes the lines made so far out, as a prologue to be put in front of the first block. */
  String takePrologue() {
    String text = code.toString();
    code.setLength(0);
    return text;
  }

  /** The name of a slot of the body. */
  static String slot(int number) {
    return "%s" + number;
  }

  void declareSlot(int number, Shape shape) {
    frame.append("  ").append(slot(number)).append(" = alloca ").append(shape.storage());
    frame.append(", align ").append(Math.max(1, shape.align())).append('\n');
  }
}
