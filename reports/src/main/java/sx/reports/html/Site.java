package sx.reports.html;

import static sx.reports.html.Html.attr;
import static sx.reports.html.Html.css;
import static sx.reports.html.Html.tag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes pages with what all of them share; style and script stand in each page, so that any page
 * can be sent alone.
 */
public final class Site {
  /** The pages of the navigation, by file. */
  public static final Map<String, String> PAGES = pages();

  private static final String CONTENT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
  private static final String ICON =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect"
          + " width='16' height='16' rx='3' fill='%23245'/%3E%3Cpath d='M4 8l3 3 5-6' fill='none'"
          + " stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E";

  private final Path directory;
  private final String subtitle;
  private final Html style = new Html.Own(resource("report.css"));
  private final Html script = new Html.Own(resource("report.js"));

  /**
   * @param directory where the site goes
   * @param subtitle which run it shows
   */
  public Site(Path directory, String subtitle) {
    this.directory = directory;
    this.subtitle = subtitle;
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("index.html", "Overview");
    pages.put("cases.html", "Cases");
    pages.put("rules.html", "Rules");
    pages.put("faults.html", "Seeded faults");
    pages.put("timing.html", "Timing");
    pages.put("history.html", "History");
    pages.put("covers.html", "Covers / does not cover");
    return pages;
  }

  /** A page with tables that can be filtered or sorted. */
  public void write(String file, String title, Html content) throws IOException {
    write(file, title, content, tag("script", script));
  }

  /** A page that needs no script. */
  public void writePlain(String file, String title, Html content) throws IOException {
    write(file, title, content, Html.NONE);
  }

  private void write(String file, String title, Html content, Html end) throws IOException {
    StringBuilder out = new StringBuilder(1 << 15).append("<!doctype html>\n");
    tag("html", attr("lang", "en"), head(title), body(file, title, content, end)).to(out);
    Path target = directory.resolve(file);
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.writeString(target, out.append('\n'));
  }

  private Html head(String title) {
    return tag(
        "head",
        tag("meta", attr("charset", "utf-8")),
        tag("meta", attr("http-equiv", "Content-Security-Policy"), attr("content", CONTENT_POLICY)),
        tag(
            "meta",
            attr("name", "viewport"),
            attr("content", "width=device-width, initial-scale=1")),
        tag("meta", attr("name", "color-scheme"), attr("content", "light dark")),
        tag("title", title, " · sx conformance"),
        tag("link", attr("rel", "icon"), attr("href", ICON)),
        tag("style", style));
  }

  private Html body(String file, String title, Html content, Html end) {
    return tag(
        "body",
        tag("a", css("skip"), attr("href", "#main"), "Skip to content"),
        tag(
            "header",
            tag("p", css("brand"), "sx conformance ", tag("span", subtitle)),
            tag("nav", attr("aria-label", "Report"), tag("ul", navigation(file)))),
        tag("main", attr("id", "main"), attr("tabindex", "-1"), tag("h1", title), content),
        tag(
            "footer",
            tag(
                "p",
                "The same figures for machines: ",
                tag("a", attr("href", Links.to(file, "summary.json")), "summary.json"))),
        end);
  }

  private static List<Html> navigation(String file) {
    List<Html> items = new ArrayList<>();
    PAGES.forEach(
        (page, name) ->
            items.add(
                tag(
                    "li",
                    page.equals(file)
                        ? tag(
                            "a",
                            attr("href", Links.to(file, page)),
                            attr("aria-current", "page"),
                            name)
                        : tag("a", attr("href", Links.to(file, page)), name))));
    return items;
  }

  private static String resource(String name) {
    try (InputStream in = Site.class.getResourceAsStream("/sx/reports/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the report lacks its " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
