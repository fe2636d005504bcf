package sx.comptime;

/**
 * The operations of {@link Code}. Each is followed by its operands as listed: {@code d} the
 * register of the result, {@code t} and {@code e} positions to continue at, other single letters
 * registers, words numbers. Registers are relative to the frame.
 */
final class Op {
  /** d s. */
  static final int MOVE = 0;

  /** d a b; on 64 bits. */
  static final int ADD = 1;

  /** d a b; on 64 bits. */
  static final int SUB = 2;

  /** d a b; on 64 bits. */
  static final int MUL = 3;

  /** d a b; on 64 bits. */
  static final int AND = 4;

  /** d a b; on 64 bits. */
  static final int OR = 5;

  /** d a b; on 64 bits. */
  static final int XOR = 6;

  /** d a b; on 64 bits. */
  static final int SHL = 7;

  /** d a b; on 64 bits. */
  static final int SHR_S = 8;

  /** d a b; on 64 bits. */
  static final int SHR_U = 9;

  /** d shift a b; cut to 64-shift bits, signed. */
  static final int ADD_S = 10;

  /** d shift a b; cut, unsigned. */
  static final int ADD_U = 11;

  /** d shift a b; cut to 64-shift bits, signed. */
  static final int SUB_S = 12;

  /** d shift a b; cut, unsigned. */
  static final int SUB_U = 13;

  /** d shift a b; cut to 64-shift bits, signed. */
  static final int MUL_S = 14;

  /** d shift a b; cut, unsigned. */
  static final int MUL_U = 15;

  /** d shift a b; cut to 64-shift bits, signed. */
  static final int SHL_S = 16;

  /** d shift a b; cut, unsigned. */
  static final int SHL_U = 17;

  /** d shift a b. */
  static final int DIV_S = 18;

  /** d a b. */
  static final int DIV_U = 19;

  /** d a b. */
  static final int REM_S = 20;

  /** d a b. */
  static final int REM_U = 21;

  /** d shift a. */
  static final int EXT_S = 22;

  /** d shift a. */
  static final int EXT_U = 23;

  /** d a b; f64. */
  static final int FADD = 24;

  /** d a b; f64. */
  static final int FSUB = 25;

  /** d a b; f64. */
  static final int FMUL = 26;

  /** d a b; f64. */
  static final int FDIV = 27;

  /** d a b; f32. */
  static final int GADD = 28;

  /** d a b; f32. */
  static final int GSUB = 29;

  /** d a b; f32. */
  static final int GMUL = 30;

  /** d a b; f32. */
  static final int GDIV = 31;

  /** d a b. */
  static final int EQ = 32;

  /** d a b. */
  static final int NE = 33;

  /** d a b. */
  static final int LT = 34;

  /** d a b. */
  static final int LE = 35;

  /** d a b. */
  static final int ULT = 36;

  /** d a b. */
  static final int ULE = 37;

  /** d kind a b; kind is a CompareKind, plus 8 for f32. */
  static final int FCMP = 38;

  /** d kind a b; a rare float operation, see FloatOps. */
  static final int FLOAT = 39;

  /** d disp base. */
  static final int LEA = 40;

  /** d disp. */
  static final int LEA_SP = 41;

  /** d disp scale base index. */
  static final int LEA_X = 42;

  /** d disp base. */
  static final int LOAD_I8 = 43;

  /** d disp base. */
  static final int LOAD_U8 = 44;

  /** d disp base. */
  static final int LOAD_I16 = 45;

  /** d disp base. */
  static final int LOAD_U16 = 46;

  /** d disp base. */
  static final int LOAD_I32 = 47;

  /** d disp base. */
  static final int LOAD_U32 = 48;

  /** d disp base. */
  static final int LOAD_I64 = 49;

  /** d disp base. */
  static final int LOAD_BOOL = 50;

  /** d disp. */
  static final int LOAD_SP_I8 = 51;

  /** d disp. */
  static final int LOAD_SP_U8 = 52;

  /** d disp. */
  static final int LOAD_SP_I16 = 53;

  /** d disp. */
  static final int LOAD_SP_U16 = 54;

  /** d disp. */
  static final int LOAD_SP_I32 = 55;

  /** d disp. */
  static final int LOAD_SP_U32 = 56;

  /** d disp. */
  static final int LOAD_SP_I64 = 57;

  /** d disp. */
  static final int LOAD_SP_BOOL = 58;

  /** d disp scale base index. */
  static final int LOAD_X_I8 = 59;

  /** d disp scale base index. */
  static final int LOAD_X_U8 = 60;

  /** d disp scale base index. */
  static final int LOAD_X_I16 = 61;

  /** d disp scale base index. */
  static final int LOAD_X_U16 = 62;

  /** d disp scale base index. */
  static final int LOAD_X_I32 = 63;

  /** d disp scale base index. */
  static final int LOAD_X_U32 = 64;

  /** d disp scale base index. */
  static final int LOAD_X_I64 = 65;

  /** d disp scale base index. */
  static final int LOAD_X_BOOL = 66;

  /** disp base value. */
  static final int STORE_8 = 67;

  /** disp base value. */
  static final int STORE_16 = 68;

  /** disp base value. */
  static final int STORE_32 = 69;

  /** disp base value. */
  static final int STORE_64 = 70;

  /** disp value. */
  static final int STORE_SP_8 = 71;

  /** disp value. */
  static final int STORE_SP_16 = 72;

  /** disp value. */
  static final int STORE_SP_32 = 73;

  /** disp value. */
  static final int STORE_SP_64 = 74;

  /** disp scale base index value. */
  static final int STORE_X_8 = 75;

  /** disp scale base index value. */
  static final int STORE_X_16 = 76;

  /** disp scale base index value. */
  static final int STORE_X_32 = 77;

  /** disp scale base index value. */
  static final int STORE_X_64 = 78;

  /** toDisp fromDisp size align to from; a base of -1 is the frame. */
  static final int COPY = 79;

  /** disp size align base; zeroes; a base of -1 is the frame. */
  static final int FILL = 80;

  /** d global. */
  static final int GLOBAL = 81;

  /** d kind type index. */
  static final int REFLECT = 82;

  /** d temp size callee count args.... */
  static final int CALL = 83;

  /** d temp size callee count args.... */
  static final int CALL_HOST = 84;

  /** d temp size signature count address args.... */
  static final int CALL_INDIRECT = 85;

  /** value. */
  static final int RETURN = 86;

  /** No operands. */
  static final int RETURN_VOID = 87;

  /** t. */
  static final int JUMP = 88;

  /** c t e. */
  static final int BRANCH = 89;

  /** a b t e. */
  static final int JEQ = 90;

  /** a b t e. */
  static final int JNE = 91;

  /** a b t e. */
  static final int JLT = 92;

  /** a b t e. */
  static final int JLE = 93;

  /** a b t e. */
  static final int JULT = 94;

  /** a b t e. */
  static final int JULE = 95;

  /** table value. */
  static final int SWITCH = 96;

  /** No operands. */
  static final int UNREACHABLE = 97;

  private Op() {}
}
