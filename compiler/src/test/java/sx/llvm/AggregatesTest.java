package sx.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.ir.Inst.ConvertKind;
import sx.ir.IrBuilder;
import sx.ir.Terminator;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

class AggregatesTest {
  private static final Type I3 = new Type.Int(3, true, false);
  private final Cases cases = new Cases();

  private Type.Struct struct(String name, Type... fields) {
    Type.Struct s = cases.program.types().declareStruct(name);
    List<TypeTable.Field> all = new ArrayList<>();
    for (Type t : fields) {
      all.add(new TypeTable.Field("f" + all.size(), t));
    }
    cases.program.types().define(s, all);
    return s;
  }

  private int sum(IrBuilder b, int... values) {
    int sum = values[0];
    for (int i = 1; i < values.length; i++) {
      int scaled = b.binary(BinaryKind.MUL, Types.I64, sum, b.constInt(Types.I64, 10));
      sum = b.binary(BinaryKind.ADD, Types.I64, scaled, values[i]);
    }
    return sum;
  }

  private int wide(IrBuilder b, Type from, int value) {
    return b.convert(ConvertKind.INT_TO_INT, from, Types.I64, value);
  }

  private int[] words(IrBuilder b, long... values) {
    int[] registers = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      registers[i] = cases.hiddenConst(b, Types.I64, values[i]);
    }
    return registers;
  }

  private int build(IrBuilder b, Type type, int... parts) {
    List<Integer> list = new ArrayList<>();
    for (int p : parts) {
      list.add(p);
    }
    return b.aggregate(type, list);
  }

  /** The digits of all i64 parts of an aggregate. */
  private int digits(IrBuilder b, Type type, int value) {
    int[] parts = new int[cases.program.layout().parts(type).size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = b.extract(type, value, i);
    }
    return sum(b, parts);
  }

  @Test
  void smallAndBigValues() throws Exception {
    Type pair = struct("Pair", Types.I64, Types.I64);
    Type four = struct("Four", Types.I64, Types.I64, Types.I64, Types.I64);
    Type odd = struct("Odd", Types.BOOL, I3, Types.U16, Types.F32, Types.I32);
    Type empty = struct("Empty");
    Type nested = struct("Nested", pair, Types.U8, four, empty, Types.BOOL);
    Function swap =
        cases.function(
            "swap",
            List.of(pair),
            pair,
            b -> build(b, pair, b.extract(pair, 0, 1), b.extract(pair, 0, 0)));
    Function turn =
        cases.function(
            "turn",
            List.of(Types.I64, four, empty),
            four,
            b ->
                build(
                    b,
                    four,
                    b.extract(four, 1, 3),
                    b.extract(four, 1, 2),
                    b.extract(four, 1, 1),
                    0));
    cases.expect(
        "pair",
        21,
        b -> {
          int[] w = words(b, 1, 2);
          return digits(b, pair, b.call(swap, List.of(build(b, pair, w[0], w[1]))));
        });
    cases.expect(
        "four",
        4329,
        b -> {
          int[] w = words(b, 1, 2, 3, 4, 9);
          int value = build(b, four, w[0], w[1], w[2], w[3]);
          int turned = b.call(turn, List.of(w[4], value, b.zero(empty)));
          return digits(b, four, turned);
        });
    cases.expect(
        "indirect",
        4329,
        b -> {
          int[] w = words(b, 1, 2, 3, 4, 9);
          int value = build(b, four, w[0], w[1], w[2], w[3]);
          Type.Function type =
              new Type.Function(List.of(Types.I64, four, empty), four, false, false);
          int code = cases.hidden(b, Types.VOID_POINTER, b.functionAddress(turn));
          List<Integer> args = List.of(w[4], value, b.undefined(empty));
          return digits(b, four, b.callIndirect(type, code, args, type.params()));
        });
    cases.expect(
        "odd widths in a struct",
        1 * 1000 - 3 * 100 + 60 + 5,
        b -> {
          int slot = b.slot("odd", odd);
          int value =
              build(
                  b,
                  odd,
                  cases.hiddenConst(b, Types.BOOL, 1),
                  cases.hiddenConst(b, I3, -3),
                  cases.hiddenConst(b, Types.U16, 6),
                  b.constFloat(Types.F32, 5),
                  b.constInt(Types.I32, 7));
          b.storeSlot(odd, slot, value);
          int loaded = b.loadSlot(odd, slot);
          int real = b.extract(odd, loaded, 3);
          return sum(
              b,
              wide(b, Types.BOOL, b.extract(odd, loaded, 0)),
              wide(b, I3, b.extract(odd, loaded, 1)),
              wide(b, Types.U16, b.extract(odd, value, 2)),
              b.convert(ConvertKind.FLOAT_TO_INT, Types.F32, Types.I64, real));
        });
    cases.expect(
        "nested",
        7183,
        b -> {
          int[] w = words(b, 7, 1, 8, 3);
          int first = build(b, pair, w[0], w[1]);
          int second = build(b, four, w[0], w[1], w[2], w[3]);
          int value =
              build(
                  b,
                  nested,
                  first,
                  b.constInt(Types.U8, 5),
                  second,
                  b.zero(empty),
                  b.constBool(true));
          int slot = b.slot("n", nested);
          b.storeSlot(nested, slot, value);
          int inner = b.extract(nested, b.loadSlot(nested, slot), 2);
          int field = b.fieldAddress(nested, b.slotAddress(slot), 2);
          b.store(four, field, b.zero(four));
          return digits(b, four, inner);
        });
    cases.check();
  }

  @Test
  void aLoadIsASnapshot() throws Exception {
    Type four = struct("Four", Types.I64, Types.I64, Types.I64, Types.I64);
    Function clear =
        cases.function(
            "clear",
            List.of(Types.VOID_POINTER),
            Types.VOID,
            b -> {
              b.store(four, 0, b.zero(four));
              return -1;
            });
    ToIntFunction<IrBuilder> value =
        b -> {
          int[] w = words(b, 1, 2, 3, 4);
          return build(b, four, w[0], w[1], w[2], w[3]);
        };
    cases.expect(
        "store behind a load",
        1234,
        b -> {
          int slot = b.slot("x", four);
          b.storeSlot(four, slot, value.applyAsInt(b));
          int snapshot = b.loadSlot(four, slot);
          b.storeSlot(four, slot, b.zero(four));
          return digits(b, four, snapshot);
        });
    cases.expect(
        "call behind a load",
        1234,
        b -> {
          int slot = b.slot("x", four);
          int other = b.slot("y", four);
          b.storeSlot(four, slot, value.applyAsInt(b));
          int snapshot = b.loadSlot(four, slot);
          b.call(clear, List.of(b.slotAddress(slot)));
          b.storeSlot(four, other, snapshot);
          return digits(b, four, b.loadSlot(four, other));
        });
    cases.expect(
        "copied on at once, also onto itself",
        1234,
        b -> {
          int slot = b.slot("x", four);
          int other = b.slot("y", four);
          b.storeSlot(four, slot, value.applyAsInt(b));
          b.storeSlot(four, slot, b.loadSlot(four, slot));
          b.storeSlot(four, other, b.loadSlot(four, slot));
          b.storeSlot(four, slot, b.undefined(four));
          return digits(b, four, b.loadSlot(four, other));
        });
    Function returned =
        cases.function("returned", List.of(Types.VOID_POINTER), four, b -> b.load(four, 0));
    cases.expect(
        "returned at once",
        1234,
        b -> {
          int slot = b.slot("x", four);
          b.storeSlot(four, slot, value.applyAsInt(b));
          int result = b.call(returned, List.of(b.slotAddress(slot)));
          b.storeSlot(four, slot, b.zero(four));
          return digits(b, four, result);
        });
    cases.check();
  }

  @Test
  void builtInAggregates() throws Exception {
    Type.Enum shape = cases.program.types().declareEnum("Shape");
    cases
        .program
        .types()
        .define(
            shape,
            (Type.Int) Types.I64,
            false,
            List.of(
                new TypeTable.Variant("none", 0, Types.VOID),
                new TypeTable.Variant("one", 1, Types.I32)));
    Type array = new Type.Array(Types.U16, 3);
    Type optional = new Type.Optional(Types.I32);
    Type maybePointer = new Type.Optional(Types.VOID_POINTER);
    Type tuple = new Type.Tuple(List.of(Types.U8, Types.I64), List.of("", ""));
    Type vector = new Type.Vector(Types.F32, 4);
    for (Type type : List.of(shape, array, optional, tuple, vector, maybePointer)) {
      Function same = cases.function("same" + type, List.of(type), type, b -> 0);
      cases.expect(
          "bytes of " + type + " come through",
          0x21,
          b -> {
            int from = b.slot("from", type);
            int to = b.slot("to", type);
            b.storeSlot(type, from, b.zero(type));
            b.store(Types.U8, b.slotAddress(from), cases.hiddenConst(b, Types.U8, 0x21));
            b.storeSlot(type, to, b.call(same, List.of(b.loadSlot(type, from))));
            return wide(b, Types.U8, b.load(Types.U8, b.slotAddress(to)));
          });
    }
    cases.expect(
        "string",
        3,
        b -> {
          int text = b.globalAddress(cases.program.text("abc"));
          int string = build(b, Types.STRING, text, b.constInt(Types.I64, 3));
          return b.extract(Types.STRING, string, 1);
        });
    cases.expect(
        "closure",
        1,
        b -> {
          Type closure = new Type.Closure(List.of(), Types.VOID);
          int data = b.constInt(Types.VOID_POINTER, 8);
          int value = build(b, closure, b.zero(Types.VOID_POINTER), data);
          int same =
              b.compare(CompareKind.EQ, Types.VOID_POINTER, b.extract(closure, value, 1), data);
          return wide(b, Types.BOOL, same);
        });
    cases.expect(
        "any",
        8,
        b -> {
          int any = build(b, Types.ANY, b.zero(Types.VOID_POINTER), b.typeTag(Types.I64));
          return b.reflect(sx.ir.Inst.ReflectKind.SIZE_OF, b.extract(Types.ANY, any, 1));
        });
    cases.check();
  }

  @Test
  void addresses() throws Exception {
    Type row = new Type.Array(Types.I32, 3);
    Type table = new Type.Array(row, 4);
    cases.expect(
        "elements",
        42,
        b -> {
          int slot = b.slot("t", table);
          b.storeSlot(table, slot, b.zero(table));
          int base = b.elementAddress(row, b.slotAddress(slot), cases.hiddenConst(b, Types.I64, 2));
          int at = b.elementAddress(Types.I32, base, cases.hiddenConst(b, Types.I64, 1));
          b.store(Types.I32, at, b.constInt(Types.I32, 42));
          int same = b.byteOffset(b.slotAddress(slot), 2 * 12 + 4L);
          return wide(b, Types.I32, b.load(Types.I32, same));
        });
    cases.expect(
        "backwards",
        5,
        b -> {
          int slot = b.slot("r", row);
          b.storeSlot(row, slot, b.zero(row));
          b.store(Types.I32, b.slotAddress(slot), b.constInt(Types.I32, 5));
          int end = b.byteOffset(b.slotAddress(slot), 8L);
          return wide(
              b,
              Types.I32,
              b.load(
                  Types.I32,
                  b.elementAddress(Types.I32, end, cases.hiddenConst(b, Types.I64, -2))));
        });
    cases.check();
  }

  @Test
  void globals() throws Exception {
    Type holder = struct("Holder", Types.U32, Types.VOID_POINTER, Types.VOID_POINTER, Types.U16);
    Function seven = cases.function("seven", List.of(), Types.I64, b -> b.constInt(Types.I64, 7));
    Global data = cases.global("data", new Type.Array(Types.U8, 4), false);
    data.define(new Data(new byte[] {1, 2, '"', '\\'}, List.of()));
    Global g = cases.global("holder", holder, true);
    byte[] image = new byte[32];
    image[0] = 9;
    image[24] = 6;
    g.define(
        new Data(
            image, List.of(new Data.Relocation(8, data, 2), new Data.Relocation(16, seven, 0))));
    cases.expect("bytes", 9, b -> wide(b, Types.U32, b.load(Types.U32, b.globalAddress(g))));
    cases.expect(
        "tail",
        6,
        b -> wide(b, Types.U16, b.load(Types.U16, b.fieldAddress(holder, b.globalAddress(g), 3))));
    cases.expect(
        "address with addend",
        '"',
        b -> {
          int at = b.load(Types.VOID_POINTER, b.fieldAddress(holder, b.globalAddress(g), 1));
          return wide(b, Types.U8, b.load(Types.U8, at));
        });
    cases.expect(
        "function",
        7,
        b -> {
          int code = b.extract(holder, b.load(holder, b.globalAddress(g)), 2);
          Type.Function type = new Type.Function(List.of(), Types.I64, false, false);
          return b.callIndirect(type, code, List.of(), List.of());
        });
    Global constant = cases.global("constant", new Type.Array(Types.I64, 5), false);
    byte[] words = new byte[40];
    words[16] = 77;
    constant.define(new Data(words, List.of()));
    cases.expect(
        "constant aggregate",
        77,
        b -> {
          int slot = b.slot("copy", constant.type());
          b.storeSlot(constant.type(), slot, b.load(constant.type(), b.globalAddress(constant)));
          return b.load(Types.I64, b.byteOffset(b.slotAddress(slot), 16L));
        });
    Global environment = new Global("environ", Types.VOID_POINTER, true);
    environment.external("environ");
    cases.program.add(environment);
    cases.expect(
        "extern object",
        1,
        b -> {
          int value = b.load(Types.VOID_POINTER, b.globalAddress(environment));
          int set =
              b.compare(CompareKind.NE, Types.VOID_POINTER, value, b.zero(Types.VOID_POINTER));
          return wide(b, Types.BOOL, set);
        });
    cases.check();
  }

  @Test
  void controlFlow() throws Exception {
    cases.expect(
        "loop with a definition behind in block order",
        45,
        b -> {
          int i = b.slot("i", Types.I64);
          int total = b.slot("total", Types.I64);
          b.storeSlot(Types.I64, i, b.constInt(Types.I64, 0));
          b.storeSlot(Types.I64, total, b.constInt(Types.I64, 0));
          int body = b.newBlock();
          int end = b.newBlock();
          int head = b.newBlock();
          b.jump(head);
          b.position(head);
          int now = b.loadSlot(Types.I64, i);
          b.branch(b.compare(CompareKind.LT, Types.I64, now, b.constInt(Types.I64, 10)), body, end);
          b.position(body);
          b.storeSlot(
              Types.I64,
              total,
              b.binary(BinaryKind.ADD, Types.I64, b.loadSlot(Types.I64, total), now));
          b.storeSlot(
              Types.I64, i, b.binary(BinaryKind.ADD, Types.I64, now, b.constInt(Types.I64, 1)));
          b.jump(head);
          b.position(end);
          return b.loadSlot(Types.I64, total);
        });
    Function pick =
        cases.function(
            "pick",
            List.of(I3),
            Types.I64,
            b -> {
              int one = b.newBlock();
              int two = b.newBlock();
              int rest = b.newBlock();
              b.switchOn(
                  0,
                  List.of(
                      new Terminator.Case(-1, one),
                      new Terminator.Case(2, two),
                      new Terminator.Case(-1, rest)),
                  rest);
              b.position(one);
              b.ret(b.constInt(Types.I64, 100));
              b.position(two);
              b.ret(b.constInt(Types.I64, 200));
              b.position(rest);
              return b.constInt(Types.I64, 300);
            });
    long[] inputs = {-1, 2, 3};
    for (int i = 0; i < inputs.length; i++) {
      long input = inputs[i];
      cases.expect(
          "switch " + input,
          100L * (i + 1),
          b -> b.call(pick, List.of(cases.hiddenConst(b, I3, input))));
    }
    cases.expect(
        "a loop to the first block",
        3,
        b -> {
          Global count = cases.global("count", Types.I64, true);
          return b.call(
              cases.function(
                  "entry-loop",
                  List.of(),
                  Types.I64,
                  f -> {
                    int at = f.globalAddress(count);
                    int next =
                        f.binary(
                            BinaryKind.ADD,
                            Types.I64,
                            f.load(Types.I64, at),
                            f.constInt(Types.I64, 1));
                    f.store(Types.I64, at, next);
                    int end = f.newBlock();
                    f.branch(
                        f.compare(CompareKind.LT, Types.I64, next, f.constInt(Types.I64, 3)),
                        0,
                        end);
                    f.position(end);
                    return next;
                  }),
              List.of());
        });
    cases.expect(
        "unreachable",
        1,
        b -> {
          int good = b.newBlock();
          int bad = b.newBlock();
          b.branch(cases.hiddenConst(b, Types.BOOL, 1), good, bad);
          b.position(bad);
          b.unreachable();
          b.position(good);
          return b.constInt(Types.I64, 1);
        });
    cases.check();
  }
}
