package sx.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources as objects: symbols, files read, errors. */
class CObjectTest {
  @TempDir private Path base;

  private CObject compile(String name, String text, String... flags) throws Exception {
    Path source = file(name, text);
    CUnit unit = new CUnit(List.of(), List.of(source), List.of(), List.of(flags));
    return CObject.compile(source, unit, CTarget.host(), 0, false);
  }

  private Path file(String name, String text) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void knowsWhatAnObjectDefinesAndNeeds() throws Exception {
    CObject object =
        compile(
            "a.c",
            """
            int counter = 3;
            static int hidden(void) { return counter; }
            __attribute__((weak)) int weak(void) { return 1; }
            int needed(void);
            int visible(void) { return hidden() + weak() + needed(); }
            """);

    assertEquals(Set.of("counter", "visible"), object.defined());
    assertTrue(object.undefined().contains("needed"), object.undefined().toString());
    assertTrue(!object.undefined().contains("hidden"), object.undefined().toString());
  }

  @Test
  void namesTheFilesThatWereRead() throws Exception {
    Path header = file("in a $dir/h #1.h", "int h(void);\n");

    CObject object = compile("in a $dir/a.c", "#include \"h #1.h\"\nint h(void) { return 1; }\n");

    assertEquals(Set.of(header.resolveSibling("a.c"), header), object.files());
  }

  @Test
  void saysWhatTheCompilerSays() {
    CRejected rejected = assertThrows(CRejected.class, () -> compile("a.c", "int x = ;\n"));

    assertTrue(rejected.said().contains("a.c:1:9: error: "), rejected.said());
  }

  @Test
  void givesTheFlagsOfTheUnit() throws Exception {
    assertEquals(
        Set.of("x"), compile("a.c", "#ifdef A\nint x;\n#endif\nint f(void);\n", "-DA").defined());
  }

  @Test
  void makesFunctionsThatJumpToTheirCells() throws Exception {
    CObject object = compile("a.S", CTrampolines.source(List.of("f", "g")));

    assertEquals(
        Set.of("f", "g", CTrampolines.cell("f"), CTrampolines.cell("g")), object.defined());
  }
}
