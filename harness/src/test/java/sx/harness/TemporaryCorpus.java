package sx.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import sx.driver.LibraryPath;
import sx.harness.corpus.Corpus;
import sx.harness.corpus.RuleBook;
import sx.harness.corpus.Selection;
import sx.harness.engine.Compiler;
import sx.harness.engine.Engine;
import sx.harness.golden.Goldens;
import sx.harness.run.CaseResult;
import sx.harness.run.Runner;

/** A corpus in a directory of its own, for tests of the harness. */
final class TemporaryCorpus {
  static final Path HOME =
      Path.of(System.getProperty(LibraryPath.HOME_PROPERTY, "..")).toAbsolutePath().normalize();

  private static final String HEADER = "//! rules: std.fmt.1\n//! expect: run\n";

  private final Path directory;

  TemporaryCorpus(Path directory) {
    this.directory = directory.resolve("corpus");
  }

  Path area() {
    return directory.resolve("01-basic");
  }

  /** Adds a case that must print a text. */
  TemporaryCorpus add(String slug, String header, String body, String stdout) throws IOException {
    Files.createDirectories(area().resolve("expected"));
    Files.writeString(area().resolve(slug + ".sx"), HEADER + header + body + "\n");
    Files.writeString(area().resolve("expected/" + slug + ".stdout"), stdout);
    return this;
  }

  /** Adds any file. */
  TemporaryCorpus file(String name, String text) throws IOException {
    Path file = area().resolve(name);
    Files.createDirectories(area().resolve("expected"));
    Files.writeString(file, text);
    return this;
  }

  Corpus discover() throws IOException {
    return Corpus.discover(directory, RuleBook.read(HOME.resolve("docs/reference")));
  }

  /** Runs all cases; the results by slug. */
  Map<String, CaseResult> run(Compiler compiler, Engine... engines)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(directory.resolveSibling("work"));
    Goldens goldens = new Goldens(directory.resolveSibling("received"), _ -> false);
    EnumSet<Engine> only = EnumSet.noneOf(Engine.class);
    only.addAll(java.util.List.of(engines));
    Map<String, CaseResult> results = new TreeMap<>();
    try (Runner runner = new Runner(compiler, goldens, HOME, work, true, only)) {
      for (Selection.Turn turn : Selection.ALL.of(discover())) {
        results.put(turn.one().slug(), runner.run(turn.one(), 1));
      }
    }
    return results;
  }
}
