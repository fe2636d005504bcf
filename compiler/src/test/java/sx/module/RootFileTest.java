package sx.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading the root file: cli.cmd.4. Such errors name the file and have no place. */
class RootFileTest {
  @TempDir Path temp;
  private Workspace work;

  @BeforeEach
  void create() {
    work = new Workspace(temp);
  }

  private void assertRejected(String root, String message) {
    Workspace.Result result = work.load(root);
    assertEquals(List.of(message), result.errors());
    assertTrue(result.graph().isEmpty());
  }

  @Test
  void missing() {
    assertRejected("none.sx", "cannot read 'none.sx': no such file");
  }

  @Test
  void directory() {
    work.file("work/d/a.sx", "");
    assertRejected("d", "cannot read 'd': it is a directory");
  }

  @Test
  void tooLarge() {
    work.maxSourceBytes = 10;
    work.file("work/main.sx", " ".repeat(11)).file("work/fits.sx", " ".repeat(10));
    assertRejected("main.sx", "cannot read 'main.sx': it is larger than the limit of 10 bytes");
    assertTrue(work.load("fits.sx").graph().isPresent());
  }

  @Test
  void unreadable() throws IOException {
    work.file("work/main.sx", "");
    Path file = work.base.resolve("work/main.sx");
    Files.setPosixFilePermissions(file, java.util.Set.of());
    assumeFalse(Files.isReadable(file), "permissions do not bind this user");
    assertRejected("main.sx", "cannot read 'main.sx': permission denied");
  }

  @Test
  void notAFile() {
    assertRejected("/dev/null", "cannot read '/dev/null': it is not a regular file");
  }

  @Test
  void syntaxErrorInRoot() {
    work.file("work/main.sx", "A ::;\n#import \"none.sx\";\n");
    assertEquals(List.of("main.sx:1:5"), work.failure());
  }

  /** lex.src.4: a file of white space is a module. */
  @Test
  void emptyFile() {
    work.file("work/main.sx", "");
    ModuleGraph graph = work.graph();
    assertTrue(graph.root().declarations().isEmpty() && graph.root().items().isEmpty());
  }
}
