package sx.driver;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that appear whole or not at all. */
final class OutputFiles {
  private OutputFiles() {}

  /** Puts a finished file in its place, in one step. */
  static void moveInto(Path temporary, Path place) throws IOException {
    Files.move(
        temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a directory and what is in it, as far as that goes. */
  static void deleteTree(Path directory) {
    List<Path> below;
    try (Stream<Path> walk = Files.walk(directory)) {
      below = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return;
    }
    below.forEach(path -> path.toFile().delete());
  }

  /** Takes back a hook that is needed no more; while the process ends, it runs all the same. */
  static void withdraw(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is about to run, or has run.
    }
  }

  /** Why a file could not be written, in words. */
  static String reason(Exception fault) {
    Throwable cause =
        fault instanceof java.io.UncheckedIOException && fault.getCause() != null
            ? fault.getCause()
            : fault;
    return switch (cause) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException missing -> missing(Path.of(missing.getFile()));
      case FileAlreadyExistsException there -> "'" + there.getFile() + "' is in the way";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> {
        String message = cause.getMessage();
        yield message == null ? cause.getClass().getSimpleName() : message;
      }
    };
  }

  /** A file cannot be missing while it is made: its directory refuses it. */
  private static String missing(Path file) {
    Path directory = file.getParent();
    return directory != null && Files.isDirectory(directory)
        ? "'" + directory + "' takes no new files"
        : "'" + file + "' does not exist";
  }
}
