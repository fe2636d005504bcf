package sx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files and directories, however they are written and wherever the work is done. */
class PathsTest {
  @TempDir private Path base;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    shell = new Shell(base);
  }

  private void assertPrints(String expected, String script) throws Exception {
    assertEquals(new Shell.Ended(0, expected, ""), shell.run(script));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two words.sx",
        " both ends ",
        "quotes'\".sx",
        "new\nline.sx",
        "ünï日.sx",
        "back\\slash.sx",
        "$HOME`id`.sx",
        "./-x.sx",
        "star*?[a].sx",
        "a dir/'q\"/b.sx",
        "@a=b#%s.sx"
      })
  void namesOfAnyKind(String name) throws Exception {
    shell.prints(name, "hi").with("NAME", name);

    assertPrints("hi\nhi\n", "sx run \"$NAME\" && sx run \"$NAME\"");
  }

  /** In the locale of a container, and in one that is not installed. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "xx_YY.UTF-8"})
  void namesAreUtf8InAnyLocale(String locale) throws Exception {
    shell.file("dïr/b.sx", "#import \"ü日.sx\";\n").file("dïr/ü日.sx", Shell.program("hi"));
    shell.with("LC_ALL", locale).with("XDG_CACHE_HOME", shell.base() + "/cäche");

    assertPrints("hi\nhi\n", "sx run dïr/b.sx && cd dïr && sx run b.sx");
    assertEquals("error: cannot read 'nö.sx': no such file\n", shell.run("sx run nö.sx").err());
  }

  @Test
  void aDirectoryOfAnyKind() throws Exception {
    String directory = "new\nline 'q\" *";
    shell.prints(directory + "/a.sx", "hi").with("NAME", directory);

    assertPrints("hi\nhi\n", "cd \"$NAME\" && sx run a.sx && sx run a.sx");
  }

  @Test
  void theLauncherThroughLinks() throws Exception {
    shell.prints("a.sx", "hi");
    shell.run("mkdir bin && ln -s \"$SX\" one && ln -s ../one bin/sx2 && ln -s bin lib");

    assertPrints("hi\nhi\n", "bin/sx2 run a.sx && lib/sx2 run a.sx");
    assertPrints(
        "hi\nhi\n",
        "cd / && PATH=$OLDPWD/bin:$PATH sx2 run $OLDPWD/a.sx && cd $OLDPWD && \"$SX\" run a.sx");
    assertPrints("hi\n", "cd bin && sh sx2 run ../a.sx");
  }

  @Test
  void importsFromAnotherDirectory() throws Exception {
    shell.file(
        "p/main.sx",
        "#import \"q/b.sx\";\n#import \"modules/std.sx\";\nmain :: () { print(\"{}\\n\", b()); }\n");
    shell.file("p/q/b.sx", "#import \"../c.sx\";\nb :: () -> i64 { return c; }\n");
    shell.file("p/c.sx", "c :: 4;\n");

    assertPrints("4\n4\n", "sx run p/main.sx && cd p/q && sx run ../main.sx");
    assertPrints("4\n", "cd / && \"$SX\" run \"$OLDPWD/p/main.sx\"");
  }

  @Test
  void theLibraryOfTheEnvironment() throws Exception {
    shell.prints("a.sx", "hi");
    shell.file(
        "own/modules/std.sx",
        "print :: ($text: string) { puts(\"own\".ptr); }\nputs :: (text: *u8) -> i32 extern;\n");

    assertPrints("hi\n", "SX_STDLIB_PATH= sx run a.sx");
    assertPrints("hi\n", "SX_STDLIB_PATH=/nowhere sx run a.sx");
    assertPrints("own\n", "SX_STDLIB_PATH=own sx run a.sx");
    assertPrints("own\nhi\n", "SX_STDLIB_PATH=$PWD/own sx run a.sx; sx run a.sx");
  }

  @Test
  void showsTheNameAsTheUserKnowsIt() throws Exception {
    shell.file("d/a.sx", "\n\n  x :: ;\n");

    for (String line :
        new String[] {"sx run d/a.sx", "sx run \"$PWD/d/a.sx\"", "sx run ./d/../d/a.sx"}) {
      String err = shell.run(line).err();
      assertTrue(err.contains("  --> d/a.sx:3:8\n"), err);
    }
  }
}
