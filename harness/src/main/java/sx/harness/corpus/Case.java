package sx.harness.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import sx.harness.golden.GoldenKind;

/**
 * One program of the corpus.
 *
 * @param area the directory it stands in, {@code 04-expressions}
 * @param slug {@code 0001-precedence}
 * @param root the program's root file
 * @param title what it is about, in a few words
 * @param goldens the kinds of goldens that it had when it was found
 */
public record Case(
    String area, String slug, Path root, String title, Header header, Set<GoldenKind> goldens) {
  /**
   * Reads a case.
   *
   * @param expected the names of the goldens of its area
   */
  static Case read(String area, String slug, Path root, RuleBook book, Set<String> expected)
      throws IOException, BadCase {
    String text = new String(Files.readAllBytes(root), StandardCharsets.UTF_8);
    Header header = HeaderReader.read(root, text, book);
    Set<GoldenKind> goldens = EnumSet.noneOf(GoldenKind.class);
    for (GoldenKind kind : GoldenKind.values()) {
      if (expected.contains(slug + kind.ending())) {
        goldens.add(kind);
      }
    }
    return new Case(area, slug, root, title(text, slug), header, goldens);
  }

  /** The first comment below the header, else the words of the slug. */
  private static String title(String text, String slug) {
    Optional<String> first =
        text.lines().dropWhile(line -> line.startsWith(HeaderReader.MARK)).findFirst();
    return first
        .filter(line -> line.startsWith("//"))
        .map(line -> line.replaceFirst("^/+", "").strip())
        .filter(line -> !line.isEmpty())
        .orElseGet(() -> slug.substring(slug.indexOf('-') + 1).replace('-', ' '));
  }

  /** Area and slug. */
  public String name() {
    return area + "/" + slug;
  }

  /** Where the case itself stands: its file, or its folder if it has several. */
  public Path place() {
    return root.endsWith("main.sx") ? root.resolveSibling("").normalize() : root;
  }

  /** The file that holds a golden, whether it exists or not. */
  public Path golden(GoldenKind kind) {
    return place().resolveSibling("expected").resolve(slug + kind.ending());
  }
}
