package sx.reports.page;

import static sx.reports.html.Html.all;
import static sx.reports.html.Html.attr;
import static sx.reports.html.Html.tag;
import static sx.reports.page.Parts.cell;
import static sx.reports.page.Parts.column;
import static sx.reports.page.Parts.figure;
import static sx.reports.page.Parts.figures;
import static sx.reports.page.Parts.link;
import static sx.reports.page.Parts.number;
import static sx.reports.page.Parts.rowHead;
import static sx.reports.page.Parts.sortable;
import static sx.reports.page.Parts.time;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sx.reports.html.Html;
import sx.reports.html.Links;
import sx.reports.model.CaseView;
import sx.reports.model.Conformance;
import sx.reports.model.Conformance.Area;
import sx.reports.model.Conformance.EngineTotal;

/** The cases: a table of the areas, then every case, to be searched and filtered. */
public record CasesPage(Conformance run) {
  public static final String FILE = "cases.html";

  /** The content of the page. */
  public Html content() {
    return all(tag("h2", "By area"), areas(), tag("h2", "Every case"), filter(), cases());
  }

  private Html areas() {
    List<Html> rows = new ArrayList<>();
    for (Area area : run.areas()) {
      long red = area.count("failed") + area.count("xpassed");
      rows.add(
          tag(
              "tr",
              rowHead(link(FILE, FILE + "#area=" + Links.encode(area.name()), area.name())),
              figure(number(area.cases().size())),
              figure(number(area.count("passed"))),
              red == 0 ? figure("0") : figure(tag("strong", number(red))),
              figure(number(area.count("xfailed"))),
              figure(number(area.ranIn("vm"))),
              figure(number(area.ranIn("o0"))),
              figure(number(area.ranIn("check"))),
              figure(time(area.millis()))));
    }
    return Parts.table(
        "areas",
        "Cases by area",
        List.of(
            column("Area"),
            figures("Cases"),
            figures("Passed"),
            figures("Red"),
            figures("xfail"),
            figures("Ran in vm"),
            figures("Ran in o0"),
            figures("Rejected"),
            figures("Time")),
        rows);
  }

  private Html filter() {
    Map<String, String> verdicts = new LinkedHashMap<>();
    verdicts.put("red", "red");
    CaseView.VERDICTS.forEach(v -> verdicts.put(v, v));
    Map<String, String> areas = new LinkedHashMap<>();
    run.areas().forEach(a -> areas.put(a.name(), a.name()));
    Map<String, String> engines = new LinkedHashMap<>();
    run.engines().stream().map(EngineTotal::engine).forEach(e -> engines.put(e, e));
    return Parts.filter(
        "cases",
        "cases",
        new Parts.Choice("verdict", "Verdict", verdicts),
        new Parts.Choice("area", "Area", areas),
        new Parts.Choice("expect", "Expectation", Parts.values("run", "reject", "ir")),
        new Parts.Choice("engine", "Ran in", engines),
        new Parts.Choice("ir", "Code pinned", Parts.values("yes", "no")));
  }

  private Html cases() {
    return Parts.table(
        "cases",
        "All cases of the run",
        List.of(
            sortable("Case", false),
            sortable("Verdict", false),
            sortable("Expects", false),
            column("Rules"),
            column("Ran in"),
            sortable("Time", true)),
        run.cases().stream().map(CasesPage::row).toList());
  }

  private static Html row(CaseView one) {
    List<String> ran = one.ranIn();
    List<Html> rules = new ArrayList<>();
    one.worst().rules().forEach(id -> rules.add(all(tag("code", id), " ")));
    return tag(
        "tr",
        attr("data-verdict", one.verdict() + (one.red() ? " red" : "")),
        attr("data-area", one.area()),
        attr("data-expect", one.worst().expect()),
        attr("data-engine", String.join(" ", ran)),
        attr("data-ir", one.hasGolden(".ir") ? "yes" : "no"),
        rowHead(Parts.caseLink(FILE, one.name())),
        cell(Parts.badge(one.verdict()), one.flaky() ? " its rounds differ" : ""),
        cell(one.worst().expect()),
        cell(rules),
        cell(String.join(" ", ran)),
        figure(one.millis(), time(one.millis())));
  }
}
