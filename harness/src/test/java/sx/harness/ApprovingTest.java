package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.driver.LibraryPath;
import sx.harness.corpus.Selection;

/** Goldens of the named cases are rewritten, and only while everything else is green. */
class ApprovingTest {
  private static final String IMPORT = "#import \"modules/std.sx\";\n";
  private static final String PRINTS_X = IMPORT + "main :: () { print(\"x\\n\"); }";

  @TempDir Path directory;

  /** Runs a corpus with approval of the cases that have "named" in their name. */
  private boolean approve() throws Exception {
    Properties properties = new Properties();
    properties.setProperty(LibraryPath.HOME_PROPERTY, TemporaryCorpus.HOME.toString());
    properties.setProperty("sx.corpus", directory.resolve("corpus").toString());
    properties.setProperty("sx.results", directory.resolve("results").toString());
    properties.setProperty("sx.approve", "named");
    properties.setProperty("sx.progress", "plain");
    try (Session session = new Session(Settings.of(properties))) {
      for (Selection.Turn turn : session.turns()) {
        session.run(turn);
      }
      return session.finish().isEmpty();
    }
  }

  private String golden(String slug) throws Exception {
    return Files.readString(
        new TemporaryCorpus(directory).area().resolve("expected/" + slug + ".stdout"));
  }

  @Test
  void rewritesTheNamedOnly() throws Exception {
    new TemporaryCorpus(directory)
        .add("0001-named", "", PRINTS_X, "old\n")
        .add("0002-named-but-marked", "//! xfail: not yet\n", PRINTS_X, "other\n")
        .add("0003-green", "", PRINTS_X, "x\n");
    assertTrue(approve());
    assertEquals("x\n", golden("0001-named"));
    assertEquals("other\n", golden("0002-named-but-marked"));
  }

  @Test
  void refusesWhileAnotherIsRed() throws Exception {
    new TemporaryCorpus(directory)
        .add("0001-named", "", PRINTS_X, "old\n")
        .add("0002-red", "", PRINTS_X, "other\n");
    assertTrue(!approve());
    assertEquals("old\n", golden("0001-named"));
  }
}
