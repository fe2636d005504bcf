package sx.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sx.llvm.OptLevel;

/** {@code sx test} (cli.test). */
@Command(
    name = "test",
    description = {
      "Run the tests in FILEs, and in all files below a directory that are named …_test.sx.",
      "A test is a function test_… without parameters; each runs in a process of its own."
    })
final class TestCommand implements Callable<Integer> {
  private static final long TIMEOUT_SECONDS = 60;

  private final Console console;

  @Mixin private CompileArguments arguments = new CompileArguments();
  @Mixin private CompileArguments.Linking linking = new CompileArguments.Linking();

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Run only the tests whose names contain TEXT.")
  private String filter = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "End a test that takes longer. Default: " + TIMEOUT_SECONDS + ".")
  private long timeout = TIMEOUT_SECONDS;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what tests print that pass, too.")
  private boolean verbose;

  @Spec private CommandSpec spec = CommandSpec.create();

  TestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Path> paths = arguments.files(spec);
    check();
    CompileOptions options = arguments.options(OptLevel.NONE, linking.options());
    TestReport report = new TestReport(console, verbose);
    try (WorkDirectory work = WorkDirectory.temporary()) {
      for (Path file : TestFiles.find(paths, report)) {
        run(new TestFile(file, options, work.path(), console), report);
      }
    } catch (IOException | UncheckedIOException e) {
      console.error("cannot run tests: " + OutputFiles.reason(e));
      return ExitStatus.ERROR;
    }
    return report.finish(filter);
  }

  private void check() {
    if (!arguments.target().isHost()) {
      throw new ParameterException(
          spec.commandLine(),
          "cannot run tests for --target " + arguments.target().triple() + " on this machine");
    }
    if (timeout <= 0) {
      throw new ParameterException(
          spec.commandLine(), "'" + timeout + "' is no time limit for --timeout: it is above 0");
    }
  }

  private void run(TestFile file, TestReport report) throws IOException, InterruptedException {
    if (!file.read()) {
      report.broken(file.name());
      return;
    }
    List<TestFile.Test> tests =
        file.tests().stream().filter(t -> t.name().contains(filter)).toList();
    if (tests.isEmpty()) {
      if (filter.isEmpty()) {
        report.empty(file.name());
      }
      return;
    }
    if (!file.compile(arguments.time())) {
      report.broken(file.name());
      return;
    }
    for (TestFile.Test test : tests) {
      report.test(file.name(), test.name(), file.run(test, timeout));
    }
  }
}
