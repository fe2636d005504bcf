package sx.comptime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.type.Type;
import sx.type.Types;

class MemoryTest extends VmTestBase {
  private final Type.Struct pair = p.struct("Pair", Types.U8, Types.I64, Types.I32);

  @Test
  void aggregatesAreSnapshots() {
    assertEquals(
        7,
        eval(
            Types.I64,
            b -> {
              int slot = b.slot("s", pair);
              b.storeSlot(pair, slot, make(b, 7));
              int before = b.loadSlot(pair, slot);
              b.storeSlot(pair, slot, make(b, 9));
              return b.extract(pair, before, 1);
            }));
  }

  private int make(sx.ir.IrBuilder b, long second) {
    return b.aggregate(
        pair,
        List.of(b.constInt(Types.U8, 1), b.constInt(Types.I64, second), b.constInt(Types.I32, -5)));
  }

  @Test
  void fieldsAndElementsHaveTheLayoutOfTheTarget() {
    Type array = new Type.Array(pair, 4);
    assertEquals(
        -5L & 0xffff_ffffL,
        eval(
            Types.I32,
            b -> {
              int slot = b.slot("a", array);
              int at = b.elementAddress(pair, b.slotAddress(slot), b.constInt(Types.I64, 2));
              b.store(pair, at, make(b, 3));
              int raw = b.offsetBy(b.slotAddress(slot), 2 * 24 + 16);
              return b.load(Types.I32, raw);
            }));
  }

  @Test
  void indexedByVariables() {
    Type array = new Type.Array(Types.U16, 10);
    Function f =
        function(
            Types.I64,
            b -> {
              int a = b.slot("a", array);
              int i = b.slot("i", Types.I64);
              int sum = b.slot("sum", Types.I64);
              b.storeSlot(Types.I64, i, b.constInt(Types.I64, 0));
              b.storeSlot(Types.I64, sum, b.constInt(Types.I64, 0));
              int head = b.newBlock();
              int body = b.newBlock();
              int end = b.newBlock();
              b.jump(head);
              b.position(head);
              b.branch(
                  b.compare(
                      CompareKind.LT,
                      Types.I64,
                      b.loadSlot(Types.I64, i),
                      b.constInt(Types.I64, 10)),
                  body,
                  end);
              b.position(body);
              int old = b.loadSlot(Types.I64, i);
              int at = b.elementAddress(Types.U16, b.slotAddress(a), old);
              b.store(
                  Types.U16,
                  at,
                  b.convert(sx.ir.Inst.ConvertKind.INT_TO_INT, Types.I64, Types.U16, old));
              b.storeSlot(
                  Types.I64, i, b.binary(BinaryKind.ADD, Types.I64, old, b.constInt(Types.I64, 1)));
              int back = b.elementAddress(Types.U16, b.slotAddress(a), old);
              int wide =
                  b.convert(
                      sx.ir.Inst.ConvertKind.INT_TO_INT,
                      Types.U16,
                      Types.I64,
                      b.load(Types.U16, back));
              b.storeSlot(
                  Types.I64,
                  sum,
                  b.binary(BinaryKind.ADD, Types.I64, b.loadSlot(Types.I64, sum), wide));
              b.jump(head);
              b.position(end);
              b.ret(b.loadSlot(Types.I64, sum));
            });
    assertEquals(45, number(value(f)));
  }

  @Test
  void promotedSlotsKeepOrderOfReadsAndWrites() {
    assertEquals(
        1 + 2 * 10 + 100 * 1,
        eval(
            Types.I64,
            b -> {
              int s = b.slot("s", Types.I64);
              int t = b.slot("t", Types.I64);
              b.storeSlot(Types.I64, s, b.constInt(Types.I64, 1));
              int one = b.loadSlot(Types.I64, s);
              b.storeSlot(
                  Types.I64, s, b.binary(BinaryKind.ADD, Types.I64, one, b.constInt(Types.I64, 1)));
              int two = b.loadSlot(Types.I64, s);
              b.storeSlot(Types.I64, t, one);
              b.storeSlot(Types.I64, s, b.constInt(Types.I64, 50));
              int ten = b.binary(BinaryKind.MUL, Types.I64, two, b.constInt(Types.I64, 10));
              int hundred =
                  b.binary(
                      BinaryKind.MUL,
                      Types.I64,
                      b.loadSlot(Types.I64, t),
                      b.constInt(Types.I64, 100));
              return b.binary(
                  BinaryKind.ADD,
                  Types.I64,
                  b.binary(BinaryKind.ADD, Types.I64, one, ten),
                  hundred);
            }));
  }

  @Test
  void oddWidthsAreCutWhenLoaded() {
    Type i12 = new Type.Int(12, true, false);
    assertEquals(
        0xffffL,
        eval(
            i12,
            b -> {
              int s = b.slot("s", Types.U16);
              b.store(Types.U16, b.slotAddress(s), b.constInt(Types.U16, 0x0fff));
              return b.load(i12, b.slotAddress(s));
            }));
  }

  @Test
  void accessThroughNullAndWildAddressesFail() {
    Outcome.Failed nil =
        failure(
            function(Types.I64, b -> b.ret(b.load(Types.I64, b.constInt(Types.VOID_POINTER, 0)))));
    assertEquals("access through null", nil.message());
    for (long wild : new long[] {0x10_0000, -8, 0x0123_4567_89ab_cdefL}) {
      Outcome.Failed e =
          failure(
              function(
                  Types.VOID,
                  b -> {
                    b.store(
                        Types.I64, b.constInt(Types.VOID_POINTER, wild), b.constInt(Types.I64, 1));
                    b.retVoid();
                  }));
      assertTrue(e.message().startsWith("access to invalid address"), e.message());
    }
  }

  @Test
  void globalsStartAfreshInEachEvaluation() {
    Global g = p.global("counter", Types.I64, true, new byte[] {41, 0, 0, 0, 0, 0, 0, 0});
    Global table = new Global("table", Types.VOID_POINTER, false);
    table.define(new Data(new byte[8], List.of(new Data.Relocation(0, g, 0))));
    p.program.add(table);
    Function f =
        function(
            Types.I64,
            b -> {
              int at = b.globalAddress(g);
              int more =
                  b.binary(
                      BinaryKind.ADD, Types.I64, b.load(Types.I64, at), b.constInt(Types.I64, 1));
              b.store(Types.I64, at, more);
              b.ret(b.load(Types.I64, b.load(Types.VOID_POINTER, b.globalAddress(table))));
            });
    assertEquals(42, number(value(f)));
  }

  @Test
  void mallocMemoryIsUsable() {
    Function malloc = p.extern("malloc", List.of(Types.USIZE), Types.VOID_POINTER, false);
    Function free = p.extern("free", List.of(Types.VOID_POINTER), Types.VOID, false);
    assertEquals(
        77,
        eval(
            Types.I64,
            b -> {
              int at = b.call(malloc, List.of(b.constInt(Types.USIZE, 100)));
              b.store(Types.I64, at, b.constInt(Types.I64, 77));
              int v = b.load(Types.I64, at);
              b.call(free, List.of(at));
              return v;
            }));
    Outcome.Failed twice =
        failure(
            function(
                Types.VOID,
                b -> {
                  int at = b.call(malloc, List.of(b.constInt(Types.USIZE, 100)));
                  b.call(free, List.of(at));
                  b.call(free, List.of(at));
                  b.retVoid();
                }));
    assertEquals("free of a block freed before", twice.message());
    options = options.withMemory(1 << 20);
    Outcome.Failed much =
        failure(
            function(
                Types.VOID,
                b -> {
                  b.call(malloc, List.of(b.constInt(Types.USIZE, 2 << 20)));
                  b.retVoid();
                }));
    assertEquals("the memory limit of 1048576 bytes is exceeded", much.message());
  }
}
