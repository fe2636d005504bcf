package sx.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.harness.results.RunRecord;

/** The contents of the report. */
final class ReportTest {
  @TempDir Path home;

  private Path site;
  private RunRecord run;
  private Pages pages;

  @BeforeEach
  void write() throws IOException {
    site = home.resolve("site");
    run = MadeUp.in(home);
    new Report(home, site, home.resolve("history")).write(run);
    pages = Pages.of(site);
  }

  @Test
  void escapesEverything() {
    assertEquals(List.of(), pages.malformed());
    assertTrue(Pages.unescape(pages.text("case/01-basic/0003-red.html")).contains(MadeUp.HOSTILE));
  }

  @Test
  void everyLinkLeadsSomewhere() {
    assertEquals(List.of(), pages.broken());
  }

  @Test
  void agreesWithTheRun() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(site.resolve("summary.json").toFile());
    assertFalse(summary.get("green").asBoolean());
    assertEquals(3, summary.at("/verdicts/passed").asInt());
    assertEquals(2, summary.at("/verdicts/failed").asInt());
    assertEquals(1, summary.at("/verdicts/xpassed").asInt());
    assertEquals(1, summary.at("/verdicts/xfailed").asInt());
    assertEquals(3, summary.at("/rules/all").asInt());
    assertEquals(1, summary.at("/rules/proved").asInt());
    assertEquals(1, summary.at("/faults/caught").asInt());
    assertEquals("dropped-defer", summary.at("/faults/uncaught/0").asText());
    assertEquals(run.run().commit(), summary.at("/run/commit").asText());
    assertEquals(1, summary.get("history").asInt());
    // A row and a page a case, whatever its rounds.
    assertEquals(7, count(pages.text("cases.html"), "<tr data-verdict="));
    assertEquals(
        7, pages.texts().keySet().stream().filter(p -> p.toString().contains("/case/")).count());
    assertEquals(2, count(pages.text("rules.html"), "data-proved=\"no\""));
  }

  @Test
  void oneIsNotMany() {
    String overview = pages.text("index.html");
    assertTrue(overview.contains("1 problem of the corpus, 1 fault that"), overview);
    assertTrue(overview.contains("3 cases, "), overview);
  }

  @Test
  void aChartHasALineForEachThing() throws IOException {
    new Report(home, site, home.resolve("history")).write(MadeUp.large(home, 7));
    assertEquals(3, count(Pages.of(site).text("history.html"), "<polyline"));
  }

  @Test
  void rulesWithoutACaseStandFirst() {
    String rules = pages.text("rules.html");
    int loud = rules.indexOf("2 of 3 rules have no case");
    assertTrue(loud > 0 && loud < rules.indexOf("By chapter"));
    assertTrue(rules.indexOf("<tr id=\"stmt.if.1\"") < rules.indexOf("<tr id=\"lex.src.1\""));
  }

  @Test
  void showsACaseWhole() {
    String red = pages.text("case/01-basic/0003-red.html");
    assertTrue(
        red.contains("<li id=\"L3\" class=\"marked\">"), "the line with the error stands out");
    assertTrue(red.contains("(this file is gone since the run)"));
    String code = pages.text("case/01-basic/0002-code.html");
    assertTrue(code.contains("code for x86_64") && code.contains("code for aarch64"));
    assertTrue(
        pages.text("case/01-basic/0001-hello.html").contains("Seeded faults that it caught"));
    assertTrue(
        pages.text("case/05-statements/0003-flaky.html").contains("Its rounds do not agree."));
    assertTrue(code.contains("<span class=\"h\">//! rules"), "sources are coloured");
  }

  @Test
  void statesWhatIsNotCovered() {
    String covers = pages.text("covers.html");
    assertTrue(covers.contains("1 of 2 seeded faults were caught"));
    assertTrue(covers.contains("No evidence."));
    assertTrue(covers.contains("sx.llvm.CAbiTest has not run"));
  }

  @Test
  void unitTestsAreEvidenceOnlyWhereTheyAreGreen() throws IOException {
    Path reports = Files.createDirectories(home.resolve("compiler/target/surefire-reports"));
    Path file = reports.resolve("TEST-sx.llvm.CAbiTest.xml");
    String head =
        "<testsuite name=\"sx.llvm.CAbiTest\" tests=\"5\" errors=\"0\" skipped=\"1\" failures=\"%d\">";
    Report report = new Report(home, site, home.resolve("history"));
    Files.writeString(file, String.format(Locale.ROOT, head, 0));
    report.write(run);
    assertTrue(Pages.of(site).text("covers.html").contains("sx.llvm.CAbiTest: 4 green"));
    Files.writeString(file, String.format(Locale.ROOT, head, 2));
    report.write(run);
    assertTrue(Pages.of(site).text("covers.html").contains("sx.llvm.CAbiTest is red"));
  }

  @Test
  void keepsAHistory() throws IOException {
    Report report = new Report(home, site, home.resolve("history"));
    report.write(run);
    assertEquals(
        1, count(Pages.of(site).text("history.html"), "<th scope=\"row\">"), "one run is one run");
    Files.writeString(home.resolve("history/2020-damaged.json"), "{");
    report.write(MadeUp.large(home, 3));
    report.write(run);
    String history = Pages.of(site).text("history.html");
    assertEquals(2, count(history, "<th scope=\"row\">"));
    assertTrue(history.contains("<polyline"));
    assertTrue(Pages.of(site).text("index.html").contains("Since the run before"));
  }

  @Test
  void leavesAloneWhatIsNoReport() throws IOException {
    Path other = Files.createDirectories(home.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "years");
    Report report = new Report(home, other, home.resolve("history"));
    assertThrows(IOException.class, () -> report.write(run));
    assertTrue(Files.exists(other.resolve("thesis.txt")));
  }

  @Test
  void isTheSameEachTime() throws IOException {
    new Report(home, site, home.resolve("history")).write(run);
    assertEquals(pages.texts(), Pages.of(site).texts());
  }

  @Test
  void manyCasesAreNoProblem() throws IOException {
    RunRecord many = MadeUp.large(home, 1000);
    new Report(home, site, home.resolve("history")).write(many);
    Pages large = Pages.of(site);
    assertEquals(1000, count(large.text("cases.html"), "<tr data-verdict="));
    assertEquals(List.of(), large.broken());
  }

  private static int count(String text, String part) {
    return (int) Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }
}
