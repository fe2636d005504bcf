package sx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where what a command makes cannot go, and what is left when it is killed. */
class OutputTest {
  @TempDir private Path base;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    shell = new Shell(base).prints("a.sx", "hi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "--version", "completion", "build --help", "ast a.sx", "ir a.sx"})
  void standardOutputThatIsFull(String command) throws Exception {
    Shell.Ended ended = shell.run("sx " + command + " >/dev/full");

    assertEquals("error: cannot write to standard output: No space left on device\n", ended.err());
    assertEquals(1, ended.status());
  }

  @Test
  void standardOutputThatIsClosed() throws Exception {
    Shell.Ended ended = shell.run("sx ast a.sx >&-");

    assertEquals("error: cannot write to standard output: Bad file descriptor\n", ended.err());
    assertEquals(1, ended.status());
  }

  @Test
  void aReaderThatLeaves() throws Exception {
    shell.file("big.sx", "f :: () { x := 1; }\n".repeat(20_000));

    Shell.Ended ended = shell.run("{ sx ast big.sx; echo $? >&2; } | head -1");

    assertEquals("f :: () {\n", ended.out());
    assertEquals("1\n", ended.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -o a.sx/b   | cannot write 'a.sx/b': 'a.sx' is in the way
          -o d        | cannot write 'd': it is a directory
          -o .        | cannot write '.': it is a directory
          """)
  void aPlaceThatCannotBe(String options, String message) throws Exception {
    shell.run("mkdir d");

    Shell.Ended ended = shell.run("sx asm a.sx " + options);

    assertEquals(
        "error: " + message + "\n", ended.err().replace(shell.work() + "/", ""), ended.err());
    assertEquals(1, ended.status());
    assertEquals(List.of("a.sx", "d"), shell.names("work"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -o /        | 1 | cannot write '/': it is a directory
          -o /proc/a  | 1 | cannot write '/proc/a': '/proc' takes no new files
          -o ''       | 2 | invalid value for option '-o': the path is empty
          """)
  void aPlaceThatCannotBeInClearWords(String options, int status, String message) throws Exception {
    Shell.Ended ended = shell.run("sx asm a.sx " + options);

    assertEquals("error: " + message + "\n", ended.err());
    assertEquals(status, ended.status());
  }

  @Test
  void aPlaceThatIsMade() throws Exception {
    Shell.Ended ended = shell.run("sx build a.sx -o 'new dir/b/c' && 'new dir/b/c'");

    assertEquals("compiled: new dir/b/c\n", ended.err());
    assertEquals("hi\n", ended.out());
    assertEquals(List.of("c"), shell.names("work/new dir/b"));
  }

  /** A device or a pipe is written to, not replaced: {@code -o /dev/null} is a habit of many. */
  @Test
  void aPlaceThatIsNoRegularFile() throws Exception {
    Shell.Ended ended =
        shell.run("mkfifo p; timeout 20 cat p & sx asm a.sx -o p; s=$?; wait; exit $s");

    assertTrue(ended.out().contains(".globl\tmain"), ended.out());
    assertEquals(0, ended.status());
  }

  @Test
  void aProgramThatCannotBeWritten() throws Exception {
    Shell.Ended built = shell.run("ulimit -f 4; sx build a.sx");

    assertEquals(List.of("a.sx"), shell.names("work"));
    assertEquals(1, built.status());
    assertTrue(built.err().startsWith("error: "), built.err());
    assertEquals(1, built.err().lines().count(), built.err());
    Shell.Ended ran = shell.run("ulimit -f 4; sx run a.sx");

    assertTrue(ran.err().startsWith("error: cannot write the program"), ran.err());
    assertTrue(ran.err().endsWith(": File too large\n"), ran.err());
    assertEquals(1, ran.status());
    assertEquals(List.of(), shell.names("cache/sx/work"));
    assertEquals(List.of(), shell.names("tmp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc", "/proc/nowhere", "a.sx"})
  void aCacheThatCannotBeWritten(String cache) throws Exception {
    shell.with("XDG_CACHE_HOME", cache.equals("a.sx") ? shell.work() + "/a.sx" : cache);

    Shell.Ended ended = shell.run("sx run a.sx; sx run a.sx");

    assertEquals(new Shell.Ended(0, "hi\nhi\n", ""), ended);
    assertEquals(List.of(), shell.names("tmp"));
  }

  @Test
  void aCacheThatHasNoPlace() throws Exception {
    shell.with("HOME", "").with("XDG_CACHE_HOME", "");
    Shell.Ended ended = shell.with("XDG_CACHE_HOME", "relative").run("sx run a.sx");

    assertEquals(new Shell.Ended(0, "hi\n", ""), ended);
    assertEquals(List.of("a.sx"), shell.names("work"));
    assertFalse(Files.exists(Path.of("/nonexistent")));
  }

  /** The shell dies at once; the compile behind it must not go on for long, nor say anything. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void aCompileThatLosesItsLauncher(String signal) throws Exception {
    shell.file(
        "slow.sx",
        """
        #import "modules/std.sx";
        usleep :: (micros: u32) -> i32 extern;
        wait :: () { print("started\\n"); usleep(3000000); }
        #run wait();
        main :: () { }
        """);
    Shell.Ended killed =
        shell.run(
            """
                  ("$SX" run slow.sx 2>&1 & echo $! >pid; wait) | cat >log & all=$!
                  until grep -q started log 2>/dev/null; do sleep 0.02; done
                  kill -%s $(cat pid)
                  wait $all
                  cat log
                  """
                .formatted(signal));

    assertEquals("started\n", killed.out());
    assertEquals(List.of(), shell.names("cache/sx/work"));
    assertEquals(List.of(), shell.names("tmp"));
  }

  /** Wherever a signal meets a compile, nothing half made is found by the next one. */
  @Test
  void aCompileThatIsKilled() throws Exception {
    shell.run("sx build a.sx -o b; rm -r ../cache");
    for (String delay : List.of("0.1", "0.2", "0.3")) {
      shell.run(
          """
          "$SX" run a.sx & p=$!
          "$SX" build a.sx -o b & q=$!
          sleep %s
          kill -KILL $p $q
          wait
          """
              .formatted(delay));
      assertEquals("hi\nhi\n", shell.run("./b && sx run a.sx").out());
    }
  }
}
