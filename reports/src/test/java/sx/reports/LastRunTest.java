package sx.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sx.harness.results.Results;
import sx.harness.results.RunRecord;
import sx.reports.model.Conformance;

/**
 * Makes the report of the last run of the harness, as {@code mvn verify} is to leave it, and looks
 * at it. It is a test and not a step of the build because only tests run on the right JDK whatever
 * Maven itself runs on.
 */
final class LastRunTest {
  private final Path home =
      Path.of(System.getProperty("sx.home", "..")).toAbsolutePath().normalize();

  @Test
  void isReported() throws IOException {
    Path results = home.resolve("harness/target/results");
    Optional<RunRecord> record = new Results(results).last();
    if (record.isEmpty()) {
      System.out.println("reports: no report, for the harness left no results in " + results);
    }
    assumeTrue(record.isPresent(), "the harness left no results");
    Path site = home.resolve("reports/target/site");
    Conformance run = new Report(home, site, home.resolve("reports/.history")).write(record.get());
    System.out.println("reports: the report is " + site.resolve("index.html").toUri());

    Pages pages = Pages.of(site);
    assertEquals(List.of(), pages.malformed());
    assertEquals(List.of(), pages.broken());
    assertEquals(
        run.cases().size(),
        Pattern.compile("<tr data-verdict=").matcher(pages.text("cases.html")).results().count());
    JsonNode summary = new ObjectMapper().readTree(site.resolve("summary.json").toFile());
    assertEquals(record.get().rules().size(), summary.at("/rules/all").asInt());
    assertEquals(
        run.cases().size(), summary.get("verdicts").valueStream().mapToInt(JsonNode::asInt).sum());
    assertEquals(record.get().run().started(), summary.at("/run/started").asText());
  }
}
