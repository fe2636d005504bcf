package sx.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Inferred error sets (err.infer) are what a brute-force closure over the call graph gives: a named
 * set with all of a function's tags takes the function, a set that lacks one does not.
 */
class ErrorSetsTest {
  private static final int FUNCTIONS = 7;
  private static final String OTHER = "Unrelated";

  @Property(tries = 60, seed = "7", shrinking = ShrinkingMode.OFF)
  void inferredSetsAreTheClosure(@ForAll long seed) {
    Graph graph = new Graph(new Random(seed));
    String right = graph.source(List.of());
    assertEquals("", Compiled.errors(right), right);
    for (int f = 0; f < FUNCTIONS; f++) {
      for (String tag : graph.sets.get(f)) {
        if (graph.random.nextInt(3) > 0) {
          continue;
        }
        String wrong = graph.source(List.of(f + tag));
        List<String> errors = Compiled.errors(wrong).lines().toList();
        assertEquals(1, errors.size(), wrong + errors);
        assertTrue(errors.getFirst().contains(tag), errors::toString);
        assertTrue(errors.getFirst().startsWith(position(wrong, f)), wrong + errors);
      }
    }
  }

  private static String position(String source, int f) {
    List<String> lines = source.lines().toList();
    String start = "take" + f + " ::";
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return (i + 1) + ":" + (lines.get(i).indexOf("try") + 1) + " ";
      }
    }
    throw new IllegalArgumentException(start);
  }

  /** Functions that raise, pass on and handle errors of each other, in cycles too. */
  private static final class Graph {
    private final Random random;
    private final List<String> bodies = new ArrayList<>();
    private final List<Set<String>> sets = new ArrayList<>();
    private final List<Set<Integer>> passed = new ArrayList<>();

    Graph(Random random) {
      this.random = random;
      for (int f = 0; f < FUNCTIONS; f++) {
        body();
      }
      boolean grown = true;
      while (grown) {
        grown = false;
        for (int f = 0; f < FUNCTIONS; f++) {
          for (int g : passed.get(f)) {
            grown |= sets.get(f).addAll(sets.get(g));
          }
        }
      }
    }

    private void body() {
      Set<String> raised = new TreeSet<>();
      Set<Integer> calls = new TreeSet<>();
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(4); n > 0; n--) {
        int g = random.nextInt(FUNCTIONS);
        int h = random.nextInt(FUNCTIONS);
        String tag = "Tag" + random.nextInt(6);
        switch (random.nextInt(8)) {
          case 0, 1 -> {
            raised.add(tag);
            text.append("if n == 0 { raise error.%s; } ".formatted(tag));
          }
          case 2 -> {
            calls.add(g);
            text.append("try f%d(n - 1); ".formatted(g));
          }
          case 3 -> {
            calls.add(g);
            text.append("if n > 0 { f%d(n - 1) catch (e) { raise e; } } ".formatted(g));
          }
          case 4 -> text.append("f%d(n - 1) catch { }; ".formatted(g));
          case 5 -> {
            raised.add(tag);
            text.append("f%d(n - 1) catch { raise error.%s; }; ".formatted(g, tag));
          }
          case 6 -> {
            calls.add(h);
            text.append("try f%d(n - 1) or try f%d(n - 2); ".formatted(g, h));
          }
          default -> {
            calls.add(g);
            text.append("if n < 9 { return f%d(n + 1); } ".formatted(g));
          }
        }
      }
      bodies.add(text.toString());
      sets.add(raised);
      passed.add(calls);
    }

    /**
     * The functions, and for each one a caller with a named set.
     *
     * @param left what the sets lack: the number of a function and a tag
     */
    String source(List<String> left) {
      StringBuilder text = new StringBuilder();
      for (int f = 0; f < FUNCTIONS; f++) {
        int number = f;
        List<String> tags = new ArrayList<>(sets.get(f));
        tags.removeIf(tag -> left.contains(number + tag));
        tags.add(OTHER);
        text.append("f%d :: (n: i64) -> ! { %s}\n".formatted(f, bodies.get(f)));
        text.append("Set%d :: error { %s }\n".formatted(f, String.join(", ", tags)));
        text.append("take%d :: (n: i64) -> !Set%d { try f%d(n); }\n".formatted(f, f, f));
      }
      text.append("main :: () { ");
      for (int f = 0; f < FUNCTIONS; f++) {
        text.append("take%d(3) catch { }; ".formatted(f));
      }
      return text.append("}\n").toString();
    }
  }
}
