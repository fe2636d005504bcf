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
import static sx.reports.page.Parts.sortable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sx.harness.results.RunRecord.RuleRecord;
import sx.reports.html.Html;
import sx.reports.html.Links;
import sx.reports.model.Conformance;
import sx.reports.model.Conformance.Chapter;
import sx.reports.model.Count;

/** The rules of the reference: those without a case first, by chapter; then all of them. */
public record RulesPage(Conformance run) {
  public static final String FILE = "rules.html";

  /** The content of the page. */
  public Html content() {
    return all(
        unproved(),
        tag("h2", "By chapter"),
        Parts.table(
            "chapters",
            "Chapters, the least proved first",
            chapterColumns(),
            run.leastProvedFirst().stream().map(c -> chapterRow(FILE, c)).toList()),
        tag("h2", "Every rule"),
        filter(),
        rules());
  }

  private Html unproved() {
    long unproved = run.record().rules().size() - run.provedRules();
    if (unproved == 0) {
      return tag(
          "p",
          css("verdict good"),
          "Every one of "
              + number(run.record().rules().size())
              + " rules has a case that proves it.");
    }
    List<Html> chapters = new ArrayList<>();
    for (Chapter chapter : run.leastProvedFirst()) {
      if (!chapter.unproved().isEmpty()) {
        chapters.add(unproved(chapter));
      }
    }
    return tag(
        "section",
        css("loud"),
        attr("aria-labelledby", "unproved"),
        tag(
            "h2",
            attr("id", "unproved"),
            number(unproved)
                + " of "
                + Count.of(run.record().rules().size(), "rule")
                + Count.verb(unproved, " has no case", " have no case")),
        tag("p", "Nothing in the corpus would fail if the compiler broke one of these."),
        chapters);
  }

  private static Html unproved(Chapter chapter) {
    List<Html> items = new ArrayList<>();
    for (RuleRecord rule : chapter.unproved()) {
      items.add(
          tag("li", link(FILE, FILE + "#" + Links.encode(rule.id()), tag("code", rule.id()))));
    }
    return tag(
        "details",
        tag(
            "summary",
            tag("strong", chapter.name()),
            " "
                + number(chapter.unproved().size())
                + " of "
                + number(chapter.rules().size())
                + " without a case"),
        tag("ul", css("ids"), items));
  }

  static List<Html> chapterColumns() {
    return List.of(
        column("Chapter"),
        figures("Rules"),
        figures("Without a case"),
        figures("Proved"),
        tag("td", css("wide")));
  }

  static Html chapterRow(String from, Chapter chapter) {
    int rules = chapter.rules().size();
    String filter = FILE + "#chapter=" + Links.encode(chapter.name());
    return tag(
        "tr",
        rowHead(link(from, filter, chapter.name())),
        figure(number(rules)),
        figure(
            chapter.unproved().isEmpty()
                ? "0"
                : link(from, filter + "&proved=no", number(chapter.unproved().size()))),
        figure(percent(chapter.proved(), rules)),
        cell(Parts.bar(chapter.proved(), rules, "good")));
  }

  private Html filter() {
    Map<String, String> chapters = new LinkedHashMap<>();
    run.chapters().forEach(c -> chapters.put(c.name(), c.name()));
    return Parts.filter(
        "rules",
        "rules",
        new Parts.Choice("chapter", "Chapter", chapters),
        new Parts.Choice("proved", "Has a case", Parts.values("no", "yes")),
        new Parts.Choice("error", "States an error", Parts.values("no", "yes")));
  }

  /** Those without a case first, in each part in the order of the reference. */
  private Html rules() {
    List<RuleRecord> rules = new ArrayList<>();
    run.record().rules().stream().filter(r -> r.cases().isEmpty()).forEach(rules::add);
    run.record().rules().stream().filter(r -> !r.cases().isEmpty()).forEach(rules::add);
    return Parts.table(
        "rules",
        "All rules of the reference",
        List.of(
            sortable("Rule", false),
            sortable("Chapter", false),
            column("How it begins"),
            sortable("Cases", true),
            column("Proved by")),
        rules.stream().map(this::row).toList());
  }

  private Html row(RuleRecord rule) {
    List<Html> cases = new ArrayList<>();
    rule.cases()
        .forEach(
            name ->
                cases.add(
                    all(run.find(name).isPresent() ? Parts.caseLink(FILE, name) : name, " ")));
    boolean proved = !cases.isEmpty();
    return tag(
        "tr",
        attr("id", rule.id()),
        attr("data-chapter", rule.chapter()),
        attr("data-proved", proved ? "yes" : "no"),
        attr("data-error", rule.error() ? "yes" : "no"),
        rowHead(tag("code", rule.id())),
        cell(rule.chapter() + ".md:" + rule.line()),
        cell(code(rule.text())),
        figure(number(cases.size())),
        cell(proved ? cases : Parts.badge("no case")));
  }

  /** The reference's text with what stands in backticks as code. */
  private static List<Object> code(String text) {
    List<Object> parts = new ArrayList<>();
    String[] pieces = text.split("`", -1);
    for (int i = 0; i < pieces.length; i++) {
      boolean closed = i % 2 == 1 && i < pieces.length - 1;
      parts.add(closed ? tag("code", pieces[i]) : (i % 2 == 1 ? "`" : "") + pieces[i]);
    }
    return parts;
  }
}
