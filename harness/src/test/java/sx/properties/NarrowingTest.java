package sx.properties;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random control flow never lets a null through narrowing (opt.narrow): where the compiler accepts
 * that an optional is used as its payload, no path leads there with a null.
 */
class NarrowingTest {
  private static final int OPTIONALS = 3;
  private static final int FLAGS = 3;
  private static final int MAX_STEPS = 200;

  @Property(tries = 150, seed = "4", shrinking = ShrinkingMode.OFF)
  void aNullIsNeverUsed(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      Flow flow = new Flow(random);
      String source = flow.source();
      if (Compiled.errors(source).isEmpty()) {
        assertTrue(!flow.usesNull(), () -> "a null is used in\n" + source);
      }
    }
  }

  /** Most of what the generator takes for proven the compiler takes for proven, too. */
  @Property(tries = 1, seed = "5", shrinking = ShrinkingMode.OFF)
  void manyProgramsAreAccepted() {
    Random random = new Random(6);
    int accepted = 0;
    int all = 60;
    for (int i = 0; i < all; i++) {
      accepted += Compiled.errors(new Flow(random).source()).isEmpty() ? 1 : 0;
    }
    int count = accepted;
    assertTrue(count > all / 5 && count < all, () -> count + " of " + all);
  }

  // ---------------------------------------------------------------------------- the programs

  private interface Condition {
    boolean holds(State s);
  }

  private interface Step {
    /** False if the function, loop body or loop is left: see {@link State#left}. */
    boolean run(State s);
  }

  private enum Left {
    NO,
    BREAK,
    CONTINUE,
    RETURN
  }

  private static final List<Left> EXITS = List.of(Left.BREAK, Left.CONTINUE, Left.RETURN);

  private static final class State {
    private final boolean[] present = new boolean[OPTIONALS];
    private final boolean[] flags = new boolean[FLAGS];
    private boolean usedNull;
    private int steps;
    private Left left = Left.NO;

    State(int inputs) {
      for (int i = 0; i < OPTIONALS; i++) {
        present[i] = ((inputs >> i) & 1) == 1;
      }
      for (int i = 0; i < FLAGS; i++) {
        flags[i] = ((inputs >> (OPTIONALS + i)) & 1) == 1;
      }
    }

    boolean leave(Left how) {
      left = how;
      return false;
    }
  }

  /** A function over optionals and flags. */
  private static final class Flow {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final Step body;
    private int counters;

    Flow(Random random) {
      this.random = random;
      this.body = block(3, Set.of(), false, new HashSet<>());
    }

    boolean usesNull() {
      for (int inputs = 0; inputs < 1 << (OPTIONALS + FLAGS); inputs++) {
        State s = new State(inputs);
        body.run(s);
        if (s.usedNull) {
          return true;
        }
      }
      return false;
    }

    String source() {
      StringBuilder params = new StringBuilder();
      for (int i = 0; i < OPTIONALS; i++) {
        params.append("o").append(i).append(": ?i64, ");
      }
      for (int i = 0; i < FLAGS; i++) {
        params.append("c").append(i).append(i + 1 < FLAGS ? ": bool, " : ": bool");
      }
      return "f :: ("
          + params
          + ") -> i64 {\ns := 0;\n"
          + text
          + "return s;\n}\n"
          + "main :: () { f(1, null, 2, true, false, true); }\n";
    }

    /**
     * A block.
     *
     * @param proven what the generator takes for present
     * @param after receives what is proven where the block ends
     */
    private Step block(int depth, Set<Integer> proven, boolean inLoop, Set<Integer> after) {
      List<Step> steps = new ArrayList<>();
      Set<Integer> known = new HashSet<>(proven);
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        steps.add(step(depth, known, inLoop));
      }
      after.addAll(known);
      return s -> {
        for (Step step : steps) {
          s.steps++;
          if (s.steps > MAX_STEPS || !step.run(s)) {
            return false;
          }
        }
        return true;
      };
    }

    private Step step(int depth, Set<Integer> known, boolean inLoop) {
      int kind = random.nextInt(depth > 0 ? 11 : 5);
      return switch (kind) {
        case 0, 1 -> use(known);
        case 2, 3 -> assign(known);
        case 4 -> jump(inLoop);
        case 5 -> loop(depth, known);
        case 6 -> guard(known, inLoop);
        default -> branch(depth, known, inLoop);
      };
    }

    private Step use(Set<Integer> known) {
      List<Integer> candidates = new ArrayList<>(known);
      if (candidates.isEmpty() && random.nextInt(8) > 0) {
        text.append("s += 1;\n");
        return s -> true;
      }
      int i =
          candidates.isEmpty()
              ? random.nextInt(OPTIONALS)
              : candidates.get(random.nextInt(candidates.size()));
      String form =
          switch (random.nextInt(3)) {
            case 0 -> "s += o%d;\n";
            case 1 -> "s = o%d * 2;\n";
            default -> "if o%d > 3 { s += 1; }\n";
          };
      text.append(form.formatted(i));
      return s -> {
        s.usedNull |= !s.present[i];
        return true;
      };
    }

    private Step assign(Set<Integer> known) {
      int i = random.nextInt(OPTIONALS);
      return switch (random.nextInt(3)) {
        case 0 -> {
          text.append("o%d = null;\n".formatted(i));
          known.remove(i);
          yield s -> {
            s.present[i] = false;
            return true;
          };
        }
        case 1 -> {
          text.append("o%d = 7;\n".formatted(i));
          known.add(i);
          yield s -> {
            s.present[i] = true;
            return true;
          };
        }
        default -> {
          int j = (i + 1) % OPTIONALS;
          text.append("o%d = o%d;\n".formatted(i, j));
          known.remove(i);
          yield s -> {
            s.present[i] = s.present[j];
            return true;
          };
        }
      };
    }

    private Step jump(boolean inLoop) {
      Test test = flag();
      Left how = inLoop ? EXITS.get(random.nextInt(EXITS.size())) : Left.RETURN;
      text.append("if " + test.text() + " { " + word(how) + " }\n");
      return s -> !test.condition().holds(s) || s.leave(how);
    }

    private static String word(Left how) {
      return switch (how) {
        case BREAK -> "break;";
        case CONTINUE -> "continue;";
        default -> "return 0;";
      };
    }

    /** Leaves if an optional is absent. */
    private Step guard(Set<Integer> known, boolean inLoop) {
      int i = random.nextInt(OPTIONALS);
      Left how = inLoop ? EXITS.get(random.nextInt(EXITS.size())) : Left.RETURN;
      text.append("if o%d == null { %s }\n".formatted(i, word(how)));
      known.add(i);
      return s -> s.present[i] || s.leave(how);
    }

    private Step branch(int depth, Set<Integer> known, boolean inLoop) {
      Test test = test(2);
      text.append("if " + test.text() + " {\n");
      Set<Integer> yes = new HashSet<>();
      Set<Integer> inYes = new HashSet<>(known);
      inYes.addAll(test.whenTrue());
      Step one = block(depth - 1, inYes, inLoop, yes);
      boolean otherwise = random.nextBoolean();
      Set<Integer> no = new HashSet<>();
      Set<Integer> inNo = new HashSet<>(known);
      inNo.addAll(test.whenFalse());
      text.append(otherwise ? "} else {\n" : "}\n");
      Step two = otherwise ? block(depth - 1, inNo, inLoop, no) : s -> true;
      if (otherwise) {
        text.append("}\n");
      } else {
        no.addAll(inNo);
      }
      known.clear();
      known.addAll(yes);
      known.retainAll(no);
      return s -> test.condition().holds(s) ? one.run(s) : two.run(s);
    }

    private Step loop(int depth, Set<Integer> known) {
      int n = counters++;
      Test test = test(1);
      text.append("t%d := 0;\nwhile t%d < 3 and %s {\nt%d += 1;\n".formatted(n, n, test.text(), n));
      Set<Integer> inside = new HashSet<>(random.nextInt(3) == 0 ? known : Set.of());
      inside.addAll(test.whenTrue());
      Step body = block(depth - 1, inside, true, new HashSet<>());
      text.append("}\n");
      known.clear();
      return s -> {
        for (int turn = 0; turn < 3 && test.condition().holds(s); turn++) {
          s.left = Left.NO;
          if (!body.run(s) && s.left != Left.CONTINUE) {
            break;
          }
        }
        if (s.left == Left.RETURN || s.steps > MAX_STEPS) {
          return false;
        }
        s.left = Left.NO;
        return true;
      };
    }

    /** A condition, and what is present when it holds and when it does not. */
    private record Test(
        String text, Condition condition, Set<Integer> whenTrue, Set<Integer> whenFalse) {}

    private Test flag() {
      int i = random.nextInt(FLAGS);
      return new Test("c" + i, s -> s.flags[i], Set.of(), Set.of());
    }

    private Test test(int depth) {
      int kind = random.nextInt(depth > 0 ? 7 : 4);
      return switch (kind) {
        case 0 -> flag();
        case 1, 2 -> {
          int i = random.nextInt(OPTIONALS);
          yield new Test("o" + i + " != null", s -> s.present[i], Set.of(i), Set.of());
        }
        case 3 -> {
          int i = random.nextInt(OPTIONALS);
          yield new Test("o" + i + " == null", s -> !s.present[i], Set.of(), Set.of(i));
        }
        case 4 -> {
          Test t = test(depth - 1);
          Set<Integer> whenTrue = t.whenFalse();
          Set<Integer> whenFalse = t.whenTrue();
          yield new Test("!(" + t.text() + ")", s -> !t.condition().holds(s), whenTrue, whenFalse);
        }
        default -> {
          boolean and = kind == 5;
          Test a = test(depth - 1);
          Test b = test(depth - 1);
          Set<Integer> both = union(a, b, and);
          yield new Test(
              "(" + a.text() + (and ? " and " : " or ") + b.text() + ")",
              s ->
                  and
                      ? (a.condition().holds(s) && b.condition().holds(s))
                      : (a.condition().holds(s) || b.condition().holds(s)),
              and ? both : Set.of(),
              and ? Set.of() : both);
        }
      };
    }

    private static Set<Integer> union(Test a, Test b, boolean whenTrue) {
      Set<Integer> all = new HashSet<>(whenTrue ? a.whenTrue() : a.whenFalse());
      all.addAll(whenTrue ? b.whenTrue() : b.whenFalse());
      return all;
    }
  }
}
