package sx.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sx.ir.Function;
import sx.ir.IrBuilder;
import sx.ir.Program;
import sx.llvm.CodeOptions;
import sx.llvm.EmittedModule;
import sx.llvm.Emitter;
import sx.llvm.OptLevel;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Target;
import sx.type.TypeTable;
import sx.type.Types;

class JitTest {
  private static EmittedModule calling(String symbol, OptLevel level) {
    Program program = new Program(new TypeTable());
    Span span = new Span(SourceFile.ofText("a.sx", "a\n"), 0, 1);
    Function callee =
        new Function(
            symbol,
            List.of(Types.I32),
            Types.I32,
            false,
            Optional.of(symbol),
            Optional.empty(),
            f -> {
              throw new AssertionError();
            });
    Function main =
        new Function(
            "main",
            List.of(),
            Types.I64,
            false,
            Optional.empty(),
            Optional.empty(),
            f -> {
              IrBuilder b = new IrBuilder(0, span);
              int r = b.call(callee, List.of(b.constInt(Types.I32, -300)));
              b.ret(b.convert(sx.ir.Inst.ConvertKind.INT_TO_INT, Types.I32, Types.I64, r));
              return b.finish(span);
            });
    CodeOptions options = CodeOptions.of(Target.host(), level);
    return Emitter.emit(program, Optional.of(main), List.of(), options);
  }

  @Test
  void runsMain() throws Exception {
    for (OptLevel level : OptLevel.values()) {
      assertEquals(300, Jit.runMain(calling("abs", level), List.of(), List.of(), List.of("a")));
    }
  }

  @Test
  void aMissingSymbolIsNamed() {
    EmittedModule module = calling("no_such_symbol", OptLevel.NONE);
    assertEquals(List.of("no_such_symbol"), List.copyOf(module.externSymbols()));
    JitFailure e =
        assertThrows(JitFailure.class, () -> Jit.runMain(module, List.of(), List.of(), List.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("no_such_symbol"), e::toString);
  }

  @Test
  void aMissingLibraryIsNamed() {
    EmittedModule module = calling("abs", OptLevel.NONE);
    JitFailure e =
        assertThrows(
            JitFailure.class,
            () -> Jit.runMain(module, List.of(), List.of("libnone-such.so"), List.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("libnone-such.so"), e::toString);
  }

  @Test
  void sessionsCanBeOpenedAgainAndAgain() throws Exception {
    EmittedModule module = calling("abs", OptLevel.NONE);
    for (int i = 0; i < 20; i++) {
      assertEquals(300, Jit.runMain(module, List.of(), List.of(), List.of()));
    }
  }
}
