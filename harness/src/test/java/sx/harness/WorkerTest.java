package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.harness.engine.Engine;
import sx.harness.run.CaseResult;
import sx.harness.worker.SxCompiler;

/** A program that takes the compiler's process with it takes nothing else. */
class WorkerTest {
  private static final String IMPORT = "#import \"modules/std.sx\";\n";

  @TempDir Path directory;

  @Test
  void aDeadWorkerLosesNoOtherResult() throws Exception {
    String crash = "main :: () { print(\"x\\n\"); p : *i64 = null; p.* = 1; }";
    String exit = "quit :: (n: i32) extern \"exit\";\nmain :: () { print(\"x\\n\"); quit(3); }";
    String hang = "main :: () { print(\"x\\n\"); while true { } }";
    TemporaryCorpus corpus =
        new TemporaryCorpus(directory)
            .add("0001-crash", "//! exit: SIGSEGV\n", IMPORT + crash, "x\n")
            .add("0002-good", "", IMPORT + "main :: () { print(\"x\\n\"); }", "x\n")
            .add("0003-exit", "//! exit: 3\n", IMPORT + exit, "x\n")
            .add("0004-hang", "//! time: 1\n", IMPORT + hang, "x\n")
            .add("0005-good", "", IMPORT + "main :: () { print(\"x\\n\"); }", "x\n");
    Path work = Files.createDirectories(directory.resolve("work"));
    try (SxCompiler compiler = new SxCompiler(TemporaryCorpus.HOME, work)) {
      Map<String, CaseResult> results = corpus.run(compiler, Engine.JIT, Engine.O0);
      results.forEach(
          (slug, result) ->
              assertEquals(
                  slug.equals("0004-hang") ? CaseResult.Verdict.FAILED : CaseResult.Verdict.PASSED,
                  result.verdict(),
                  () -> slug + ": " + result.message()));
    }
  }
}
