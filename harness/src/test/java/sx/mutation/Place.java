package sx.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the mutants of a source are compiled: a copy of its case.
 *
 * @param root the main file of the case
 * @param file the file that is replaced by mutants
 */
record Place(Path root, Path file) {
  /** Copies the case of a source below a directory. */
  static Place of(Path source, Path corpus, Path work) throws IOException {
    Path below = corpus.relativize(source);
    Path copy = Files.createTempDirectory(work, "case");
    if (below.getNameCount() == 2) {
      Path file = copy.resolve("main.sx");
      return new Place(file, file);
    }
    Path folder = corpus.resolve(below.subpath(0, 2));
    try (Stream<Path> parts = Files.walk(folder)) {
      for (Path part : List.copyOf(parts.toList())) {
        Path to = copy.resolve(folder.relativize(part));
        if (!Files.exists(to)) {
          Files.copy(part, to);
        }
      }
    }
    return new Place(copy.resolve("main.sx"), copy.resolve(folder.relativize(source)));
  }
}
