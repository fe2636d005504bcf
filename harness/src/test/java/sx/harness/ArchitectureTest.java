package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.harness.corpus.Header.Arch;
import sx.harness.engine.Compiled;
import sx.harness.engine.Compiler;
import sx.harness.engine.Engine;
import sx.harness.engine.Job;
import sx.harness.engine.Ran;
import sx.harness.run.CaseResult;
import sx.harness.run.CaseResult.Verdict;
import sx.harness.run.EngineResult;
import sx.harness.worker.SxCompiler;

/** Cases for the other architecture: run under emulation, else checked by their code. */
class ArchitectureTest {
  private static final Arch OTHER = Arch.host() == Arch.X86_64 ? Arch.AARCH64 : Arch.X86_64;
  private static final String HEADER = "//! arch: " + OTHER + "\n//! exit: 42\n";
  private static final String BODY =
      "main :: () -> i64 { inline if ARCH == ."
          + OTHER
          + " { return 42; } else { return 1; } return 2; }";

  @TempDir Path directory;

  private CaseResult run(TemporaryCorpus corpus, Compiler compiler) throws Exception {
    return corpus.run(compiler).values().iterator().next();
  }

  private static List<Engine> ran(CaseResult result) {
    return result.engines().stream()
        .filter(e -> e.state() != EngineResult.State.NOT_RUN)
        .map(EngineResult::engine)
        .toList();
  }

  private SxCompiler compiler() throws Exception {
    return new SxCompiler(TemporaryCorpus.HOME, Files.createDirectories(directory.resolve("work")));
  }

  @Test
  void runsUnderEmulation() throws Exception {
    try (SxCompiler compiler = compiler()) {
      Assumptions.assumeTrue(compiler.lacks(Engine.EMULATED).isEmpty());
      CaseResult result =
          run(new TemporaryCorpus(directory).add("0001-other", HEADER, BODY, ""), compiler);
      assertEquals(Verdict.PASSED, result.verdict(), result::message);
      assertEquals(List.of(Engine.EMULATED), ran(result));
    }
  }

  @Test
  void isCheckedByItsCodeWhereNothingEmulates() throws Exception {
    try (SxCompiler compiler = compiler()) {
      CaseResult result =
          run(
              new TemporaryCorpus(directory).add("0001-other", HEADER, BODY, ""),
              new WithoutEmulator(compiler));
      assertEquals(Verdict.PASSED, result.verdict(), result::message);
      assertEquals(1, ran(result).size());
      assertTrue(
          result.engines().stream().anyMatch(e -> e.message().startsWith("checked by its code")));
    }
  }

  @Test
  void codeIsComparedOnBothArchitectures() throws Exception {
    TemporaryCorpus corpus =
        new TemporaryCorpus(directory)
            .file(
                "0001-code.sx",
                "//! rules: std.fmt.1\n//! expect: ir\nmain :: () -> i64 { return 42; }\n")
            .file("expected/0001-code.x86_64.ir", "something else\n")
            .file("expected/0001-code.aarch64.ir", "something else\n");
    try (SxCompiler compiler = compiler()) {
      CaseResult result = run(corpus, compiler);
      assertEquals(Verdict.FAILED, result.verdict());
      assertEquals(List.of(Engine.IR_X86_64, Engine.IR_AARCH64), ran(result));
      assertTrue(result.message().contains("+   ret i64 42"), result::message);
    }
  }

  /** A machine without an emulator. */
  private record WithoutEmulator(SxCompiler compiler) implements Compiler {
    @Override
    public String name() {
      return compiler.name();
    }

    @Override
    public Optional<String> lacks(Engine engine) {
      return engine == Engine.EMULATED ? Optional.of("no emulator") : compiler.lacks(engine);
    }

    @Override
    public Compiled compile(Job job) throws java.io.IOException, InterruptedException {
      return compiler.compile(job);
    }

    @Override
    public Ran run(Job job) throws java.io.IOException, InterruptedException {
      return compiler.run(job);
    }

    @Override
    public void close() {
      // The compiler is another's.
    }
  }
}
