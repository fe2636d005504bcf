package sx.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each stage of a compilation took; stages appear in the order they first ran. */
public final class StageTimes {
  private record Stage(String name, long nanos) {}

  private final List<Stage> stages = new ArrayList<>();

  /** Adds to the time of a stage. */
  public void add(String stage, long nanos) {
    for (int i = 0; i < stages.size(); i++) {
      Stage known = stages.get(i);
      if (known.name().equals(stage)) {
        stages.set(i, new Stage(stage, known.nanos() + nanos));
        return;
      }
    }
    stages.add(new Stage(stage, nanos));
  }

  /** A stage that starts now and ends when the answer is closed. */
  public Running start(String stage) {
    long begin = System.nanoTime();
    return () -> add(stage, System.nanoTime() - begin);
  }

  /** A stage being measured. */
  public interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /** The table of {@code --time}: one line a stage and their sum, in milliseconds. */
  public String table() {
    StringBuilder out = new StringBuilder();
    long total = 0;
    for (Stage stage : stages) {
      row(out, stage.name(), stage.nanos());
      total += stage.nanos();
    }
    row(out, "total", total);
    return out.toString();
  }

  private static void row(StringBuilder out, String name, long nanos) {
    out.append(String.format(Locale.ROOT, "%-12s %10.3f ms%n", name, nanos / 1e6));
  }
}
