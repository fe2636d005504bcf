package sx.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Programs in processes of their own. */
final class Child {
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final int MAX_OUTPUT_BYTES = 1 << 20;

  private Child() {}

  /** How a process ended; {@code 128 + n} stands for signal n. */
  record Ended(int status, byte[] out, String err) {}

  /** Runs a command in a directory until it ends, and for {@code timeout} at most. */
  static Ended run(List<String> command, Path directory, String stdin, Duration timeout)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile(directory, "stderr", "");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      FutureTask<byte[]> out = new FutureTask<>(() -> read(process));
      Thread.ofVirtual().start(out);
      try (OutputStream in = process.getOutputStream()) {
        in.write(stdin.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The program ended without reading all of it.
      }
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("did not end within " + timeout.toSeconds() + " s");
      }
      return new Ended(process.exitValue(), out.get(), Files.readString(err));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static byte[] read(Process process) throws IOException {
    try (InputStream in = process.getInputStream()) {
      byte[] bytes = in.readNBytes(MAX_OUTPUT_BYTES + 1);
      if (bytes.length > MAX_OUTPUT_BYTES) {
        process.destroyForcibly();
        throw new IOException("wrote more than " + MAX_OUTPUT_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
