package sx.reports.page;

import static sx.reports.html.Html.all;
import static sx.reports.html.Html.attr;
import static sx.reports.html.Html.css;
import static sx.reports.html.Html.tag;
import static sx.reports.page.Parts.cell;
import static sx.reports.page.Parts.column;
import static sx.reports.page.Parts.rowHead;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import sx.harness.results.RunRecord.FaultRecord;
import sx.reports.html.Html;
import sx.reports.model.Conformance;
import sx.reports.model.Count;

/**
 * The seeded faults against the areas and cases that caught them; what nothing caught stands first.
 */
public record FaultsPage(Conformance run) {
  public static final String FILE = "faults.html";

  /** The content of the page. */
  public Html content() {
    List<FaultRecord> faults =
        run.record().faults().stream()
            .sorted(Comparator.comparing((FaultRecord f) -> !f.caught().isEmpty()))
            .toList();
    if (faults.isEmpty()) {
      return tag(
          "p",
          css("verdict bad"),
          "No fault was seeded in this run: it does not show that the corpus catches anything.");
    }
    return all(
        verdict(faults),
        tag("h2", "Matrix"),
        matrix(faults),
        tag("h2", "Every fault"),
        table(faults));
  }

  private Html verdict(List<FaultRecord> faults) {
    int missed = run.uncaught().size();
    boolean sampled = faults.stream().anyMatch(FaultRecord::sampled);
    String words =
        missed == 0
            ? "Each of the " + faults.size() + " miscompilations that were tried was caught."
            : missed
                + " of "
                + Count.of(faults.size(), "miscompilation")
                + Count.verb(missed, " was", " were")
                + " not caught: the corpus lacks cases.";
    return all(
        tag("p", css("verdict " + (missed == 0 ? "good" : "bad")), words),
        sampled
            ? tag(
                "p",
                "This run tried a sample of the catalogue, and each fault until the first case that caught it. The nightly run tries all.")
            : Html.NONE);
  }

  private static String area(String name) {
    return name.substring(0, Math.max(0, name.indexOf('/')));
  }

  /** The number is enough to see, and leaves room for all areas side by side. */
  private static Html areaHead(String area) {
    String number = area.substring(0, Math.min(2, area.length()));
    return tag("th", attr("scope", "col"), tag("abbr", attr("title", area), number));
  }

  private static Html matrix(List<FaultRecord> faults) {
    TreeSet<String> areas = new TreeSet<>();
    for (FaultRecord fault : faults) {
      fault.tried().forEach(name -> areas.add(area(name)));
      fault.caught().keySet().forEach(name -> areas.add(area(name)));
    }
    List<Html> columns = new ArrayList<>();
    columns.add(column("Fault"));
    areas.forEach(area -> columns.add(areaHead(area)));
    List<Html> rows = new ArrayList<>();
    for (FaultRecord fault : faults) {
      List<Html> cells = new ArrayList<>();
      for (String area : areas) {
        long tried = fault.tried().stream().filter(n -> area(n).equals(area)).count();
        long caught = fault.caught().keySet().stream().filter(n -> area(n).equals(area)).count();
        cells.add(
            tried + caught == 0
                ? cell(tag("span", css("unseen"), "not tried"))
                : tag(
                    "td",
                    css(caught > 0 ? "yes" : "no"),
                    caught + " of " + Math.max(tried, caught)));
      }
      rows.add(tag("tr", rowHead(fault.name()), cells));
    }
    return tag(
        "div",
        css("matrix"),
        Parts.table(
            "matrix",
            "In each area: the cases that caught the fault, of those that it changed",
            columns,
            rows));
  }

  private Html table(List<FaultRecord> faults) {
    List<Html> rows = new ArrayList<>();
    for (FaultRecord fault : faults) {
      List<Html> caught = new ArrayList<>();
      fault.caught().forEach((name, how) -> caught.add(tag("div", name(name), ": ", how)));
      List<Html> without = new ArrayList<>();
      fault.tried().stream()
          .filter(name -> !fault.caught().containsKey(name))
          .forEach(name -> without.add(tag("div", name(name))));
      rows.add(
          tag(
              "tr",
              attr("id", fault.name()),
              rowHead(fault.name()),
              cell(fault.what()),
              cell(fault.stage()),
              cell(Parts.badge(caught.isEmpty() ? "not caught" : "caught")),
              cell(caught),
              cell(without)));
    }
    return Parts.table(
        "faults",
        "Faults with the cases that caught them",
        List.of(
            column("Fault"),
            column("What it breaks"),
            column("Stage"),
            column("Result"),
            column("Caught by"),
            column("Changed, not caught by")),
        rows);
  }

  private Html name(String name) {
    return run.find(name).isPresent() ? Parts.caseLink(FILE, name) : Html.text(name);
  }
}
