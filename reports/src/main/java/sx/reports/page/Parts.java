package sx.reports.page;

import static sx.reports.html.Html.attr;
import static sx.reports.html.Html.css;
import static sx.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sx.reports.html.Html;
import sx.reports.html.Links;

/** What several pages show in the same way. */
final class Parts {
  private Parts() {}

  /** A verdict or state in words and colour; the words alone say all. */
  static Html badge(String state) {
    return tag("span", css("badge " + state.replace(' ', '-')), state.replace('_', ' '));
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Milliseconds as a person reads them. */
  static String time(double millis) {
    if (millis >= 10_000) {
      return String.format(Locale.ROOT, "%,.1f s", millis / 1000);
    }
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
  }

  static String percent(long part, long whole) {
    // 100 % means all.
    return whole == 0
        ? "–"
        : String.format(Locale.ROOT, "%.1f %%", Math.floor(1000.0 * part / whole) / 10);
  }

  static Html link(String from, String to, Object... label) {
    return tag("a", attr("href", Links.to(from, to)), label);
  }

  /** The link to a case's page. */
  static Html caseLink(String from, String name) {
    return link(from, Links.casePage(name), name);
  }

  /** A bar; the figure beside it says the same. */
  static Html bar(long part, long whole, String kind) {
    double share = whole == 0 ? 0 : 100.0 * part / whole;
    return tag(
        "span",
        css("bar " + kind),
        attr("aria-hidden", "true"),
        tag("span", attr("style", String.format(Locale.ROOT, "width:%.2f%%", share))));
  }

  /** A head cell of a column. */
  static Html column(String name) {
    return tag("th", attr("scope", "col"), name);
  }

  /** A head cell of a column of figures. */
  static Html figures(String name) {
    return tag("th", attr("scope", "col"), css("num"), name);
  }

  /** A head cell that sorts the table, by figures or by text. */
  static Html sortable(String name, boolean figures) {
    return tag(
        "th",
        attr("scope", "col"),
        css(figures ? "num" : "txt"),
        attr("data-sort", figures ? "number" : "text"),
        name);
  }

  static Html cell(Object... content) {
    return tag("td", content);
  }

  /** A cell with a figure. */
  static Html figure(Object text) {
    return tag("td", css("num"), text);
  }

  /** A cell with a figure that sorts by its value. */
  static Html figure(double value, String text) {
    return tag("td", css("num"), attr("data-value", value), text);
  }

  /** The cell that names its row. */
  static Html rowHead(Object... content) {
    return tag("th", attr("scope", "row"), content);
  }

  /** A table that scrolls by itself where it is too wide, by keyboard too. */
  static Html table(String id, String caption, List<Html> columns, List<Html> rows) {
    return tag(
        "div",
        css("scroll"),
        attr("role", "region"),
        attr("aria-labelledby", id + "-caption"),
        attr("tabindex", "0"),
        tag(
            "table",
            attr("id", id),
            tag("caption", attr("id", id + "-caption"), caption),
            tag("thead", tag("tr", columns)),
            tag("tbody", rows)));
  }

  /** One choice of a filter: the rows whose attribute {@code data-name} holds the chosen value. */
  record Choice(String name, String label, Map<String, String> values) {}

  /** Values that are shown as they are. */
  static Map<String, String> values(String... values) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String value : values) {
      map.put(value, value);
    }
    return map;
  }

  /**
   * The form that filters a table; the script shows it, without script there is nothing to filter.
   */
  static Html filter(String table, String things, Choice... choices) {
    List<Object> parts = new ArrayList<>();
    parts.add(css("filters"));
    parts.add(attr("data-table", table));
    parts.add(attr("data-things", things));
    parts.add(attr("role", "search"));
    parts.add(attr("aria-label", "Filter " + things));
    parts.add(attr("hidden", ""));
    parts.add(
        tag(
            "label",
            "Search ",
            tag(
                "input",
                attr("type", "search"),
                attr("name", "q"),
                attr("autocomplete", "off"),
                attr("spellcheck", "false"))));
    Arrays.stream(choices).map(Parts::select).forEach(parts::add);
    parts.add(tag("button", attr("type", "reset"), "Clear"));
    parts.add(tag("output", attr("role", "status"), attr("aria-live", "polite")));
    return tag("form", parts.toArray());
  }

  private static Html select(Choice choice) {
    List<Html> options = new ArrayList<>();
    options.add(tag("option", attr("value", ""), "all"));
    choice.values.forEach(
        (value, label) -> options.add(tag("option", attr("value", value), label)));
    return tag("label", choice.label, " ", tag("select", attr("name", choice.name), options));
  }

  /** A large figure with what it counts. */
  static Html tile(String kind, String value, Object... label) {
    return tag("li", css("tile " + kind), tag("strong", value), tag("span", label));
  }
}
