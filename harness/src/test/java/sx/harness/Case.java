package sx.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One program of the corpus.
 *
 * @param name area and slug
 * @param root the program's root file
 * @param goldens the golden files' path, without what tells them apart
 */
record Case(String name, Path root, Path goldens) {
  private static final Pattern SLUG = Pattern.compile("\\d{4}-[a-z0-9-]+");

  /** All cases below a directory of areas, in the order of their names. */
  static List<Case> discover(Path corpus) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (Path area : children(corpus)) {
      for (Path entry : Files.isDirectory(area) ? children(area) : List.<Path>of()) {
        String file = entry.getFileName().toString();
        if (file.equals("expected")) {
          continue;
        }
        String slug = file.endsWith(".sx") ? file.substring(0, file.length() - 3) : file;
        Path root = Files.isDirectory(entry) ? entry.resolve("main.sx") : entry;
        if (!SLUG.matcher(slug).matches() || !Files.isRegularFile(root)) {
          throw new IOException(entry + " is neither NNNN-slug.sx nor NNNN-slug/main.sx");
        }
        cases.add(
            new Case(area.getFileName() + "/" + slug, root, area.resolve("expected/" + slug)));
      }
    }
    return cases;
  }

  /** What the program must write to standard output; nothing if there is no golden file. */
  byte[] expectedOutput() throws IOException {
    Path golden = Path.of(goldens + ".stdout");
    return Files.exists(golden) ? Files.readAllBytes(golden) : new byte[0];
  }

  /** Where the errors must be, in order: {@code line:column}, with the file if it is another. */
  List<String> expectedErrors() throws IOException {
    return Files.readAllLines(Path.of(goldens + ".errors"));
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.sorted().toList();
    }
  }
}
