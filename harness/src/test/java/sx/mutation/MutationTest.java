package sx.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs with a mistake in them give ordinary errors or compile: the compiler never fails, hangs,
 * or makes code that a verifier refuses. The fast set takes a sample of the corpus, the nightly set
 * all of it: {@code mvn verify -Pnightly}, or {@code -Dsx.set=all -Dtest=MutationTest}.
 */
class MutationTest {
  private static final boolean ALL = System.getProperty("sx.set", "fast").equals("all");

  /** Of so many cases one is in the sample. */
  private static final int STRIDE = ALL ? 1 : 40;

  /** Mutants of each kind of mistake. */
  private static final int EACH = ALL ? 4 : 1;

  private static final Path CORPUS =
      Path.of(System.getProperty("sx.home", "..")).toAbsolutePath().normalize().resolve("corpus");

  @TempDir private Path work;

  @Test
  void mutantsGiveOnlyOrdinaryErrors() throws Exception {
    List<String> faults = new ArrayList<>();
    List<Path> cases = cases();
    try (Judge judge = new Judge(work.resolve("mutants"))) {
      for (int i = 0; i < cases.size(); i += STRIDE) {
        Path source = cases.get(i);
        String name = CORPUS.relativize(source).toString();
        faults.addAll(faults(judge, source, Mutant.of(name, Files.readString(source), EACH)));
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void filesThatEndAnywhere() throws Exception {
    List<String> faults = new ArrayList<>();
    List<Path> cases = cases();
    try (Judge judge = new Judge(work.resolve("ends"))) {
      for (int i = STRIDE / 2; i < cases.size(); i += 8 * STRIDE) {
        Path source = cases.get(i);
        String name = CORPUS.relativize(source).toString();
        faults.addAll(faults(judge, source, Mutant.truncations(name, Files.readString(source))));
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void mutantsAreTheSameWheneverTheyAreMade() throws Exception {
    String text = Files.readString(cases().getFirst());
    List<Mutant> mutants = Mutant.of("a", text, 2);
    assertEquals(mutants, Mutant.of("a", text, 2));
    assertTrue(mutants.size() > Mistake.values().length, () -> "only " + mutants.size());
  }

  /** All sources of all cases, the parts of cases of several files too. */
  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(f -> f.toString().endsWith(".sx")).sorted().toList();
    }
  }

  private List<String> faults(Judge judge, Path source, List<Mutant> mutants) throws Exception {
    List<String> faults = new ArrayList<>();
    Place place = Place.of(source, CORPUS, work);
    for (Mutant mutant : mutants) {
      Files.writeString(place.file(), mutant.text());
      judge
          .fault(place.root(), mutant.text())
          .ifPresent(f -> faults.add(mutant.name() + ": " + f + "\n" + mutant.text()));
    }
    return faults;
  }
}
