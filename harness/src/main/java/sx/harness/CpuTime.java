package sx.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the processors did, in nanoseconds.
 *
 * @param own for this process
 * @param children for all those below it that have ended
 */
record CpuTime(long own, long children) {
  private static final long TICK = 10_000_000;

  /** Since the start of this process; nothing where the system does not say. */
  static CpuTime now() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // The name of the program may contain anything but ends with the last parenthesis.
      List<String> words = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return new CpuTime(ticks(words, 11) + ticks(words, 12), ticks(words, 13) + ticks(words, 14));
    } catch (IOException e) {
      return new CpuTime(0, 0);
    }
  }

  private static long ticks(List<String> words, int index) {
    return Long.parseLong(words.get(index)) * TICK;
  }

  double ownPercent() {
    return Math.round(10_000.0 * own / Math.max(1, own + children)) / 100.0;
  }
}
