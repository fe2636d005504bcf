package sx.module;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which parts of the prelude a program reads: std.facade.12. */
class PreludeTest {
  private static final String LIBRARY = "lib/library/modules/";

  @TempDir Path temp;
  private Workspace work;

  @BeforeEach
  void create() {
    work =
        new Workspace(temp)
            .file(
                LIBRARY + "std.sx",
                """
                #import "modules/std/base.sx";
                text :: #import "modules/std/text.sx";
                private hidden :: #import "modules/std/hidden.sx";
                json :: #import "modules/std/json.sx";
                Text :: text.Text;
                secret :: hidden.secret;
                alias :: secret;
                """)
            .file(LIBRARY + "std/base.sx", "")
            .file(LIBRARY + "std/text.sx", "Text :: struct {}\n")
            .file(LIBRARY + "std/hidden.sx", "secret :: 1;\n")
            .file(LIBRARY + "std/json.sx", "#import \"modules/std/text.sx\";\nparse :: 1;\n");
  }

  private List<String> parts(String program) {
    work.file("work/main.sx", program);
    return Workspace.names(work.graph()).stream()
        .filter(n -> n.contains("modules/std/"))
        .map(n -> n.substring(n.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  @Test
  void whatNoNameLeadsToIsNotRead() {
    assertEquals(List.of("base.sx"), parts("#import \"modules/std.sx\";\nmain :: () {}\n"));
  }

  @Test
  void namesOfPartsAndNamesInThem() {
    String flat = "#import \"modules/std.sx\";\n";
    assertEquals(List.of("base.sx", "text.sx"), parts(flat + "a :: text.Text;\n"));
    assertEquals(List.of("base.sx", "text.sx"), parts(flat + "a :: Text;\n"));
    assertEquals(List.of("base.sx", "json.sx", "text.sx"), parts(flat + "a :: json.parse;\n"));
  }

  @Test
  void anAliasOfAnAliasLeadsOn() {
    assertEquals(
        List.of("base.sx", "hidden.sx"),
        parts("std :: #import \"modules/std.sx\";\na :: std.alias;\n"));
  }

  @Test
  void partsOfWordsAreOtherWords() {
    assertEquals(
        List.of("base.sx"), parts("#import \"modules/std.sx\";\nTexts :: 1;\nMyText :: 2;\n"));
  }

  @Test
  void aFileBetweenCountsAsWell() {
    work.file("work/a.sx", "#import \"modules/std.sx\";\nA :: Text;\n");
    assertEquals(
        List.of("base.sx", "json.sx", "text.sx"), parts("#import \"a.sx\";\na :: json.parse;\n"));
  }

  /** The text to insert may be put together from pieces. */
  @Test
  void whereCodeIsInsertedAllIsRead() {
    String program = "#import \"modules/std.sx\";\nmain :: () { #insert \"js\"; }\n";
    assertEquals(List.of("base.sx", "hidden.sx", "json.sx", "text.sx"), parts(program));
  }

  @Test
  void whereTypesAreFoundByNameAllIsRead() {
    String program = "#import \"modules/std.sx\";\nt :: () -> u32 { return raw_find_type(1); }\n";
    assertEquals(List.of("base.sx", "hidden.sx", "json.sx", "text.sx"), parts(program));
  }

  @Test
  void whatIsNotReadIsNotWatched() {
    parts("#import \"modules/std.sx\";\nmain :: () {}\n");
    work.file(LIBRARY + "std/json.sx", "parse :: \n");
    assertEquals(3, work.graph().modules().size());
  }
}
