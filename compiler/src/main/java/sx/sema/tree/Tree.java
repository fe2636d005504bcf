package sx.sema.tree;

import java.util.List;
import java.util.Optional;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/**
 * The typed tree: what a program means, with every implicit step written out. Operands of one
 * operation have one type, coercions are {@link Convert} nodes, defaults and addresses are
 * explicit, and what the engines need to know is a type or a node, never a name.
 *
 * <p>A <i>place</i> is an expression with storage: {@link LocalRef}, {@link GlobalRef}, {@link
 * Deref}, {@link Temporary}, a {@link Field} or {@link Index} of a place, and an {@link Index} of a
 * slice, string or many-pointer.
 */
public sealed interface Tree {
  Span span();

  sealed interface Expr extends Tree {
    Type type();
  }

  record Const(Span span, Type type, Constant value) implements Expr {}

  /** An unspecified value ({@code ---}). */
  record Undefined(Span span, Type type) implements Expr {}

  record LocalRef(Span span, Local local) implements Expr {
    @Override
    public Type type() {
      return local.type();
    }
  }

  record GlobalRef(Span span, GlobalVar global) implements Expr {
    @Override
    public Type type() {
      return global.type();
    }
  }

  record FunctionRef(Span span, Instance function) implements Expr {
    @Override
    public Type type() {
      return function.type();
    }
  }

  enum ArithmeticOp {
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
   * On two ints, floats, bools (AND, OR, XOR), or enums (AND, OR, XOR) of the node's type. A
   * pointer plus or minus an i64 moves by bytes; then only the left operand has the node's type.
   */
  record Arithmetic(Span span, Type type, ArithmeticOp op, Expr left, Expr right) implements Expr {}

  record Negate(Span span, Type type, Expr operand) implements Expr {}

  record BitNot(Span span, Type type, Expr operand) implements Expr {}

  enum CompareOp {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE
  }

  /**
   * Operands of one type. EQ and NE also on strings (by content), slices (pointer and length),
   * structs and tuples (part by part, recursively) and tagged unions (tags).
   */
  record Compare(Span span, CompareOp op, Expr left, Expr right) implements Expr {
    @Override
    public Type type() {
      return Types.BOOL;
    }
  }

  /** A chain of comparisons: every operand evaluated once, in order, then all links tested. */
  record CompareChain(Span span, List<Local> operands, List<Expr> values, List<Expr> links)
      implements Expr {
    @Override
    public Type type() {
      return Types.BOOL;
    }
  }

  /** Whether a value of a condition type (expr.cond.1) counts as true. */
  record Truth(Span span, Expr operand) implements Expr {
    @Override
    public Type type() {
      return Types.BOOL;
    }
  }

  /** Negation of a bool. */
  record Not(Span span, Expr operand) implements Expr {
    @Override
    public Type type() {
      return Types.BOOL;
    }
  }

  record And(Span span, Expr left, Expr right) implements Expr {
    @Override
    public Type type() {
      return Types.BOOL;
    }
  }

  record Or(Span span, Expr left, Expr right) implements Expr {
    @Override
    public Type type() {
      return Types.BOOL;
    }
  }

  enum Conversion {
    /**
     * int, bool, plain enum or Type to int or plain enum: extend by the source's sign, then cut.
     */
    INT,
    /** int to bool: the lowest bit. */
    INT_TO_BOOL,
    INT_TO_FLOAT,
    FLOAT_TO_INT,
    FLOAT,
    /** address to address, address to int and back. */
    ADDRESS,
    /** a place of type [N]T to []T over it. */
    ARRAY_VIEW,
    /** a place of type [N]T to the address of its first element. */
    ARRAY_ADDRESS,
    /** a slice or string to the address of its first element. */
    SLICE_ADDRESS,
    /** string to []u8 and back. */
    SAME_WORDS,
    /** a place to an any that views it. */
    BOX,
    /** T to ?T. */
    WRAP,
    /** the bits read as another type (types.xx.7). */
    REINTERPRET
  }

  record Convert(Span span, Type type, Conversion kind, Expr operand) implements Expr {}

  /** The address of a place; the node's type is a pointer. */
  record AddressOf(Span span, Type type, Expr place) implements Expr {}

  record Deref(Span span, Type type, Expr pointer) implements Expr {}

  /**
   * Part {@code index} of a struct, tuple, untagged union, slice, string or any. Part 0 of a tagged
   * union is its tag, part {@code i + 1} the payload of variant {@code i}.
   */
  record Field(Span span, Type type, Expr base, int index) implements Expr {}

  /**
   * What a present optional holds; only reached where it is known to be present. A place if the
   * optional is one.
   */
  record Payload(Span span, Type type, Expr optional) implements Expr {}

  /** Base: an array (place or value), slice, string, many-pointer or vector. Index: an i64. */
  record Index(Span span, Type type, Expr base, Expr index) implements Expr {}

  /** Base: a place of array type, a slice, string or many-pointer. Bounds: i64, end exclusive. */
  record Subslice(Span span, Type type, Expr base, Optional<Expr> start, Optional<Expr> end)
      implements Expr {}

  /** A place that holds a value until the function returns. */
  record Temporary(Span span, Expr value) implements Expr {
    @Override
    public Type type() {
      return value.type();
    }
  }

  record Call(Span span, Type type, Instance callee, List<Expr> args) implements Expr {}

  record CallIndirect(Span span, Type type, Expr callee, List<Expr> args) implements Expr {}

  /**
   * A struct, tuple, array or vector. The parts are in order of evaluation and cover the whole,
   * except that parts of type void and parts left undefined may be missing. An untagged union is
   * made of one part, a tagged union of its tag and the payload of one variant, in that order.
   */
  record Aggregate(Span span, Type type, List<Part> parts) implements Expr {}

  record Part(int index, Expr value) {}

  /**
   * An array or vector whose elements are all given by one expression, evaluated for each of them.
   */
  record Fill(Span span, Type type, Expr element) implements Expr {}

  /** As a value both branches have the node's type or diverge; as void they are run for effect. */
  record If(Span span, Type type, Expr condition, Expr then, Expr otherwise) implements Expr {}

  /**
   * A scope: its statements, then its value. Deferred blocks of the scope run when it is left.
   * Without a value the type is void, or noreturn if its end cannot be reached.
   */
  record Block(Span span, Type type, List<Stmt> statements, Optional<Expr> value) implements Expr {}

  /** A match on an integer, bool or plain enum value; arms as in {@link If}. */
  record Switch(Span span, Type type, Expr subject, List<Arm> arms, Expr otherwise)
      implements Expr {}

  record Arm(List<Long> values, Expr body) {}

  /** A jump where a value may be absent; its type is noreturn. */
  record Jump(Span span, Stmt statement) implements Expr {
    @Override
    public Type type() {
      return Types.NO_RETURN;
    }
  }

  /** Questions about a type known at run time only; the names are those of the IR's kinds. */
  record Reflect(Span span, Type type, ReflectOp op, Expr subject, Optional<Expr> index)
      implements Expr {}

  enum ReflectOp {
    TYPE_NAME,
    SIZE_OF,
    ALIGN_OF,
    IS_UNSIGNED,
    IS_FLAGS,
    IS_STRUCT,
    KIND,
    STRUCT_FIELD_COUNT,
    FIELD_COUNT,
    FIELD_NAME,
    FIELD_TYPE,
    FIELD_OFFSET,
    VARIANT_COUNT,
    VARIANT_VALUE,
    VARIANT_TAG_WIDTH,
    TAG_OFFSET,
    PAYLOAD_OFFSET,
    VECTOR_LANES,
    POINTEE
  }

  enum MathOp {
    SQRT,
    SIN,
    COS,
    FLOOR
  }

  record MathCall(Span span, Type type, MathOp op, Expr operand) implements Expr {}

  /** The address of the current context (ctx.val.1); only where the program has a context. */
  record ContextPointer(Span span, Type type) implements Expr {}

  /** Runs a block with a value of type Context as current context (ctx.push). */
  record Push(Span span, Expr context, Block body) implements Expr {
    @Override
    public Type type() {
      return body.type();
    }
  }

  record IsComptime(Span span) implements Expr {
    @Override
    public Type type() {
      return Types.BOOL;
    }
  }

  // ------------------------------------------------------------------ statements

  sealed interface Stmt extends Tree {}

  /** Evaluates for effect; a value is dropped. */
  record ExprStmt(Span span, Expr expr) implements Stmt {}

  /**
   * Brings a variable to life; without a value it is uninitialised. Anew each time it is reached.
   */
  record Declare(Span span, Local local, Optional<Expr> value) implements Stmt {}

  /** The value is evaluated first, then the place, then stored. */
  record Assign(Span span, Expr place, Expr value) implements Stmt {}

  /**
   * The place is evaluated once; {@code old} is bound to its content, then {@code value}, which may
   * refer to {@code old}, is stored there.
   */
  record Update(Span span, Expr place, Local old, Expr value) implements Stmt {}

  /** Tests, runs the body, runs the step, and again. {@code continue} goes to the step. */
  record Loop(Span span, Expr condition, Block body, List<Stmt> step) implements Stmt {}

  record Break(Span span) implements Stmt {}

  record Continue(Span span) implements Stmt {}

  /** The value has the function's result type; it is evaluated before pending defers run. */
  record Return(Span span, Optional<Expr> value) implements Stmt {}

  /**
   * Leaves the function with an error: as {@link Return}, but {@link OnFail} blocks run too. The
   * value has the function's result type.
   */
  record Fail(Span span, Expr value) implements Stmt {}

  /** Runs {@code body} when the enclosing block is left by a {@link Fail}. */
  record OnFail(Span span, Block body) implements Stmt {}

  /** Runs {@code body} when the enclosing block is left by anything else. */
  record OnSuccess(Span span, Block body) implements Stmt {}

  /** Runs {@code body} when the enclosing block is left. */
  record Defer(Span span, Block body) implements Stmt {}
}
