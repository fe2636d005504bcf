package sx.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * @param process the id of its process
 */
record Launcher(
    Optional<Path> reply,
    Optional<ProgramCache> cache,
    Optional<Path> manifest,
    String key,
    String compiler,
    Optional<Long> process) {
  /** A compile that lost its launcher ends within so many milliseconds. */
  private static final long WATCH_MILLIS = 200;

  private static final int TERMINATED = 143;

  static Launcher ofProcess() {
    return new Launcher(
        path("sx.reply"),
        path("sx.cache").map(dir -> new ProgramCache(dir, ProgramCache.MAX_CACHE_BYTES)),
        path("sx.cache.manifest"),
        System.getProperty("sx.cache.key", ""),
        System.getProperty("sx.id", ""),
        Optional.ofNullable(Long.getLong("sx.launcher")));
  }

  /** Answers the launcher; false if it is there no more. */
  boolean reply(String answer) {
    try {
      Files.writeString(reply.orElseThrow(), answer, StandardCharsets.UTF_8);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * From now on this process ends when the launcher has ended: a signal that was meant for the
   * compile meets the shell.
   */
  void watch() {
    if (process.isPresent()) {
      Thread.ofPlatform().daemon().name("watch launcher").start(() -> watch(process.get()));
    }
  }

  private static void watch(long launcher) {
    try {
      do {
        Thread.sleep(WATCH_MILLIS);
      } while (ProcessHandle.current().parent().map(p -> p.pid() == launcher).orElse(false));
      System.exit(TERMINATED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Path> path(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }
}
