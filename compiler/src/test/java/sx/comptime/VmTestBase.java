package sx.comptime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.IrBuilder;
import sx.ir.TestProgram;
import sx.ir.Verifier;
import sx.type.Type;

/** Evaluating functions that are built by hand; every function is verified first. */
abstract class VmTestBase {
  final TestProgram p = new TestProgram();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  VmOptions options = VmOptions.standard(out, err);

  /** The outcome, which is the same however the code is run. */
  Outcome run(Function f) {
    f.body();
    assertEquals(List.of(), Verifier.verify(p.program));
    Outcome first = run(f, VmOptions.Engine.INTERPRET);
    assertSame(first, run(f, VmOptions.Engine.TRANSLATE));
    assertEquals(List.of(), Verifier.verify(p.program));
    return first;
  }

  private Outcome run(Function f, VmOptions.Engine engine) {
    try (Vm vm = new Vm(p.program, options.withEngine(engine))) {
      Outcome first = vm.call(f);
      assertSame(first, vm.call(f));
      return first;
    }
  }

  private static void assertSame(Outcome a, Outcome b) {
    if (a instanceof Outcome.Value x && b instanceof Outcome.Value y) {
      assertEquals(ByteBuffer.wrap(x.data().bytes()), ByteBuffer.wrap(y.data().bytes()));
      assertEquals(x.data().relocations(), y.data().relocations());
    } else {
      assertEquals(a, b);
    }
  }

  Data value(Function f) {
    return switch (run(f)) {
      case Outcome.Value v -> v.data();
      case Outcome.Failed x -> fail(x.message() + " " + x.trace());
      case Outcome.Exited x -> fail("exit " + x.status());
    };
  }

  Outcome.Failed failure(Function f) {
    return (Outcome.Failed) run(f);
  }

  /** The little-endian number in the bytes, zero-extended. */
  static long number(Data d) {
    ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    b.put(0, d.bytes());
    return b.getLong(0);
  }

  /** Evaluates the one expression that the builder makes. */
  long eval(Type type, ToIntFunction<IrBuilder> expression) {
    return number(value(function(type, b -> b.ret(expression.applyAsInt(b)))));
  }

  Function function(Type type, Consumer<IrBuilder> body) {
    return p.function("f" + p.program.functions().size(), List.of(), type, body);
  }

  String output() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
