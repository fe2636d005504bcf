package sx.reports.page;

import static sx.reports.html.Html.all;
import static sx.reports.html.Html.tag;
import static sx.reports.page.Parts.cell;
import static sx.reports.page.Parts.column;
import static sx.reports.page.Parts.figure;
import static sx.reports.page.Parts.figures;
import static sx.reports.page.Parts.number;
import static sx.reports.page.Parts.percent;
import static sx.reports.page.Parts.rowHead;
import static sx.reports.page.Parts.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sx.harness.results.RunRecord.EngineRecord;
import sx.reports.html.Html;
import sx.reports.model.CaseView;
import sx.reports.model.Conformance;

/** How long cases take. */
public record TimingPage(Conformance run) {
  public static final String FILE = "timing.html";

  /** How many of the slowest are shown. */
  public static final int SLOWEST = 25;

  /** The upper ends of the histogram's classes, in milliseconds. */
  private static final int[] BOUNDS = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000
  };

  /** The content of the page. */
  public Html content() {
    return all(tag("h2", "Histogram"), histogram(), tag("h2", "The slowest"), slowest());
  }

  private Html histogram() {
    long[] counts = new long[BOUNDS.length + 1];
    for (CaseView one : run.cases()) {
      int at = 0;
      while (at < BOUNDS.length && one.millis() > BOUNDS[at]) {
        at++;
      }
      counts[at]++;
    }
    int last = counts.length - 1;
    while (last > 0 && counts[last] == 0) {
      last--;
    }
    long most = Arrays.stream(counts).max().orElse(0);
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      rows.add(
          tag(
              "tr",
              rowHead(name(i)),
              figure(number(counts[i])),
              figure(percent(counts[i], run.cases().size())),
              cell(Parts.bar(counts[i], most, ""))));
    }
    return Parts.table(
        "histogram",
        "Cases by the time that all their engines took together",
        List.of(column("Time"), figures("Cases"), figures("Share"), tag("td", Html.css("wide"))),
        rows);
  }

  private static String name(int at) {
    return at == BOUNDS.length
        ? "over " + number(BOUNDS[at - 1]) + " ms"
        : (at == 0 ? "up to " : "over " + number(BOUNDS[at - 1]) + " up to ")
            + number(BOUNDS[at])
            + " ms";
  }

  private Html slowest() {
    List<Html> rows = new ArrayList<>();
    for (CaseView one : run.slowest(SLOWEST)) {
      double compile =
          one.worst().engines().stream().mapToDouble(EngineRecord::compileMillis).sum();
      double running = one.worst().engines().stream().mapToDouble(EngineRecord::runMillis).sum();
      rows.add(
          tag(
              "tr",
              rowHead(Parts.caseLink(FILE, one.name())),
              figure(one.millis(), time(one.millis())),
              figure(compile, time(compile)),
              figure(running, time(running)),
              cell(Parts.badge(one.verdict()))));
    }
    return Parts.table(
        "slowest",
        "The cases that took longest",
        List.of(
            column("Case"),
            Parts.sortable("Time", true),
            Parts.sortable("Compiling", true),
            Parts.sortable("Running", true),
            column("Verdict")),
        rows);
  }
}
