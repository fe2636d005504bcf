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
import static sx.reports.page.Parts.rowHead;
import static sx.reports.page.Parts.time;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sx.harness.results.RunRecord.CaseRecord;
import sx.harness.results.RunRecord.EngineRecord;
import sx.harness.results.RunRecord.FaultRecord;
import sx.reports.html.Highlighter;
import sx.reports.html.Html;
import sx.reports.html.Links;
import sx.reports.model.CaseView;
import sx.reports.model.Conformance;
import sx.reports.model.Texts;

/** One case: what it proves, its source and goldens, what each engine made of it, its code. */
public final class CasePage {
  private static final Pattern PLACE = Pattern.compile("^(?:(.+):)?([0-9]{1,9}):[0-9]+$");

  private final Conformance run;
  private final CaseView one;
  private final CaseRecord record;
  private final String file;
  private final Texts texts;

  /**
   * @param run the run that the case belongs to
   * @param texts reads sources and goldens
   */
  public CasePage(Conformance run, CaseView one, Texts texts) {
    this.run = run;
    this.one = one;
    this.record = one.worst();
    this.file = Links.casePage(one.name());
    this.texts = texts;
  }

  /** The page's path in the site. */
  public String file() {
    return file;
  }

  /**
   * The content of the page.
   *
   * @param before the case before it in the order of names; empty at the start
   * @param after the one after it; empty at the end
   */
  public Html content(String before, String after) throws IOException {
    return all(
        tag("p", Parts.badge(one.verdict()), " ", tag("code", one.name())),
        one.flaky() ? tag("p", css("verdict bad"), "Its rounds do not agree.") : Html.NONE,
        message(),
        facts(),
        engines(),
        sources(),
        goldens(),
        code(),
        faults(),
        around(before, after));
  }

  private Html message() {
    if (record.message().isEmpty()) {
      return Html.NONE;
    }
    return all(
        tag("h2", one.red() ? "Why it is red" : "Why it does not pass yet"),
        tag("pre", attr("tabindex", "0"), record.message()));
  }

  private Html facts() {
    List<Object> rules = new ArrayList<>();
    for (String id : record.rules()) {
      rules.add(link(file, RulesPage.FILE + "#" + Links.encode(id), tag("code", id)));
      rules.add(" ");
    }
    List<Html> facts = new ArrayList<>();
    facts.add(fact("Area", link(file, "cases.html#area=" + Links.encode(one.area()), one.area())));
    facts.add(fact("Proves", rules));
    record
        .header()
        .forEach(
            (key, value) -> {
              if (!key.equals("rules")) {
                facts.add(fact(key.equals("expect") ? "Expects" : key, value));
              }
            });
    facts.add(fact("Time", time(one.millis())));
    facts.add(
        tag(
            "div",
            css("whole"),
            tag("dt", "Repeat it"),
            tag("dd", attr("translate", "no"), tag("code", record.repeat()))));
    return tag("dl", css("facts"), facts);
  }

  private static Html fact(String name, Object value) {
    return tag("div", tag("dt", name), tag("dd", attr("translate", "no"), value));
  }

  private Html engines() {
    List<Html> rows = new ArrayList<>();
    for (CaseRecord round : one.rounds()) {
      for (EngineRecord engine : round.engines()) {
        rows.add(row(round, engine));
      }
    }
    return all(
        tag("h2", "Engines"),
        Parts.table(
            "engines",
            "What came of it in each engine",
            List.of(
                column("Engine"),
                column("Architecture"),
                column("Result"),
                figures("Compiling"),
                figures("Running"),
                column("How or why")),
            rows));
  }

  private Html row(CaseRecord round, EngineRecord engine) {
    boolean ran = !engine.state().equals("not_run");
    String suffix = one.rounds().size() > 1 ? ", round " + round.round() : "";
    String message = engine.message();
    return tag(
        "tr",
        rowHead(engine.engine() + suffix),
        cell(engine.arch()),
        cell(Parts.badge(engine.state())),
        figure(ran ? time(engine.compileMillis()) : "–"),
        figure(ran ? time(engine.runMillis()) : "–"),
        cell(message.contains("\n") ? tag("pre", attr("tabindex", "0"), message) : message));
  }

  private Html sources() throws IOException {
    List<Html> parts = new ArrayList<>();
    int number = 0;
    for (String source : record.files()) {
      String id = ++number == 1 ? "L" : "f" + number + "-L";
      Html content =
          source.endsWith(".sx")
              ? code(source, Highlighter.lines(texts.read(source), id, marked(source)))
              : tag("pre", attr("tabindex", "0"), texts.read(source));
      parts.add(all(tag("h3", tag("code", source)), content));
    }
    return all(tag("h2", "Source"), parts);
  }

  private static Html code(String name, Html lines) {
    return tag(
        "div",
        css("code"),
        attr("role", "region"),
        attr("aria-label", name),
        attr("tabindex", "0"),
        attr("translate", "no"),
        lines);
  }

  /** The lines of a file in which the golden expects an error. */
  private Set<Integer> marked(String source) throws IOException {
    Set<Integer> marked = new TreeSet<>();
    for (String golden : record.goldens()) {
      if (golden.endsWith(".errors")) {
        for (String line : texts.read(golden).split("\n", -1)) {
          Matcher place = PLACE.matcher(line);
          if (place.matches() && isIn(source, place.group(1))) {
            marked.add(Integer.valueOf(place.group(2)));
          }
        }
      }
    }
    return marked;
  }

  private boolean isIn(String source, @Nullable String named) {
    return named == null ? source.equals(record.file()) : source.endsWith("/" + named);
  }

  private Html goldens() throws IOException {
    List<Html> parts = new ArrayList<>();
    for (String golden : record.goldens()) {
      if (!golden.endsWith(".ir")) {
        String text = texts.read(golden);
        parts.add(
            all(
                tag("h3", tag("code", golden)),
                text.isEmpty()
                    ? tag("p", "Empty: nothing may be printed.")
                    : tag("pre", attr("tabindex", "0"), attr("translate", "no"), text)));
      }
    }
    return parts.isEmpty() ? Html.NONE : all(tag("h2", "Goldens"), parts);
  }

  /** The code of both architectures side by side; one side says so where it is not pinned. */
  private Html code() throws IOException {
    if (!one.hasGolden(".ir")) {
      return Html.NONE;
    }
    Map<String, String> sides = new LinkedHashMap<>();
    for (String arch : List.of("x86_64", "aarch64")) {
      for (String golden : record.goldens()) {
        if (golden.endsWith("." + arch + ".ir")) {
          sides.put(arch, texts.read(golden));
        }
      }
      sides.putIfAbsent(arch, "");
    }
    List<String> distinct = sides.values().stream().distinct().toList();
    List<Html> pair = new ArrayList<>();
    sides.forEach((arch, text) -> pair.add(side(arch, text)));
    return all(
        tag("h2", "Code, not optimized"),
        distinct.size() == 1 ? tag("p", "Both architectures have the same code.") : Html.NONE,
        tag("div", css("pair"), pair));
  }

  private static Html side(String arch, String text) {
    return tag(
        "div",
        tag("h3", arch),
        text.isEmpty()
            ? tag("p", "Not pinned.")
            : code("code for " + arch, tag("ol", css("source"), irLines(text))));
  }

  private static List<Html> irLines(String text) {
    return Arrays.stream(text.split("\n"))
        .map(line -> tag("li", tag("code", line.isEmpty() ? "\n" : line)))
        .toList();
  }

  private Html faults() {
    List<FaultRecord> faults = run.caughtBy(one.name());
    if (faults.isEmpty()) {
      return Html.NONE;
    }
    return all(
        tag("h2", "Seeded faults that it caught"),
        tag(
            "ul",
            faults.stream()
                .map(
                    fault ->
                        tag(
                            "li",
                            link(file, "faults.html#" + Links.encode(fault.name()), fault.name()),
                            ": ",
                            fault.what(),
                            " (",
                            fault.caught().getOrDefault(one.name(), ""),
                            ")"))
                .toList()));
  }

  private Html around(String before, String after) {
    return tag(
        "nav",
        css("around"),
        attr("aria-label", "Neighbours"),
        before.isEmpty() ? Html.NONE : link(file, Links.casePage(before), "← " + before),
        after.isEmpty() ? Html.NONE : link(file, Links.casePage(after), after + " →"));
  }
}
