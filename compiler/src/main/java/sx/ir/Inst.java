package sx.ir;

import java.util.List;
import sx.type.Type;

/**
 * An instruction. {@code result} is the register it defines, -1 if it has none; operands are
 * registers. Every conversion is explicit and operands of one operation have one type.
 *
 * <p>Values are scalars ({@link sx.type.Layout#isScalar}) or whole aggregates. An aggregate in a
 * register is an immutable snapshot: later stores to the memory it was loaded from do not show.
 * Integers of N bits are always in range: sign- or zero-extended from bit N-1.
 */
public sealed interface Inst {
  int result();

  /** An integer, bool (0/1), plain enum, Type tag (see {@link TypeTag}) or address constant. */
  record ConstInt(int result, Type type, long value) implements Inst {}

  /** An f32 or f64 constant; an f32 is given as the exact double. */
  record ConstFloat(int result, Type type, double value) implements Inst {}

  /** The all-zero value of any type. */
  record Zero(int result, Type type) implements Inst {}

  /** An unspecified value of any type. */
  record Undefined(int result, Type type) implements Inst {}

  /** The run-time tag of a type, as a value of type {@code Type}. */
  record TypeTag(int result, Type value) implements Inst {}

  record GlobalAddress(int result, Global global) implements Inst {}

  record FunctionAddress(int result, Function function) implements Inst {}

  /** The address of a slot of this function's frame. */
  record SlotAddress(int result, int slot) implements Inst {}

  record Load(int result, Type type, int address) implements Inst {}

  record Store(Type type, int address, int value) implements Inst {
    @Override
    public int result() {
      return -1;
    }
  }

  /**
   * The address of part {@code index} of the aggregate at {@code base} (parts as in Layout.parts).
   */
  record FieldAddress(int result, Type aggregate, int base, int index) implements Inst {}

  /** {@code base + index * size(element)}; the index is a 64-bit signed integer. */
  record ElementAddress(int result, Type element, int base, int index) implements Inst {}

  /** {@code base + bytes}; {@code bytes} is a 64-bit integer register. */
  record ByteOffset(int result, int base, int bytes) implements Inst {}

  enum BinaryKind {
    ADD,
    SUB,
    MUL,
    DIV,
    REM,
    AND,
    OR,
    XOR,
    SHL,
    SHR
  }

  /**
   * On two ints, floats, or (AND, OR, XOR) bools of one type; the signedness is that of the type.
   * The count of a shift has the type of the left operand. Integer results wrap.
   */
  record Binary(int result, BinaryKind op, Type type, int left, int right) implements Inst {}

  /** NEG on ints and floats, NOT inverts the bits of an int within its width, or a bool. */
  enum UnaryKind {
    NEG,
    NOT
  }

  record Unary(int result, UnaryKind op, Type type, int operand) implements Inst {}

  enum CompareKind {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE
  }

  /**
   * On two scalars of one type; addresses compare unsigned, floats ordered except NE. Gives bool.
   */
  record Compare(int result, CompareKind op, Type operands, int left, int right) implements Inst {}

  enum ConvertKind {
    /** int (or bool, enum, Type) to int: extended by the source's signedness, cut to the target. */
    INT_TO_INT,
    INT_TO_FLOAT,
    /** Truncated toward zero to 64 bits, then cut (types.conv.3); never traps. */
    FLOAT_TO_INT,
    FLOAT_TO_FLOAT,
    /** address to address or 64-bit int, and back; no change of bits. */
    ADDRESS
  }

  record Convert(int result, ConvertKind kind, Type from, Type to, int operand) implements Inst {}

  /** Builds a struct, tuple, slice, string, any, closure value from its parts in order. */
  record Aggregate(int result, Type type, List<Integer> parts) implements Inst {}

  /** Part {@code index} of an aggregate value of that type. */
  record Extract(int result, Type aggregate, int value, int index) implements Inst {}

  record Call(int result, Function callee, List<Integer> args) implements Inst {}

  /**
   * A call through a code address.
   *
   * @param argTypes one for each argument, those of a C variadic tail included
   */
  record CallIndirect(
      int result, Type.Function type, int callee, List<Integer> args, List<Type> argTypes)
      implements Inst {}

  /** A call of a variadic extern function; types of all arguments, the tail's promoted already. */
  record CallVariadic(int result, Function callee, List<Integer> args, List<Type> argTypes)
      implements Inst {}

  /** Questions to the type tables about a type known at run time only (ct.rt.1). */
  enum ReflectKind {
    /** () -> string */
    TYPE_NAME,
    /** () -> i64 */
    SIZE_OF,
    ALIGN_OF,
    /** () -> bool */
    IS_UNSIGNED,
    IS_FLAGS,
    IS_STRUCT,
    /** () -> i64: the {@link sx.type.TypeKind} ordinal */
    KIND,
    /** () -> i64: fields, elements, arms; 0 for kinds of [ct.rt.2] */
    STRUCT_FIELD_COUNT,
    /** () -> i64: the wide count of [ct.old.2] */
    FIELD_COUNT,
    /** (i64) -> string: name of member or variant */
    FIELD_NAME,
    /** (i64) -> Type: by the wide rule of [ct.field.5] */
    FIELD_TYPE,
    /** (i64) -> i64 */
    FIELD_OFFSET,
    /** () -> i64 */
    VARIANT_COUNT,
    /** (i64) -> i64 */
    VARIANT_VALUE,
    /** () -> i64: see __sx_variant_tag_width */
    VARIANT_TAG_WIDTH,
    /** () -> i64: offset of the payload area of a tagged union, 0 otherwise */
    TAG_OFFSET,
    PAYLOAD_OFFSET,
    VECTOR_LANES,
    /** () -> Type: what a pointer points to, else void */
    POINTEE
  }

  /** {@code type} is a register of type Type; {@code index} is -1 where the kind takes none. */
  record Reflect(int result, ReflectKind kind, int type, int index) implements Inst {}

  /** Operations of the machine that are functions in sx: sqrt, sin, cos, floor on f32 and f64. */
  enum MathKind {
    SQRT,
    SIN,
    COS,
    FLOOR
  }

  record MathCall(int result, MathKind op, Type type, int operand) implements Inst {}

  /** True in the compile-time engine, false in compiled code (ct.env.10). */
  record IsComptime(int result) implements Inst {}
}
