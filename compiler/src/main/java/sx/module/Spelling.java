package sx.module;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Spelling {
  private Spelling() {}

  /**
   * The candidate nearest to a name, if it differs in at most a third of the letters; the first of
   * equally near ones.
   */
  public static Optional<String> closest(String name, Collection<String> candidates) {
    int limit = name.length() / 3;
    Optional<String> best = Optional.empty();
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - name.length()) > limit || candidate.equals(name)) {
        continue;
      }
      int distance = distance(name, candidate);
      if (distance <= limit) {
        best = Optional.of(candidate);
        limit = distance - 1;
      }
    }
    return best;
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that turn one text into another.
   */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] cost) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
