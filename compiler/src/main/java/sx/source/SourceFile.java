package sx.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one module, with the name it has in diagnostics.
 *
 * <p>Instances are immutable; the byte array is owned by the file and must not be written. Identity
 * matters: two reads of one path are two source files.
 */
public final class SourceFile {
  private final String name;
  private final String path;
  private final byte[] bytes;
  private final boolean library;
  private volatile int[] lineStarts = new int[0];

  /**
   * @param name how diagnostics show the file (cli.diag.3)
   * @param path the absolute path, or the same as {@code name} for text that has no file
   * @param bytes the content; ownership passes to the new object
   */
  public SourceFile(String name, String path, byte[] bytes) {
    this(name, path, bytes, false);
  }

  /**
   * @param library whether the file belongs to a library, whose code the user does not look into
   */
  public SourceFile(String name, String path, byte[] bytes, boolean library) {
    this.name = name;
    this.path = path;
    this.bytes = bytes;
    this.library = library;
  }

  /** Whether the file belongs to a library and not to the user's own sources. */
  public boolean isLibrary() {
    return library;
  }

  /** A source that exists in memory only, such as the text of an {@code #insert}. */
  public static SourceFile ofText(String name, String text) {
    return new SourceFile(name, name, text.getBytes(StandardCharsets.UTF_8));
  }

  public String name() {
    return name;
  }

  public String path() {
    return path;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  /** The text between two byte offsets, decoded as UTF-8. */
  public String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** The line of a byte offset, counted from 1 (lex.diag.2). */
  public int line(int offset) {
    int found = Arrays.binarySearch(starts(), offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of a byte offset: bytes from the start of its line, counted from 1 (lex.diag.2). */
  public int column(int offset) {
    return offset - starts()[line(offset) - 1] + 1;
  }

  /** The offset of the first byte of a line. */
  public int lineStart(int line) {
    return starts()[line - 1];
  }

  /** The offset behind the last byte of a line, its line end (LF or CRLF) excluded. */
  public int lineEnd(int line) {
    int[] starts = starts();
    int end = line < starts.length ? starts[line] - 1 : bytes.length;
    return end > starts[line - 1] && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  private int[] starts() {
    int[] known = lineStarts;
    if (known.length == 0) {
      known = computeStarts();
      lineStarts = known;
    }
    return known;
  }

  private int[] computeStarts() {
    int count = 1;
    for (byte b : bytes) {
      if (b == '\n') {
        count++;
      }
    }
    int[] starts = new int[count];
    int line = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        starts[line++] = i + 1;
      }
    }
    return starts;
  }

  @Override
  public String toString() {
    return name;
  }
}
