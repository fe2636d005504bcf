package sx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import sx.driver.LibraryPath;
import sx.driver.Main;

/**
 * The launcher with the jar of this build and nothing to build it from: all tests share it, and
 * none of them can start Maven or write to the compiler's own {@code target}.
 */
final class Installation {
  private static final Path REPOSITORY =
      Path.of(System.getProperty(LibraryPath.HOME_PROPERTY, "..")).toAbsolutePath().normalize();

  private static Optional<Path> made = Optional.empty();

  private Installation() {}

  /** The path of {@code sx}; without a jar the test is skipped. */
  static synchronized Path sx() throws IOException {
    if (made.isEmpty()) {
      made = Optional.of(make(jar()));
    }
    return made.get();
  }

  private static Path jar() {
    Path code = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Assumptions.assumeTrue(
        code.toString().endsWith(".jar"), "the launcher needs the compiler's jar: mvn verify");
    return code;
  }

  private static Path make(Path jar) throws IOException {
    Path home = REPOSITORY.resolve("harness/target/installation");
    Path target = Files.createDirectories(home.resolve("compiler/target"));
    copy(REPOSITORY.resolve("sx"), home.resolve("sx"));
    link(REPOSITORY.resolve("library"), home.resolve("library"));
    link(jar, target.resolve("sx.jar"));
    link(jar.resolveSibling("lib"), target.resolve("lib"));
    for (String part : List.of("compiler/src/build", "compiler/src/main/sx")) {
      copyOld(REPOSITORY.resolve(part), home.resolve(part));
    }
    age(home.resolve("compiler/src/main"));
    return home.resolve("sx");
  }

  /** Copies a directory of files so that none of it is newer than the jar. */
  private static void copyOld(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        copy(file, to.resolve(file.getFileName()));
        age(to.resolve(file.getFileName()));
      }
    }
    age(to);
  }

  private static void age(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.fromMillis(0));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void link(Path to, Path link) throws IOException {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(link);
    }
    Files.createSymbolicLink(link, to);
  }
}
