package sx.module;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the file or directory that an import path names (mod.path), and remembers where it looked.
 */
final class ImportPaths {
  /** The answer for one import; all paths in it are real ones. */
  sealed interface Resolved {}

  record File(Path path) implements Resolved {}

  record Directory(Path path, List<Path> files) implements Resolved {}

  record Unresolved(String message) implements Resolved {}

  private final LoaderOptions options;
  private final Set<Path> missing = new LinkedHashSet<>();
  private final Map<Path, Integer> listed = new LinkedHashMap<>();
  private final Map<Path, Path> links = new LinkedHashMap<>();

  ImportPaths(LoaderOptions options) {
    this.options = options;
  }

  List<Path> missing() {
    return List.copyOf(missing);
  }

  /** The directories that were listed and the number of source files found. */
  Map<Path, Integer> listed() {
    return listed;
  }

  /** The paths that lead to their files through symbolic links, and the real paths. */
  Map<Path, Path> links() {
    return links;
  }

  /** Tries the three places in order, each as a file and then as a directory (mod.path.1, .3). */
  Resolved resolve(Path importer, String text) {
    for (Path candidate : candidates(importer, text)) {
      if (Files.isDirectory(candidate)) {
        return directory(importer, candidate, text);
      }
      if (Files.exists(candidate)) {
        return real(candidate).<Resolved>map(File::new).orElseGet(() -> unreadable(text));
      }
      missing.add(candidate);
    }
    return new Unresolved("cannot find '" + text + "'" + proposal(importer, text)); // mod.path.5
  }

  private Set<Path> candidates(Path importer, String text) {
    Set<Path> all = new LinkedHashSet<>();
    if (text.isEmpty()) {
      return all;
    }
    try {
      all.add(importer.resolveSibling(text));
      all.add(options.workingDirectory().resolve(text));
      options.libraryPath().forEach(library -> all.add(library.resolve(text)));
    } catch (InvalidPathException e) {
      return Set.of(); // no file can have such a name
    }
    return all;
  }

  private Resolved directory(Path importer, Path found, String text) {
    Optional<Path> twin = twin(found);
    if (twin.isPresent() && !real(twin.get()).equals(Optional.of(importer))) { // mod.path.4
      String file = twin.get().getFileName().toString();
      String directory = found.getFileName().toString();
      return new Unresolved(
          "'%s' names the directory '%s', but the file '%s' stands beside it; write the path with '.sx'"
              .formatted(text, directory, file));
    }
    Optional<Path> path = real(found);
    if (path.isEmpty()) {
      return unreadable(text);
    }
    try {
      List<Path> files = files(path.get());
      return new Directory(path.get(), files);
    } catch (IOException e) {
      return unreadable(text);
    }
  }

  /** The file beside a directory {@code X} that is called {@code X.sx}. */
  private Optional<Path> twin(Path directory) {
    Path name = directory.getFileName();
    if (name == null) {
      return Optional.empty();
    }
    Path twin = directory.resolveSibling(name + ".sx");
    if (Files.isRegularFile(twin)) {
      return Optional.of(twin);
    }
    missing.add(twin);
    return Optional.empty();
  }

  /** The files of a directory module in alphabetical order (mod.dir.1). */
  private List<Path> files(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (entry.getFileName().toString().endsWith(".sx") && Files.isRegularFile(entry)) {
          found.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    Set<Path> real = new LinkedHashSet<>();
    for (Path file : found) {
      real.add(followed(file));
    }
    listed.put(directory, found.size());
    return List.copyOf(real);
  }

  /** The real path of a file or directory that exists; remembers it if links lead there. */
  Path followed(Path path) throws IOException {
    Path real = path.toRealPath();
    if (!path.normalize().equals(real)) {
      links.put(path, real);
    }
    return real;
  }

  private Optional<Path> real(Path path) {
    try {
      return Optional.of(followed(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String proposal(Path importer, String text) {
    boolean extensionForgotten =
        candidates(importer, text + ".sx").stream().anyMatch(Files::isRegularFile);
    return extensionForgotten && !text.isEmpty() ? "; did you mean '" + text + ".sx'?" : "";
  }

  private static Resolved unreadable(String text) {
    return new Unresolved("cannot read '" + text + "'");
  }
}
