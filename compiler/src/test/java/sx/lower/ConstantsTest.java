package sx.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sx.lower.Kit.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import sx.ir.Data;
import sx.ir.Global;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

class ConstantsTest {
  private final Kit kit = new Kit();

  private static void assertSameData(Data expected, Data actual) {
    assertArrayEquals(expected.bytes(), actual.bytes());
    assertEquals(expected.relocations(), actual.relocations());
  }

  /** Encoding, decoding and encoding again gives the same bytes; so does running the constant. */
  @Property(tries = 300)
  void roundTrip(@ForAll long seed) {
    Kit kit = new Kit();
    Random random = new Random(seed);
    RandomConstants source = new RandomConstants(kit, random, true);
    Type type = source.type(3);
    Constant value = source.value(type);
    Data data = kit.lowering.encode(type, value);
    assertEquals(kit.program.layout().size(type), data.bytes().length);
    assertSameData(data, kit.lowering.encode(type, kit.lowering.decode(type, data)));
  }

  @Property(tries = 60)
  void theEngineSeesTheSameValue(@ForAll long seed) {
    Kit kit = new Kit();
    Random random = new Random(seed);
    RandomConstants source = new RandomConstants(kit, random, false);
    Type type = source.type(2);
    Constant value = source.value(type);
    Data data = kit.lowering.encode(type, value);
    Data computed = kit.lowering.encode(type, kit.run(temporary(constant(type, value))));
    assertArrayEquals(data.bytes(), computed.bytes());
    assertEquals(
        data.relocations().stream().map(Data.Relocation::offset).toList(),
        computed.relocations().stream().map(Data.Relocation::offset).toList());
  }

  @Test
  void layoutOfOptionalsAndVariants() {
    assertArrayEquals(
        new byte[] {5, 0, 1, 0},
        kit.lowering
            .encode(new Type.Optional(Types.U16), new Constant.Present(new Constant.Int(5)))
            .bytes());
    Type.Enum e = kit.types.declareEnum("E");
    kit.types.define(
        e,
        (Type.Int) Types.U8,
        false,
        List.of(
            new TypeTable.Variant("a", 3, Types.VOID), new TypeTable.Variant("b", 9, Types.U16)));
    assertArrayEquals(
        new byte[] {9, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        kit.lowering.encode(e, new Constant.Variant(1, new Constant.Int(260))).bytes());
  }

  @Test
  void addressesIntoObjectsSurvive() {
    Type.Array words = new Type.Array(Types.I64, 4);
    GlobalVar g = global("g", words, Constant.ZERO);
    Type pointer = new Type.Pointer(Types.I64);
    Global object = kit.lowering.global(g);
    Data inside = new Data(new byte[8], List.of(new Data.Relocation(0, object, 16)));
    Constant decoded = kit.lowering.decode(pointer, inside);
    assertSameData(inside, kit.lowering.encode(pointer, decoded));
    Data start = new Data(new byte[8], List.of(new Data.Relocation(0, object, 0)));
    assertEquals(new Constant.GlobalAddress(g), kit.lowering.decode(pointer, start));
    assertEquals(
        30,
        kit.number(
            then(
                index(Types.I64, ref(g), i(2)), assign(deref(constant(pointer, decoded)), i(30)))));
  }

  @Test
  void textsAreSharedAndFollowedByNul() {
    Data a =
        kit.lowering.encode(
            Types.STRING, new Constant.Text("abc".getBytes(StandardCharsets.UTF_8)));
    Data b =
        kit.lowering.encode(
            Types.CSTRING, new Constant.Text("abc".getBytes(StandardCharsets.UTF_8)));
    assertSame(a.relocations().getFirst().target(), b.relocations().getFirst().target());
    Global text = (Global) b.relocations().getFirst().target();
    assertArrayEquals(new byte[] {'a', 'b', 'c', 0}, text.initial().orElseThrow().bytes());
    Constant.Text back = (Constant.Text) kit.lowering.decode(Types.CSTRING, b);
    assertArrayEquals("abc".getBytes(StandardCharsets.UTF_8), back.bytes());
  }

  @Test
  void globalsMayReferToEachOther() {
    Type.Struct node = kit.types.declareStruct("Node");
    Type.Pointer link = new Type.Pointer(node);
    kit.types.define(
        node, List.of(new TypeTable.Field("n", Types.I64), new TypeTable.Field("next", link)));
    List<GlobalVar> chain = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      chain.add(global("node", node, Constant.ZERO));
    }
    for (int n = 0; n < chain.size(); n++) {
      GlobalVar next = chain.get((n + 1) % chain.size());
      chain
          .get(n)
          .initial(
              new Constant.Aggregate(
                  List.of(new Constant.Int(n), new Constant.GlobalAddress(next))));
    }
    kit.lowering.global(chain.getFirst());
    assertEquals(chain.size(), kit.program.globals().size());
    assertEquals(
        19_999,
        kit.program.globals().stream()
            .map(Global::name)
            .filter(n -> n.startsWith("node."))
            .count());
  }

  @Test
  void functionAddresses() {
    Instance f = function("f", List.of(), Types.VOID);
    Constant value = new Constant.FunctionAddress(f);
    assertEquals(value, kit.lowering.decode(f.type(), kit.lowering.encode(f.type(), value)));
    assertTrue(kit.truth(eq(constant(f.type(), value), new Tree.FunctionRef(AT, f))));
  }

  @Test
  void anExternGlobalHasNoContent() {
    GlobalVar g = new GlobalVar("environ", Types.VOID_POINTER, true, AT, Optional.of("environ"));
    assertEquals(Optional.of("environ"), kit.lowering.global(g).externSymbol());
    assertEquals(Optional.empty(), kit.lowering.global(g).initial());
  }
}
