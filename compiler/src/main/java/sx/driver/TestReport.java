package sx.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows how tests end, one line each, and the sum (cli.test.6). */
final class TestReport {
  private final Console console;
  private final boolean verbose;
  private int passed;
  private int failed;
  private int broken;
  private boolean incomplete;

  TestReport(Console console, boolean verbose) {
    this.console = console;
    this.verbose = verbose;
  }

  void test(String file, String name, TestRun run) {
    if (run.fault().isEmpty()) {
      passed++;
      console.out().println("ok   " + file + ": " + name);
    } else {
      failed++;
      console.out().println("FAIL " + file + ": " + name + ": " + run.fault().get());
    }
    if (verbose || run.fault().isPresent()) {
      run.output().lines().forEach(line -> console.out().println("     " + line));
    }
    console.out().flush();
  }

  /** A file that cannot be read or compiled; the reason was shown. */
  void broken(String file) {
    broken++;
    console.out().println("FAIL " + file + ": cannot be compiled");
    console.out().flush();
  }

  /** A file that was named and holds no test. */
  void empty(String file) {
    incomplete = true;
    console.error("no tests in '" + file + "': a test is a function test_… without parameters");
  }

  /** A directory that was named and holds no file with tests. */
  void none(Path directory) {
    incomplete = true;
    console.error("no files named …_test.sx in '" + directory + "'");
  }

  /** Shows the sum; the answer is the exit status. */
  int finish(String filter) {
    if (passed + failed + broken == 0 && !incomplete) {
      console.error("no test has '" + filter + "' in its name");
      return ExitStatus.ERROR;
    }
    List<String> parts = new ArrayList<>(List.of(passed + " passed", failed + " failed"));
    if (broken > 0) {
      parts.add(broken + (broken == 1 ? " file" : " files") + " not compiled");
    }
    console.out().println(String.join(", ", parts));
    console.out().flush();
    return failed + broken > 0 || incomplete ? ExitStatus.ERROR : ExitStatus.OK;
  }
}
