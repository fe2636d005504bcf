package sx.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import sx.llvm.OptLevel;
import sx.source.DiagnosticRenderer.Colour;
import sx.type.Target;

/** Usage, exit codes and bad input: cli.cmd, cli.opt, cli.exit. */
class CommandLineTest {
  private record Outcome(int status, String out, String err) {}

  @Test
  void showsUsageWithoutArguments() {
    Outcome outcome = sx();

    assertEquals(0, outcome.status());
    assertEquals("", outcome.out());
    for (String word : List.of("run", "build", "ir", "asm", "ir-dump", "ast", "--opt", "--time")) {
      assertTrue(outcome.err().contains(word), word);
    }
  }

  @Test
  void answersHelpVersionAndCompletion() {
    assertTrue(sx("--help").out().startsWith("Usage: sx <command>"));
    assertTrue(sx("run", "--help").out().contains("--jit"));
    assertTrue(sx("--version").out().startsWith("sx "));
    assertTrue(sx("completion").out().contains("complete -F _complete_sx"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "build", "ir", "asm", "ir-dump", "ast"})
  void needsAFile(String command) {
    Outcome outcome = sx(command);

    assertEquals(2, outcome.status());
    assertTrue(outcome.err().startsWith("error: no input file\n\nUsage: sx"), outcome.err());
  }

  @ParameterizedTest
  @CsvSource({
    "frobnicate, 'unknown command ''frobnicate'''",
    "run --frobnicate a.sx, 'unknown option ''--frobnicate'''",
    "ir --jit a.sx, 'unknown option ''--jit'''",
    "ast -o x a.sx, 'unknown option ''-o'''",
    "build a.sx --opt, 'option ''--opt'' needs a value'",
    "build a.sx --opt=9, 'none, 0, less, 1, default, 2, aggressive, 3'",
    "build a.sx --target mips, 'linux-arm'",
  })
  void reportsErrorsOfUsage(String line, String message) {
    Outcome outcome = sx(line.split(" "));

    assertEquals(2, outcome.status());
    assertTrue(outcome.err().startsWith("error: "), outcome.err());
    assertTrue(outcome.err().lines().findFirst().orElse("").contains(message), outcome.err());
  }

  @Test
  void runsNothingForAnotherMachine() {
    String other = Target.host().equals(Target.LINUX_ARM) ? "linux-x86" : "linux-arm";

    Outcome outcome = sx("run", "--target", other, "a.sx");

    assertEquals(2, outcome.status());
    assertTrue(outcome.err().contains("--target"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "build", "ir", "asm", "ir-dump", "ast"})
  void namesAFileThatCannotBeRead(String command, @TempDir Path directory) {
    Path missing = directory.resolve("missing.sx");

    Outcome absent = sx(command, missing.toString());
    Outcome folder = sx(command, directory.toString());

    assertEquals(1, absent.status());
    assertEquals("error: cannot read '" + missing + "': no such file\n", absent.err());
    assertEquals(1, folder.status());
    assertEquals("error: cannot read '" + directory + "': it is a directory\n", folder.err());
  }

  @Test
  void splitsTheWordsOfRunAtTheProgramsOwn() {
    assertEquals(new Split("a.sx", "x --opt 2"), split("a.sx x --opt 2"));
    assertEquals(new Split("--opt 2 a.sx", "x"), split("--opt 2 a.sx x"));
    assertEquals(new Split("a.sx --opt 2 --time", "x"), split("a.sx --opt 2 --time x"));
    assertEquals(new Split("a.sx", "--opt 2"), split("a.sx -- --opt 2"));
    assertEquals(new Split("-L dir -Ldir --opt=2 a.sx", ""), split("-L dir -Ldir --opt=2 a.sx"));
  }

  @Test
  void knowsThePlainFormOfRun() {
    RunArguments plain = RunArguments.plain(List.of("run", "a.sx", "--", "-x")).orElseThrow();

    assertEquals(new RunArguments(List.of("a.sx"), List.of("-x")), plain);
    assertTrue(RunArguments.plain(List.of("run", "a.sx", "x")).isPresent());
    assertFalse(RunArguments.plain(List.of("run", "a.sx", "--jit")).isPresent());
    assertFalse(RunArguments.plain(List.of("run", "--jit", "a.sx")).isPresent());
    assertFalse(RunArguments.plain(List.of("build", "a.sx")).isPresent());
  }

  @Test
  void coloursOnATerminalUnlessToldNotTo() {
    assertEquals(Colour.ANSI, Console.colour(Map.of(), true));
    assertEquals(Colour.PLAIN, Console.colour(Map.of(), false));
    assertEquals(Colour.PLAIN, Console.colour(Map.of("NO_COLOR", "1"), true));
    assertEquals(Colour.PLAIN, Console.colour(Map.of("TERM", "dumb"), true));
  }

  @Test
  void showsFaultsOfTheCompilerAsOneDiagnostic() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = console(new ByteArrayOutputStream(), err);

    Faults.report(new StackOverflowError(), console);
    Faults.report(new OutOfMemoryError(), console);
    Faults.report(new IllegalStateException("no case for Widget\nmore"), console);

    List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.startsWith("error: internal error: ")));
    assertTrue(lines.getLast().endsWith("no case for Widget"));
  }

  @Test
  void findsTheLibraryInTheOrderOfTheReference(@TempDir Path directory) throws IOException {
    Path home = Files.createDirectories(directory.resolve("a/b"));
    Path own = Files.createDirectory(directory.resolve("own"));
    Path far = Files.createDirectory(directory.resolve("library"));
    Path near = Files.createDirectory(home.resolve("library"));

    assertEquals(
        List.of(own, far, near),
        LibraryPath.find(Map.of("SX_STDLIB_PATH", own.toString()), Optional.of(home.toString())));
    assertEquals(List.of(), LibraryPath.find(Map.of(), Optional.empty()));
  }

  @Test
  void writesAFileWholeOrNotAtAll(@TempDir Path directory) throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = console(new ByteArrayOutputStream(), err);
    Path out = Files.writeString(directory.resolve("out"), "old");
    Build build = new Build(new Compilation(CompileOptions.host(OptLevel.NONE)), console, false);

    boolean written =
        build.write(
            out,
            _ -> {
              throw new UncheckedIOException(new IOException("No space left on device"));
            });

    assertFalse(written);
    assertEquals("old", Files.readString(out));
    assertEquals(
        "error: cannot write '" + out + "': No space left on device\n",
        err.toString(StandardCharsets.UTF_8));
    try (var files = Files.list(directory)) {
      assertEquals(List.of(out), files.toList());
    }
  }

  private record Split(String own, String program) {}

  private static Split split(String line) {
    CommandLine run =
        new CommandLine(
            new RunCommand(console(new ByteArrayOutputStream(), new ByteArrayOutputStream())));
    RunArguments words = RunArguments.split(List.of(line.split(" ")), run.getCommandSpec());
    return new Split(String.join(" ", words.own()), String.join(" ", words.program()));
  }

  /** err.infer.3: a warning changes neither the exit status nor what is made. */
  @Test
  void buildsAProgramWithWarnings(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("calm.sx");
    Files.writeString(file, "calm :: () -> ! { }\nmain :: () -> ! { try calm(); }\n");
    Path program = directory.resolve("calm");

    Outcome outcome = sx("build", "-o", program.toString(), file.toString());

    assertEquals(0, outcome.status());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("warning: `calm`"), outcome.err());
    assertTrue(outcome.err().contains(":1:15\n"), outcome.err());
    assertTrue(Files.isExecutable(program));
  }

  private static Outcome sx(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(List.of(args), console(out, err));
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Console console(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Colour.PLAIN);
  }
}
