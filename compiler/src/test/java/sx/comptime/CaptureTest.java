package sx.comptime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;
import sx.ir.Inst.ReflectKind;
import sx.ir.IrBuilder;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

class CaptureTest extends VmTestBase {
  private int bytesOnTheStack(IrBuilder b, Type view, String text) {
    Type array = new Type.Array(Types.U8, text.length());
    int slot = b.slot("buffer", array);
    for (int i = 0; i < text.length(); i++) {
      int at = b.elementAddress(Types.U8, b.slotAddress(slot), b.constInt(Types.I64, i));
      b.store(Types.U8, at, b.constInt(Types.U8, text.charAt(i)));
    }
    return b.aggregate(view, List.of(b.slotAddress(slot), b.constInt(Types.I64, text.length())));
  }

  private static String text(Data.Relocation r) {
    byte[] bytes = ((Global) r.target()).initial().orElseThrow().bytes();
    return new String(bytes, 0, bytes.length - 1, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void stringsAndBytesAreCaptured() {
    Type.Struct s = p.struct("Two", Types.I32, Types.STRING, Types.BYTES);
    Data d =
        value(
            function(
                s,
                b ->
                    b.ret(
                        b.aggregate(
                            s,
                            List.of(
                                b.constInt(Types.I32, 5),
                                bytesOnTheStack(b, Types.STRING, "a\0b"),
                                bytesOnTheStack(b, Types.BYTES, "xyz"))))));
    assertEquals(40, d.bytes().length);
    assertEquals(5, d.bytes()[0]);
    assertEquals(3, d.bytes()[16]);
    assertEquals(2, d.relocations().size());
    assertEquals(8, d.relocations().get(0).offset());
    assertEquals("a\0b", text(d.relocations().get(0)));
    assertEquals("xyz", text(d.relocations().get(1)));
  }

  @Test
  void paddingIsZeroAndOptionalsKeepTheirForm() {
    Type optional = new Type.Optional(Types.I32);
    Data d =
        value(
            function(
                optional,
                b -> {
                  int slot = b.slot("o", optional);
                  b.storeSlot(Types.I64, slot, b.constInt(Types.I64, -1));
                  b.store(Types.I32, b.slotAddress(slot), b.constInt(Types.I32, 9));
                  b.store(Types.BOOL, b.offsetBy(b.slotAddress(slot), 4), b.constBool(true));
                  b.ret(b.loadSlot(optional, slot));
                }));
    assertArrayEquals(new byte[] {9, 0, 0, 0, 1, 0, 0, 0}, d.bytes());
    Type nullable = new Type.Optional(Types.VOID_POINTER);
    assertArrayEquals(new byte[8], value(function(nullable, b -> b.ret(b.zero(nullable)))).bytes());
  }

  @Test
  void taggedUnionsKeepTheActivePayload() {
    Type.Enum e = p.program.types().declareEnum("Ev");
    p.program
        .types()
        .define(
            e,
            (Type.Int) Types.I64,
            false,
            List.of(
                new TypeTable.Variant("quit", 16, Types.VOID),
                new TypeTable.Variant("name", 32, Types.STRING)));
    Data d =
        value(
            function(
                e,
                b -> {
                  int slot = b.slot("e", e);
                  b.store(Types.I64, b.slotAddress(slot), b.constInt(Types.I64, 32));
                  b.store(
                      Types.STRING,
                      b.offsetBy(b.slotAddress(slot), 8),
                      bytesOnTheStack(b, Types.STRING, "hi"));
                  b.ret(b.loadSlot(e, slot));
                }));
    assertEquals(32, d.bytes()[0]);
    assertEquals("hi", text(d.relocations().getFirst()));
  }

  @Test
  void whatCannotBeKeptIsNamed() {
    Type pointer = new Type.Pointer(Types.I64);
    Type.Struct s = p.struct("Holder", Types.I64, pointer);
    Outcome.Failed e =
        failure(
            function(
                s,
                b -> {
                  int slot = b.slot("x", Types.I64);
                  b.ret(b.aggregate(s, List.of(b.constInt(Types.I64, 1), b.slotAddress(slot))));
                }));
    assertEquals(
        "the result cannot keep a pointer into evaluation memory (*i64) (at '.f1')", e.message());
    Function named = p.function("named", List.of(), Types.VOID, IrBuilder::retVoid);
    Type.Function type = new Type.Function(List.of(), Types.VOID, false, false);
    assertTrue(
        failure(function(type, b -> b.ret(b.functionAddress(named))))
            .message()
            .contains("the function named"));
    Type slice = new Type.Slice(Types.I64);
    assertTrue(failure(function(slice, b -> b.ret(b.zero(slice)))).message().contains("[]i64"));
    assertTrue(
        failure(function(Types.ANY, b -> b.ret(b.zero(Types.ANY)))).message().contains("any"));
  }

  @Test
  void voidHasNoBytes() {
    assertEquals(0, value(function(Types.VOID, IrBuilder::retVoid)).bytes().length);
  }

  @Test
  void reflectionAnswersByTag() {
    Type.Struct s = p.struct("Row", Types.U32, Types.STRING);
    assertEquals(16, reflect(ReflectKind.FIELD_OFFSET, s, 1) + 8);
    assertEquals(2, reflect(ReflectKind.FIELD_COUNT, s, -1));
    assertEquals(24, reflect(ReflectKind.SIZE_OF, s, -1));
    assertEquals(1, reflect(ReflectKind.IS_STRUCT, s, -1));
    assertEquals(p.program.types().tag(Types.STRING), reflect(ReflectKind.FIELD_TYPE, s, 1));
    Data d =
        value(
            function(
                Types.STRING,
                b ->
                    b.ret(
                        b.reflect(
                            ReflectKind.FIELD_NAME, b.typeTag(s), b.constInt(Types.I64, 1)))));
    assertEquals("f1", text(d.relocations().getFirst()));
    Outcome.Failed e =
        failure(
            function(
                Types.I64,
                b -> b.ret(b.reflect(ReflectKind.SIZE_OF, b.constInt(Types.TYPE, 1_000_000)))));
    assertEquals("reflection on a value that is no type", e.message());
  }

  private long reflect(ReflectKind kind, Type type, long index) {
    return eval(
        sx.ir.Reflection.resultType(kind),
        b ->
            index < 0
                ? b.reflect(kind, b.typeTag(type))
                : b.reflect(kind, b.typeTag(type), b.constInt(Types.I64, index)));
  }
}
