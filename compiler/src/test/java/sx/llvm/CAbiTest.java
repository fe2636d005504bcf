package sx.llvm;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sx.ir.Function;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.ConvertKind;
import sx.ir.IrBuilder;
import sx.type.Layout;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/**
 * Calls between hand-written IR and what the C compiler of the system makes, in both directions.
 */
class CAbiTest {
  private static final Type I16 = new Type.Int(16, true, false);
  private final Cases cases = new Cases();
  private final StringBuilder c =
      new StringBuilder("#include <stdint.h>\n#include <stdarg.h>\n#include <string.h>\n");

  private Type.Struct struct(String name, Type... fields) {
    Type.Struct s = cases.program.types().declareStruct(name);
    List<TypeTable.Field> all = new ArrayList<>();
    for (Type t : fields) {
      all.add(new TypeTable.Field("f" + all.size(), t));
    }
    cases.program.types().define(s, all);
    return s;
  }

  private record Scalar(Type type, long offset) {}

  private List<Scalar> scalars(Type type, long offset) {
    List<Scalar> all = new ArrayList<>();
    Layout layout = cases.program.layout();
    if (layout.isScalar(type)) {
      all.add(new Scalar(type, offset));
    } else if (type instanceof Type.Array a) {
      for (int i = 0; i < a.length(); i++) {
        all.addAll(scalars(a.element(), offset + i * layout.size(a.element())));
      }
    } else {
      layout.parts(type).forEach(p -> all.addAll(scalars(p.type(), offset + p.offset())));
    }
    return all;
  }

  private static String cType(Type type) {
    return switch (type) {
      case Type.Int i -> (i.signed() ? "int" : "uint") + i.bits() + "_t";
      case Type.Float f -> f.bits() == 32 ? "float" : "double";
      default -> throw new AssertionError(type);
    };
  }

  private String cMember(String name, Type type) {
    return switch (type) {
      case Type.Array a -> cType(a.element()) + " " + name + "[" + a.length() + "];";
      case Type.Struct s -> cStruct(s) + " " + name + ";";
      default -> cType(type) + " " + name + ";";
    };
  }

  private String cStruct(Type.Struct s) {
    StringBuilder text = new StringBuilder("struct {");
    for (TypeTable.Field f : cases.program.types().fields(s)) {
      text.append(' ').append(cMember(f.name(), f.type()));
    }
    return text.append(" }").toString();
  }

  /** What scalar number {@code i} of value number {@code seed} is. */
  private static long content(int seed, int i) {
    return 3 + 7L * seed + i;
  }

  private int make(IrBuilder b, Type type, int seed) {
    int slot = b.slot("make", type);
    b.storeSlot(type, slot, b.zero(type));
    int i = 0;
    for (Scalar s : scalars(type, 0)) {
      long value = content(seed, i++);
      int register =
          s.type().isFloat() ? b.constFloat(s.type(), (double) value) : b.constInt(s.type(), value);
      b.store(s.type(), b.byteOffset(b.slotAddress(slot), s.offset()), register);
    }
    return b.loadSlot(type, slot);
  }

  private int toWord(IrBuilder b, Type type, int value) {
    return b.convert(
        type.isFloat() ? ConvertKind.FLOAT_TO_INT : ConvertKind.INT_TO_INT, type, Types.I64, value);
  }

  private int mix(IrBuilder b, int hash, int word) {
    int scaled = b.binary(BinaryKind.MUL, Types.I64, hash, b.constInt(Types.I64, 31));
    return b.binary(BinaryKind.ADD, Types.I64, scaled, word);
  }

  private int hash(IrBuilder b, Type type, int value, int start) {
    int slot = b.slot("hash", type);
    b.storeSlot(type, slot, value);
    int hash = start;
    for (Scalar s : scalars(type, 0)) {
      int at = b.byteOffset(b.slotAddress(slot), s.offset());
      hash = mix(b, hash, toWord(b, s.type(), b.load(s.type(), at)));
    }
    return hash;
  }

  private long hash(Type type, int seed, long start) {
    long hash = start;
    int count = scalars(type, 0).size();
    for (int i = 0; i < count; i++) {
      hash = hash * 31 + content(seed, i);
    }
    return hash;
  }

  private void both(Type.Struct type) {
    String name = cases.program.types().nominalName(type.id());
    List<Scalar> scalars = scalars(type, 0);
    c.append("typedef ").append(cStruct(type)).append(' ').append(name).append(";\n");
    c.append("static uint64_t hash_").append(name).append('(').append(name);
    c.append(" x, uint64_t h) {\n  char *p = (char *) &x;\n");
    for (Scalar s : scalars) {
      c.append("  { ").append(cType(s.type())).append(" v; memcpy(&v, p + ").append(s.offset());
      c.append(", sizeof v); h = h * 31 + (int64_t) v; }\n");
    }
    c.append("  return h;\n}\nstatic ").append(name).append(" make_").append(name);
    c.append("(int seed) {\n  ").append(name).append(" x; char *p = (char *) &x;\n");
    for (int i = 0; i < scalars.size(); i++) {
      c.append("  { ").append(cType(scalars.get(i).type())).append(" v = 3 + 7 * seed + ");
      c.append(i).append("; memcpy(p + ").append(scalars.get(i).offset());
      c.append(", &v, sizeof v); }\n");
    }
    c.append("  return x;\n}\n");
    String params = "(int64_t a, S x, double d, S y, int8_t e, S z, float f, S w)";
    String text =
        """
        int64_t in_S(PARAMS) {
          uint64_t h = hash_S(w, hash_S(z, hash_S(y, hash_S(x, 1))));
          return (((h * 31 + a) * 31 + (int64_t) d) * 31 + e) * 31 + (int64_t) f;
        }
        S out_S(int seed) { return make_S(seed); }
        S back_S(PARAMS);
        int64_t first_S(S);
        int64_t drive_S(void) {
          S r = back_S(1, make_S(1), 2, make_S(2), -3, make_S(3), 4, make_S(4));
          return (uint64_t) first_S(make_S(6)) * 31 + hash_S(r, 1);
        }
        """;
    c.append(
        text.replace("PARAMS", params.substring(1, params.length() - 1))
            .replace("_S", "_" + name)
            .replace("S ", name + " ")
            .replace("(S)", "(" + name + ")"));
    List<Type> types = List.of(Types.I64, type, Types.F64, type, Types.I8, type, Types.F32, type);
    Function in = cases.extern("in_" + name, types, Types.I64, false);
    Function out = cases.extern("out_" + name, List.of(Types.I32), type, false);
    Function drive = cases.extern("drive_" + name, List.of(), Types.I64, false);
    long all = 1;
    for (int seed = 1; seed <= 4; seed++) {
      all = hash(type, seed, all);
    }
    long tail = (((all * 31 + 1) * 31 + 2) * 31 - 3) * 31 + 4;
    cases.expect("arguments " + name, tail, b -> call(b, in, type));
    cases.expect(
        "arguments through an address " + name,
        tail,
        b -> {
          Type.Function f = new Type.Function(types, Types.I64, true, false);
          return b.callIndirect(f, b.functionAddress(in), arguments(b, type), types);
        });
    cases.expect(
        "result " + name,
        hash(type, 5, 1),
        b -> {
          int value = b.call(out, List.of(b.constInt(Types.I32, 5)));
          return hash(b, type, value, b.constInt(Types.I64, 1));
        });
    Function back =
        cases.exported(
            "back_" + name,
            types,
            type,
            b -> {
              int h = b.constInt(Types.I64, 1);
              for (int p : new int[] {1, 3, 5, 7}) {
                h = hash(b, type, p, h);
              }
              int[] rest = {0, 2, 4, 6};
              for (int p : rest) {
                h = mix(b, h, toWord(b, types.get(p), p));
              }
              int good = b.newBlock();
              int bad = b.newBlock();
              int right =
                  b.compare(sx.ir.Inst.CompareKind.EQ, Types.I64, h, b.constInt(Types.I64, tail));
              b.branch(right, good, bad);
              b.position(bad);
              b.ret(b.zero(type));
              b.position(good);
              return 5;
            });
    Function first =
        cases.exported(
            "first_" + name,
            List.of(type),
            Types.I64,
            b -> hash(b, type, 0, b.constInt(Types.I64, 1)));
    long driven = hash(type, 6, 1) * 31 + hash(type, 3, 1);
    cases.expect(
        "callback " + name,
        driven,
        b -> {
          b.functionAddress(back);
          b.functionAddress(first);
          return b.call(drive, List.of());
        });
  }

  private List<Integer> arguments(IrBuilder b, Type type) {
    return List.of(
        b.constInt(Types.I64, 1),
        make(b, type, 1),
        b.constFloat(Types.F64, 2),
        make(b, type, 2),
        b.constInt(Types.I8, -3),
        make(b, type, 3),
        b.constFloat(Types.F32, 4),
        make(b, type, 4));
  }

  private int call(IrBuilder b, Function in, Type type) {
    return b.call(in, arguments(b, type));
  }

  @Test
  void structsByValue() throws Exception {
    Type f32 = Types.F32;
    Type f64 = Types.F64;
    Type i64 = Types.I64;
    Type i32 = Types.I32;
    Type u8 = Types.U8;
    both(struct("A", f32, f32));
    both(struct("B", f32, f32, f32));
    both(struct("C", f64, f64));
    both(struct("D", u8, u8));
    both(struct("E", i32, i32));
    both(struct("F", i64, i32));
    both(struct("G", i64, f64));
    both(struct("H", f32, i32, f64));
    both(struct("I", f64, f64, f64));
    both(struct("J", i64, i64, i64));
    both(struct("K", f64, f64, f64, f64));
    both(struct("L", f32, f32, f32, f32));
    both(struct("M", f64, f64, f64, f64, f64));
    both(struct("N", u8, u8, u8));
    both(struct("O", new Type.Array(f32, 2), f32));
    both(struct("P", struct("P1", i32, f32), u8));
    both(struct("Q", new Type.Array(u8, 11)));
    both(struct("R", f32));
    both(struct("T", f64, f32));
    both(struct("U", i64));
    both(struct("V", new Type.Array(i64, 2)));
    both(struct("W", I16, f32, i64));
    both(struct("X", f32, f64, f32));
    cases.addC(c.toString());
    cases.check();
  }

  @Test
  void scalars() throws Exception {
    cases.addC(
        """
        #include <stdint.h>
        #include <stdio.h>
        #include <stdbool.h>
        int64_t narrow(int8_t a, uint8_t b, int16_t c, bool d, uint32_t e) {
          return ((((int64_t) a * 1000 + b) * 1000 + c) * 10 + d) * 10 + (e >> 31);
        }
        int8_t minus(int8_t a) { return -a; }
        uint16_t large(void) { return 65535; }
        bool negate(bool a) { return !a; }
        float half(float a, double b) { return a / 2 + b; }
        int64_t second(const int64_t *array) { int64_t r = array[1]; ((int64_t *) array)[1] = 0; return r; }
        int64_t text(const char *text, int64_t more) { return text[0] * 1000 + text[1] * more; }
        int8_t sx_minus(int8_t a, bool b, float f);
        int64_t drive(void) { return sx_minus(100, 1, 0.5f) * 10; }
        int format(char *to, unsigned long n, const char *how, ...);
        """);
    Type u16 = Types.U16;
    Type odd = new Type.Int(7, true, false);
    Function narrow =
        cases.extern(
            "narrow", List.of(Types.I8, Types.U8, I16, Types.BOOL, Types.U32), Types.I64, false);
    cases.expect(
        "narrow",
        ((-5L * 1000 + 200) * 1000 - 300) * 100 + 11,
        b ->
            b.call(
                narrow,
                List.of(
                    cases.hiddenConst(b, Types.I8, -5),
                    cases.hiddenConst(b, Types.U8, 200),
                    cases.hiddenConst(b, I16, -300),
                    cases.hiddenConst(b, Types.BOOL, 1),
                    cases.hiddenConst(b, Types.U32, 0x80000000L))));
    Function minus = cases.extern("minus", List.of(odd), odd, false);
    cases.expect("odd width", odd, 37, b -> b.call(minus, List.of(cases.hiddenConst(b, odd, -37))));
    Function large = cases.extern("large", List.of(), u16, false);
    cases.expect("u16", u16, 65535, b -> b.call(large, List.of()));
    Function negate = cases.extern("negate", List.of(Types.BOOL), Types.BOOL, false);
    cases.expect(
        "bool", Types.BOOL, 1, b -> b.call(negate, List.of(cases.hiddenConst(b, Types.BOOL, 0))));
    Function half = cases.extern("half", List.of(Types.F32, Types.F64), Types.F32, false);
    cases.expect(
        "floats",
        7,
        b -> {
          int r = b.call(half, List.of(b.constFloat(Types.F32, 5), b.constFloat(Types.F64, 4.5)));
          return b.convert(ConvertKind.FLOAT_TO_INT, Types.F32, Types.I64, r);
        });
    Type array = new Type.Array(Types.I64, 4);
    Function second = cases.extern("second", List.of(array), Types.I64, false);
    cases.expect(
        "array as a copy",
        1717,
        b -> {
          int slot = b.slot("array", array);
          b.storeSlot(array, slot, b.zero(array));
          b.store(Types.I64, b.byteOffset(b.slotAddress(slot), 8L), b.constInt(Types.I64, 17));
          int value = b.loadSlot(array, slot);
          int first = b.call(second, List.of(value));
          int again = b.call(second, List.of(value));
          int scaled = b.binary(BinaryKind.MUL, Types.I64, first, b.constInt(Types.I64, 100));
          return b.binary(BinaryKind.ADD, Types.I64, scaled, again);
        });
    Function text = cases.extern("text", List.of(Types.STRING, Types.I64), Types.I64, false);
    cases.expect(
        "string as its address (ffi.str.3)",
        97_686,
        b -> {
          int address = b.globalAddress(cases.program.text("ab"));
          List<Integer> parts = List.of(address, b.constInt(Types.I64, 2));
          int more = b.constInt(Types.I64, 7);
          return b.call(text, List.of(b.aggregate(Types.STRING, parts), more));
        });
    Function mine =
        cases.exported(
            "sx_minus",
            List.of(Types.I8, Types.BOOL, Types.F32),
            Types.I8,
            b -> {
              int real = b.convert(ConvertKind.FLOAT_TO_INT, Types.F32, Types.I8, 2);
              int flag = b.convert(ConvertKind.INT_TO_INT, Types.BOOL, Types.I8, 1);
              int sum = b.binary(BinaryKind.ADD, Types.I8, 0, flag);
              return b.unary(
                  sx.ir.Inst.UnaryKind.NEG,
                  Types.I8,
                  b.binary(BinaryKind.ADD, Types.I8, sum, real));
            });
    Function drive = cases.extern("drive", List.of(), Types.I64, false);
    cases.expect(
        "export",
        -1010,
        b -> {
          b.functionAddress(mine);
          return b.call(drive, List.of());
        });
    Function print =
        cases.extern(
            "snprintf", List.of(Types.VOID_POINTER, Types.USIZE, Types.CSTRING), Types.I32, true);
    Type buffer = new Type.Array(Types.U8, 32);
    cases.expect(
        "variadic",
        '0' * 256L * 256 + '.' * 256 + '0',
        b -> {
          int slot = b.slot("buffer", buffer);
          List<Type> types =
              List.of(
                  Types.VOID_POINTER,
                  Types.USIZE,
                  Types.CSTRING,
                  Types.I32,
                  Types.F64,
                  Types.VOID_POINTER);
          List<Integer> args =
              List.of(
                  b.slotAddress(slot),
                  b.constInt(Types.USIZE, 32),
                  b.globalAddress(cases.program.text("%d %.2f %s")),
                  b.constInt(Types.I32, -5),
                  b.constFloat(Types.F64, 0.5),
                  b.globalAddress(cases.program.text("x")));
          b.callVariadic(print, args, types);
          int hash = b.constInt(Types.I64, 0);
          for (int at : new int[] {6, 4, 3}) {
            int value = b.load(Types.U8, b.byteOffset(b.slotAddress(slot), (long) at));
            int scaled = b.binary(BinaryKind.MUL, Types.I64, hash, b.constInt(Types.I64, 256));
            hash = b.binary(BinaryKind.ADD, Types.I64, scaled, toWord(b, Types.U8, value));
          }
          return hash;
        });
    cases.check();
  }

  @Test
  void vectors() throws Exception {
    cases.addC(
        """
        typedef float four __attribute__((vector_size(16)));
        typedef struct { four a, b; } two;
        long in4(long a, four v, double d) { return a * 1000 + v[3] * 10 + d; }
        four out4(void) { return (four) { 1, 2, 3, 4 }; }
        long in_two(two t, long a) { return t.a[1] * 100 + t.b[2] * 10 + a; }
        """);
    Type.Vector four = new Type.Vector(Types.F32, 4);
    Type.Struct two = struct("Two", four, four);
    Function in = cases.extern("in4", List.of(Types.I64, four, Types.F64), Types.I64, false);
    Function out = cases.extern("out4", List.of(), four, false);
    Function inTwo = cases.extern("in_two", List.of(two, Types.I64), Types.I64, false);
    cases.expect(
        "vector",
        7045,
        b -> {
          int vector = b.call(out, List.of());
          return b.call(in, List.of(b.constInt(Types.I64, 7), vector, b.constFloat(Types.F64, 5)));
        });
    cases.expect(
        "struct of vectors",
        235,
        b -> {
          int vector = b.call(out, List.of());
          int pair = b.aggregate(two, List.of(vector, vector));
          return b.call(inTwo, List.of(pair, b.constInt(Types.I64, 5)));
        });
    cases.check();
  }
}
