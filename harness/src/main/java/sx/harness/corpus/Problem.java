package sx.harness.corpus;

import java.nio.file.Path;

/**
 * Something that is wrong with the corpus itself.
 *
 * @param line counted from 1
 */
public record Problem(Path file, int line, String text) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + text;
  }
}
