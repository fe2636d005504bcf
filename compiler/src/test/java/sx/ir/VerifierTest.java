package sx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sx.type.Type;
import sx.type.Types;

class VerifierTest {
  private final TestProgram p = new TestProgram();

  private List<String> problems(Type result, Consumer<IrBuilder> body) {
    Function f = p.function("f", List.of(Types.I64, Types.STRING), result, body);
    return Verifier.verify(f, p.program);
  }

  private void expect(String part, Type result, Consumer<IrBuilder> body) {
    List<String> found = problems(result, body);
    assertTrue(found.stream().anyMatch(x -> x.contains(part)), () -> part + " not in " + found);
    assertTrue(found.getFirst().startsWith("@f"), found.getFirst());
  }

  @Test
  void goodBodiesHaveNoProblems() {
    assertEquals(
        List.of(),
        problems(
            Types.USIZE,
            b ->
                b.ret(
                    b.binary(
                        Inst.BinaryKind.ADD,
                        Types.U64,
                        b.constInt(Types.U64, 1),
                        b.constInt(Types.USIZE, 2)))));
    assertEquals(List.of(), problems(Types.I64, b -> b.ret(b.extract(Types.STRING, 1, 1))));
  }

  @Test
  void operandTypes() {
    expect("not a i32", Types.I64, b -> b.ret(b.binary(Inst.BinaryKind.ADD, Types.I32, 0, 0)));
    expect("not an address", Types.I64, b -> b.ret(b.load(Types.I64, 0)));
    expect("not a i64", Types.I64, b -> b.ret(1));
    expect(
        "arithmetic on bool",
        Types.BOOL,
        b ->
            b.ret(b.binary(Inst.BinaryKind.ADD, Types.BOOL, b.constBool(true), b.constBool(true))));
    expect("is outside u8", Types.U8, b -> b.ret(b.constInt(Types.U8, 300)));
    expect("return without value", Types.I64, IrBuilder::retVoid);
    expect("return with a value", Types.VOID, b -> b.ret(0));
    expect("not a bool", Types.VOID, b -> b.branch(0, 0, 0));
  }

  @Test
  void structure() {
    expect(
        "no slot $3",
        Types.VOID,
        b -> {
          b.slotAddress(3);
          b.retVoid();
        });
    expect("part 2 of a type of 2", Types.I64, b -> b.ret(b.extract(Types.STRING, 1, 2)));
    expect(
        "defined twice",
        Types.VOID,
        b -> {
          b.add(new Inst.ConstInt(0, Types.I64, 1));
          b.retVoid();
        });
    expect("does not exist", Types.I64, b -> b.ret(50));
    expect(
        "1 arguments for 2 parameters",
        Types.VOID,
        b -> {
          b.call(
              p.function("g", List.of(Types.I64, Types.I64), Types.VOID, IrBuilder::retVoid),
              List.of(0));
          b.retVoid();
        });
  }

  @Test
  void usesMustBeDominated() {
    expect(
        "not defined on every path",
        Types.I64,
        b -> {
          int then = b.newBlock();
          int join = b.newBlock();
          b.branch(b.constBool(true), then, join);
          b.position(then);
          int x = b.constInt(Types.I64, 1);
          b.jump(join);
          b.position(join);
          b.ret(x);
        });
  }

  @Test
  void dataMustFillItsType() {
    Global g = p.global("g", Types.I64, false, new byte[4]);
    assertEquals(List.of("@g: 4 bytes for a type of size 8"), Verifier.verify(g, p.program));
  }

  @Test
  void builderDropsWhatCannotBeReached() {
    Function f =
        p.function(
            "f",
            List.of(),
            Types.I64,
            b -> {
              int unused = b.newBlock();
              int used = b.newBlock();
              b.jump(used);
              b.constInt(Types.I64, 3);
              b.jump(unused);
              b.position(used);
              b.ret(b.constInt(Types.I64, 4));
            });
    assertEquals(2, f.body().blocks().size());
    assertEquals(
        """
        func @f() -> i64 {
        b0:
          jump b1
        b1:
          %1 = const i64 4
          return %1
        }
        """,
        IrPrinter.print(f, p.program));
    assertEquals(List.of(), Verifier.verify(f, p.program));
  }

  @Test
  void printsGlobals() {
    Global g = p.program.text("hi\n\"");
    assertEquals("constant @str.0: [5]u8 = \"hi\\0a\\22\\00\"\n", IrPrinter.print(g, p.program));
  }
}
