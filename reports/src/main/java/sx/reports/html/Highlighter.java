package sx.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours sx by its tokens (01-lexical.md). It works on anything: what is no token is plain text,
 * as the sources of rejected cases need.
 */
public final class Highlighter {
  private static final Set<String> KEYWORDS =
      Set.of(
          ("if else then true false enum error raise try catch onfail case break continue while for"
                  + " return defer f32 f64 struct union xx and or Type null push ufcs in Self inline"
                  + " abi extern export asm intrinsic private protocol impl")
              .split(" "));
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<comment>//[^\\n]*)\
          |(?<block>#string[ \\t]+(?<end>[A-Za-z_]\\w*)[^\\n]*\\n(?s:.*?)(?:^\\k<end>(?!\\w)|\\z))\
          |(?<string>"(?:\\\\.|[^"\\\\\\n])*"?|'(?:\\\\.|[^'\\\\\\n])*'?)\
          |(?<directive>\\#[A-Za-z_]\\w*)\
          |(?<word>`?[A-Za-z_]\\w*)\
          |(?<number>[0-9]\\w*(?:\\.[0-9]\\w*)?)""",
          Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("[iu][0-9]{1,3}|bool|string|void|usize|isize|any");

  private Highlighter() {}

  /**
   * A source as a list of lines, each with its number and an anchor.
   *
   * @param id what the anchors begin with
   * @param marked the lines, from 1, that stand out
   */
  public static Html lines(String source, String id, Set<Integer> marked) {
    List<Html> lines = new ArrayList<>();
    List<Object> line = new ArrayList<>();
    Matcher token = TOKEN.matcher(source);
    int at = 0;
    while (token.find()) {
      add("", source.substring(at, token.start()), line, lines, id, marked);
      add(kind(token), token.group(), line, lines, id, marked);
      at = token.end();
    }
    add("", source.substring(at), line, lines, id, marked);
    if (!line.isEmpty()) {
      end(line, lines, id, marked);
    }
    return Html.tag("ol", Html.css("source"), lines);
  }

  private static String kind(Matcher token) {
    if (token.group("comment") != null) {
      return token.group().startsWith("//!") ? "h" : "c";
    }
    if (token.group("string") != null || token.group("block") != null) {
      return "s";
    }
    if (token.group("directive") != null) {
      return "d";
    }
    if (token.group("number") != null) {
      return "n";
    }
    String word = token.group();
    return KEYWORDS.contains(word) ? "k" : TYPE.matcher(word).matches() ? "t" : "";
  }

  private static void add(
      String kind,
      String text,
      List<Object> line,
      List<Html> lines,
      String id,
      Set<Integer> marked) {
    int at = 0;
    for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', at)) {
      piece(kind, text.substring(at, feed), line);
      end(line, lines, id, marked);
      at = feed + 1;
    }
    piece(kind, text.substring(at), line);
  }

  private static void piece(String kind, String text, List<Object> line) {
    if (!text.isEmpty()) {
      line.add(kind.isEmpty() ? Html.text(text) : Html.tag("span", Html.css(kind), text));
    }
  }

  private static void end(List<Object> line, List<Html> lines, String id, Set<Integer> marked) {
    int number = lines.size() + 1;
    Object content = line.isEmpty() ? "\n" : List.copyOf(line);
    lines.add(
        marked.contains(number)
            ? Html.tag(
                "li",
                Html.attr("id", id + number),
                Html.css("marked"),
                Html.tag("code", content),
                Html.tag("span", Html.css("unseen"), " (an error is expected in this line)"))
            : Html.tag("li", Html.attr("id", id + number), Html.tag("code", content)));
    line.clear();
  }
}
