package sx.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What {@code sx build --cache} reuses and keeps; a cache that cannot be read or written is no
 * error.
 *
 * @param cache where programs are
 * @param manifest the manifest of this program
 * @param key all that tells this program from others
 */
record BuildCache(ProgramCache cache, Path manifest, String key) {
  static Optional<BuildCache> of(Launcher launcher, Path file, CompileOptions options) {
    return launcher
        .cache()
        .map(
            cache -> {
              String key =
                  String.join(
                      "\n",
                      "sx-build 2",
                      "compiler " + launcher.compiler(),
                      "directory " + Path.of("").toAbsolutePath(),
                      "file " + file.toAbsolutePath(),
                      "options " + options,
                      "");
              return new BuildCache(cache, cache.manifestOf(key), key);
            });
  }

  /** Puts the program of an earlier identical build in its place. */
  boolean reuse(Path place) {
    Optional<Path> kept = cache.lookup(manifest, key);
    if (kept.isEmpty()) {
      return false;
    }
    try {
      Path work = cache.workDirectory();
      try {
        Path copy =
            Files.copy(kept.get(), work.resolve("program"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(place.toAbsolutePath().getParent());
        Files.move(copy, place, StandardCopyOption.REPLACE_EXISTING);
        return true;
      } finally {
        OutputFiles.deleteTree(work);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Keeps a copy of the program. */
  void keep(Compilation compilation, Path place) {
    try {
      Path work = cache.workDirectory();
      try {
        Path copy = Files.copy(place, work.resolve("program"), StandardCopyOption.COPY_ATTRIBUTES);
        cache.store(manifest, key, copy, compilation.inputs());
      } finally {
        OutputFiles.deleteTree(work);
      }
    } catch (IOException e) {
      // Built all the same.
    }
  }
}
