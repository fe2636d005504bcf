package sx.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import sx.harness.process.Fence;

/**
 * Where one program is made and run at a time. To make directories and fences costs more than to
 * look whether they are as they were.
 *
 * @param own holds the other two and nothing else
 * @param work where the program runs, empty at first
 * @param scratch for what is made on the way
 * @param fence keeps programs from writing anywhere but in {@code work}
 */
record Place(Path own, Path work, Path scratch, Fence fence) {
  private static Place make(Path directory) throws IOException {
    Path own = Files.createTempDirectory(directory, "place-");
    Path work = Files.createDirectory(own.resolve("work"));
    return new Place(
        own, work, Files.createDirectory(own.resolve("scratch")), new Fence(List.of(work)));
  }

  /** What is in it that is neither work nor scratch. */
  List<Path> strays() throws IOException {
    try (Stream<Path> beside = Files.list(own)) {
      return beside.filter(path -> !path.equals(work) && !path.equals(scratch)).toList();
    }
  }

  private boolean isClean() throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      for (Path file : left.toList()) {
        Runner.deleteTree(file);
      }
    }
    try (Stream<Path> left = Files.list(work)) {
      return left.findAny().isEmpty() && strays().isEmpty() && isUnchanged();
    }
  }

  /** Whether the program left the rights of its directory alone. */
  private boolean isUnchanged() throws IOException {
    return Files.getPosixFilePermissions(work, LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getPosixFilePermissions(scratch, LinkOption.NOFOLLOW_LINKS));
  }

  /** The places of a run. */
  static final class Pool implements AutoCloseable {
    private final Path directory;
    private final Deque<Place> free = new ArrayDeque<>();

    Pool(Path directory) {
      this.directory = directory;
    }

    Place take() throws IOException {
      synchronized (this) {
        if (!free.isEmpty()) {
          return free.pop();
        }
      }
      return make(directory);
    }

    /** Cleans a place for the next one; where that cannot be sure, it goes. */
    void give(Place place) throws IOException {
      boolean clean = place.isClean();
      synchronized (this) {
        if (clean) {
          free.push(place);
          return;
        }
      }
      place.fence().close();
      Runner.deleteTree(place.own());
    }

    @Override
    public synchronized void close() {
      free.forEach(place -> place.fence().close());
      free.clear();
    }
  }
}
