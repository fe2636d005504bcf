package sx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cli.opt.4: what was built is reused while nothing that went into it changed, and only then. */
class CacheTest {
  @TempDir private Path base;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    shell = new Shell(base).prints("a.sx", "one");
    // The JVM says so when it starts.
    shell.with("JAVA_TOOL_OPTIONS", "-Dseen=yes");
  }

  private void assertCompiles(String expected, String script) throws Exception {
    assertStarts(true, expected, script);
  }

  private void assertReuses(String expected, String script) throws Exception {
    assertStarts(false, expected, script);
  }

  private void assertStarts(boolean jvm, String expected, String script) throws Exception {
    Shell.Ended ended = shell.run(script);
    assertEquals(expected, ended.out(), ended.err());
    assertEquals(jvm, ended.err().contains("-Dseen=yes"), ended.err());
  }

  @Test
  void startsTheProgramAloneTheSecondTime() throws Exception {
    assertCompiles("one\n", "sx run a.sx");
    assertReuses("one\n", "sx run a.sx");
    assertReuses("one\n", "sx run \"$PWD/a.sx\"");
    assertReuses("one\n", "sx run a.sx with words");
    assertReuses("one\n", "sx run ./a.sx -- words");
  }

  @Test
  void compilesAgainForOtherOptions() throws Exception {
    assertCompiles("one\n", "sx run a.sx");
    assertCompiles("one\n", "sx run --opt 1 a.sx");
    assertReuses("one\n", "sx run --opt 1 a.sx");
    assertCompiles("one\n", "sx run --no-cache a.sx");
    assertCompiles("one\n", "sx run --time a.sx");
    assertReuses("one\n", "sx run a.sx");
  }

  @Test
  void noticesAChangeWithinOneSecondAndOfOneSize() throws Exception {
    assertCompiles("one\n", "sx run a.sx");
    shell.prints("a.sx", "two");
    assertCompiles("two\n", "sx run a.sx");
    shell.prints("a.sx", "six");
    assertCompiles("six\n", "sx run a.sx");
  }

  @Test
  void noticesAnOlderFileInItsPlace() throws Exception {
    shell.prints("old.sx", "old").run("touch -d 2001-01-01 old.sx");
    assertCompiles("one\n", "sx run a.sx");
    assertCompiles("old\n", "cp -p old.sx a.sx && sx run a.sx");
  }

  @Test
  void noticesChangesOfImports() throws Exception {
    shell.file("lib/b.sx", "b :: 1;\n").with("SX_STDLIB_PATH", shell.work() + "/lib");
    shell.file(
        "a.sx",
        "#import \"modules/std.sx\";\n#import \"b.sx\";\nmain :: () { print(\"{}\\n\", b); }\n");
    assertCompiles("1\n", "sx run a.sx");
    assertReuses("1\n", "sx run a.sx");
    assertCompiles("2\n", "echo 'b :: 2;' >lib/b.sx; sx run a.sx");
    assertCompiles("3\n", "echo 'b :: 3;' >b.sx; sx run a.sx");
    assertCompiles("2\n", "rm b.sx; sx run a.sx");
    assertCompiles("4\n", "mkdir b.sx; echo 'b :: 4;' >b.sx/c.sx; sx run a.sx");
  }

  @Test
  void noticesChangesOfCFiles() throws Exception {
    shell.file("c/h.h", "int twice(int n);\n").file("c/in.h", "#define FACTOR 2\n");
    shell.file("c/f.c", "#include \"in.h\"\nint twice(int n) { return n * FACTOR; }\n");
    shell.file(
        "a.sx",
        """
        #import "modules/std.sx";
        c :: #import c { #include "c/h.h"; #source "c/f.c"; };
        main :: () { print("{}\\n", c.twice(4)); }
        """);
    assertCompiles("8\n", "sx run a.sx");
    assertReuses("8\n", "sx run a.sx");
    assertCompiles("12\n", "echo '#define FACTOR 3' >c/in.h; sx run a.sx");
    assertCompiles(
        "13\n",
        "echo '#include \"in.h\"\nint twice(int n) { return n * FACTOR + 1; }' >c/f.c; sx run a.sx");
    assertCompiles("13\n", "echo 'long twice(int n);' >c/h.h; sx run a.sx");
  }

  @Test
  void noticesAFileThatJoinsADirectory() throws Exception {
    shell.file("m/b.sx", "b :: () -> i64 { return 1; }\n");
    shell.file(
        "a.sx",
        "#import \"modules/std.sx\";\n#import \"m\";\nmain :: () { print(\"{}\\n\", b()); }\n");
    assertCompiles("1\n", "sx run a.sx");
    assertReuses("1\n", "sx run a.sx");
    assertCompiles("", "echo 'x :: ;' >m/c.sx; sx run a.sx");
    assertCompiles("1\n", "rm m/c.sx; echo 'x :: 1;' >m/.c.sx; sx run a.sx");
    assertCompiles("1\n", "rm m/.c.sx; sx run a.sx");
  }

  @Test
  void noticesALinkToAnotherFile() throws Exception {
    shell.prints("two.sx", "two");
    shell.run("mv a.sx one.sx; ln -s one.sx a.sx");
    assertCompiles("one\n", "sx run a.sx");
    assertReuses("one\n", "sx run a.sx");
    assertCompiles("two\n", "ln -sf two.sx a.sx; sx run a.sx");
  }

  @Test
  void noticesAnotherDirectoryBehindALink() throws Exception {
    String main =
        "#import \"modules/std.sx\";\n#import \"b.sx\";\nmain :: () { print(\"{}\\n\", b); }\n";
    shell.file("v1/a.sx", main).file("v2/a.sx", main);
    shell.file("v1/b.sx", "b :: 1;\n").file("v2/b.sx", "b :: 2;\n");
    assertCompiles("1\n", "ln -s v1 v; sx run v/a.sx");
    assertCompiles("2\n", "ln -sfn v2 v; sx run v/a.sx");
  }

  @Test
  void noticesAnotherWorkingDirectoryBehindALink() throws Exception {
    shell.prints("v1/a.sx", "one").prints("v2/a.sx", "two");
    assertCompiles("one\n", "ln -s v1 v; cd v && sx run a.sx");
    assertCompiles("two\n", "ln -sfn v2 v; cd v && sx run a.sx");
  }

  /** {@code link/..} is not the directory that holds the link. */
  @Test
  void tellsFilesBehindLinksFromThoseBesideThem() throws Exception {
    shell.prints("far/b.sx", "far").prints("b.sx", "near");
    shell.run("mkdir -p far/d; ln -s far/d link");
    assertCompiles("far\n", "sx run link/../b.sx");
    assertCompiles("near\n", "sx run b.sx");
  }

  @Test
  void noticesDamage() throws Exception {
    assertCompiles("one\n", "sx run a.sx");
    assertCompiles(
        "one\n",
        "for f in ../cache/sx/programs/*[0-9a-f]; do case $f in *.used) ;; *) echo >\"$f\" ;; esac; done; sx run a.sx");
    assertReuses("one\n", "sx run a.sx");
    assertCompiles("one\n", "rm -r ../cache/sx/programs; sx run a.sx");
    assertCompiles("one\n", "rm -r ../cache; sx run a.sx");
  }

  @Test
  void neverTakesAProgramThatRunsCodeWhenItIsCompiled() throws Exception {
    shell.file(
        "a.sx",
        "#import \"modules/std.sx\";\n#run print(\"ct\\n\");\nmain :: () { print(\"rt\\n\"); }\n");
    for (int i = 0; i < 2; i++) {
      assertCompiles("ct\n--- build done ---\nrt\n", "sx run a.sx");
    }
  }

  @Test
  void servesFirstRunsSideBySide() throws Exception {
    assertCompiles("one\n".repeat(3), "sx run a.sx & sx run a.sx & sx run a.sx & wait");
    assertReuses("one\n", "sx run a.sx");
    assertEquals(List.of(), shell.names("cache/sx/work"));
  }

  @Test
  void reusesBuildsOnRequest() throws Exception {
    Shell.Ended first = shell.run("sx build --cache --time a.sx && ./a");
    Shell.Ended second = shell.run("rm a; sx build --cache --time a.sx && ./a");

    assertTrue(first.err().contains("link "), first.err());
    assertTrue(!second.err().contains("link "), second.err());
    assertEquals("one\n", second.out());
  }
}
