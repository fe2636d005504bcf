package sx.reports.page;

import static sx.reports.html.Html.all;
import static sx.reports.html.Html.attr;
import static sx.reports.html.Html.css;
import static sx.reports.html.Html.tag;
import static sx.reports.page.Parts.cell;
import static sx.reports.page.Parts.column;
import static sx.reports.page.Parts.figure;
import static sx.reports.page.Parts.figures;
import static sx.reports.page.Parts.number;
import static sx.reports.page.Parts.rowHead;
import static sx.reports.page.Parts.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import sx.reports.html.Html;
import sx.reports.model.Conformance;
import sx.reports.model.PastRun;

/** The last runs on this machine. */
public record HistoryPage(Conformance run) {
  public static final String FILE = "history.html";
  private static final List<String> KINDS = List.of("first", "second");
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 100;

  /** The content of the page. */
  public Html content() {
    List<PastRun> whole = run.history().stream().filter(PastRun::whole).toList();
    return all(
        chart(
            "Cases passed and rules proved",
            "Cases passed (full line) and rules proved (dashed line)",
            whole,
            List.of(PastRun::green, PastRun::proved)),
        chart("Time of all cases", "Wall time", whole, List.of(PastRun::wallMillis)),
        tag("h2", "Every run"),
        runs());
  }

  /** A picture of what the table says; runs of single cases are left out. */
  private static Html chart(
      String title, String legend, List<PastRun> runs, List<ToDoubleFunction<PastRun>> lines) {
    if (runs.size() < 2) {
      return all(
          tag("h2", title),
          tag("p", "A line needs two runs of every case; there is " + runs.size() + "."));
    }
    double top =
        runs.stream()
            .flatMapToDouble(r -> lines.stream().mapToDouble(line -> line.applyAsDouble(r)))
            .max()
            .orElse(1);
    return all(
        tag("h2", title),
        tag(
            "svg",
            css("chart"),
            attr("role", "img"),
            attr(
                "aria-label",
                title + " over " + runs.size() + " runs; the table below has the figures"),
            attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT),
            attr("preserveAspectRatio", "none"),
            all(
                (Object[])
                    IntStream.range(0, lines.size())
                        .mapToObj(i -> line(KINDS.get(i), runs, lines.get(i), top))
                        .toArray(Html[]::new))),
        tag(
            "p",
            css("legend"),
            legend + "; from the oldest to the newest run of every case, from zero up."));
  }

  private static Html line(
      String kind, List<PastRun> runs, ToDoubleFunction<PastRun> value, double top) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      double x = 10 + (WIDTH - 20.0) * i / (runs.size() - 1);
      double y = HEIGHT - 5 - (HEIGHT - 15) * value.applyAsDouble(runs.get(i)) / Math.max(1, top);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    return tag("polyline", css(kind), attr("points", points.toString().strip()));
  }

  private Html runs() {
    List<Html> rows = new ArrayList<>();
    for (PastRun past : run.history().reversed()) {
      String commit = past.commit().substring(0, Math.min(10, past.commit().length()));
      rows.add(
          tag(
              "tr",
              rowHead(past.started()),
              cell(tag("code", commit), past.modified() ? " and changes" : ""),
              cell(past.set()),
              cell(past.whole() ? "everything" : past.selection()),
              figure(number(past.cases())),
              figure(number(past.green())),
              past.red().isEmpty() ? figure("0") : figure(tag("strong", number(past.red().size()))),
              figure(number(past.open().size())),
              figure(number(past.proved()) + " of " + number(past.rules())),
              figure(past.caught() + " of " + past.faults()),
              figure(time(past.wallMillis()))));
    }
    return Parts.table(
        "runs",
        "Runs, the newest first",
        List.of(
            column("Started"),
            column("Commit"),
            column("Set"),
            column("Selection"),
            figures("Cases"),
            figures("Passed"),
            figures("Red"),
            figures("xfail"),
            figures("Rules proved"),
            figures("Faults caught"),
            figures("Time")),
        rows);
  }
}
