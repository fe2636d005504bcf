package sx.reports.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads sources and goldens for showing: bytes that are no UTF-8 are replaced, what is long is cut,
 * what is gone since the run is said to be.
 *
 * @param home what paths are relative to
 */
public record Texts(Path home) {
  private static final int LIMIT = 200_000;

  /** The text of a file, or a sentence that says why there is none. */
  public String read(String path) throws IOException {
    Path file = home.resolve(path);
    if (!Files.isRegularFile(file)) {
      return "(this file is gone since the run)";
    }
    long size = Files.size(file);
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
      return size <= LIMIT
          ? text
          : text + String.format(Locale.ROOT, "%n(cut: the file has %,d bytes)", size);
    }
  }
}
