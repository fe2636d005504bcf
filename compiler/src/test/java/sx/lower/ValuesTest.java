package sx.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sx.lower.Kit.*;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sx.ir.Inst;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Conversion;
import sx.sema.tree.Tree.Expr;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

class ValuesTest {
  private static final Type.Slice WORDS = new Type.Slice(Types.I64);

  private final Kit kit = new Kit();
  private final GlobalVar trace = global("trace", Types.I64, Constant.ZERO);
  private final Expr log = ref(trace);

  private static Type.Array array(Type element, long n) {
    return new Type.Array(element, n);
  }

  @Test
  void structsWithVoidAndMissingParts() {
    Type.Struct inner = kit.struct("Inner", Types.U8, Types.VOID, Types.F64);
    Type.Struct outer = kit.struct("Outer", inner, array(Types.I32, 3), Types.STRING);
    Local x = local("x", outer);
    Expr whole =
        new Tree.Aggregate(
            AT,
            outer,
            List.of(
                new Tree.Part(2, text("hi")),
                new Tree.Part(0, aggregate(inner, u8(200), block(), f64(2.5)))));
    assertEquals(
        200,
        kit.number(then(toI64(field(Types.U8, field(inner, ref(x), 0), 0)), declare(x, whole))));
    assertEquals(
        new Constant.Float(2.5),
        kit.run(then(field(Types.F64, field(inner, ref(x), 0), 2), declare(x, whole))));
    assertEquals(2, kit.number(field(Types.I64, field(Types.STRING, whole, 2), 1)));
    assertEquals(200, kit.number(toI64(field(Types.U8, field(inner, whole, 0), 0))));
  }

  private static Expr u8(long n) {
    return constant(Types.U8, new Constant.Int(n));
  }

  private static Expr f64(double d) {
    return constant(Types.F64, new Constant.Float(d));
  }

  private static Expr toI64(Expr e) {
    return convert(Types.I64, Conversion.INT, e);
  }

  @Test
  void readingAFieldOfAPlaceDoesNotLoadTheWhole() {
    Type.Struct big = kit.struct("Big", array(Types.I64, 1000), Types.I64);
    Local p = local("p", new Type.Pointer(big));
    Instance f =
        function(
            "f",
            List.of(p),
            Types.I64,
            ret(
                add(
                    field(Types.I64, deref(ref(p)), 1),
                    index(Types.I64, field(array(Types.I64, 1000), deref(ref(p)), 0), i(7)))));
    assertTrue(
        kit.lowering.function(f).body().blocks().stream()
            .flatMap(b -> b.code().stream())
            .noneMatch(x -> x instanceof Inst.Load l && !kit.program.layout().isScalar(l.type())));
    Local x = local("x", big);
    assertEquals(
        49,
        kit.number(
            then(
                call(f, pointer(ref(x))),
                declare(x),
                assign(field(Types.I64, ref(x), 1), i(7)),
                assign(index(Types.I64, field(array(Types.I64, 1000), ref(x), 0), i(7)), i(42)))));
  }

  @Test
  void indexingArraysThatAreNoPlaces() {
    Type.Array three = array(Types.I64, 3);
    Instance make = function("make", List.of(), three, ret(aggregate(three, i(4), i(5), i(6))));
    assertEquals(6, kit.number(index(Types.I64, call(make), i(2))));
    assertEquals(
        5,
        kit.number(
            index(
                Types.I64,
                constant(
                    three,
                    new Constant.Aggregate(
                        List.of(new Constant.Int(4), new Constant.Int(5), new Constant.Int(6)))),
                i(1))));
    assertEquals(
        7,
        kit.number(
            index(Types.I64, when(three, bool(false), call(make), fill(three, i(7))), i(1))));
  }

  private static Expr fill(Type type, Expr e) {
    return new Tree.Fill(AT, type, e);
  }

  @Test
  void fillsOfManyElements() {
    Type.Array many = array(Types.I32, 1000);
    Local a = local("a", many);
    Expr n = constant(Types.I32, new Constant.Int(-2));
    assertEquals(
        -4,
        kit.number(
            then(
                add(index(Types.I32, ref(a), i(0)), index(Types.I32, ref(a), i(999))),
                declare(a, fill(many, n)))));
    assertEquals(
        0,
        kit.number(
            then(
                index(Types.I32, ref(a), i(999)),
                declare(a, fill(many, constant(Types.I32, Constant.ZERO))))));
  }

  @Test
  void slicesOfSlices() {
    Type.Array five = array(Types.I64, 5);
    Local a = local("a", five);
    Local s = local("s", WORDS);
    Expr whole = aggregate(five, i(1), i(2), i(3), i(4), i(5));
    Expr middle = new Tree.Subslice(AT, WORDS, ref(a), Optional.of(i(1)), Optional.of(i(4)));
    Expr tail = new Tree.Subslice(AT, WORDS, ref(s), Optional.of(i(1)), Optional.empty());
    Expr head = new Tree.Subslice(AT, WORDS, ref(s), Optional.empty(), Optional.of(i(1)));
    assertEquals(
        3214,
        kit.number(
            then(
                add(
                    add(
                        mul(field(Types.I64, ref(s), 1), i(1000)),
                        mul(field(Types.I64, tail, 1), i(100))),
                    add(mul(field(Types.I64, head, 1), i(10)), index(Types.I64, tail, i(1)))),
                declare(a, whole),
                declare(s, middle))));
    Expr word =
        new Tree.Subslice(AT, Types.STRING, text("hello"), Optional.of(i(1)), Optional.of(i(3)));
    assertTrue(kit.truth(eq(word, text("el"))));
  }

  @Test
  void aTemporaryMayBeMadeOfItsOldContent() {
    Local s = local("s", WORDS);
    Local n = local("n", Types.I64);
    Type.Array two = array(Types.I64, 2);
    Expr swapped =
        convert(
            WORDS,
            Conversion.ARRAY_VIEW,
            temporary(
                aggregate(two, index(Types.I64, ref(s), i(1)), index(Types.I64, ref(s), i(0)))));
    assertEquals(
        21,
        kit.number(
            then(
                add(mul(index(Types.I64, ref(s), i(0)), i(10)), index(Types.I64, ref(s), i(1))),
                declare(
                    s,
                    convert(WORDS, Conversion.ARRAY_VIEW, temporary(aggregate(two, i(1), i(2))))),
                declare(n, i(0)),
                loop(
                    lt(ref(n), i(3)),
                    List.of(assign(ref(n), add(ref(n), i(1)))),
                    assign(ref(s), swapped)))));
  }

  @Test
  void stringEquality() {
    assertTrue(kit.truth(eq(text("abc"), text("abc"))));
    assertFalse(kit.truth(eq(text("abc"), text("abd"))));
    assertFalse(kit.truth(eq(text("abc"), text("ab"))));
    assertTrue(kit.truth(compare(Tree.CompareOp.NE, text("abc"), text("xbc"))));
    assertTrue(kit.truth(eq(text(""), constant(Types.STRING, Constant.ZERO))));
    Expr cut =
        new Tree.Subslice(AT, Types.STRING, text("abcabc"), Optional.of(i(3)), Optional.empty());
    assertTrue(kit.truth(eq(cut, text("abc"))));
    assertEquals(
        1, kit.program.functions().stream().filter(f -> f.name().startsWith("sx.string")).count());
  }

  @Test
  void structEqualityIsRecursive() {
    Type.Optional maybe = new Type.Optional(Types.STRING);
    Type.Struct inner = kit.struct("Inner", Types.F64, Types.VOID, maybe);
    Type tuple = new Type.Tuple(List.of(inner, Types.I64), List.of("", ""));
    Expr present = convert(maybe, Conversion.WRAP, text("x"));
    Expr other = convert(maybe, Conversion.WRAP, text("y"));
    Expr absent = constant(maybe, Constant.ZERO);
    assertTrue(
        kit.truth(eq(pair(tuple, inner, 1.5, present, 3), pair(tuple, inner, 1.5, present, 3))));
    assertTrue(
        kit.truth(eq(pair(tuple, inner, 0.0, absent, 3), pair(tuple, inner, -0.0, absent, 3))));
    assertFalse(
        kit.truth(eq(pair(tuple, inner, 1.5, present, 3), pair(tuple, inner, 1.5, other, 3))));
    assertFalse(
        kit.truth(eq(pair(tuple, inner, 1.5, present, 3), pair(tuple, inner, 1.5, absent, 3))));
    assertFalse(
        kit.truth(eq(pair(tuple, inner, 1.5, absent, 3), pair(tuple, inner, 1.5, absent, 4))));
    double nan = Double.NaN;
    assertFalse(
        kit.truth(eq(pair(tuple, inner, nan, absent, 3), pair(tuple, inner, nan, absent, 3))));
  }

  private static Expr pair(Type tuple, Type inner, double d, Expr optional, long n) {
    return aggregate(tuple, aggregate(inner, f64(d), block(), optional), i(n));
  }

  @Test
  void taggedUnionsAreEqualByTag() {
    Type.Enum e = kit.types.declareEnum("E");
    kit.types.define(
        e,
        (Type.Int) Types.U8,
        false,
        List.of(
            new TypeTable.Variant("a", 0, Types.I64), new TypeTable.Variant("b", 7, Types.STRING)));
    Expr a1 = constant(e, new Constant.Variant(0, new Constant.Int(1)));
    Expr a2 = constant(e, new Constant.Variant(0, new Constant.Int(2)));
    Expr b =
        constant(
            e, new Constant.Variant(1, new Constant.Text("x".getBytes(StandardCharsets.UTF_8))));
    assertTrue(kit.truth(eq(a1, a2)));
    assertFalse(kit.truth(eq(a1, b)));
    Type.Tuple t = new Type.Tuple(List.of(e), List.of(""));
    assertTrue(kit.truth(eq(aggregate(t, a1), aggregate(t, a2))));
    assertFalse(kit.truth(eq(aggregate(t, a1), aggregate(t, b))));
  }

  @Test
  void chainsEvaluateEveryOperandOnce() {
    Local n = local("n", Types.I64);
    Instance tick = function("tick", List.of(n), Types.I64, note(log, 1), ret(ref(n)));
    Local a = local("a", Types.I64);
    Local b = local("b", Types.I64);
    Local c = local("c", Types.I64);
    Expr falseChain =
        new Tree.CompareChain(
            AT,
            List.of(a, b, c),
            List.of(call(tick, i(5)), call(tick, i(3)), call(tick, i(9))),
            List.of(lt(ref(a), ref(b)), lt(ref(b), ref(c))));
    Local r = local("r", Types.BOOL);
    assertEquals(111, kit.number(then(log, only(falseChain, assign(log, i(0))))));
    Expr trueChain =
        new Tree.CompareChain(
            AT,
            List.of(a, b, c),
            List.of(i(1), i(3), i(9)),
            List.of(lt(ref(a), ref(b)), lt(ref(b), ref(c))));
    assertTrue(kit.truth(then(ref(r), declare(r, trueChain))));
  }

  @Test
  void optionalsAndTruth() {
    Type.Optional maybe = new Type.Optional(Types.I64);
    Type.Optional address = new Type.Optional(new Type.Pointer(Types.I64));
    Local x = local("x", Types.I64);
    assertTrue(kit.truth(new Tree.Truth(AT, convert(maybe, Conversion.WRAP, i(0)))));
    assertFalse(kit.truth(new Tree.Truth(AT, constant(maybe, Constant.ZERO))));
    assertFalse(kit.truth(new Tree.Truth(AT, constant(address, Constant.ZERO))));
    assertTrue(
        kit.truth(
            then(
                new Tree.Truth(AT, convert(address, Conversion.WRAP, pointer(ref(x)))),
                declare(x, i(1)))));
    assertTrue(kit.truth(new Tree.Truth(AT, i(-4))));
    Type.Optional nested = new Type.Optional(maybe);
    Expr inner = convert(maybe, Conversion.WRAP, i(6));
    assertEquals(
        new Constant.Present(new Constant.Present(new Constant.Int(6))),
        kit.run(convert(nested, Conversion.WRAP, inner)));
    assertTrue(
        kit.truth(
            eq(convert(nested, Conversion.WRAP, inner), convert(nested, Conversion.WRAP, inner))));
    Type.Closure closure = new Type.Closure(List.of(), Types.VOID);
    Instance f = function("f", List.of(), Types.VOID);
    Expr made =
        aggregate(
            closure,
            convert(Types.VOID_POINTER, Conversion.ADDRESS, new Tree.FunctionRef(AT, f)),
            constant(Types.VOID_POINTER, Constant.ZERO));
    assertTrue(
        kit.truth(new Tree.Truth(AT, convert(new Type.Optional(closure), Conversion.WRAP, made))));
  }

  @Test
  void numberConversions() {
    Type i3 = new Type.Int(3, true, false);
    assertEquals(-1, kit.number(toI64(convert(i3, Conversion.INT, i(7)))));
    assertEquals(44, kit.number(toI64(convert(Types.U8, Conversion.INT, i(300)))));
    assertFalse(kit.truth(convert(Types.BOOL, Conversion.INT_TO_BOOL, i(6))));
    assertTrue(kit.truth(convert(Types.BOOL, Conversion.INT_TO_BOOL, i(7))));
    assertTrue(
        kit.truth(
            convert(
                Types.BOOL,
                Conversion.INT_TO_BOOL,
                convert(new Type.Int(1, true, false), Conversion.INT, i(3)))));
    assertEquals(3, kit.number(convert(Types.I64, Conversion.FLOAT_TO_INT, f64(3.9))));
    assertEquals(new Constant.Float(0.1f), kit.run(convert(Types.F32, Conversion.FLOAT, f64(0.1))));
    assertEquals(
        new Constant.Float(-2), kit.run(convert(Types.F64, Conversion.INT_TO_FLOAT, i(-2))));
    Local x = local("x", Types.I64);
    Expr p = pointer(ref(x));
    Expr there = convert(Types.U64, Conversion.ADDRESS, p);
    Expr back = convert(p.type(), Conversion.ADDRESS, there);
    assertEquals(5, kit.number(then(deref(back), declare(x, i(5)))));
  }

  @Test
  void reinterpretationUsesZeroedMemory() {
    Type.Struct two = kit.struct("Two", Types.I64, Types.I64);
    Type bytes = array(Types.U8, 8);
    Expr grown = convert(two, Conversion.REINTERPRET, i(4));
    assertEquals(
        new Constant.Aggregate(List.of(new Constant.Int(4), new Constant.Int(0))), kit.run(grown));
    assertEquals(4, kit.number(convert(Types.I64, Conversion.REINTERPRET, grown)));
    Expr ones = fill(bytes, u8(1));
    assertEquals(0x0101010101010101L, kit.number(convert(Types.I64, Conversion.REINTERPRET, ones)));
    assertEquals(
        Double.doubleToRawLongBits(1.0),
        kit.number(convert(Types.I64, Conversion.REINTERPRET, f64(1.0))));
    assertEquals(
        1,
        kit.number(toI64(index(Types.U8, convert(bytes, Conversion.REINTERPRET, i(256)), i(1)))));
  }

  @Test
  void boxesViewAPlace() {
    Local x = local("x", Types.I64);
    Local a = local("a", Types.ANY);
    Type to = new Type.Pointer(Types.I64);
    Expr read = deref(convert(to, Conversion.ADDRESS, field(Types.VOID_POINTER, ref(a), 0)));
    assertEquals(
        8,
        kit.number(
            then(
                read,
                declare(x, i(5)),
                declare(a, convert(Types.ANY, Conversion.BOX, ref(x))),
                assign(ref(x), i(8)))));
    assertEquals(
        new Constant.TypeValue(Types.I64),
        kit.run(field(Types.TYPE, convert(Types.ANY, Conversion.BOX, temporary(i(1))), 1)));
    assertTrue(
        kit.truth(
            eq(
                field(Types.VOID_POINTER, convert(Types.ANY, Conversion.BOX, block()), 0),
                constant(Types.VOID_POINTER, Constant.ZERO))));
  }

  @Test
  void unionsShareTheirMemory() {
    Type.Union u = kit.types.declareUnion("U");
    kit.types.define(
        u, List.of(new TypeTable.Field("n", Types.I64), new TypeTable.Field("d", Types.F64)));
    Expr made = new Tree.Aggregate(AT, u, List.of(new Tree.Part(1, f64(1.0))));
    assertEquals(Double.doubleToRawLongBits(1.0), kit.number(field(Types.I64, made, 0)));
  }

  @Test
  void vectorsAreIndexedByLane() {
    Type.Vector v = new Type.Vector(Types.F32, 4);
    Expr made = fill(v, constant(Types.F32, new Constant.Float(1.5)));
    assertEquals(new Constant.Float(1.5), kit.run(index(Types.F32, made, i(3))));
  }

  @Test
  void pointersMoveByBytes() {
    Type.Array three = array(Types.I64, 3);
    Local a = local("a", three);
    Local p = local("p", new Type.Pointer(Types.I64));
    Expr start = convert(p.type(), Conversion.ARRAY_ADDRESS, ref(a));
    Expr last = op(Tree.ArithmeticOp.ADD, start, i(16));
    Expr second = op(Tree.ArithmeticOp.SUB, ref(p), i(8));
    assertEquals(
        65,
        kit.number(
            then(
                add(mul(deref(ref(p)), i(10)), deref(second)),
                declare(a, aggregate(three, i(4), i(5), i(6))),
                declare(p, last))));
  }

  @Test
  void variadicArgumentsArePromoted() {
    Local format = local("format", Types.CSTRING);
    Instance printf =
        new Instance(
            "printf",
            List.of(format),
            Types.I32,
            Instance.Convention.C_VARIADIC,
            Optional.of("printf"),
            Optional.empty(),
            AT,
            Kit::block);
    Local b = local("b", Types.U8);
    Local d = local("d", Types.F32);
    Instance f =
        function(
            "f",
            List.of(b, d),
            Types.I32,
            ret(
                call(
                    printf,
                    constant(
                        Types.CSTRING, new Constant.Text("x".getBytes(StandardCharsets.UTF_8))),
                    ref(b),
                    ref(d))));
    Inst.CallVariadic call =
        kit.lowering.function(f).body().blocks().stream()
            .flatMap(k -> k.code().stream())
            .filter(Inst.CallVariadic.class::isInstance)
            .map(Inst.CallVariadic.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(Types.I32, Types.F64), call.argTypes().subList(1, 3));
    assertEquals(List.of(), sx.ir.Verifier.verify(kit.program));
  }

  @Test
  void reflectionAndMath() {
    Expr type = constant(Types.TYPE, new Constant.TypeValue(Types.I32));
    assertEquals(
        4,
        kit.number(
            new Tree.Reflect(AT, Types.I64, Tree.ReflectOp.SIZE_OF, type, Optional.empty())));
    assertTrue(
        kit.truth(
            eq(
                new Tree.Reflect(
                    AT, Types.STRING, Tree.ReflectOp.TYPE_NAME, type, Optional.empty()),
                text("i32"))));
    assertEquals(
        new Constant.Float(3), kit.run(new Tree.MathCall(AT, Types.F64, Tree.MathOp.SQRT, f64(9))));
    assertTrue(kit.truth(new Tree.IsComptime(AT)));
    for (Tree.ReflectOp op : Tree.ReflectOp.values()) {
      Inst.ReflectKind.valueOf(op.name());
    }
  }

  @Test
  void namesAreUnique() {
    List<String> names =
        java.util.stream.Stream.of("f", "f", "f.1", "g")
            .map(n -> kit.lowering.function(function(n, List.of(), Types.VOID)).name())
            .toList();
    assertEquals(List.of("f", "f.1", "f.1.1", "g"), names);
  }
}
