package sx.llvm;

import java.util.List;
import org.junit.jupiter.api.Test;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.ConvertKind;
import sx.ir.Inst.ReflectKind;
import sx.ir.IrBuilder;
import sx.ir.Reflection;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

class ReflectTest {
  private final Cases cases = new Cases();
  private final Reflection expected = new Reflection(cases.program);

  private List<Type> types() {
    TypeTable table = cases.program.types();
    Type.Struct point = table.declareStruct("Point");
    table.define(
        point,
        List.of(new TypeTable.Field("x", Types.F32), new TypeTable.Field("größe", Types.U16)));
    Type.Enum color = table.declareEnum("Color");
    table.define(
        color,
        new Type.Int(8, true, false),
        false,
        List.of(
            new TypeTable.Variant("red", -3, Types.VOID),
            new TypeTable.Variant("blue", 9, Types.VOID)));
    Type.Enum shape = table.declareEnum("Shape");
    table.define(
        shape,
        (Type.Int) Types.I64,
        false,
        List.of(
            new TypeTable.Variant("none", 0, Types.VOID), new TypeTable.Variant("dot", 1, point)));
    Type.Union union = table.declareUnion("Either");
    table.define(
        union, List.of(new TypeTable.Field("a", Types.I64), new TypeTable.Field("b", Types.U8)));
    return List.of(
        Types.I64,
        Types.U8,
        Types.STRING,
        Types.VOID,
        point,
        color,
        shape,
        union,
        new Type.Array(color, 3),
        new Type.Slice(point),
        new Type.Optional(Types.I32),
        new Type.Pointer(point),
        new Type.ManyPointer(Types.U8),
        new Type.Vector(Types.F32, 4),
        new Type.Tuple(List.of(Types.I8, Types.BOOL), List.of("", "b")));
  }

  private static boolean isText(ReflectKind kind) {
    return Reflection.resultType(kind).equals(Types.STRING);
  }

  /** The length times 1000 plus the last byte. */
  private int digest(IrBuilder b, int string) {
    int length = b.extract(Types.STRING, string, 1);
    int end = b.elementAddress(Types.U8, b.extract(Types.STRING, string, 0), length);
    int last = b.load(Types.U8, b.byteOffset(end, -1L));
    int word = b.convert(ConvertKind.INT_TO_INT, Types.U8, Types.I64, last);
    int scaled = b.binary(BinaryKind.MUL, Types.I64, length, b.constInt(Types.I64, 1000));
    return b.binary(BinaryKind.ADD, Types.I64, scaled, word);
  }

  private static long digest(String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return bytes.length * 1000L + (bytes[bytes.length - 1] & 0xff);
  }

  private void ask(ReflectKind kind, Type type, long index, boolean known) {
    boolean indexed = Reflection.takesIndex(kind);
    String name = kind + " of " + expected.typeName(type) + " at " + index;
    if (isText(kind)) {
      String text = expected.text(kind, type, index);
      cases.expect(
          name,
          text.isEmpty() ? 0 : digest(text),
          b -> {
            int answer = ask(b, kind, type, index, known);
            return text.isEmpty() ? b.extract(Types.STRING, answer, 1) : digest(b, answer);
          });
      return;
    }
    Type result = Reflection.resultType(kind);
    cases.expect(
        name,
        expected.number(kind, type, indexed ? index : 0),
        b ->
            b.convert(ConvertKind.INT_TO_INT, result, Types.I64, ask(b, kind, type, index, known)));
  }

  private int ask(IrBuilder b, ReflectKind kind, Type type, long index, boolean known) {
    int tag = b.typeTag(type);
    int operand = known ? tag : cases.hidden(b, Types.TYPE, tag);
    return Reflection.takesIndex(kind)
        ? b.reflect(kind, operand, cases.hiddenConst(b, Types.I64, index))
        : b.reflect(kind, operand);
  }

  @Test
  void tablesAnswerAsReflectionDoes() throws Exception {
    for (Type type : types()) {
      for (ReflectKind kind : ReflectKind.values()) {
        if (Reflection.takesIndex(kind)) {
          for (long index : new long[] {0, 1, 2, -1}) {
            ask(kind, type, index, false);
          }
        } else {
          ask(kind, type, 0, false);
        }
      }
    }
    cases.check();
  }

  @Test
  void constantTypesAreAnsweredWithoutTables() throws Exception {
    for (Type type : types()) {
      for (ReflectKind kind : ReflectKind.values()) {
        if (!Reflection.takesIndex(kind)) {
          ask(kind, type, 0, true);
        }
      }
    }
    cases.check();
  }
}
