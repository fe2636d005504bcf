package sx.reports;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of a site as text, and what must hold for any of them. */
record Pages(Path site, Map<Path, String> texts) {
  private static final Pattern TAG =
      Pattern.compile(
          "<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:=\"[^\"<>]*\")?)*)>", Pattern.CASE_INSENSITIVE);
  private static final Pattern LINK = Pattern.compile(" href=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr", "col");

  static Pages of(Path site) throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(site)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".html")).toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    return new Pages(site, texts);
  }

  String text(String name) {
    return texts.getOrDefault(site.resolve(name), "");
  }

  /**
   * What is wrong: a {@code <} that is no tag of the report's own, tags that do not pair, an id
   * used twice.
   */
  List<String> malformed() {
    List<String> wrong = new ArrayList<>();
    texts.forEach((file, text) -> check(site.relativize(file) + ": ", markup(text), wrong));
    return wrong;
  }

  /** The page without its style and script, which are not made from a run. */
  private static String markup(String page) {
    return page.replaceAll("(?s)<(style|script)>.*?</\\1>", "").replaceFirst("<!doctype html>", "");
  }

  private static void check(String where, String text, List<String> wrong) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(text);
    int at = 0;
    while (tag.find()) {
      if (text.substring(at, tag.start()).matches("(?s).*[<>].*")) {
        wrong.add(where + "unescaped before " + tag.group());
      }
      at = tag.end();
      String name = tag.group(2).toLowerCase(Locale.ROOT);
      if (!tag.group(1).isEmpty()) {
        if (!name.equals(open.poll())) {
          wrong.add(where + "unpaired " + tag.group());
        }
      } else if (!VOID.contains(name)) {
        open.push(name);
      }
      if (tag.group(3).matches(".* on[a-z]+=.*") || name.equals("img") || name.equals("script")) {
        wrong.add(where + "injected " + tag.group());
      }
    }
    if (!open.isEmpty() || text.substring(at).contains("<")) {
      wrong.add(where + "left open " + open);
    }
    Set<String> ids = new HashSet<>();
    ID.matcher(text)
        .results()
        .filter(m -> !ids.add(m.group(1)))
        .forEach(m -> wrong.add(where + "twice" + m.group()));
  }

  /** The links that lead nowhere, or out of the site. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    Map<Path, Set<String>> ids = new TreeMap<>();
    texts.forEach((file, text) -> ids.put(file, ids(text)));
    int links = 0;
    for (Map.Entry<Path, String> page : texts.entrySet()) {
      Matcher link = LINK.matcher(page.getValue());
      while (link.find()) {
        String to = unescape(link.group(1));
        links++;
        if (!to.startsWith("data:") && !resolves(page.getKey(), to, ids)) {
          broken.add(site.relativize(page.getKey()) + " -> " + to);
        }
      }
    }
    assertTrue(links > texts.size(), "the pages have links");
    return broken;
  }

  private boolean resolves(Path from, String to, Map<Path, Set<String>> ids) {
    URI target = from.toUri().resolve(to);
    String fragment = target.getRawFragment();
    if (!"file".equals(target.getScheme())) {
      return false;
    }
    Path file = Path.of(URI.create(target.toString().replaceFirst("#.*", "")));
    if (!file.startsWith(site) || !Files.exists(file)) {
      return false;
    }
    // A fragment with `=` chooses filters.
    return fragment == null
        || (fragment.contains("=")
            ? texts.getOrDefault(file, "").contains("<form class=\"filters\"")
            : ids.getOrDefault(file, Set.of())
                .contains(URLDecoder.decode(fragment, StandardCharsets.UTF_8)));
  }

  private static Set<String> ids(String page) {
    Set<String> ids = new HashSet<>();
    ID.matcher(page).results().forEach(m -> ids.add(unescape(m.group(1))));
    return ids;
  }

  static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
