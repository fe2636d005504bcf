package sx.reports.page;

import static sx.reports.html.Html.all;
import static sx.reports.html.Html.attr;
import static sx.reports.html.Html.css;
import static sx.reports.html.Html.tag;
import static sx.reports.page.Parts.cell;
import static sx.reports.page.Parts.column;
import static sx.reports.page.Parts.figure;
import static sx.reports.page.Parts.figures;
import static sx.reports.page.Parts.link;
import static sx.reports.page.Parts.number;
import static sx.reports.page.Parts.percent;
import static sx.reports.page.Parts.rowHead;
import static sx.reports.page.Parts.time;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sx.harness.results.RunRecord;
import sx.reports.html.Html;
import sx.reports.model.CaseView;
import sx.reports.model.Conformance;
import sx.reports.model.Conformance.Chapter;
import sx.reports.model.Conformance.EngineTotal;
import sx.reports.model.Count;
import sx.reports.model.PastRun;

/** The first page: whether the run is green, what is not, and what is not proved. */
public record OverviewPage(Conformance run) {
  public static final String FILE = "index.html";
  private static final int CHAPTERS = 10;

  /** The content of the page. */
  public Html content() {
    return all(verdict(), tiles(), red(), changes(), chapters(), engines(), facts());
  }

  private Html verdict() {
    int red = run.red().size();
    int problems = run.record().problems().size();
    int uncaught = run.uncaught().size();
    String words =
        run.green()
            ? "The run is green: nothing failed that should pass."
            : "The run is red: "
                + Count.of(red, "case")
                + ", "
                + Count.of(problems, "problem")
                + " of the corpus, "
                + Count.of(uncaught, "fault")
                + " that nothing caught.";
    return tag("p", css("verdict " + (run.green() ? "good" : "bad")), words);
  }

  private Html tiles() {
    RunRecord record = run.record();
    long proved = run.provedRules();
    long unproved = record.rules().size() - proved;
    int faults = record.faults().size();
    return tag(
        "ul",
        css("tiles"),
        Parts.tile(
            "good",
            number(run.with("passed").size()),
            link(FILE, "cases.html#verdict=passed", "cases passed"),
            " of " + number(run.cases().size())),
        Parts.tile(
            run.red().isEmpty() ? "" : "bad",
            number(run.red().size()),
            link(FILE, "cases.html#verdict=red", "cases red")),
        Parts.tile(
            run.with("xfailed").isEmpty() ? "" : "warn",
            number(run.with("xfailed").size()),
            link(FILE, "cases.html#verdict=xfailed", "cases marked xfail")),
        Parts.tile(
            unproved == 0 ? "good" : "bad",
            number(unproved),
            link(FILE, "rules.html#proved=no", "rules without a case"),
            " of " + number(record.rules().size())),
        Parts.tile(
            run.uncaught().isEmpty() ? "good" : "bad",
            number(faults - run.uncaught().size()),
            link(FILE, "faults.html", "seeded faults caught"),
            " of " + number(faults) + " tried"),
        Parts.tile(
            "", time(record.figures().wallMillis()), link(FILE, "timing.html", "for all cases")));
  }

  private Html red() {
    List<Html> items = new ArrayList<>();
    run.record()
        .problems()
        .forEach(problem -> items.add(tag("li", Parts.badge("problem"), " ", problem)));
    for (CaseView one : run.red()) {
      items.add(
          tag(
              "li",
              Parts.badge(one.verdict()),
              " ",
              Parts.caseLink(FILE, one.name()),
              ": ",
              one.worst().message().lines().findFirst().orElse("")));
    }
    run.uncaught()
        .forEach(
            fault ->
                items.add(
                    tag("li", Parts.badge("not caught"), " ", fault.name(), ": ", fault.what())));
    return items.isEmpty()
        ? Html.NONE
        : all(tag("h2", "What is red"), tag("ul", css("plain"), items));
  }

  /** What became red and what became green since the run before, where both ran every case. */
  private Html changes() {
    List<PastRun> whole = run.history().stream().filter(PastRun::whole).toList();
    if (whole.size() < 2 || !whole.getLast().started().equals(run.record().run().started())) {
      return Html.NONE;
    }
    PastRun before = whole.get(whole.size() - 2);
    PastRun now = whole.getLast();
    Set<String> news = new LinkedHashSet<>(now.red());
    before.red().forEach(news::remove);
    Set<String> mended = new LinkedHashSet<>(before.red());
    mended.addAll(before.open());
    now.red().forEach(mended::remove);
    now.open().forEach(mended::remove);
    return all(
        tag("h2", "Since the run before"),
        tag(
            "ul",
            tag("li", Count.of(now.cases(), "case") + ", before " + number(before.cases()) + "."),
            tag(
                "li",
                Count.of(now.proved(), "rule")
                    + " proved, before "
                    + number(before.proved())
                    + "."),
            tag("li", "Red now and not before: ", names(news)),
            tag("li", "Red or marked xfail before and not now: ", names(mended))));
  }

  private Html names(Set<String> names) {
    List<Object> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(parts.isEmpty() ? "" : ", ");
      parts.add(run.find(name).isPresent() ? Parts.caseLink(FILE, name) : name + " (gone)");
    }
    return parts.isEmpty() ? Html.text("none.") : all(parts);
  }

  private Html chapters() {
    List<Html> rows = new ArrayList<>();
    for (Chapter chapter : run.leastProvedFirst().stream().limit(CHAPTERS).toList()) {
      rows.add(RulesPage.chapterRow(FILE, chapter));
    }
    return all(
        tag("h2", "Chapters of the reference that are proved least"),
        Parts.table("chapters", "Rules with and without a case", RulesPage.chapterColumns(), rows),
        tag("p", link(FILE, "rules.html", "All chapters and rules")));
  }

  private Html engines() {
    List<Html> rows = new ArrayList<>();
    for (EngineTotal engine : run.engines()) {
      List<Html> reasons = new ArrayList<>();
      engine
          .notRun()
          .forEach((reason, count) -> reasons.add(tag("div", number(count) + " × " + reason)));
      rows.add(
          tag(
              "tr",
              rowHead(link(FILE, "cases.html#engine=" + engine.engine(), engine.engine())),
              cell(engine.arch()),
              figure(number(engine.passed())),
              figure(number(engine.failed())),
              figure(number(engine.left())),
              cell(reasons)));
    }
    return all(
        tag("h2", "Engines"),
        Parts.table(
            "engines",
            "What each engine did, and why it did not",
            List.of(
                column("Engine"),
                column("Architecture"),
                figures("Agreed"),
                figures("Differed"),
                figures("Not run"),
                column("Why not")),
            rows));
  }

  private Html facts() {
    RunRecord.Run facts = run.record().run();
    RunRecord.Figures figures = run.record().figures();
    double work = figures.compileMillis() + figures.runMillis() + figures.ownMillis();
    return all(
        tag("h2", "The run"),
        tag(
            "dl",
            css("facts"),
            fact("Started", facts.started()),
            fact("Commit", facts.commit().isEmpty() ? "unknown" : facts.commit()),
            fact("Files", facts.modified() ? "differ from the commit" : "as in the commit"),
            fact("Machine", facts.host() + ", " + facts.processors() + " processors"),
            fact("Compiler", facts.compiler()),
            fact("Set", facts.set().equals("all") ? "all engines" : "fast set"),
            fact("Selection", facts.selection().isEmpty() ? "everything" : facts.selection()),
            fact("Seed", facts.seed() == 0 ? "none: in order" : Long.toString(facts.seed())),
            fact("Programs fenced", facts.fenced() ? "yes" : "no: files beside are looked for"),
            fact("Compiling", time(figures.compileMillis())),
            fact("Running", time(figures.runMillis())),
            fact(
                "Harness",
                time(figures.ownMillis())
                    + " of the cases' time ("
                    + percent(Math.round(figures.ownMillis()), Math.round(work))
                    + "), "
                    + figures.ownPercent()
                    + " % of the processors' time")));
  }

  private static Html fact(String name, String value) {
    return tag("div", tag("dt", name), tag("dd", attr("translate", "no"), value));
  }
}
