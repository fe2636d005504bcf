package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.driver.LibraryPath;
import sx.driver.Main;
import sx.harness.engine.CommandLineCompiler;
import sx.harness.engine.Engine;
import sx.harness.run.CaseResult;

/** Another compiler is run by its command line; here it is this one, seen from outside. */
class OtherCompilerTest {
  private static final String IMPORT = "#import \"modules/std.sx\";\n";

  @TempDir Path directory;

  @Test
  void commandLine() throws Exception {
    String command =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -D"
            + LibraryPath.HOME_PROPERTY
            + "="
            + TemporaryCorpus.HOME
            + " -cp "
            + System.getProperty("java.class.path")
            + " "
            + Main.class.getName()
            + " build --target {target} --opt {opt} -o {output} {file}";
    TemporaryCorpus corpus =
        new TemporaryCorpus(directory)
            .add(
                "0001-build",
                "",
                IMPORT + "#run print(\"built\\n\");\nmain :: () { print(\"ran\\n\"); }",
                "built\n--- build done ---\nran\n")
            .file(
                "0002-reject.sx",
                "//! rules: std.fmt.1\n//! expect: reject\nmain :: () { x := missing; }\n")
            .file("expected/0002-reject.errors", "3:19\n");
    try (CommandLineCompiler compiler = new CommandLineCompiler(command)) {
      Map<String, CaseResult> results = corpus.run(compiler, Engine.O0, Engine.CHECK);
      results.forEach(
          (slug, result) ->
              assertEquals(CaseResult.Verdict.PASSED, result.verdict(), result::message));
      assertEquals(2, results.size());
    }
  }
}
