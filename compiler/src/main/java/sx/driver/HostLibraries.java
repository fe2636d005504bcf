package sx.driver;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sx.type.Target;

/** Shared libraries of the host by the names of {@code #library} (ffi.lib.6). */
final class HostLibraries {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  /** Behind the directories of {@code -L}. */
  private static final List<String> PLACES =
      List.of("/usr/local/lib", "/usr/lib/<>", "/lib/<>", "/usr/lib64", "/usr/lib");

  private HostLibraries() {}

  /**
   * Loads a library until the arena closes; empty if there is none that can be loaded.
   *
   * @param name as in {@code -lname}
   */
  static Optional<SymbolLookup> open(String name, List<Path> searchDirs, Arena arena) {
    return candidates(name, searchDirs).stream()
        .flatMap(candidate -> load(candidate, arena).stream())
        .findFirst();
  }

  /**
   * The path of a library that can be loaded, or the name by which the system's loader knows it.
   */
  static Optional<String> locate(String name, List<Path> searchDirs) {
    try (Arena arena = Arena.ofConfined()) {
      return candidates(name, searchDirs).stream()
          .filter(candidate -> load(candidate, arena).isPresent())
          .findFirst();
    }
  }

  /** Nothing also for what is no library but a script for the linker. */
  @SuppressWarnings("restricted")
  private static Optional<SymbolLookup> load(String library, Arena arena) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(library, arena));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What to give the system's loader, best first. */
  private static List<String> candidates(String name, List<Path> searchDirs) {
    String file = "lib" + name + ".so";
    List<Path> places = new ArrayList<>(searchDirs);
    for (String place : PLACES) {
      places.add(Path.of(place.replace("<>", Target.host().triple())));
    }
    List<String> found = new ArrayList<>();
    for (Path place : places) {
      versions(place.toAbsolutePath(), file).forEach(v -> found.add(v.toString()));
    }
    return found.isEmpty() ? List.of(file) : found;
  }

  /**
   * The shared libraries of a name in a directory. One whose development files are not installed
   * has only names with versions; where they are, the plain name may be that of a script.
   */
  private static List<Path> versions(Path directory, String file) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, file + "*")) {
        for (Path each : all) {
          if (isShared(each)) {
            found.add(each);
          }
        }
      } catch (IOException e) {
        return List.of();
      }
    }
    found.sort(null);
    return found;
  }

  /** The JVM says much on standard error about what it is asked to load and is no library. */
  private static boolean isShared(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    }
  }
}
