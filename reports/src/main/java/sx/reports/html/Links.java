package sx.reports.html;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Links between the files of the site, all relative. */
public final class Links {
  private Links() {}

  /**
   * The link from one page to another.
   *
   * @param from the page it stands on, as a path in the site
   * @param to the page it leads to, with {@code #} and a fragment that is encoded already, or
   *     without
   */
  public static String to(String from, String to) {
    int hash = to.indexOf('#');
    String path = hash < 0 ? to : to.substring(0, hash);
    String up = "../".repeat((int) from.chars().filter(c -> c == '/').count());
    String encoded =
        Arrays.stream(path.split("/")).map(Links::encode).collect(Collectors.joining("/"));
    return up + encoded + (hash < 0 ? "" : to.substring(hash));
  }

  /** The page of a case, as a path in the site. */
  public static String casePage(String name) {
    return "case/" + name.replace('#', '_') + ".html";
  }

  /** Text as a part of a link. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
