package sx.reports.page;

import static sx.reports.html.Html.all;
import static sx.reports.html.Html.attr;
import static sx.reports.html.Html.css;
import static sx.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sx.reports.html.Html;
import sx.reports.model.Guarantee;
import sx.reports.model.Guarantee.State;

/** Every guarantee with its evidence, or as prominently with its absence. */
public record CoversPage(List<Guarantee> guarantees) {
  public static final String FILE = "covers.html";

  /** The content of the page. */
  public Html content() {
    Map<String, List<Guarantee>> groups = new LinkedHashMap<>();
    guarantees.forEach(g -> groups.computeIfAbsent(g.group(), _ -> new ArrayList<>()).add(g));
    List<Html> parts = new ArrayList<>();
    groups.forEach(
        (group, claims) ->
            parts.add(
                all(
                    tag("h2", group),
                    tag("ul", css("claims"), claims.stream().map(CoversPage::claim).toList()))));
    return all(
        tag(
            "p",
            "What the last run and the unit tests show, counted, and what they do not. Nothing is covered because"
                + " somebody says so: without evidence it stands here as not covered."),
        tag(
            "ul",
            css("tiles"),
            tile(State.COVERED, "good"),
            tile(State.PARTLY, "warn"),
            tile(State.NOT_COVERED, "bad")),
        parts);
  }

  private Html tile(State state, String kind) {
    long count = guarantees.stream().filter(g -> g.state() == state).count();
    return Parts.tile(kind, Parts.number(count), state.words());
  }

  private static Html claim(Guarantee one) {
    String state = one.state().words();
    return tag(
        "li",
        css(state.replace(' ', '-')),
        tag("h3", Parts.badge(state), " ", one.claim()),
        one.evidence().isEmpty()
            ? tag("p", tag("strong", "No evidence."))
            : tag("p", tag("strong", "Evidence: "), one.evidence(), "."),
        one.gap().isEmpty() ? Html.NONE : tag("p", tag("strong", "Not covered: "), one.gap(), "."),
        one.page().isEmpty()
            ? Html.NONE
            : tag(
                "p",
                tag(
                    "a",
                    attr("href", one.page()),
                    "Look at it",
                    tag("span", css("unseen"), ": " + one.claim()))));
  }
}
