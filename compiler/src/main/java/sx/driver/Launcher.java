package sx.driver;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the launcher script tells this process; all of it is empty when there is none.
 *
 * @param reply where to say which program to become: {@code kept PATH}, or {@code once PATH} for
 *     one to be removed
 * @param cache programs that were built before
 * @param manifest where in the cache this program's manifest belongs
 * @param key the first lines of that manifest
 * @param compiler tells this compiler from others
 */
record Launcher(
    Optional<Path> reply,
    Optional<ProgramCache> cache,
    Optional<Path> manifest,
    String key,
    String compiler) {
  static Launcher ofProcess() {
    return new Launcher(
        path("sx.reply"),
        path("sx.cache").map(dir -> new ProgramCache(dir, ProgramCache.MAX_CACHE_BYTES)),
        path("sx.cache.manifest"),
        System.getProperty("sx.cache.key", ""),
        System.getProperty("sx.id", ""));
  }

  private static Optional<Path> path(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }
}
