package sx.harness;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import sx.harness.run.CaseResult;

/**
 * Says how far a run is: one line that changes on a terminal, a line now and then elsewhere. The
 * terminal is written to directly, since the build tool holds the standard streams.
 */
final class Progress implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final long LINE_EVERY_NANOS = 100_000_000;

  private final int total;
  private final boolean line;
  private final PrintStream out;
  private final long start = System.nanoTime();
  private long shown = start;
  private int done;
  private int red;

  private Progress(int total, boolean line, PrintStream out) {
    this.total = total;
    this.line = line;
    this.out = out;
  }

  /**
   * @param mode {@code line}, {@code plain} or {@code auto}
   */
  static Progress of(String mode, int total) {
    boolean plain = mode.equals("plain") || System.getenv("CI") != null;
    if (!plain) {
      try {
        OutputStream terminal = new FileOutputStream("/dev/tty");
        return new Progress(total, true, new PrintStream(terminal, true, StandardCharsets.UTF_8));
      } catch (IOException e) {
        // There is no terminal.
      }
    }
    return new Progress(total, false, System.out);
  }

  synchronized void done(CaseResult result) {
    done++;
    red += result.red() ? 1 : 0;
    long now = System.nanoTime();
    if (now - shown > (line ? LINE_EVERY_NANOS : EVERY.toNanos())) {
      shown = now;
      out.print((line ? "\r\u001b[K" : "") + text(now - start) + (line ? "" : "\n"));
      out.flush();
    }
  }

  private String text(long elapsed) {
    double seconds = elapsed / 1e9;
    return String.format(
        Locale.ROOT,
        "[%d/%d] %.0f s, about %.0f s left, %d red",
        done,
        total,
        seconds,
        seconds / done * (total - done),
        red);
  }

  @Override
  public synchronized void close() {
    if (line) {
      out.print("\r\u001b[K");
      out.close();
    }
  }
}
