package sx.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
  @TempDir private Path directory;

  @Test
  void readsAnEmptyFile() throws IOException {
    Path file = Files.createFile(directory.resolve("empty.sx"));

    assertEquals(
        0,
        assertInstanceOf(SourceReader.Read.class, SourceReader.read(file, "empty.sx"))
            .file()
            .length());
  }

  @Test
  void namesWhatCannotBeRead() {
    assertEquals("cannot read 'x.sx': no such file", failure(directory.resolve("x.sx")).message());
    assertEquals("cannot read 'x.sx': it is a directory", failure(directory).message());
    assertEquals(
        "cannot read 'x.sx': it is not a regular file", failure(Path.of("/dev/null")).message());
  }

  @Test
  void refusesAHugeFileWithoutReadingIt() throws IOException {
    Path file = directory.resolve("huge.sx");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(1L << 30);
    }

    assertTrue(failure(file).message().contains("MAX_SOURCE_BYTES"));
  }

  @Test
  void pointsAtTheFirstByteThatIsNotUtf8() throws IOException {
    Path file = Files.write(directory.resolve("bad.sx"), new byte[] {'a', '\n', (byte) 0xFF});

    Diagnostic diagnostic = failure(file).diagnostic();

    assertEquals("invalid UTF-8: byte 0xFF cannot stand here", diagnostic.message());
    assertEquals("x.sx:2:1", diagnostic.span().orElseThrow().toString());
  }

  @Test
  void knowsTheFormOfUtf8() {
    assertEquals(-1, Utf8.firstInvalid("aé日😀".getBytes(StandardCharsets.UTF_8)));
    assertEquals(0, invalid(0x80));
    assertEquals(1, invalid('a', 0xC3));
    assertEquals(0, invalid(0xC0, 0x80));
    assertEquals(0, invalid(0xE0, 0x9F, 0xBF));
    assertEquals(0, invalid(0xED, 0xA0, 0x80));
    assertEquals(0, invalid(0xF4, 0x90, 0x80, 0x80));
    assertEquals(0, invalid(0xF5, 0x80, 0x80, 0x80));
  }

  @Test
  void showsNamesAsTheUserKnowsThem() {
    Path here = Path.of("/work/project");
    List<Path> library = List.of(Path.of("/opt/sx/library"));

    assertEquals(
        "src/a.sx", SourceReader.shownName(Path.of("/work/project/src/a.sx"), here, library));
    assertEquals(
        "library/modules/std.sx",
        SourceReader.shownName(Path.of("/opt/sx/library/modules/std.sx"), here, library));
    assertEquals("/tmp/a.sx", SourceReader.shownName(Path.of("/tmp/x/../a.sx"), here, library));
  }

  private static SourceReader.Failed failure(Path path) {
    return assertInstanceOf(SourceReader.Failed.class, SourceReader.read(path, "x.sx"));
  }

  private static int invalid(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Utf8.firstInvalid(bytes);
  }
}
