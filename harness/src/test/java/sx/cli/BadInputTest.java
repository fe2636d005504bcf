package sx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One clear message and the right status for whatever is given as a program. */
class BadInputTest {
  @TempDir private Path base;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    shell = new Shell(base);
  }

  /** Everything on standard error is the message; nothing is left behind. */
  private void assertRejected(String script, String message) throws Exception {
    List<String> before = shell.names("work");
    Shell.Ended ended = shell.run(script);

    assertEquals(1, ended.status(), ended.err());
    assertEquals("", ended.out());
    assertTrue(
        (ended.err() + "\n").startsWith("error: " + message + "\n"),
        () -> "expected " + message + ", got " + ended.err());
    assertEquals(1, ended.err().lines().filter(l -> l.startsWith("error")).count(), ended.err());
    assertEquals(before, shell.names("work"));
    assertEquals(List.of(), shell.names("tmp"));
    assertEquals(List.of(), shell.names("cache/sx/work"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ln -s nowhere a.sx | cannot read 'a.sx': no such file
          ln -s a.sx a.sx    | cannot read 'a.sx': no such file
          mkfifo a.sx        | cannot read 'a.sx': it is not a regular file
          ln -s /dev/zero a.sx | cannot read 'a.sx': it is not a regular file
          mkdir a.sx         | cannot read 'a.sx': it is a directory
          """)
  void whatIsNoFile(String make, String message) throws Exception {
    shell.run(make);

    assertRejected("sx run a.sx", message);
  }

  @Test
  void aFileOfAGigabyte() throws Exception {
    try (RandomAccessFile huge =
        new RandomAccessFile(shell.work().resolve("a.sx").toFile(), "rw")) {
      huge.setLength(1L << 30);
    }

    assertRejected(
        "sx run a.sx",
        "cannot read 'a.sx': it is larger than MAX_SOURCE_BYTES, the limit of 67108864 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\377       | the byte 0xFF is not valid UTF-8 | 1:2
          f :: () { \\000 } | stray control byte 0x00 | 1:11
          f :: () { x := "abc; } | this string has no closing `"` | 1:16
          """)
  void whatIsNoText(String text, String message, String place) throws Exception {
    shell.run("printf '" + text + "' >a.sx");

    assertRejected("sx run a.sx", message + "\n  --> a.sx:" + place);
  }

  @Test
  void anEmptyFile() throws Exception {
    shell.file("a.sx", "");

    assertRejected(
        "sx run a.sx", "the program has no function `main` to start at: declare main :: () { … }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x :: | ( | 10000000
          f :: () { | { | 100000
          x : | * | 100000
          x := | !  | 100000
          """)
  void deepNesting(String head, String opening, int count) throws Exception {
    shell.file("a.sx", head + opening.repeat(count));

    Shell.Ended ended = shell.run("sx run a.sx");

    assertEquals(1, ended.status());
    assertTrue(ended.err().startsWith("error: nested too deeply (limit 1000)\n  --> a.sx:1:10"));
    assertTrue(ended.err().length() < 1000, ended.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true             | cannot find 'b.sx'
          mkfifo b.sx      | cannot read 'b.sx': it is not a regular file
          truncate -s 65M b.sx | cannot read 'b.sx': it is larger than the limit of 67108864 bytes
          """)
  void anImportThatCannotBeRead(String make, String message) throws Exception {
    shell.file("a.sx", "\n #import \"b.sx\";\n").run(make);

    assertRejected("sx run a.sx", message + "\n  --> a.sx:2:2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --linker nonexistent | cannot start the linker nonexistent: No such file or directory
          --linker false       | linker exited with 1
          --sysroot .          | no C library found for
          """)
  void aLinkerThatDoesNotWork(String options, String message) throws Exception {
    for (String command : List.of("run", "build")) {
      shell.prints("a.sx", "hi");

      Shell.Ended ended = shell.run("sx " + command + " " + options + " a.sx");

      assertEquals(1, ended.status());
      assertTrue(ended.err().startsWith("error: linking failed: " + message), ended.err());
      assertEquals(List.of("a.sx"), shell.names("work"));
      assertEquals(List.of(), shell.names("cache/sx/work"));
    }
  }

  @Test
  void aFileThatMayNotBeRead() throws Exception {
    shell.file("a.sx", "").run("chmod 0 a.sx");
    assumeFalse(
        Files.isReadable(shell.work().resolve("a.sx")), "permissions do not bind this user");

    assertRejected("sx run a.sx", "cannot read 'a.sx': permission denied");
  }
}
