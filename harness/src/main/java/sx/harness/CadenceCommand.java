package sx.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sx.driver.LibraryPath;
import sx.harness.cadence.Cadence;
import sx.harness.cadence.Git;

/** {@code harness cadence}: whether commits kept to the order of tests and code. */
@Command(
    name = "cadence",
    description = "Check that no commit adds a case and makes it pass, or bends a golden to code.",
    mixinStandardHelpOptions = true)
final class CadenceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RANGE", description = "Commits as git names them: main~3..main")
  private String range = "";

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty(LibraryPath.HOME_PROPERTY, ".")).toAbsolutePath();
    List<Cadence.Violation> violations = new Cadence(new Git(home.normalize())).check(range);
    violations.forEach(System.out::println);
    System.out.println(
        violations.isEmpty() ? "cadence kept in " + range : violations.size() + " violations");
    return violations.isEmpty() ? 0 : 1;
  }
}
