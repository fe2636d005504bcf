package sx.comptime;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes a function that runs often as a method of the Java machine, which then compiles it.
 *
 * <p>The method takes the interpreter, the end of the caller's native frame, and either the
 * parameters or, to take over a running loop, the registers of the interpreter's frame. Registers
 * become local variables. A local counts operations, for traces.
 */
final class Translator {
  static final String METHOD = "run";
  private static final ClassDesc INTERPRETER = desc(Interpreter.class);
  private static final ClassDesc CALLEE = desc(Callee.class);
  private static final ClassDesc CODE = desc(Code.class);
  private static final ClassDesc CHECKED = desc(Checked.class);
  private static final ClassDesc LONG = ConstantDescs.CD_long;
  private static final ClassDesc INT = ConstantDescs.CD_int;
  private static final ClassDesc VOID = ConstantDescs.CD_void;
  private static final ClassDesc LONGS = LONG.arrayType();
  private static final DirectMethodHandleDesc CLASS_DATA_AT =
      ConstantDescs.ofConstantBootstrap(
          ConstantDescs.CD_MethodHandles, "classDataAt", ConstantDescs.CD_Object, INT);
  private static final DirectMethodHandleDesc LINK =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          desc(Translations.class),
          "link",
          MethodTypeDesc.of(
              ConstantDescs.CD_CallSite,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType,
              INT));
  private static final int IN = 0;
  private static final int RAW_SP = 1;
  private static final int FIRST_PARAM = 3;
  private static final int REGISTERS = 3;
  private static final int FRAME = 4;

  private final Code code;
  private final Code.Source source;
  private final long origin;
  private final long limit;
  private final int entry;
  private final int[] locals;
  private final List<Object> data = new ArrayList<>();
  private Label[] labels = {};
  private int sp;
  private int position;

  /**
   * @param entry the block at which a running loop is taken over, or -1 for a whole call
   */
  Translator(Code code, Memory memory, int entry) {
    this.code = code;
    this.source = code.source();
    this.origin = memory.origin();
    this.limit = memory.limit();
    this.entry = entry;
    this.locals = new int[source.places().length];
    data.add(code);
    data.addAll(List.of(code.callees()));
  }

  /** What the class refers to by index: the code, then the callees. */
  List<Object> data() {
    return data;
  }

  static MethodTypeDesc type(Code code, boolean whole) {
    List<ClassDesc> params = new ArrayList<>(List.of(INTERPRETER, LONG));
    if (whole) {
      for (int i = 0; i < code.params(); i++) {
        params.add(LONG);
      }
    } else {
      params.addAll(List.of(LONGS, INT));
    }
    return MethodTypeDesc.of(LONG, params);
  }

  byte[] translate() {
    return ClassFile.of()
        .build(
            ClassDesc.of(Translator.class.getPackageName() + ".Translated"),
            c ->
                c.withMethodBody(
                    METHOD,
                    type(code, entry < 0),
                    ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                    this::body));
  }

  private void body(CodeBuilder b) {
    sp = b.allocateLocal(TypeKind.LONG);
    position = b.allocateLocal(TypeKind.INT);
    labels = source.blocks().stream().map(x -> b.newLabel()).toArray(Label[]::new);
    b.loadConstant(0).istore(position);
    placeLocals(b);
    b.trying(
        t -> {
          prologue(t);
          BitSet reachable = source.reachable(Math.max(entry, 0));
          for (int i = reachable.nextSetBit(0); i >= 0; i = reachable.nextSetBit(i + 1)) {
            t.labelBinding(labels[i]);
            block(t, i);
          }
        },
        c -> c.catchingAll(this::unwind));
  }

  /** The exception lies on the stack. */
  private void unwind(CodeBuilder b) {
    int thrown = b.allocateLocal(TypeKind.REFERENCE);
    b.astore(thrown);
    b.aload(IN).aload(thrown).loadConstant(datum(CODE, 0)).iload(position);
    b.invokevirtual(
        INTERPRETER,
        "unwind",
        MethodTypeDesc.of(desc(RuntimeException.class), ConstantDescs.CD_Throwable, CODE, INT));
    b.athrow();
  }

  /** Gives registers their local variables; those that cross blocks need a value from the start. */
  private void placeLocals(CodeBuilder b) {
    for (int r = 0; r < locals.length; r++) {
      if (source.places()[r] < 0 || source.constants().containsKey(r)) {
        continue;
      }
      if (entry < 0 && r < code.params()) {
        locals[r] = FIRST_PARAM + 2 * r;
        continue;
      }
      locals[r] = b.allocateLocal(TypeKind.LONG);
      if (entry >= 0 && source.isShared(r)) {
        b.aload(REGISTERS).iload(FRAME).loadConstant(source.places()[r]).iadd();
        b.laload().lstore(locals[r]);
      } else if (source.isShared(r)) {
        b.loadConstant(0L).lstore(locals[r]);
      }
    }
  }

  private void prologue(CodeBuilder b) {
    if (entry >= 0) {
      b.lload(RAW_SP).lstore(sp);
      b.goto_(labels[entry]);
      return;
    }
    b.aload(IN).lload(RAW_SP).loadConstant(code.nativeMask()).loadConstant(code.nativeSize());
    b.invokevirtual(INTERPRETER, "begin", MethodTypeDesc.of(LONG, LONG, LONG, LONG));
    b.lstore(sp);
  }

  private void block(CodeBuilder b, int number) {
    int index = source.firstIndex(number);
    for (Micro m : source.blocks().get(number)) {
      if (!m.pure) {
        b.loadConstant(index).istore(position);
      }
      micro(b, m, number);
      index++;
    }
  }

  private void micro(CodeBuilder b, Micro m, int number) {
    if (m.op >= Op.JUMP || m.op == Op.RETURN || m.op == Op.RETURN_VOID) {
      end(b, m, number);
    } else if (m.op >= Op.CALL) {
      call(b, m);
      b.lstore(locals[m.result]);
    } else if (m.op >= Op.STORE_8 && m.op <= Op.FILL) {
      write(b, m);
    } else {
      if (m.op >= Op.LOAD_I8) {
        read(b, m);
      } else {
        compute(b, m);
      }
      b.lstore(locals[m.result]);
    }
  }

  /** Pushes a register. */
  private CodeBuilder push(CodeBuilder b, int register) {
    if (register == Micro.FRAME) {
      return b.lload(sp);
    }
    Long constant = source.constants().get(register);
    return constant != null ? b.loadConstant((long) constant) : b.lload(locals[register]);
  }

  private CodeBuilder operands(CodeBuilder b, Micro m) {
    for (int s : m.sources) {
      push(b, s);
    }
    return b;
  }

  private void compute(CodeBuilder b, Micro m) {
    switch (m.op) {
      case Op.SHL, Op.SHR_S, Op.SHR_U, Op.SHL_S, Op.SHL_U -> shift(b, m);
      case Op.FADD, Op.FSUB, Op.FMUL, Op.FDIV -> helper(b, m, "f64", m.op - Op.FADD);
      case Op.GADD, Op.GSUB, Op.GMUL, Op.GDIV -> helper(b, m, "f32", m.op - Op.GADD);
      case Op.FCMP -> helper(b, m, "floatCompare", m.numbers[0]);
      case Op.FLOAT -> {
        b.loadConstant(m.numbers[0]);
        operands(b, m);
        b.invokestatic(desc(FloatOps.class), "apply", MethodTypeDesc.of(LONG, INT, LONG, LONG));
      }
      case Op.EQ, Op.NE, Op.LT, Op.LE, Op.ULT, Op.ULE -> compare(b, m);
      case Op.LEA, Op.LEA_SP, Op.LEA_X -> address(b, m, m.op == Op.LEA_SP, m.op == Op.LEA_X);
      case Op.MOVE -> operands(b, m);
      default -> {
        operands(b, m);
        arithmetic(b, m.op);
        cut(b, m);
      }
    }
  }

  private void helper(CodeBuilder b, Micro m, String name, int kind) {
    b.loadConstant(kind);
    operands(b, m);
    b.invokestatic(CHECKED, name, MethodTypeDesc.of(LONG, INT, LONG, LONG));
  }

  private static void arithmetic(CodeBuilder b, int op) {
    ClassDesc longs = desc(Long.class);
    MethodTypeDesc binary = MethodTypeDesc.of(LONG, LONG, LONG);
    switch (op) {
      case Op.ADD, Op.ADD_S, Op.ADD_U -> b.ladd();
      case Op.SUB, Op.SUB_S, Op.SUB_U -> b.lsub();
      case Op.MUL, Op.MUL_S, Op.MUL_U -> b.lmul();
      case Op.AND -> b.land();
      case Op.OR -> b.lor();
      case Op.XOR -> b.lxor();
      case Op.DIV_S -> b.ldiv();
      case Op.REM_S -> b.lrem();
      case Op.DIV_U -> b.invokestatic(longs, "divideUnsigned", binary);
      case Op.REM_U -> b.invokestatic(longs, "remainderUnsigned", binary);
      case Op.EXT_S, Op.EXT_U -> {}
      default -> throw new IllegalArgumentException("operation " + op);
    }
  }

  private void shift(CodeBuilder b, Micro m) {
    operands(b, m).l2i();
    switch (m.op) {
      case Op.SHR_S -> b.lshr();
      case Op.SHR_U -> b.lushr();
      default -> b.lshl();
    }
    cut(b, m);
  }

  /** Extends from the width that the operation has. */
  private static void cut(CodeBuilder b, Micro m) {
    switch (m.op) {
      case Op.ADD_S, Op.SUB_S, Op.MUL_S, Op.SHL_S, Op.DIV_S, Op.EXT_S -> {
        if (m.numbers[0] != 0) {
          b.loadConstant(m.numbers[0]).lshl().loadConstant(m.numbers[0]).lshr();
        }
      }
      case Op.ADD_U, Op.SUB_U, Op.MUL_U, Op.SHL_U, Op.EXT_U ->
          b.loadConstant(m.numbers[0]).lshl().loadConstant(m.numbers[0]).lushr();
      default -> {}
    }
  }

  private void compare(CodeBuilder b, Micro m) {
    Label yes = b.newLabel();
    Label done = b.newLabel();
    jumpIf(b, m, m.op - Op.EQ, yes);
    b.loadConstant(0L).goto_(done).labelBinding(yes).loadConstant(1L).labelBinding(done);
  }

  /** Jumps if two operands are in the relation with this distance from EQ. */
  private void jumpIf(CodeBuilder b, Micro m, int relation, Label target) {
    boolean unsigned = relation >= Op.ULT - Op.EQ;
    for (int s : m.sources) {
      push(b, s);
      if (unsigned) {
        b.loadConstant(Long.MIN_VALUE).ladd();
      }
    }
    b.lcmp();
    switch (relation) {
      case 0 -> b.ifeq(target);
      case 1 -> b.ifne(target);
      case 2, 4 -> b.iflt(target);
      default -> b.ifle(target);
    }
  }

  private void address(CodeBuilder b, Micro m, boolean frame, boolean indexed) {
    push(b, frame ? Micro.FRAME : m.sources[0]);
    plus(b, m.numbers[0]);
    if (indexed) {
      push(b, m.sources[1]);
      if (m.numbers[1] != 1) {
        b.loadConstant((long) m.numbers[1]).lmul();
      }
      b.ladd();
    }
  }

  private static void plus(CodeBuilder b, int disp) {
    if (disp != 0) {
      b.loadConstant((long) disp).ladd();
    }
  }

  private static final String[] LOADS = {
    "loadI8", "loadU8", "loadI16", "loadU16", "loadI32", "loadU32", "loadI64", "loadBool"
  };

  private void read(CodeBuilder b, Micro m) {
    if (m.op == Op.GLOBAL) {
      b.aload(IN).loadConstant(datum(CODE, 0)).loadConstant(m.numbers[0]);
      b.invokevirtual(INTERPRETER, "global", MethodTypeDesc.of(LONG, CODE, INT));
    } else if (m.op == Op.REFLECT) {
      b.aload(IN).loadConstant(m.numbers[0]);
      operands(b, m);
      b.invokevirtual(INTERPRETER, "reflect", MethodTypeDesc.of(LONG, INT, LONG, LONG));
    } else {
      b.aload(IN);
      boolean frame = m.op >= Op.LOAD_SP_I8 && m.op < Op.LOAD_X_I8;
      address(b, m, frame, m.op >= Op.LOAD_X_I8);
      b.loadConstant(origin).loadConstant(limit);
      b.invokestatic(
          CHECKED,
          LOADS[(m.op - Op.LOAD_I8) % LOADS.length],
          MethodTypeDesc.of(LONG, INTERPRETER, LONG, LONG, LONG));
    }
  }

  private void write(CodeBuilder b, Micro m) {
    b.aload(IN);
    if (m.op == Op.COPY) {
      plus(push(b, m.sources[0]), m.numbers[0]);
      plus(push(b, m.sources[1]), m.numbers[1]);
      b.loadConstant((long) m.numbers[2]).loadConstant((long) m.numbers[3]);
      b.invokevirtual(INTERPRETER, "copy", MethodTypeDesc.of(VOID, LONG, LONG, LONG, LONG));
    } else if (m.op == Op.FILL) {
      plus(push(b, m.sources[0]), m.numbers[0]);
      b.loadConstant((long) m.numbers[1]).loadConstant((long) m.numbers[2]);
      b.invokevirtual(INTERPRETER, "fill", MethodTypeDesc.of(VOID, LONG, LONG, LONG));
    } else {
      boolean frame = m.op >= Op.STORE_SP_8 && m.op < Op.STORE_X_8;
      address(b, m, frame, m.op >= Op.STORE_X_8);
      push(b, m.sources[m.sources.length - 1]);
      b.loadConstant(origin).loadConstant(limit);
      b.invokestatic(
          CHECKED,
          "store" + (8 << (m.op - Op.STORE_8) % 4),
          MethodTypeDesc.of(VOID, INTERPRETER, LONG, LONG, LONG, LONG));
    }
  }

  /** Leaves the result on the stack. */
  private void call(CodeBuilder b, Micro m) {
    int area = m.numbers[0];
    if (area >= 0) {
      b.lload(sp).loadConstant(area).loadConstant(m.numbers[1]);
    }
    b.aload(IN);
    if (m.op == Op.CALL) {
      pushTop(b);
      operands(b, m);
      List<ClassDesc> params = new ArrayList<>(List.of(INTERPRETER, LONG));
      for (int i = 0; i < m.sources.length; i++) {
        params.add(LONG);
      }
      b.invokedynamic(
          DynamicCallSiteDesc.of(LINK, "call", MethodTypeDesc.of(LONG, params), 1 + m.numbers[2]));
    } else if (m.op == Op.CALL_HOST) {
      b.loadConstant(datum(CALLEE, 1 + m.numbers[2]));
      pushTop(b);
      array(b, m.sources, 0);
      b.invokevirtual(INTERPRETER, "host", MethodTypeDesc.of(LONG, CALLEE, LONG, LONGS));
    } else {
      b.loadConstant(datum(CODE, 0)).loadConstant(m.numbers[2]);
      pushTop(b);
      push(b, m.sources[0]);
      array(b, m.sources, 1);
      b.invokevirtual(
          INTERPRETER, "indirect", MethodTypeDesc.of(LONG, CODE, INT, LONG, LONG, LONGS));
    }
    if (area >= 0) {
      b.invokestatic(CHECKED, "keep", MethodTypeDesc.of(LONG, LONG, INT, INT, LONG));
    }
  }

  private void pushTop(CodeBuilder b) {
    b.lload(sp).loadConstant(code.nativeSize()).ladd();
  }

  private void array(CodeBuilder b, int[] registers, int first) {
    b.loadConstant(registers.length - first).newarray(TypeKind.LONG);
    for (int i = first; i < registers.length; i++) {
      push(b.dup().loadConstant(i - first), registers[i]).lastore();
    }
  }

  private void end(CodeBuilder b, Micro m, int number) {
    switch (m.op) {
      case Op.RETURN -> leave(push(b, m.sources[0]));
      case Op.RETURN_VOID -> leave(b.loadConstant(0L));
      case Op.JUMP -> go(b, m.targets[0], number);
      case Op.BRANCH -> {
        Label yes = b.newLabel();
        push(b, m.sources[0]).l2i().ifne(yes);
        go(b, m.targets[1], number);
        b.labelBinding(yes);
        go(b, m.targets[0], number);
      }
      case Op.SWITCH -> choose(b, m, number);
      case Op.UNREACHABLE -> {
        b.aload(IN);
        b.invokevirtual(
            INTERPRETER, "unreachable", MethodTypeDesc.of(desc(RuntimeException.class)));
        b.athrow();
      }
      default -> {
        Label yes = b.newLabel();
        jumpIf(b, m, m.op - Op.JEQ, yes);
        go(b, m.targets[1], number);
        b.labelBinding(yes);
        go(b, m.targets[0], number);
      }
    }
  }

  /** Returns the value on the stack. A taken-over loop ends with the interpreter's frame. */
  private void leave(CodeBuilder b) {
    if (entry < 0) {
      b.aload(IN).invokevirtual(INTERPRETER, "finish", MethodTypeDesc.of(VOID));
    }
    b.lreturn();
  }

  private void go(CodeBuilder b, int target, int from) {
    if (target <= from) {
      b.aload(IN).invokevirtual(INTERPRETER, "step", MethodTypeDesc.of(VOID));
    }
    b.goto_(labels[target]);
  }

  /** By binary search to the index of the case. */
  private void choose(CodeBuilder b, Micro m, int number) {
    Code.SwitchTable table = source.switches()[m.numbers[0]];
    b.loadConstant(datum(CODE, 0)).loadConstant(m.numbers[0]);
    push(b, m.sources[0]);
    b.invokevirtual(CODE, "caseOf", MethodTypeDesc.of(INT, INT, LONG));
    List<SwitchCase> cases = new ArrayList<>();
    List<Label> arms = new ArrayList<>();
    for (int i = 0; i < table.targets().length; i++) {
      arms.add(b.newLabel());
      cases.add(SwitchCase.of(i, arms.get(i)));
    }
    Label otherwise = b.newLabel();
    b.tableswitch(0, Math.max(0, cases.size() - 1), otherwise, cases);
    for (int i = 0; i < arms.size(); i++) {
      b.labelBinding(arms.get(i));
      go(b, table.targets()[i], number);
    }
    b.labelBinding(otherwise);
    go(b, table.otherwise(), number);
  }

  private static DynamicConstantDesc<?> datum(ClassDesc type, int index) {
    return DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, index);
  }

  private static ClassDesc desc(Class<?> c) {
    return c.describeConstable().orElseThrow();
  }
}
