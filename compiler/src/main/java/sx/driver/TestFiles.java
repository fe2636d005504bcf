package sx.driver;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which files hold the tests that a command line names (cli.test.2). */
final class TestFiles {
  private static final String SUFFIX = "_test.sx";

  private TestFiles() {}

  /** The files in the order of the words, those of a directory in the order of their paths. */
  static List<Path> find(List<Path> words, TestReport report) throws IOException {
    Set<Path> all = new LinkedHashSet<>();
    for (Path word : words) {
      if (!Files.isDirectory(word)) {
        all.add(word);
        continue;
      }
      List<Path> inside = below(word);
      if (inside.isEmpty()) {
        report.none(word);
      }
      all.addAll(inside);
    }
    return List.copyOf(all);
  }

  private static List<Path> below(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            // What programs keep for themselves, such as .git and .sx-tmp, is no source.
            boolean hidden =
                !path.equals(directory) && path.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (path.getFileName().toString().endsWith(SUFFIX)) {
              found.add(path.normalize());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
