package sx.comptime;

import static sx.comptime.FloatOps.bits;
import static sx.comptime.FloatOps.f32;
import static sx.comptime.FloatOps.f64;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs decoded functions: one loop over one array of registers, with explicit frames.
 *
 * <p>Functions and loops that run often are translated and continue there, see {@link Translator}.
 *
 * <p>A call saves its frame and the position of the call operation; a return reads from that
 * operation where the result goes. Native memory of frames grows upward from the start of the
 * evaluation's stack.
 */
final class Interpreter {
  private static final long MIN = Long.MIN_VALUE;
  private static final String DIVISION = "integer division by zero";
  private static final String UNREACHABLE = "unreachable code was reached";

  /** How often, in steps, it is asked what runs often: one less than a power of two. */
  private static final long TICK = 0xfff;

  private final Vm vm;
  private final Evaluation evaluation;
  private final Memory memory;
  private final int depthLimit;
  private long[] registers = new long[1024];
  private Code[] codes = new Code[64];
  private int[] positions = new int[64];
  private int[] frames = new int[64];
  private long[] stacks = new long[64];
  private long steps;
  private int calls;
  private int translatedDepth;

  /** The end of the native frame of what called the extern function that runs. */
  private long hostTop;

  /** Whether the running frame is in the trace already, by its translated loop. */
  private boolean inTrace;

  Interpreter(Vm vm, Evaluation evaluation) {
    this.vm = vm;
    this.evaluation = evaluation;
    this.memory = vm.memory();
    this.depthLimit = vm.options().callDepth();
    this.steps = vm.options().steps();
  }

  /**
   * Calls a function and waits for its result. May be used again while a function that was called
   * from here runs.
   *
   * @param top the end of the caller's native frame
   * @return the result register; an aggregate by its address, valid until the next call
   */
  long call(Callee callee, long top, long[] args) {
    int bottom = calls;
    int fp = bottom > 0 ? frames[bottom - 1] + codes[bottom - 1].frame() : 0;
    try {
      if (vm.engine() == VmOptions.Engine.TRANSLATE) {
        callee.translate(vm);
        if (callee.isTranslated()) {
          return callee.callTranslated(this, top, args);
        }
      }
      Code code = callee.code(vm);
      long sp = nativeFrame(top, code);
      long[] regs = room(fp + code.frame());
      System.arraycopy(args, 0, regs, fp, args.length);
      System.arraycopy(code.constants(), 0, regs, fp + code.params(), code.constants().length);
      return run(code, fp, sp, bottom);
    } finally {
      calls = bottom;
    }
  }

  /** The dispatch loop. Small enough, in bytecode, for the just-in-time compiler to take it. */
  private long run(Code first, int firstFrame, long firstStack, int bottom) {
    final long origin = memory.origin();
    final long limit = memory.limit();
    Code code = first;
    int[] ops = code.ops();
    long[] regs = registers;
    int fp = firstFrame;
    long sp = firstStack;
    int pc = 0;
    int depth = bottom;
    try {
      while (true) {
        switch (ops[pc]) {
          case Op.MOVE -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]];
            pc += 3;
          }
          case Op.ADD -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] + regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.SUB -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] - regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.MUL -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] * regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.AND -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] & regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.OR -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] | regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.XOR -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] ^ regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.SHL -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] << regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.SHR_S -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] >> regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.SHR_U -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] >>> regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.ADD_S -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] + regs[fp + ops[pc + 4]]) << shift >> shift;
            pc += 5;
          }
          case Op.ADD_U -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] + regs[fp + ops[pc + 4]]) << shift >>> shift;
            pc += 5;
          }
          case Op.SUB_S -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] - regs[fp + ops[pc + 4]]) << shift >> shift;
            pc += 5;
          }
          case Op.SUB_U -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] - regs[fp + ops[pc + 4]]) << shift >>> shift;
            pc += 5;
          }
          case Op.MUL_S -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] * regs[fp + ops[pc + 4]]) << shift >> shift;
            pc += 5;
          }
          case Op.MUL_U -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] * regs[fp + ops[pc + 4]]) << shift >>> shift;
            pc += 5;
          }
          case Op.SHL_S -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] << regs[fp + ops[pc + 4]]) << shift >> shift;
            pc += 5;
          }
          case Op.SHL_U -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] << regs[fp + ops[pc + 4]]) << shift >>> shift;
            pc += 5;
          }
          case Op.DIV_S -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] =
                (regs[fp + ops[pc + 3]] / regs[fp + ops[pc + 4]]) << shift >> shift;
            pc += 5;
          }
          case Op.DIV_U -> {
            regs[fp + ops[pc + 1]] =
                Long.divideUnsigned(regs[fp + ops[pc + 2]], regs[fp + ops[pc + 3]]);
            pc += 4;
          }
          case Op.REM_S -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] % regs[fp + ops[pc + 3]];
            pc += 4;
          }
          case Op.REM_U -> {
            regs[fp + ops[pc + 1]] =
                Long.remainderUnsigned(regs[fp + ops[pc + 2]], regs[fp + ops[pc + 3]]);
            pc += 4;
          }
          case Op.EXT_S -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 3]] << shift >> shift;
            pc += 4;
          }
          case Op.EXT_U -> {
            int shift = ops[pc + 2];
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 3]] << shift >>> shift;
            pc += 4;
          }
          case Op.FADD -> {
            regs[fp + ops[pc + 1]] =
                bits(f64(regs[fp + ops[pc + 2]]) + f64(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.FSUB -> {
            regs[fp + ops[pc + 1]] =
                bits(f64(regs[fp + ops[pc + 2]]) - f64(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.FMUL -> {
            regs[fp + ops[pc + 1]] =
                bits(f64(regs[fp + ops[pc + 2]]) * f64(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.FDIV -> {
            regs[fp + ops[pc + 1]] =
                bits(f64(regs[fp + ops[pc + 2]]) / f64(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.GADD -> {
            regs[fp + ops[pc + 1]] =
                bits(f32(regs[fp + ops[pc + 2]]) + f32(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.GSUB -> {
            regs[fp + ops[pc + 1]] =
                bits(f32(regs[fp + ops[pc + 2]]) - f32(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.GMUL -> {
            regs[fp + ops[pc + 1]] =
                bits(f32(regs[fp + ops[pc + 2]]) * f32(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.GDIV -> {
            regs[fp + ops[pc + 1]] =
                bits(f32(regs[fp + ops[pc + 2]]) / f32(regs[fp + ops[pc + 3]]));
            pc += 4;
          }
          case Op.EQ -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] == regs[fp + ops[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.NE -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] != regs[fp + ops[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.LT -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] < regs[fp + ops[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.LE -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 2]] <= regs[fp + ops[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.ULT -> {
            regs[fp + ops[pc + 1]] =
                regs[fp + ops[pc + 2]] + MIN < regs[fp + ops[pc + 3]] + MIN ? 1 : 0;
            pc += 4;
          }
          case Op.ULE -> {
            regs[fp + ops[pc + 1]] =
                regs[fp + ops[pc + 2]] + MIN <= regs[fp + ops[pc + 3]] + MIN ? 1 : 0;
            pc += 4;
          }
          case Op.FCMP -> {
            regs[fp + ops[pc + 1]] =
                FloatOps.compare(ops[pc + 2], regs[fp + ops[pc + 3]], regs[fp + ops[pc + 4]])
                    ? 1
                    : 0;
            pc += 5;
          }
          case Op.FLOAT -> {
            regs[fp + ops[pc + 1]] =
                FloatOps.apply(ops[pc + 2], regs[fp + ops[pc + 3]], regs[fp + ops[pc + 4]]);
            pc += 5;
          }
          case Op.LEA -> {
            regs[fp + ops[pc + 1]] = regs[fp + ops[pc + 3]] + ops[pc + 2];
            pc += 4;
          }
          case Op.LEA_SP -> {
            regs[fp + ops[pc + 1]] = sp + ops[pc + 2];
            pc += 3;
          }
          case Op.LEA_X -> {
            regs[fp + ops[pc + 1]] =
                regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            pc += 6;
          }
          case Op.LOAD_I8 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getByte(a);
            pc += 4;
          }
          case Op.LOAD_U8 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getByte(a) & 0xff;
            pc += 4;
          }
          case Op.LOAD_I16 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit || (a & 1) != 0) {
              memory.requireScalar(a, 2, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getShort(a);
            pc += 4;
          }
          case Op.LOAD_U16 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit || (a & 1) != 0) {
              memory.requireScalar(a, 2, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getShort(a) & 0xffff;
            pc += 4;
          }
          case Op.LOAD_I32 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit || (a & 3) != 0) {
              memory.requireScalar(a, 4, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getInt(a);
            pc += 4;
          }
          case Op.LOAD_U32 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit || (a & 3) != 0) {
              memory.requireScalar(a, 4, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getInt(a) & 0xffff_ffffL;
            pc += 4;
          }
          case Op.LOAD_I64 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit || (a & 7) != 0) {
              memory.requireScalar(a, 8, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getLong(a);
            pc += 4;
          }
          case Op.LOAD_BOOL -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 2];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getByte(a) & 1;
            pc += 4;
          }
          case Op.LOAD_SP_I8 -> {
            regs[fp + ops[pc + 1]] = Raw.getByte(sp + ops[pc + 2]);
            pc += 3;
          }
          case Op.LOAD_SP_U8 -> {
            regs[fp + ops[pc + 1]] = Raw.getByte(sp + ops[pc + 2]) & 0xff;
            pc += 3;
          }
          case Op.LOAD_SP_I16 -> {
            regs[fp + ops[pc + 1]] = Raw.getShort(sp + ops[pc + 2]);
            pc += 3;
          }
          case Op.LOAD_SP_U16 -> {
            regs[fp + ops[pc + 1]] = Raw.getShort(sp + ops[pc + 2]) & 0xffff;
            pc += 3;
          }
          case Op.LOAD_SP_I32 -> {
            regs[fp + ops[pc + 1]] = Raw.getInt(sp + ops[pc + 2]);
            pc += 3;
          }
          case Op.LOAD_SP_U32 -> {
            regs[fp + ops[pc + 1]] = Raw.getInt(sp + ops[pc + 2]) & 0xffff_ffffL;
            pc += 3;
          }
          case Op.LOAD_SP_I64 -> {
            regs[fp + ops[pc + 1]] = Raw.getLong(sp + ops[pc + 2]);
            pc += 3;
          }
          case Op.LOAD_SP_BOOL -> {
            regs[fp + ops[pc + 1]] = Raw.getByte(sp + ops[pc + 2]) & 1;
            pc += 3;
          }
          case Op.LOAD_X_I8 -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getByte(a);
            pc += 6;
          }
          case Op.LOAD_X_U8 -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getByte(a) & 0xff;
            pc += 6;
          }
          case Op.LOAD_X_I16 -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit || (a & 1) != 0) {
              memory.requireScalar(a, 2, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getShort(a);
            pc += 6;
          }
          case Op.LOAD_X_U16 -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit || (a & 1) != 0) {
              memory.requireScalar(a, 2, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getShort(a) & 0xffff;
            pc += 6;
          }
          case Op.LOAD_X_I32 -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit || (a & 3) != 0) {
              memory.requireScalar(a, 4, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getInt(a);
            pc += 6;
          }
          case Op.LOAD_X_U32 -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit || (a & 3) != 0) {
              memory.requireScalar(a, 4, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getInt(a) & 0xffff_ffffL;
            pc += 6;
          }
          case Op.LOAD_X_I64 -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit || (a & 7) != 0) {
              memory.requireScalar(a, 8, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getLong(a);
            pc += 6;
          }
          case Op.LOAD_X_BOOL -> {
            long a = regs[fp + ops[pc + 4]] + ops[pc + 2] + regs[fp + ops[pc + 5]] * ops[pc + 3];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, false);
            }
            regs[fp + ops[pc + 1]] = Raw.getByte(a) & 1;
            pc += 6;
          }
          case Op.STORE_8 -> {
            long a = regs[fp + ops[pc + 2]] + ops[pc + 1];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, true);
            }
            Raw.putByte(a, (byte) regs[fp + ops[pc + 3]]);
            pc += 4;
          }
          case Op.STORE_16 -> {
            long a = regs[fp + ops[pc + 2]] + ops[pc + 1];
            if (a - origin >= limit || (a & 1) != 0) {
              memory.requireScalar(a, 2, true);
            }
            Raw.putShort(a, (short) regs[fp + ops[pc + 3]]);
            pc += 4;
          }
          case Op.STORE_32 -> {
            long a = regs[fp + ops[pc + 2]] + ops[pc + 1];
            if (a - origin >= limit || (a & 3) != 0) {
              memory.requireScalar(a, 4, true);
            }
            Raw.putInt(a, (int) regs[fp + ops[pc + 3]]);
            pc += 4;
          }
          case Op.STORE_64 -> {
            long a = regs[fp + ops[pc + 2]] + ops[pc + 1];
            if (a - origin >= limit || (a & 7) != 0) {
              memory.requireScalar(a, 8, true);
            }
            Raw.putLong(a, regs[fp + ops[pc + 3]]);
            pc += 4;
          }
          case Op.STORE_SP_8 -> {
            Raw.putByte(sp + ops[pc + 1], (byte) regs[fp + ops[pc + 2]]);
            pc += 3;
          }
          case Op.STORE_SP_16 -> {
            Raw.putShort(sp + ops[pc + 1], (short) regs[fp + ops[pc + 2]]);
            pc += 3;
          }
          case Op.STORE_SP_32 -> {
            Raw.putInt(sp + ops[pc + 1], (int) regs[fp + ops[pc + 2]]);
            pc += 3;
          }
          case Op.STORE_SP_64 -> {
            Raw.putLong(sp + ops[pc + 1], regs[fp + ops[pc + 2]]);
            pc += 3;
          }
          case Op.STORE_X_8 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 1] + regs[fp + ops[pc + 4]] * ops[pc + 2];
            if (a - origin >= limit) {
              memory.requireForeign(a, 1, true);
            }
            Raw.putByte(a, (byte) regs[fp + ops[pc + 5]]);
            pc += 6;
          }
          case Op.STORE_X_16 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 1] + regs[fp + ops[pc + 4]] * ops[pc + 2];
            if (a - origin >= limit || (a & 1) != 0) {
              memory.requireScalar(a, 2, true);
            }
            Raw.putShort(a, (short) regs[fp + ops[pc + 5]]);
            pc += 6;
          }
          case Op.STORE_X_32 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 1] + regs[fp + ops[pc + 4]] * ops[pc + 2];
            if (a - origin >= limit || (a & 3) != 0) {
              memory.requireScalar(a, 4, true);
            }
            Raw.putInt(a, (int) regs[fp + ops[pc + 5]]);
            pc += 6;
          }
          case Op.STORE_X_64 -> {
            long a = regs[fp + ops[pc + 3]] + ops[pc + 1] + regs[fp + ops[pc + 4]] * ops[pc + 2];
            if (a - origin >= limit || (a & 7) != 0) {
              memory.requireScalar(a, 8, true);
            }
            Raw.putLong(a, regs[fp + ops[pc + 5]]);
            pc += 6;
          }
          case Op.COPY -> {
            copy(ops, pc, fp, sp);
            pc += 7;
          }
          case Op.FILL -> {
            fill(ops, pc, fp, sp);
            pc += 5;
          }
          case Op.GLOBAL -> {
            regs[fp + ops[pc + 1]] = evaluation.address(code.globals()[ops[pc + 2]]);
            pc += 3;
          }
          case Op.REFLECT -> {
            regs[fp + ops[pc + 1]] =
                vm.reflect(ops[pc + 2], regs[fp + ops[pc + 3]], regs[fp + ops[pc + 4]]);
            pc += 5;
          }
          case Op.CALL -> {
            Callee callee = code.callees()[ops[pc + 4]];
            if ((--steps & TICK) == 0) {
              hotCall(callee);
            }
            if (callee.isTranslated()) {
              outside(callee, code, pc, fp, sp, depth);
              regs = registers;
              pc += 6 + ops[pc + 5];
              continue;
            }
            Code next = callee.code(vm);
            int frame = fp + code.frame();
            long area = nativeFrame(sp + code.nativeSize(), next);
            regs = room(frame + next.frame());
            depth = enter(code, pc, fp, sp, depth);
            sp = area;
            int count = ops[pc + 5];
            for (int i = 0; i < count; i++) {
              regs[frame + i] = regs[fp + ops[pc + 6 + i]];
            }
            long[] constants = next.constants();
            System.arraycopy(constants, 0, regs, frame + next.params(), constants.length);
            code = next;
            ops = next.ops();
            fp = frame;
            pc = 0;
          }
          case Op.CALL_HOST -> {
            outside(code.callees()[ops[pc + 4]], code, pc, fp, sp, depth);
            regs = registers;
            pc += 6 + ops[pc + 5];
          }
          case Op.CALL_INDIRECT -> {
            Callee callee =
                vm.functions().at(regs[fp + ops[pc + 6]], code.signatures()[ops[pc + 4]]);
            if ((--steps & TICK) == 0) {
              hotCall(callee);
            }
            if (callee.isHost() || callee.isTranslated()) {
              outside(callee, code, pc, fp, sp, depth);
              regs = registers;
              pc += 7 + ops[pc + 5];
              continue;
            }
            Code next = callee.code(vm);
            int frame = fp + code.frame();
            long area = nativeFrame(sp + code.nativeSize(), next);
            regs = room(frame + next.frame());
            depth = enter(code, pc, fp, sp, depth);
            sp = area;
            int count = ops[pc + 5];
            for (int i = 0; i < count; i++) {
              regs[frame + i] = regs[fp + ops[pc + 7 + i]];
            }
            long[] constants = next.constants();
            System.arraycopy(constants, 0, regs, frame + next.params(), constants.length);
            code = next;
            ops = next.ops();
            fp = frame;
            pc = 0;
          }
          case Op.RETURN -> {
            long value = regs[fp + ops[pc + 1]];
            if (depth == bottom) {
              return value;
            }
            code = codes[--depth];
            ops = code.ops();
            pc = positions[depth];
            fp = frames[depth];
            sp = stacks[depth];
            regs[fp + ops[pc + 1]] = keep(ops, pc, sp, value);
            pc += callLength(ops, pc);
          }
          case Op.RETURN_VOID -> {
            if (depth == bottom) {
              return 0;
            }
            code = codes[--depth];
            ops = code.ops();
            pc = positions[depth];
            fp = frames[depth];
            sp = stacks[depth];
            pc += callLength(ops, pc);
          }
          case Op.JUMP -> {
            int target = ops[pc + 1];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.BRANCH -> {
            int target = regs[fp + ops[pc + 1]] != 0 ? ops[pc + 2] : ops[pc + 3];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.JEQ -> {
            int target =
                regs[fp + ops[pc + 1]] == regs[fp + ops[pc + 2]] ? ops[pc + 3] : ops[pc + 4];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.JNE -> {
            int target =
                regs[fp + ops[pc + 1]] != regs[fp + ops[pc + 2]] ? ops[pc + 3] : ops[pc + 4];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.JLT -> {
            int target =
                regs[fp + ops[pc + 1]] < regs[fp + ops[pc + 2]] ? ops[pc + 3] : ops[pc + 4];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.JLE -> {
            int target =
                regs[fp + ops[pc + 1]] <= regs[fp + ops[pc + 2]] ? ops[pc + 3] : ops[pc + 4];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.JULT -> {
            int target =
                regs[fp + ops[pc + 1]] + MIN < regs[fp + ops[pc + 2]] + MIN
                    ? ops[pc + 3]
                    : ops[pc + 4];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.JULE -> {
            int target =
                regs[fp + ops[pc + 1]] + MIN <= regs[fp + ops[pc + 2]] + MIN
                    ? ops[pc + 3]
                    : ops[pc + 4];
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.SWITCH -> {
            int target = code.switches()[ops[pc + 1]].target(regs[fp + ops[pc + 2]]);
            if (target <= pc && (--steps & TICK) == 0) {
              pc = hotLoop(code, target, fp, sp, depth);
              regs = registers;
            } else {
              pc = target;
            }
          }
          case Op.UNREACHABLE -> throw new Trap(UNREACHABLE);
          default -> throw new IllegalStateException("operation " + ops[pc]);
        }
      }
    } catch (Trap t) {
      throw new EvaluationError(t.reason(), trace(code, pc, depth, bottom));
    } catch (ArithmeticException e) {
      throw new EvaluationError(DIVISION, trace(code, pc, depth, bottom));
    } catch (EvaluationError e) {
      List<TraceEntry> frames = trace(code, pc, depth, bottom);
      e.append(inTrace ? frames.subList(1, frames.size()) : frames);
      inTrace = false;
      throw e;
    }
  }

  /** Saves the running frame; gives the depth of the one to come. */
  private int enter(Code code, int pc, int fp, long sp, int depth) {
    if (depth == codes.length) {
      codes = Arrays.copyOf(codes, depth * 2);
      positions = Arrays.copyOf(positions, depth * 2);
      frames = Arrays.copyOf(frames, depth * 2);
      stacks = Arrays.copyOf(stacks, depth * 2);
    }
    if (depth + 1 + translatedDepth >= depthLimit) {
      throw depthTrap();
    }
    codes[depth] = code;
    positions[depth] = pc;
    frames[depth] = fp;
    stacks[depth] = sp;
    return depth + 1;
  }

  private long[] room(int needed) {
    if (needed > registers.length) {
      registers = Arrays.copyOf(registers, Math.max(needed, registers.length * 2));
    }
    return registers;
  }

  private long nativeFrame(long sp, Code code) {
    long at = (sp + code.nativeMask()) & ~code.nativeMask();
    if (at + code.nativeSize() > evaluation.stackEnd()) {
      throw stackTrap();
    }
    return at;
  }

  /** Performs the call at {@code pc} of a function that is not interpreted. */
  private void outside(Callee callee, Code code, int pc, int fp, long sp, int depth) {
    enter(code, pc, fp, sp, depth);
    calls = depth + 1;
    int[] ops = code.ops();
    int first = pc + (ops[pc] == Op.CALL_INDIRECT ? 7 : 6);
    long[] args = new long[ops[pc + 5]];
    for (int i = 0; i < args.length; i++) {
      args[i] = registers[fp + ops[first + i]];
    }
    long value =
        callee.isHost()
            ? host(callee, sp + code.nativeSize(), args)
            : callee.callTranslated(this, sp + code.nativeSize(), args);
    registers[fp + ops[pc + 1]] = keep(ops, pc, sp, value);
  }

  /**
   * Calls an extern function.
   *
   * @param top the end of the caller's native frame
   */
  long host(Callee callee, long top, long[] args) {
    steps--;
    long outer = hostTop;
    hostTop = top;
    try {
      return callee.host(vm.hostCalls()).call(evaluation, args);
    } finally {
      hostTop = outer;
    }
  }

  /** Calls a function for the extern function that runs. */
  long callBack(Callee callee, long[] args) {
    return call(callee, hostTop, args);
  }

  /** The result of the call at {@code pc}: an aggregate is copied to the caller's own area. */
  private static long keep(int[] ops, int pc, long sp, long value) {
    int area = ops[pc + 2];
    if (area < 0) {
      return value;
    }
    Raw.copy(sp + area, value, ops[pc + 3]);
    return sp + area;
  }

  private static int callLength(int[] ops, int pc) {
    return (ops[pc] == Op.CALL_INDIRECT ? 7 : 6) + ops[pc + 5];
  }

  private long operand(int[] ops, int at, int fp, long sp) {
    return ops[at] < 0 ? sp : registers[fp + ops[at]];
  }

  private void copy(int[] ops, int pc, int fp, long sp) {
    long to = operand(ops, pc + 5, fp, sp) + ops[pc + 1];
    long from = operand(ops, pc + 6, fp, sp) + ops[pc + 2];
    copy(to, from, ops[pc + 3], ops[pc + 4]);
  }

  /** Copies memory; the areas may overlap. */
  void copy(long to, long from, long size, long alignment) {
    memory.require(to, size, alignment, true);
    memory.require(from, size, alignment, false);
    if (size == 16) {
      long low = Raw.getLong(from);
      long high = Raw.getLong(from + 8);
      Raw.putLong(to, low);
      Raw.putLong(to + 8, high);
    } else {
      Raw.copy(to, from, size);
    }
  }

  private void fill(int[] ops, int pc, int fp, long sp) {
    fill(operand(ops, pc + 4, fp, sp) + ops[pc + 1], ops[pc + 2], ops[pc + 3]);
  }

  /** Zeroes memory. */
  void fill(long to, long size, long alignment) {
    memory.require(to, size, alignment, true);
    Raw.fill(to, size, (byte) 0);
  }

  /** The calls of one run, from the failing one outward. */
  private List<TraceEntry> trace(Code code, int pc, int depth, int bottom) {
    List<TraceEntry> all = new ArrayList<>();
    all.add(new TraceEntry(code.function().name(), code.spanAt(pc)));
    for (int i = depth - 1; i >= bottom; i--) {
      all.add(new TraceEntry(codes[i].function().name(), codes[i].spanAt(positions[i])));
    }
    return all;
  }

  /** The names of the functions that have not returned, outermost first. */
  List<String> activeFunctions() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      names.add(codes[i].function().name());
    }
    return names;
  }

  /** From time to time: fails if the steps are used up; else goes on in a translation, if any. */
  private int hotLoop(Code code, int target, int fp, long sp, int depth) {
    requireSteps();
    if (vm.engine() == VmOptions.Engine.INTERPRET) {
      return target;
    }
    Optional<MethodHandle> loop = vm.translations().loop(code, code.source().blockAt(target));
    if (loop.isEmpty()) {
      return target;
    }
    enter(code, target, fp, sp, depth);
    calls = depth + 1;
    long value = invoke(loop.get(), sp, fp);
    registers[fp + code.frame() - 1] = value;
    return code.epilogue();
  }

  private long invoke(MethodHandle loop, long sp, int fp) {
    try {
      return (long) loop.invokeExact(this, sp, registers, fp);
    } catch (EvaluationError e) {
      inTrace = true;
      throw e;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private void hotCall(Callee callee) {
    requireSteps();
    if (!callee.isHost() && vm.engine() != VmOptions.Engine.INTERPRET) {
      callee.translate(vm);
    }
  }

  private void requireSteps() {
    if (steps <= 0) {
      throw new Trap("the limit of " + vm.options().steps() + " steps is exceeded");
    }
  }

  // What translated code calls.

  Memory memory() {
    return memory;
  }

  /** The start of a call: its native frame. */
  long begin(long sp, long mask, long size) {
    if (++translatedDepth + calls >= depthLimit) {
      throw depthTrap();
    }
    step();
    long at = (sp + mask) & ~mask;
    if (at + size > evaluation.stackEnd()) {
      throw stackTrap();
    }
    return at;
  }

  /** The end of a call. */
  void finish() {
    translatedDepth--;
  }

  /** Counts a turn of a loop. */
  void step() {
    if (--steps <= 0) {
      requireSteps();
    }
  }

  long global(Code code, int index) {
    return evaluation.address(code.globals()[index]);
  }

  long reflect(int kind, long tag, long index) {
    return vm.reflect(kind, tag, index);
  }

  RuntimeException unreachable() {
    return new Trap(UNREACHABLE);
  }

  /** A call of a function that is not translated; it is now, if it can be. */
  long bridge(Callee callee, long sp, long[] args) {
    callee.translate(vm);
    return callee.isTranslated() ? callee.callTranslated(this, sp, args) : call(callee, sp, args);
  }

  /** A call through an address. */
  long indirect(Code code, int signature, long sp, long address, long[] args) {
    Callee callee = vm.functions().at(address, code.signatures()[signature]);
    return callee.isHost() ? host(callee, sp, args) : bridge(callee, sp, args);
  }

  /** What to throw on after a translated call failed: the error with the call in its trace. */
  RuntimeException unwind(Throwable thrown, Code code, int operation) {
    TraceEntry here = new TraceEntry(code.function().name(), code.spans()[operation]);
    return switch (thrown) {
      case Trap t -> new EvaluationError(t.reason(), List.of(here));
      case ArithmeticException a -> new EvaluationError(DIVISION, List.of(here));
      case StackOverflowError s -> new EvaluationError(depthTrap().reason(), List.of(here));
      case EvaluationError e -> {
        e.append(List.of(here));
        yield e;
      }
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }

  private Trap depthTrap() {
    return new Trap("the call depth limit of " + depthLimit + " is exceeded");
  }

  private Trap stackTrap() {
    return new Trap("the stack limit of " + vm.options().stack() + " bytes is exceeded");
  }
}
