package sx.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report in a browser: what its script does to the pages. Skipped where there is no Chromium.
 */
final class BrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--dump-dom");
  private static final long SECONDS = 120;

  @TempDir Path home;

  private Path browser;

  @BeforeEach
  void write() throws IOException {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(), "no Chromium is installed: the report was not tried in a browser");
    browser = found.get();
    new Report(home, home.resolve("site"), home.resolve("history")).write(MadeUp.in(home));
  }

  @Test
  void showsEverythingUnlessAskedForLess() throws Exception {
    String page = dom("cases.html");
    assertEquals(List.of(), hidden(page));
    assertTrue(page.contains(">7 of 7 cases</output>"), "the count is said");
    assertFalse(page.contains("aria-label=\"Filter cases\" hidden"), "the form is shown");
  }

  @Test
  void filtersByChoices() throws Exception {
    String page = dom("cases.html#verdict=red&area=05-statements");
    assertTrue(page.contains(">2 of 7 cases</output>"));
    assertEquals(5, hidden(page).size());
  }

  @Test
  void findsWordsInAnyOrder() throws Exception {
    assertTrue(dom("cases.html#q=HELLO%2001").contains(">1 of 7 cases</output>"));
  }

  @Test
  void saysWhereNothingMatches() throws Exception {
    String page = dom("cases.html#q=no-such-case");
    assertTrue(page.contains(">0 of 7 cases</output>"));
    assertTrue(page.contains("<p class=\"nothing\">No cases match.</p>"));
  }

  @Test
  void filtersRules() throws Exception {
    String page = dom("rules.html#chapter=01-lexical&proved=no");
    assertTrue(page.contains(">1 of 3 rules</output>"));
    assertTrue(hidden(page).contains("lex.src.1"));
  }

  @Test
  void headsBecomeButtons() throws Exception {
    assertTrue(
        dom("cases.html").contains("data-sort=\"number\"><button type=\"button\">Time</button>"));
  }

  @Test
  void hostileTextDoesNothing() throws Exception {
    for (String page : List.of("index.html", "case/01-basic/0003-red.html", "faults.html")) {
      assertFalse(dom(page).contains("<img"), page);
    }
  }

  @Test
  void oddNamesCanBeOpened() throws Exception {
    assertTrue(
        dom("case/05-statements/0004%20odd_name%3F%2541.html").contains("<main id=\"main\""));
  }

  /** The ids, or otherwise the verdicts, of rows that are not shown. */
  private static List<String> hidden(String page) {
    return Pattern.compile("<tr (?:id|data-verdict)=\"([^\"]*)\"[^>]* hidden=\"\"")
        .matcher(page)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  /** The page as it is after its script. */
  private String dom(String page) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(browser.toString());
    command.addAll(OPTIONS);
    command.add("--user-data-dir=" + Files.createTempDirectory(home, "profile"));
    command.add(home.resolve("site").toUri() + page);
    Path out = Files.createTempFile(home, "dom", ".html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the browser does not end");
    } finally {
      try (Stream<ProcessHandle> started = process.descendants()) {
        started.forEach(ProcessHandle::destroyForcibly);
      }
      process.destroyForcibly();
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
