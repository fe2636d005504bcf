package sx.reports;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sx.harness.results.RunRecord;
import sx.reports.html.Site;
import sx.reports.model.CaseView;
import sx.reports.model.Conformance;
import sx.reports.model.Guarantee;
import sx.reports.model.Guarantees;
import sx.reports.model.History;
import sx.reports.model.PastRun;
import sx.reports.model.TestClass;
import sx.reports.model.Texts;
import sx.reports.page.CasePage;
import sx.reports.page.CasesPage;
import sx.reports.page.CoversPage;
import sx.reports.page.FaultsPage;
import sx.reports.page.HistoryPage;
import sx.reports.page.OverviewPage;
import sx.reports.page.RulesPage;
import sx.reports.page.TimingPage;

/**
 * Makes the site of a run.
 *
 * @param home the repository: sources and goldens are read from it, and the unit tests' results
 * @param site where the site goes; what is there goes
 * @param history where past runs are kept
 */
public record Report(Path home, Path site, Path history) {
  private static final List<String> MODULES = List.of("compiler", "harness");

  /** Writes all pages and {@code summary.json}. */
  public Conformance write(RunRecord record) throws IOException {
    List<PastRun> past = new History(history).add(PastRun.of(record));
    Conformance run = new Conformance(record, home, past, TestClass.read(home, MODULES));
    List<Guarantee> guarantees = Guarantees.of(run);
    clear(site);
    Files.createDirectories(site);
    SummaryJson.write(site.resolve("summary.json"), run, guarantees);
    Site pages = new Site(site, subtitle(record));
    pages.write(OverviewPage.FILE, "Overview", new OverviewPage(run).content());
    pages.write(CasesPage.FILE, "Cases", new CasesPage(run).content());
    pages.write(RulesPage.FILE, "Rules", new RulesPage(run).content());
    pages.writePlain(FaultsPage.FILE, "Seeded faults", new FaultsPage(run).content());
    pages.write(TimingPage.FILE, "Timing", new TimingPage(run).content());
    pages.writePlain(HistoryPage.FILE, "History", new HistoryPage(run).content());
    pages.writePlain(
        CoversPage.FILE, "Covers / does not cover", new CoversPage(guarantees).content());
    cases(run, pages);
    return run;
  }

  private void cases(Conformance run, Site pages) throws IOException {
    List<CaseView> cases = List.copyOf(run.cases());
    Texts texts = new Texts(home);
    for (int i = 0; i < cases.size(); i++) {
      CaseView one = cases.get(i);
      String before = i == 0 ? "" : cases.get(i - 1).name();
      String after = i == cases.size() - 1 ? "" : cases.get(i + 1).name();
      CasePage page = new CasePage(run, one, texts);
      pages.writePlain(page.file(), one.worst().title(), page.content(before, after));
    }
  }

  private static String subtitle(RunRecord record) {
    RunRecord.Run run = record.run();
    String commit = run.commit().substring(0, Math.min(10, run.commit().length()));
    return run.started()
        + (commit.isEmpty() ? "" : " · " + commit)
        + (run.set().equals("all") ? " · all engines" : " · fast set")
        + (run.selection().isEmpty() ? "" : " · only " + run.selection());
  }

  /** Removes an older site; a directory that holds something else is refused. */
  private static void clear(Path site) throws IOException {
    if (!Files.exists(site)) {
      return;
    }
    try (var list = Files.list(site)) {
      if (list.findAny().isPresent() && !Files.exists(site.resolve("summary.json"))) {
        throw new IOException(site + " holds something else than a report; it is left alone");
      }
    }
    Files.walkFileTree(
        site,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (!directory.equals(site)) {
              Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
