package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.harness.cadence.Cadence;
import sx.harness.cadence.Git;

/** What the check of history lets pass, and what not. */
class CadenceTest {
  private static final String CASE = "corpus/01-basic/0001-a.sx";
  private static final String GOLDEN = "corpus/01-basic/expected/0001-a.stdout";
  private static final String ERRORS = "corpus/01-basic/expected/0001-a.errors";
  private static final String CODE = "compiler/src/main/java/sx/A.java";
  private static final String PASSES = "//! expect: run\n";
  private static final String FAILS = PASSES + "//! xfail: not yet\n";

  @TempDir Path home;

  @BeforeEach
  void repository() throws Exception {
    git("init", "-q", "-b", "main");
    git("config", "user.email", "a@example.org");
    git("config", "user.name", "a");
    commit("README", "start");
  }

  private void git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor(), command.toString());
  }

  /** Commits files: pairs of path and text. */
  private void commit(String... files) throws Exception {
    for (int i = 0; i < files.length; i += 2) {
      Path file = home.resolve(files[i]);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, files[i + 1]);
    }
    git("add", "-A");
    git("commit", "-q", "-m", "commit");
  }

  private List<Cadence.Violation> check() {
    return new Cadence(new Git(home)).check("HEAD~1..HEAD");
  }

  @Test
  void caseAndCodeTogether() throws Exception {
    commit(CASE, PASSES, GOLDEN, "x", CODE, "a");
    assertEquals(1, check().size());
  }

  @Test
  void caseAlone() throws Exception {
    commit(CASE, PASSES, GOLDEN, "x");
    assertEquals(List.of(), check());
  }

  @Test
  void markedCaseAndThenCode() throws Exception {
    commit(CASE, FAILS, GOLDEN, "x");
    assertEquals(List.of(), check());
    commit(CASE, PASSES, CODE, "a");
    assertEquals(List.of(), check());
  }

  @Test
  void goldenBentToCode() throws Exception {
    commit(CASE, PASSES, GOLDEN, "x");
    commit(GOLDEN, "y", CODE, "a");
    assertEquals(1, check().size());
  }

  @Test
  void goldenBentWhileTheMarkGoes() throws Exception {
    commit(CASE, FAILS, GOLDEN, "x");
    commit(CASE, PASSES, GOLDEN, "y", CODE, "a");
    assertEquals(1, check().size());
  }

  @Test
  void goldenMendedWhileRed() throws Exception {
    commit(CASE, FAILS, GOLDEN, "x");
    commit(GOLDEN, "y", CODE, "a");
    assertEquals(List.of(), check());
  }

  @Test
  void expectationBentToCode() throws Exception {
    commit(CASE, PASSES, GOLDEN, "x");
    commit(CASE, PASSES + "//! exit: 4\n", "library/modules/std.sx", "a");
    assertEquals(1, check().size());
  }

  /** Positions count the lines of the header, and the mark is one of them. */
  @Test
  void positionsMoveWithTheMark() throws Exception {
    commit(CASE, FAILS + "a\nb\n", ERRORS, "3:7\n4:1\n");
    commit(CASE, PASSES + "a\nb\n", ERRORS, "2:7\n3:1\n", CODE, "a");
    assertEquals(List.of(), check());
  }

  @Test
  void positionsBentToCode() throws Exception {
    commit(CASE, FAILS + "a\nb\n", ERRORS, "3:7\n4:1\n");
    commit(CASE, PASSES + "a\nb\n", ERRORS, "2:7\n4:1\n", CODE, "a");
    assertEquals(1, check().size());
    commit(ERRORS, "1:7\n3:1\n", CODE, "b");
    assertEquals(1, check().size());
  }
}
