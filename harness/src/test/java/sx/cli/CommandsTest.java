package sx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands do as processes: streams, status, signals, terminals. */
class CommandsTest {
  /** Copies its input and ends with the number of bytes. */
  private static final String COPY =
      """
      getchar :: () -> i32 extern;
      putchar :: (c: i32) -> i32 extern;
      main :: () -> i64 {
          n := 0;
          while true { c := getchar(); if c < 0 { break; } putchar(c); n += 1; }
          return n;
      }
      """;

  /** Sends itself a signal. */
  private static final String KILLS_ITSELF =
      """
      c_raise :: (signal: i32) -> i32 extern "raise";
      main :: () { c_raise(%d); }
      """;

  @TempDir private Path base;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    shell = new Shell(base);
  }

  @Test
  void namesASymbolThatTheJitCannotFind() throws Exception {
    shell.file("a.sx", "nowhere :: () -> i32 extern;\nmain :: () { _ = nowhere(); }\n");

    Shell.Ended ended = shell.run("sx run --jit a.sx");

    assertEquals(1, ended.status());
    assertTrue(ended.err().contains("nowhere"), ended.err());
  }

  @Test
  void saysItsVersion() throws Exception {
    Shell.Ended ended = shell.run("sx --version");

    assertTrue(ended.out().matches("sx \\d+\\.\\d+\\.\\d+\n"), ended.out());
    assertEquals(0, ended.status());
  }

  @Test
  void completesWordsInBash() throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/bash")), "there is no bash");
    shell.file(
        "try.bash",
        """
        . ./complete.bash
        compopt() { :; }
        try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _complete_sx; echo "${COMPREPLY[@]}"; }
        try sx bu
        try sx build --em
        try sx run --opt ''
        """);

    Shell.Ended ended = shell.run("sx completion >complete.bash && bash try.bash");

    assertEquals("", ended.err());
    assertTrue(ended.out().startsWith("build\n--emit-obj\n"), ended.out());
    assertEquals("none 0 less 1 default 2 aggressive 3", ended.out().lines().toList().getLast());
  }

  @Test
  void showsTheUsageOfACommandAsItIsTyped() throws Exception {
    assertTrue(shell.run("sx build --help").out().startsWith("Usage: sx build ["));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--jit"})
  void passesStreamsAndStatus(String options) throws Exception {
    shell.file("a.sx", COPY);
    String line = "printf 'one\\ntwo' | sx run " + options + " a.sx";

    Shell.Ended ended =
        shell.run(line + "; echo; echo $?; head -c 1105 /dev/zero | sx run a.sx >/dev/null");

    assertEquals(new Shell.Ended(81, "one\ntwo\n0\n", ""), ended);
    assertEquals(7, shell.run(line).status());
  }

  @ParameterizedTest
  @CsvSource({"6, 134", "9, 137", "11, 139", "13, 141", "15, 143"})
  void endsByTheSignalOfTheProgram(int signal, int status) throws Exception {
    shell.file("a.sx", KILLS_ITSELF.formatted(signal));
    for (int i = 0; i < 2; i++) {
      assertEquals(new Shell.Ended(status, "", ""), shell.run("exec \"$SX\" run a.sx"));
    }
  }

  @ParameterizedTest
  @CsvSource({"6, 134", "11, 139", "13, 141"})
  void endsByTheSignalOfTheProgramUnderJit(int signal, int status) throws Exception {
    shell.file("a.sx", KILLS_ITSELF.formatted(signal));
    assertEquals(new Shell.Ended(status, "", ""), shell.run("exec \"$SX\" run --jit a.sx"));
    assertEquals(List.of("a.sx"), shell.names("work"));
  }

  @Test
  void reportsACrashUnderJitAsTheProgramWould() throws Exception {
    shell.file("a.sx", "main :: () { p : *i64 = null; p.* = 1; }\n");

    assertEquals(new Shell.Ended(139, "", ""), shell.run("exec \"$SX\" run --jit a.sx"));
    assertEquals(List.of("a.sx"), shell.names("work"));
  }

  @Test
  void passesWordsOnToTheProgram() throws Exception {
    shell.file(
        "a.sx",
        """
        open :: (path: *u8, flags: i32) -> i32 extern;
        read :: (fd: i32, bytes: *u8, count: i64) -> i64 extern;
        write :: (fd: i32, bytes: *u8, count: i64) -> i64 extern;
        main :: () {
            path := "/proc/self/cmdline";
            bytes : [1000]u8 = ---;
            count := read(open(path.ptr, 0), *bytes[0], 1000);
            write(1, *bytes[0], count);
        }
        """);

    Shell.Ended ended =
        shell.run(
            """
            show() { tr '\\0' '|' | sed 's/^[^|]*//'; echo; }
            sx run a.sx a 'b c' '' --opt x -- -y | show
            sx run a.sx -- -y '*' | show
            sx run --opt 1 a.sx a 'b c' '' --jit | show
            """);

    assertEquals("|a|b c||--opt|x|--|-y|\n|-y|*|\n|a|b c||--jit|\n", ended.out());
    assertEquals("", ended.err());
  }

  @Test
  void colours() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/script")), "there is no `script` to make a terminal");
    shell.file("a.sx", "x :: ;");
    String terminal = "script -qec '\"$SX\" run a.sx' /dev/null";

    assertTrue(shell.run("TERM=xterm " + terminal).out().startsWith("\u001b[1;31merror\u001b[0m"));
    assertTrue(shell.run("TERM=dumb " + terminal).out().startsWith("error: "));
    assertTrue(shell.run("TERM=xterm NO_COLOR=1 " + terminal).out().startsWith("error: "));
    assertTrue(shell.run("TERM=xterm sx run a.sx").err().startsWith("error: "));
    assertTrue(
        shell
            .run("TERM=xterm NO_COLOR= " + terminal)
            .out()
            .startsWith("\u001b[1;31merror\u001b[0m"));
  }

  @ParameterizedTest
  @CsvSource({
    "linux-arm, aarch64-linux-gnu",
    "aarch64-linux-gnu, aarch64-linux-gnu",
    "linux-musl, x86_64-linux-musl"
  })
  void printsTheModuleForATarget(String target, String triple) throws Exception {
    shell.prints("a.sx", "hi");

    Shell.Ended ended = shell.run("sx ir a.sx --target " + target);

    assertEquals(0, ended.status(), ended.err());
    assertTrue(ended.out().contains("target triple = \"" + triple + "\""));
  }

  @Test
  void showsTheTimeOfEachStage() throws Exception {
    shell.prints("a.sx", "hi");

    Shell.Ended ended = shell.run("sx run --time a.sx");

    assertEquals("hi\n", ended.out());
    assertEquals(
        List.of("parse", "check", "emit", "llvm", "code", "link", "total"),
        ended.err().lines().map(line -> line.substring(0, line.indexOf(' '))).toList());
  }

  @Test
  void buildsAtEveryLevelWhatRunsTheSame() throws Exception {
    shell.prints("a.sx", "hi");

    Shell.Ended ended =
        shell.run("for l in 0 less 2 aggressive; do sx build -o b --opt $l a.sx && ./b; done");

    assertEquals("hi\n".repeat(4), ended.out());
    assertEquals("compiled: b\n".repeat(4), ended.err());
    assertFalse(Files.exists(shell.work().resolve(".sx-tmp")));
  }
}
