package sx.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sx.ir.Function;
import sx.type.Target;
import sx.type.Type;
import sx.type.Types;

class EmitterTest {
  @TempDir Path dir;

  private static EmittedModule emit(Type result, CodeOptions options) {
    Cases cases = new Cases();
    Function used =
        cases.function("used \"one\"", List.of(), Types.I64, b -> b.constInt(Types.I64, 1));
    cases.function(
        "unused",
        List.of(),
        Types.I64,
        b -> {
          throw new AssertionError("lowered though not reached");
        });
    Function main =
        cases.function(
            "main",
            List.of(),
            result,
            b -> {
              b.call(used, List.of());
              return result.equals(Types.VOID) ? -1 : b.constInt(result, -1);
            });
    return Emitter.emit(cases.program, Optional.of(main), List.of(), options);
  }

  private static String text(EmittedModule m) {
    return new String(m.text(), StandardCharsets.US_ASCII);
  }

  private static CodeOptions at(OptLevel level) {
    return CodeOptions.of(Target.host(), level);
  }

  @Test
  void onlyWhatIsReachedIsEmittedAndAlwaysTheSame() {
    String text = text(emit(Types.I64, at(OptLevel.NONE)));
    assertTrue(text.contains("@\"sx.used \\22one\\22\""), text);
    assertFalse(text.contains("unused"), text);
    assertEquals(text, text(emit(Types.I64, at(OptLevel.NONE))));
  }

  @ParameterizedTest
  @EnumSource(OptLevel.class)
  void everyLevelGivesTextAssemblyAndObject(OptLevel level) throws Exception {
    for (Target target : List.of(Target.LINUX_X86, Target.LINUX_ARM, Target.MUSL_ARM)) {
      EmittedModule emitted = emit(Types.VOID, CodeOptions.of(target, level));
      try (LlvmModule module = LlvmModule.of(emitted)) {
        assertTrue(module.optimise().text().contains("define"), "text");
        assertTrue(module.assembly().contains("main:"), "assembly");
      }
      Path object = dir.resolve("a.o");
      try (LlvmModule module = LlvmModule.of(emitted)) {
        module.optimise().writeObject(object);
      }
      assertEquals(0x7f, Files.readAllBytes(object)[0]);
      try (var files = Files.list(dir)) {
        assertEquals(1, files.count());
      }
    }
  }

  @Test
  void dataLayoutsAreThoseOfLlvm() {
    for (Target target : List.of(Target.LINUX_X86, Target.LINUX_ARM)) {
      assertEquals(
          TargetMachines.dataLayout(target),
          LlvmModule.dataLayoutOf(CodeOptions.of(target, OptLevel.NONE)));
    }
  }

  @Test
  void debugInfoNamesFunctionsAndLines() {
    CodeOptions options = new CodeOptions(Target.host(), OptLevel.NONE, "", true);
    try (LlvmModule module = LlvmModule.of(emit(Types.VOID, options))) {
      String assembly = module.assembly();
      assertTrue(assembly.contains(".debug_line"), assembly);
      assertTrue(assembly.contains("cases.sx"), assembly);
    }
  }

  @Test
  void faultsAreExceptions() {
    EmittedModule bad =
        new EmittedModule(
            "define i32 @f() {\n  ret i64 0\n}\n".getBytes(StandardCharsets.US_ASCII),
            Set.of(),
            at(OptLevel.NONE));
    LlvmFault parse = assertThrows(LlvmFault.class, () -> LlvmModule.of(bad));
    assertTrue(String.valueOf(parse.getMessage()).contains("result type 'i32'"), parse::toString);
    EmittedModule invalid =
        new EmittedModule(
            "define i32 @f() {\na:\n  br label %a\nb:\n  br label %a\n}\ndefine void @g() {\n  br i1 true, label %x, label %y\nx:\n  %v = add i32 1, 1\n  br label %y\ny:\n  %w = add i32 %v, 1\n  ret void\n}\n"
                .getBytes(StandardCharsets.US_ASCII),
            Set.of(),
            at(OptLevel.NONE));
    assertThrows(LlvmFault.class, () -> LlvmModule.of(invalid));
    EmittedModule assembly =
        new EmittedModule(
            "define void @f() {\n  call void asm sideeffect \"no such thing\", \"\"()\n  ret void\n}\n"
                .getBytes(StandardCharsets.US_ASCII),
            Set.of(),
            at(OptLevel.NONE));
    try (LlvmModule module = LlvmModule.of(assembly)) {
      LlvmFault fault = assertThrows(LlvmFault.class, module::object);
      assertTrue(String.valueOf(fault.getMessage()).contains("no such thing"), fault::toString);
    }
  }
}
