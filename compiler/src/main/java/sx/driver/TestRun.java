package sx.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a test ended.
 *
 * @param fault why it did not pass; empty if it did
 * @param output what it printed, standard output and standard error together
 */
record TestRun(Optional<String> fault, String output) {
  /** More than a person reads of one test. */
  private static final int MAX_OUTPUT_BYTES = 1 << 16;

  private static final int FIRST_SIGNAL_STATUS = 128;

  /**
   * What a test says of itself in the end: how many checks failed; empty if it did not get there.
   */
  interface Conclusion {
    Optional<String> read() throws IOException;
  }

  /**
   * Runs the process of one test.
   *
   * @param mayExit whether a test that ends the process with status 0 passes
   */
  static TestRun of(
      List<String> command, long timeoutSeconds, Conclusion conclusion, boolean mayExit)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    Output output = new Output(process.getInputStream());
    Thread reader = Thread.ofPlatform().daemon().start(output);
    boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    // A process that the test left behind may hold the pipe open.
    reader.join(TimeUnit.SECONDS.toMillis(1));
    Optional<String> fault =
        ended
            ? fault(process.exitValue(), conclusion.read(), mayExit)
            : Optional.of("not done after " + timeoutSeconds + " s");
    return new TestRun(fault, output.text());
  }

  private static Optional<String> fault(int status, Optional<String> failures, boolean mayExit) {
    if (status > FIRST_SIGNAL_STATUS) {
      return Optional.of("ended by " + signal(status - FIRST_SIGNAL_STATUS));
    }
    if (status != 0) {
      return Optional.of("exit status " + status);
    }
    if (failures.isEmpty()) {
      return mayExit ? Optional.empty() : Optional.of("ended the process before it was done");
    }
    return switch (failures.get()) {
      case "0" -> Optional.empty();
      case "1" -> Optional.of("1 check failed");
      case String n -> Optional.of(n + " checks failed");
    };
  }

  private static String signal(int number) {
    String name =
        switch (number) {
          case 4 -> " (illegal instruction)";
          case 6 -> " (abort)";
          case 8 -> " (arithmetic fault)";
          case 11 -> " (segmentation fault)";
          default -> "";
        };
    return "signal " + number + name;
  }

  /** The beginning of what a process prints; the rest is read and forgotten. */
  private static final class Output implements Runnable {
    private final InputStream in;
    private final byte[] kept = new byte[MAX_OUTPUT_BYTES];
    private long total;

    Output(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      byte[] piece = new byte[1 << 13];
      try (in) {
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          add(piece, n);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private synchronized void add(byte[] piece, int n) {
      int room = (int) Math.max(0, Math.min(n, MAX_OUTPUT_BYTES - total));
      System.arraycopy(piece, 0, kept, (int) Math.min(total, MAX_OUTPUT_BYTES), room);
      total += n;
    }

    synchronized String text() {
      int count = (int) Math.min(total, MAX_OUTPUT_BYTES);
      String text = new String(Arrays.copyOf(kept, count), StandardCharsets.UTF_8);
      return total > count ? text + "\n... " + (total - count) + " bytes more\n" : text;
    }
  }
}
