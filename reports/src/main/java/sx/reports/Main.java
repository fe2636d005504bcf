package sx.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sx.harness.results.Results;
import sx.harness.results.RunRecord;
import sx.reports.model.Conformance;

/** The report from the command line; docs/harness.md shows it. */
@Command(
    name = "report",
    description = "Turn the last run of the harness into an HTML site.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  private static final Path HOME =
      Path.of(System.getProperty("sx.home", ".")).toAbsolutePath().normalize();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where run.json is (harness/target/results).")
  @Nullable Path results;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "Where the site goes (reports/target/site).")
  @Nullable Path site;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "Where past runs are kept (reports/.history).")
  @Nullable Path history;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Path from = or(results, "harness/target/results");
    Path to = or(site, "reports/target/site");
    try {
      Optional<RunRecord> record = new Results(from).last();
      if (record.isEmpty()) {
        System.err.println(
            "reports: no results in "
                + from
                + ": run the harness first (mvn verify, or harness/harness run)");
        return 2;
      }
      if (record.get().format() != RunRecord.FORMAT) {
        System.err.println(
            "reports: the results in "
                + from
                + " have the format "
                + record.get().format()
                + " and not "
                + RunRecord.FORMAT
                + ": run the harness again");
        return 2;
      }
      Conformance run = new Report(HOME, to, or(history, "reports/.history")).write(record.get());
      System.out.printf(
          Locale.ROOT,
          "reports: %,d cases, %s, in %.1f s: %s%n",
          run.cases().size(),
          run.green() ? "green" : "red",
          (System.nanoTime() - start) / 1e9,
          to.resolve("index.html").toUri());
      return 0;
    } catch (IOException e) {
      System.err.println("reports: " + e.getMessage());
      return 2;
    }
  }

  private static Path or(@Nullable Path given, String usual) {
    return (given == null ? HOME.resolve(usual) : given).toAbsolutePath().normalize();
  }
}
