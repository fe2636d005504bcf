package sx.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.module.ParsedFiles;
import sx.source.Diagnostic;
import sx.source.SourceReader;
import sx.source.Span;
import sx.syntax.Ast;

/**
 * A file with tests. It is compiled as a namespace of a program that runs the test whose name is
 * its first argument, and in the end writes to the file that the second one names how many checks
 * failed: a test that ends the process itself leaves no such file.
 */
final class TestFile {
  private static final String PREFIX = "test_";
  private static final String MAIN = "main";

  private final Path file;
  private final CompileOptions options;
  private final Path work;
  private final Console console;
  private final ParsedFiles parsedFiles = new ParsedFiles();
  private List<Test> tests = List.of();

  /**
   * A test of the file.
   *
   * @param name the function
   * @param call what calls it
   */
  record Test(String name, String call) {
    /** Whether the program itself stands for a file without tests; it may end the process. */
    boolean isProgram() {
      return name.equals(MAIN);
    }
  }

  TestFile(Path file, CompileOptions options, Path work, Console console) {
    this.file = file;
    this.options = options;
    this.work = work;
    this.console = console;
  }

  /** The file as diagnostics name it. */
  String name() {
    return SourceReader.shownName(file, Path.of("").toAbsolutePath(), options.libraryPath());
  }

  List<Test> tests() {
    return tests;
  }

  /** Finds the tests; false if the file cannot be read or parsed, which is reported then. */
  boolean read() {
    Optional<String> obstacle = SourceReader.obstacle(file, name());
    obstacle.ifPresent(console::error);
    if (obstacle.isPresent()) {
      return false;
    }
    Compilation compilation = compilation();
    List<Diagnostic> mistakes = new ArrayList<>();
    if (compilation.parse(file)) {
      List<Ast.ConstDecl> functions = functions(compilation.rootItems());
      functions.forEach(d -> check(d).ifPresent(mistakes::add));
      tests = functions.stream().filter(TestFile::isTest).map(TestFile::test).toList();
      if (tests.isEmpty()) {
        tests =
            functions.stream()
                .filter(d -> d.name().text().equals(MAIN))
                .map(TestFile::test)
                .toList();
      }
    } else {
      mistakes.addAll(compilation.diagnostics().all());
    }
    console.show(mistakes);
    return mistakes.isEmpty();
  }

  private Compilation compilation() {
    return new Compilation(options, parsedFiles, console.out());
  }

  private static List<Ast.ConstDecl> functions(List<Ast.Stmt> items) {
    return items.stream()
        .filter(i -> i instanceof Ast.ConstDecl d && d.value() instanceof Ast.Function)
        .map(i -> (Ast.ConstDecl) i)
        .toList();
  }

  private static boolean isTest(Ast.ConstDecl d) {
    return d.name().text().startsWith(PREFIX);
  }

  private static Test test(Ast.ConstDecl d) {
    String name = d.name().text();
    return new Test(name, call("tested." + name + "()", result(d)));
  }

  private static Optional<Ast.Expr> result(Ast.ConstDecl d) {
    return d.value() instanceof Ast.Function f ? f.returnType() : Optional.empty();
  }

  private static String call(String call, Optional<Ast.Expr> result) {
    String onError = " catch (e) { run.raised(error_name(e)); %s}";
    return switch (result.orElse(null)) {
      case null -> call + ";";
      case Ast.VoidType _ -> call + ";";
      case Ast.ErrorChannel _ -> call + onError.formatted("") + ";";
      case Ast.ResultList _ -> "run.status(" + call + onError.formatted("1 ") + ");";
      default -> "run.status(xx " + call + ");";
    };
  }

  /** What is wrong with a function that has the name of a test (cli.test.3). */
  private static Optional<Diagnostic> check(Ast.ConstDecl d) {
    if (!isTest(d) || !(d.value() instanceof Ast.Function f)) {
      return Optional.empty();
    }
    Span at = d.name().span();
    if (!f.params().isEmpty()) {
      return Optional.of(
          Diagnostic.error(
              at, "a test has no parameters: name a function that helps tests otherwise"));
    }
    if (d.isPrivate()) {
      return Optional.of(
          Diagnostic.error(at, "a test cannot be `private`: it is called from outside"));
    }
    return switch (f.returnType().orElse(null)) {
      case null -> Optional.empty();
      case Ast.VoidType _ -> Optional.empty();
      case Ast.ErrorChannel _ -> Optional.empty();
      case Ast.Expr r ->
          Optional.of(Diagnostic.error(r.span(), "a test has no result; it may fail, with `-> !`"));
    };
  }

  /** Compiles all tests; false if there are errors, which are reported then. */
  boolean compile(boolean time) throws IOException {
    Path root = work.resolve("tests.sx");
    Files.writeString(root, program());
    Compilation compilation = compilation();
    if (compilation.check(root)) {
      if (!compilation.canLink()) {
        console.error("tests run as programs, and no C library to link them with is installed");
        return false;
      }
      compilation.executable(executable());
    }
    return new Build(compilation, console, time).finish() == ExitStatus.OK;
  }

  private Path executable() {
    return work.resolve("tests");
  }

  private String program() {
    StringBuilder calls = new StringBuilder();
    for (Test t : tests) {
      calls.append("    if name == \"").append(t.name()).append("\" { ");
      calls.append(t.call()).append(" }\n");
    }
    return """
        #import "modules/std.sx";
        tested :: #import "%s";
        run :: #import "modules/std/test_run.sx";

        main :: () {
            name := run.name();
        %s    run.finish();
        }
        """
        .formatted(literal(file.toAbsolutePath().normalize().toString()), calls);
  }

  private static String literal(String path) {
    return path.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Runs one test in a process of its own. */
  TestRun run(Test test, long timeoutSeconds) throws IOException, InterruptedException {
    Path result = work.resolve("result");
    Files.deleteIfExists(result);
    return TestRun.of(
        List.of(executable().toString(), test.name(), result.toString()),
        timeoutSeconds,
        () -> outcome(result),
        test.isProgram());
  }

  /** What the program wrote in the end, if it came so far. */
  private static Optional<String> outcome(Path result) throws IOException {
    return Files.exists(result)
        ? Optional.of(Files.readString(result, StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
