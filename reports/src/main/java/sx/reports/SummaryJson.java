package sx.reports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import sx.reports.model.CaseView;
import sx.reports.model.Conformance;
import sx.reports.model.Guarantee;
import sx.reports.page.TimingPage;

/** The figures of the report for machines; docs/harness.md describes them. */
final class SummaryJson {
  /** Changes when readers must change. */
  static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private SummaryJson() {}

  static void write(Path file, Conformance run, List<Guarantee> guarantees) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("green", run.green());
    root.set("run", JSON.valueToTree(run.record().run()));
    root.set("figures", JSON.valueToTree(run.record().figures()));
    root.set("problems", JSON.valueToTree(run.record().problems()));
    ObjectNode verdicts = root.putObject("verdicts");
    CaseView.VERDICTS.forEach(v -> verdicts.put(v, run.with(v).size()));
    root.set("red", JSON.valueToTree(run.red().stream().map(CaseView::name).toList()));
    areas(root.putArray("areas"), run);
    rules(root, run);
    root.set("engines", JSON.valueToTree(run.engines()));
    ObjectNode faults = root.putObject("faults");
    faults.put("tried", run.record().faults().size());
    faults.put("caught", run.record().faults().size() - run.uncaught().size());
    faults.set("uncaught", JSON.valueToTree(run.uncaught().stream().map(f -> f.name()).toList()));
    ArrayNode slowest = root.putArray("slowest");
    for (CaseView one : run.slowest(TimingPage.SLOWEST)) {
      slowest.addObject().put("name", one.name()).put("millis", one.millis());
    }
    ArrayNode claims = root.putArray("guarantees");
    for (Guarantee one : guarantees) {
      claims
          .addObject()
          .put("group", one.group())
          .put("claim", one.claim())
          .put("state", one.state().words())
          .put("evidence", one.evidence())
          .put("gap", one.gap());
    }
    root.put("history", run.history().size());
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  private static void areas(ArrayNode areas, Conformance run) {
    for (Conformance.Area area : run.areas()) {
      ObjectNode one = areas.addObject().put("name", area.name()).put("cases", area.cases().size());
      CaseView.VERDICTS.forEach(v -> one.put(v, area.count(v)));
    }
  }

  private static void rules(ObjectNode root, Conformance run) {
    ObjectNode rules = root.putObject("rules");
    rules.put("all", run.record().rules().size());
    rules.put("proved", run.provedRules());
    ArrayNode chapters = rules.putArray("chapters");
    for (Conformance.Chapter chapter : run.chapters()) {
      ObjectNode one = chapters.addObject().put("name", chapter.name());
      one.put("rules", chapter.rules().size()).put("proved", chapter.proved());
      one.set("unproved", JSON.valueToTree(chapter.unproved().stream().map(r -> r.id()).toList()));
    }
  }
}
