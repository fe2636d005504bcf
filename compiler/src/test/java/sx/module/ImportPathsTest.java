package sx.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Path resolution: mod.path, mod.import, mod.syntax.3. */
class ImportPathsTest {
  @TempDir Path temp;
  private Workspace work;

  @BeforeEach
  void create() {
    work = new Workspace(temp);
  }

  /** mod.path.1: the directory of the importing file, the working directory, the library. */
  @Test
  void threePlacesInOrder() {
    work.file("work/main.sx", "#import \"sub/a.sx\";\n")
        .file("work/sub/a.sx", "#import \"near.sx\";\n#import \"cwd.sx\";\n#import \"far.sx\";\n");
    for (String place : List.of("work/sub/", "work/", "lib/library/")) {
      work.file(place + "near.sx", "N :: 1;\n");
    }
    work.file("work/cwd.sx", "C :: 1;\n").file("lib/library/cwd.sx", "C :: 1;\n");
    work.file("lib/library/far.sx", "F :: 1;\n");
    assertEquals(
        List.of("main.sx", "sub/a.sx", "sub/near.sx", "cwd.sx", "library/far.sx"),
        Workspace.names(work.graph()));
  }

  /** mod.path.1: an absolute path is used as it is. */
  @Test
  void absolutePath() {
    work.file("other/x.sx", "X :: 1;\n");
    String absolute = work.base.resolve("other/x.sx").toString();
    work.file("work/main.sx", "#import \"" + absolute + "\";\n");
    assertEquals(List.of("main.sx", absolute), Workspace.names(work.graph()));
  }

  /** mod.path.2, cli.diag.3: library files are shown from the library root. */
  @Test
  void libraryModules() {
    work.file("work/main.sx", "#import \"modules/std.sx\";\na :: core.K;\n")
        .file("lib/library/modules/std.sx", "core :: #import \"modules/std/core.sx\";\n")
        .file("lib/library/modules/std/core.sx", "K :: 1;\n");
    assertEquals(
        List.of("main.sx", "library/modules/std.sx", "library/modules/std/core.sx"),
        Workspace.names(work.graph()));
  }

  /** mod.path.8: also when the file was named by an absolute path. */
  @Test
  void rootNameIsRelative() {
    work.file("work/main.sx", "A :: 1;\n");
    ModuleGraph graph =
        work.load(work.base.resolve("work/main.sx").toString()).graph().orElseThrow();
    assertEquals("main.sx", graph.root().file().name());
  }

  /** mod.path.3: at each place first the file, then the directory; an earlier directory wins. */
  @Test
  void directoryOfAnEarlierPlaceWins() {
    work.file("work/main.sx", "d :: #import \"sub/m.sx\";\n")
        .file("work/sub/m.sx", "#import \"unit\";\n")
        .file("work/sub/unit/a.sx", "A :: 1;\n")
        .file("work/unit", "B :: 1;\n");
    assertEquals(List.of("main.sx", "sub/m.sx", "sub/unit/a.sx"), Workspace.names(work.graph()));
  }

  /** mod.path.3, mod.path.5: no extension is added; the error is at the directive. */
  @Test
  void noExtensionIsAdded() {
    work.file("work/main.sx", "A :: 1;\n  #import \"x\";\n").file("work/x.sx", "X :: 1;\n");
    assertEquals(
        List.of("main.sx:2:3 cannot find 'x'; did you mean 'x.sx'?"),
        work.load("main.sx").errors());
  }

  /** mod.path.5: each import that finds nothing, in every file. */
  @Test
  void nothingFound() {
    work.file("work/main.sx", "#import \"a.sx\";\nn :: #import \"none.sx\";\n#import \"\";\n")
        .file("work/a.sx", "\n#import \"gone/b.sx\";\n");
    assertEquals(List.of("a.sx:2:1", "main.sx:2:6", "main.sx:3:1"), work.failure());
  }

  /** mod.path.4. */
  @Test
  void directoryWithFileBesideIt() {
    work.file("work/main.sx", "#import \"unit\";\n")
        .file("work/unit.sx", "A :: 1;\n")
        .file("work/unit/b.sx", "B :: 1;\n");
    assertEquals(List.of("main.sx:1:1"), work.failure());
    String message = work.load("main.sx").errors().getFirst();
    assertTrue(message.contains("directory 'unit'") && message.contains("'unit.sx'"), message);
  }

  /** mod.path.4: a file may import its companion directory. */
  @Test
  void companionDirectory() {
    work.file("work/main.sx", "#import \"unit.sx\";\n")
        .file("work/unit.sx", "#import \"unit\";\n")
        .file("work/unit/b.sx", "B :: 1;\n");
    assertEquals(List.of("main.sx", "unit.sx", "unit/b.sx"), Workspace.names(work.graph()));
  }

  /** mod.path.6: spellings, links and chains lead to one module. */
  @Test
  void oneModuleForOneFile() throws IOException {
    work.file("work/x.sx", "X :: 1;\n").file("work/d/y.sx", "#import \"../x.sx\";\n");
    Files.createSymbolicLink(work.base.resolve("work/link.sx"), work.base.resolve("work/x.sx"));
    work.file(
        "work/main.sx",
        """
        #import "x.sx";
        #import "./x.sx";
        #import "d/../x.sx";
        #import "%s/work/x.sx";
        #import "link.sx";
        n :: #import "x.sx";
        #import "d/y.sx";
        """
            .formatted(work.base));
    ModuleGraph graph = work.graph();
    assertEquals(List.of("main.sx", "x.sx", "d/y.sx"), Workspace.names(graph));
    assertTrue(Lookup.find(graph.root(), "X", _ -> true) instanceof Lookup.One);
  }

  /**
   * mod.path.7, lex.err.4: located in the imported file, and nothing but syntax errors is reported.
   */
  @Test
  void syntaxErrorInImport() {
    work.file("work/main.sx", "A :: 1;\nA :: 2;\n#import \"bad.sx\";\n")
        .file("work/bad.sx", "B :: 1;\n  B :: ;\n");
    assertEquals(List.of("bad.sx:2:8"), work.failure());
  }

  /** mod.syntax.3: escapes are not processed. */
  @Test
  void pathIsTakenLiterally() {
    work.file("work/main.sx", "#import \"a\\n.sx\";\n").file("work/a\\n.sx", "A :: 1;\n");
    assertEquals(List.of("main.sx", "a\\n.sx"), Workspace.names(work.graph()));
  }

  /** An imported file that cannot be read is an error at the import. */
  @Test
  void importTooLarge() {
    work.maxSourceBytes = 40;
    work.file("work/main.sx", "#import \"big.sx\";\n").file("work/big.sx", " ".repeat(41));
    assertEquals(List.of("main.sx:1:1"), work.failure());
  }

  /** What a later compilation has to look at again. */
  @Test
  void inputsAndMissing() {
    work.file("work/main.sx", "#import \"sub/a.sx\";\n")
        .file("work/sub/a.sx", "#import \"lib.sx\";\n#import \"unit\";\n")
        .file("work/sub/unit/u.sx", "")
        .file("lib/library/lib.sx", "L :: 1;\n");
    ModuleGraph graph = work.graph();
    Path base = work.base;
    assertEquals(
        List.of(
            base.resolve("work/main.sx"),
            base.resolve("work/sub/a.sx"),
            base.resolve("lib/library/lib.sx"),
            base.resolve("work/sub/unit/u.sx")),
        graph.modules().stream().map(Module::path).toList());
    assertEquals(
        List.of(
            base.resolve("work/sub/lib.sx"),
            base.resolve("work/lib.sx"),
            base.resolve("work/sub/unit.sx")),
        graph.surroundings().missing());
    assertEquals(Map.of(base.resolve("work/sub/unit"), 1), graph.surroundings().directories());
    assertEquals(Map.of(), graph.surroundings().links());
  }
}
