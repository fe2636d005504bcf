package sx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sx.driver.Console;
import sx.driver.Main;
import sx.source.DiagnosticRenderer;

/** {@code sx test}: cli.test. */
class TestCommandTest {
  private static final String ALL =
      """
      #import "modules/std.sx";
      test_good :: () { test.expect_equal(twice(2), 4); print("seldom seen\\n"); }
      test_bad :: () { test.assert(false); print("goes on\\n"); test.expect(1 > 2); }
      test_fails :: () -> ! { try low(1); }
      test_crash :: () { p : *i64 = null; p.* = 1; }
      test_exit :: () { process.exit(0); }
      test_status :: () { process.exit(3); }
      test_endless :: () { while true { } }
      test_last :: () -> ! { try low(2); }
      twice :: (n: i64) -> i64 { return n * 2; }
      low :: (n: i64) -> ! { if n == 1 { raise error.Broken; } }
      """;

  @TempDir private Path directory;

  private record Outcome(int status, String out, String err) {}

  @Test
  void tellsHowEachTestEnded() throws IOException {
    Path file = file("all_test.sx", ALL);

    Outcome outcome = test("--timeout", "1", file.toString());

    String at = file + ": ";
    assertEquals(
        List.of(
            "ok   " + at + "test_good",
            "FAIL " + at + "test_bad: 2 checks failed",
            "     assertion failed",
            "     goes on",
            "     " + file + ":3: expected true",
            "FAIL " + at + "test_fails: exit status 1",
            "FAIL " + at + "test_crash: ended by signal 11 (segmentation fault)",
            "FAIL " + at + "test_exit: ended the process before it was done",
            "FAIL " + at + "test_status: exit status 3",
            "FAIL " + at + "test_endless: not done after 1 s",
            "ok   " + at + "test_last",
            "2 passed, 6 failed"),
        outcome.out().lines().filter(l -> !l.startsWith("     ") || !isTrace(l)).toList());
    assertTrue(outcome.out().contains("     error.Broken left the test\n"), outcome.out());
    assertEquals(1, outcome.status());
    assertEquals("", outcome.err());
  }

  private static boolean isTrace(String line) {
    return !line.equals("     assertion failed")
        && !line.equals("     goes on")
        && !line.endsWith(": expected true");
  }

  @Test
  void runsWhatTheFilterFitsAndShowsOutputWhenAsked() throws IOException {
    Path file = file("all_test.sx", ALL);

    Outcome outcome = test("-v", "--filter", "good", file.toString());

    assertEquals(
        "ok   " + file + ": test_good\n     seldom seen\n1 passed, 0 failed\n", outcome.out());
    assertEquals(0, outcome.status());
    Outcome none = test("--filter", "nothing", file.toString());
    assertEquals("error: no test has 'nothing' in its name\n", none.err());
    assertEquals(1, none.status());
  }

  @Test
  void findsTheFilesBelowADirectory() throws IOException {
    String passes = "test_it :: () { }\n";
    Path b = file("b/b_test.sx", passes);
    Path a = file("a_test.sx", passes);
    file("b/other.sx", "no program");
    file(".hidden/c_test.sx", "no program");

    Outcome outcome = test(directory.toString());

    assertEquals(
        "ok   " + a + ": test_it\nok   " + b + ": test_it\n2 passed, 0 failed\n", outcome.out());
    assertEquals(0, outcome.status());
  }

  @Test
  void takesAProgramWithoutTestsForOne() throws IOException {
    Path passes = file("passes.sx", "main :: () -> i64 { return 256; }\n");
    Path fails = file("fails.sx", "main :: () -> i64 { return 300; }\n");

    Outcome outcome = test(passes.toString(), fails.toString());

    assertEquals(
        "ok   %s: main\nFAIL %s: main: exit status 44\n1 passed, 1 failed\n"
            .formatted(passes, fails),
        outcome.out());
  }

  @Test
  void runsTheOtherFilesWhenOneIsWrong() throws IOException {
    Path wrong = file("a_test.sx", "test_a :: () { x := y; }\n");
    Path garbled = file("b_test.sx", "test_b :: ( {\n");
    Path right = file("c_test.sx", "test_c :: () { }\n");
    Path missing = directory.resolve("missing.sx");

    Outcome outcome = test(directory.toString(), missing.toString());

    assertEquals(
        """
        FAIL %s: cannot be compiled
        FAIL %s: cannot be compiled
        ok   %s: test_c
        FAIL %s: cannot be compiled
        1 passed, 0 failed, 3 files not compiled
        """
            .formatted(wrong, garbled, right, missing),
        outcome.out());
    assertEquals(1, outcome.status());
    assertTrue(outcome.err().contains("error: unknown name `y`\n  --> " + wrong + ":1:21\n"));
    assertTrue(outcome.err().contains("  --> " + garbled + ":2:1\n"), outcome.err());
    assertTrue(outcome.err().contains("error: cannot read '" + missing + "': no such file\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test_a :: (n: i64) { }\n",
        "test_a :: () -> i64 { return 1; }\n",
        "private test_a :: () { }\n"
      })
  void reportsFunctionsThatAreNoTests(String text) throws IOException {
    Outcome outcome = test(file("a_test.sx", text).toString());

    assertTrue(outcome.err().startsWith("error: a test "), outcome.err());
    assertEquals(1, outcome.status());
  }

  @Test
  void reportsWhereThereAreNoTests() throws IOException {
    Path file = file("none.sx", "f :: () { }\n");
    Path empty = Files.createDirectory(directory.resolve("empty"));

    Outcome outcome = test(file.toString(), empty.toString());

    assertEquals("0 passed, 0 failed\n", outcome.out());
    assertTrue(outcome.err().contains("no tests in '" + file + "'"), outcome.err());
    assertTrue(outcome.err().contains("no files named …_test.sx in '" + empty + "'"));
    assertEquals(1, outcome.status());
  }

  @Test
  void reportsErrorsOfUsage() {
    assertEquals(2, test().status());
    assertEquals(2, test("--timeout", "0", "a.sx").status());
    assertEquals(2, test("--timeout", "soon", "a.sx").status());
    assertEquals(2, test("--jit", "a.sx").status());
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Outcome test(String... words) {
    List<String> line = new ArrayList<>(List.of("test"));
    line.addAll(Arrays.asList(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            DiagnosticRenderer.Colour.PLAIN);
    int status = Main.run(line, console);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
