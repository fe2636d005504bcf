package sx.harness.golden;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts, line by line. */
public final class Diff {
  private static final int MAX_LINES = 2000;
  private static final int MAX_SHOWN = 60;
  private static final int CONTEXT = 2;

  private final List<String> before;
  private final List<String> after;
  private final List<String> shown = new ArrayList<>();

  private Diff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /** Lines that start with {@code -} are expected and missing, with {@code +} there instead. */
  public static String of(String expected, String actual) {
    Diff diff = new Diff(lines(expected), lines(actual));
    List<String> all =
        diff.before.size() > MAX_LINES || diff.after.size() > MAX_LINES
            ? diff.firstDifference()
            : diff.longestCommon();
    List<String> some = withContextOnly(all);
    return some.size() <= MAX_SHOWN
        ? String.join("\n", some)
        : String.join("\n", some.subList(0, MAX_SHOWN))
            + "\n… "
            + (some.size() - MAX_SHOWN)
            + " more lines";
  }

  /** The lines with what is invisible made visible. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("(?<=\n)", -1)) {
      String visible =
          line.endsWith("\n") ? line.substring(0, line.length() - 1) : line + "⟨no line end⟩";
      if (!line.isEmpty()) {
        lines.add(visible.replace("\r", "⟨CR⟩").replace("\0", "⟨NUL⟩"));
      }
    }
    return lines;
  }

  private List<String> firstDifference() {
    int i = 0;
    while (i < before.size() && i < after.size() && before.get(i).equals(after.get(i))) {
      shown.add("  " + before.get(i));
      i++;
    }
    before.stream().skip(i).limit(10).forEach(line -> shown.add("- " + line));
    after.stream().skip(i).limit(10).forEach(line -> shown.add("+ " + line));
    return shown;
  }

  private List<String> longestCommon() {
    int[][] length = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        length[i][j] =
            before.get(i).equals(after.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        shown.add("  " + before.get(i++));
        j++;
      } else if (j == after.size() || (i < before.size() && length[i + 1][j] >= length[i][j + 1])) {
        shown.add("- " + before.get(i++));
      } else {
        shown.add("+ " + after.get(j++));
      }
    }
    return shown;
  }

  private static List<String> withContextOnly(List<String> all) {
    List<String> kept = new ArrayList<>();
    boolean gap = false;
    for (int i = 0; i < all.size(); i++) {
      boolean near =
          all.subList(Math.max(0, i - CONTEXT), Math.min(all.size(), i + CONTEXT + 1)).stream()
              .anyMatch(line -> !line.startsWith("  "));
      if (near) {
        if (gap) {
          kept.add("  …");
        }
        kept.add(all.get(i));
      }
      gap = !near;
    }
    return kept;
  }
}
