package sx.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How diagnostics and {@code Source_Location} show a file (cli.diag.3, mod.path.8). */
final class DisplayNames {
  private final Path workingDirectory;
  private final List<Path> libraries = new ArrayList<>();

  DisplayNames(LoaderOptions options) {
    this.workingDirectory = real(options.workingDirectory());
    options.libraryPath().forEach(library -> libraries.add(real(library)));
  }

  /** Relative to the working directory when below it, else from the library root, else absolute. */
  String of(Path file) {
    if (file.startsWith(workingDirectory)) {
      return workingDirectory.relativize(file).toString();
    }
    for (Path library : libraries) {
      Path above = library.getParent();
      if (above != null && file.startsWith(library)) {
        return above.relativize(file).toString();
      }
    }
    return file.toString();
  }

  /** Whether the file belongs to a library and is therefore likely to be loaded again. */
  boolean isLibrary(Path file) {
    return libraries.stream().anyMatch(file::startsWith);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
