package sx.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.ir.Function;
import sx.ir.IrBuilder;
import sx.ir.Program;
import sx.llvm.CodeOptions;
import sx.llvm.Emitter;
import sx.llvm.LlvmModule;
import sx.llvm.OptLevel;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Target;
import sx.type.TypeTable;
import sx.type.Types;

class LinkerTest {
  @TempDir Path dir;
  private Path object;

  /** An object whose main calls a C function and returns what that returns. */
  private byte[] calling(String symbol, Target target) {
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
            Types.I32,
            false,
            Optional.empty(),
            Optional.empty(),
            f -> {
              IrBuilder b = new IrBuilder(0, span);
              b.ret(b.call(callee, List.of(b.constInt(Types.I32, -7))));
              return b.finish(span);
            });
    CodeOptions options = CodeOptions.of(target, OptLevel.NONE);
    try (LlvmModule module =
        LlvmModule.of(Emitter.emit(program, Optional.of(main), List.of(), options))) {
      return module.object();
    }
  }

  @BeforeEach
  void compile() throws Exception {
    object = Files.write(dir.resolve("a.o"), calling("abs", Target.host()));
  }

  private LinkRequest request(Path output) {
    return LinkRequest.of(Target.host(), List.of(object), output);
  }

  private static LinkRequest with(LinkRequest r, Optional<String> linker, List<String> flags) {
    return new LinkRequest(
        r.target(), r.objects(), r.output(), List.of(), List.of(), flags, linker, r.sysroot());
  }

  private static int run(Path program) throws Exception {
    return new ProcessBuilder(program.toString()).start().waitFor();
  }

  private void onlyFiles(int count) throws Exception {
    try (var all = Files.list(dir)) {
      assertEquals(count, all.count());
    }
  }

  @Test
  void linksWithTheLinkerOfLlvm() throws Exception {
    Path output = dir.resolve("new/dir/a");
    Linker.link(request(output));
    assertEquals(7, run(output));
  }

  @Test
  void linksWithADriver() throws Exception {
    Path output = dir.resolve("a");
    Linker.link(with(request(output), Optional.of("cc"), List.of()));
    assertEquals(7, run(output));
    Linker.link(with(request(output), Optional.of("cc -O1"), List.of("-static")));
    assertEquals(7, run(output));
  }

  @Test
  void aFlagThatOnlyADriverKnowsGoesToOne() throws Exception {
    Path output = dir.resolve("a");
    Linker.link(with(request(output), Optional.empty(), List.of("-static", "-Wl,-s")));
    assertEquals(7, run(output));
  }

  @Test
  void aMissingSymbolIsNamedAndNothingIsLeft() throws Exception {
    Files.write(object, calling("no_such_symbol", Target.host()));
    LinkFailure e = assertThrows(LinkFailure.class, () -> Linker.link(request(dir.resolve("a"))));
    assertEquals(LinkFailure.Kind.REJECTED, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("no_such_symbol"), e::toString);
    onlyFiles(1);
  }

  @Test
  void aMissingLinkerIsNamed() throws Exception {
    LinkRequest r = with(request(dir.resolve("a")), Optional.of("no-such-linker"), List.of());
    LinkFailure e = assertThrows(LinkFailure.class, () -> Linker.link(r));
    assertEquals(LinkFailure.Kind.NO_LINKER, e.kind());
    assertEquals(
        "cannot start the linker no-such-linker: No such file or directory", e.getMessage());
    onlyFiles(1);
  }

  @Test
  void aMissingCLibraryIsReported() {
    LinkRequest r = request(dir.resolve("a"));
    LinkRequest elsewhere =
        new LinkRequest(
            r.target(),
            r.objects(),
            r.output(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(dir));
    LinkFailure e = assertThrows(LinkFailure.class, () -> Linker.link(elsewhere));
    assertEquals(LinkFailure.Kind.NO_C_LIBRARY, e.kind());
  }

  @Test
  void anOutputThatCannotBeWrittenIsReported() {
    LinkFailure e =
        assertThrows(LinkFailure.class, () -> Linker.link(request(object.resolve("a"))));
    assertEquals(LinkFailure.Kind.OUTPUT, e.kind());
  }

  @Test
  void theHostCanLink() {
    assertTrue(Linker.canLink(Target.host()));
    assertFalse(CLibrary.find(Target.host(), Optional.of(Path.of("/no/such/root"))).isPresent());
  }
}
