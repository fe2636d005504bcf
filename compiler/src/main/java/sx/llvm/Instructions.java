package sx.llvm;

import sx.ir.Inst;
import sx.llvm.Shapes.Shape;
import sx.type.Type;
import sx.type.Types;

/** Arithmetic, comparisons and conversions of scalars. */
final class Instructions {
  private final Shapes shapes;
  private final FunctionText text;

  Instructions(Shapes shapes, FunctionText text) {
    this.shapes = shapes;
    this.text = text;
  }

  private Type machine(Type type) {
    return shapes.layout().machine(type);
  }

  void binary(Inst.Binary i) {
    Type type = machine(i.type());
    String op = type.isFloat() ? floatOperation(i.op()) : intOperation(i.op(), type);
    define(i.result(), i.type(), op, type, text.scalar(i.left()), text.scalar(i.right()));
  }

  private static String intOperation(Inst.BinaryKind op, Type type) {
    boolean signed = Shapes.isSigned(type);
    return switch (op) {
      case ADD -> "add";
      case SUB -> "sub";
      case MUL -> "mul";
      case DIV -> signed ? "sdiv" : "udiv";
      case REM -> signed ? "srem" : "urem";
      case AND -> "and";
      case OR -> "or";
      case XOR -> "xor";
      case SHL -> "shl";
      case SHR -> signed ? "ashr" : "lshr";
    };
  }

  private static String floatOperation(Inst.BinaryKind op) {
    return switch (op) {
      case ADD -> "fadd";
      case SUB -> "fsub";
      case MUL -> "fmul";
      case DIV -> "fdiv";
      case REM -> "frem";
      default -> throw new LlvmFault("emission", op + " on floats");
    };
  }

  private void define(
      int register, Type result, String op, Type operands, String left, String right) {
    String value = text.define();
    text.code().append(op).append(' ').append(Shapes.registerType(operands)).append(' ');
    text.code().append(left).append(", ").append(right);
    text.end();
    text.set(register, shapes.of(result), value);
  }

  void unary(Inst.Unary i) {
    Type type = machine(i.type());
    String operand = text.scalar(i.operand());
    if (type.isFloat()) {
      String value = text.define();
      text.code().append("fneg ").append(Shapes.registerType(type)).append(' ').append(operand);
      text.end();
      text.set(i.result(), shapes.of(i.type()), value);
    } else if (i.op() == Inst.UnaryKind.NEG) {
      define(i.result(), i.type(), "sub", type, "0", operand);
    } else {
      define(i.result(), i.type(), "xor", type, operand, "-1");
    }
  }

  void compare(Inst.Compare i) {
    Type type = machine(i.operands());
    String op =
        type.isFloat()
            ? "fcmp " + (i.op() == Inst.CompareKind.NE ? "une" : "o" + condition(i.op()))
            : "icmp " + intCondition(i.op(), Shapes.isSigned(type));
    define(i.result(), Types.BOOL, op, type, text.scalar(i.left()), text.scalar(i.right()));
  }

  private static String intCondition(Inst.CompareKind op, boolean signed) {
    return switch (op) {
      case EQ, NE -> condition(op);
      default -> (signed ? "s" : "u") + condition(op);
    };
  }

  private static String condition(Inst.CompareKind op) {
    return switch (op) {
      case EQ -> "eq";
      case NE -> "ne";
      case LT -> "lt";
      case LE -> "le";
      case GT -> "gt";
      case GE -> "ge";
    };
  }

  void convert(Inst.Convert i) {
    Type from = machine(i.from());
    Type to = machine(i.to());
    String value = text.scalar(i.operand());
    String converted =
        switch (i.kind()) {
          case INT_TO_INT -> cut(from, to, value);
          case INT_TO_FLOAT -> plain(Shapes.isSigned(from) ? "sitofp" : "uitofp", from, value, to);
          case FLOAT_TO_INT -> floatToInt(from, to, value);
          case FLOAT_TO_FLOAT -> floatToFloat(from, to, value);
          case ADDRESS -> address(from, to, value);
        };
    text.set(i.result(), shapes.of(i.to()), converted);
  }

  private String plain(String operation, Type from, String value, Type to) {
    return text.convert(operation, Shapes.registerType(from), value, Shapes.registerType(to));
  }

  private String cut(Type from, Type to, String value) {
    int have = bits(from);
    int want = bits(to);
    if (have == want) {
      return value;
    }
    String operation = want < have ? "trunc" : Shapes.isSigned(from) ? "sext" : "zext";
    return plain(operation, from, value, to);
  }

  private static int bits(Type machine) {
    return machine instanceof Type.Int i ? i.bits() : machine instanceof Type.Bool ? 1 : 64;
  }

  private String floatToInt(Type from, Type to, String value) {
    String type = Shapes.registerType(from);
    String whole = text.define();
    text.code().append("call i64 @llvm.fptosi.sat.i64.").append(suffix(from)).append('(');
    text.code().append(type).append(' ').append(value).append(')');
    text.end();
    return cut(Types.I64, to, whole);
  }

  private String floatToFloat(Type from, Type to, String value) {
    if (from.equals(to)) {
      return value;
    }
    boolean wider = to.equals(Types.F64);
    return plain(wider ? "fpext" : "fptrunc", from, value, to);
  }

  private String address(Type from, Type to, String value) {
    boolean had = from instanceof Type.Int;
    boolean wants = to instanceof Type.Int;
    return had == wants ? value : plain(had ? "inttoptr" : "ptrtoint", from, value, to);
  }

  void math(Inst.MathCall i) {
    Type type = machine(i.type());
    String llvm = Shapes.registerType(type);
    String name =
        switch (i.op()) {
          case SQRT -> "sqrt";
          case SIN -> "sin";
          case COS -> "cos";
          case FLOOR -> "floor";
        };
    String value = text.define();
    text.code().append("call ").append(llvm).append(" @llvm.").append(name).append('.');
    text.code().append(suffix(type)).append('(').append(llvm).append(' ');
    text.code().append(text.scalar(i.operand())).append(')');
    text.end();
    Shape shape = shapes.of(i.type());
    text.set(i.result(), shape, value);
  }

  private static String suffix(Type type) {
    return type.equals(Types.F32) ? "f32" : "f64";
  }
}
