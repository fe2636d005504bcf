package sx.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the standard library is looked for (cli.path.2). */
public final class LibraryPath {
  /** The system property that names the directory of the {@code sx} executable. */
  public static final String HOME_PROPERTY = "sx.home";

  private LibraryPath() {}

  /** The search path of this process. */
  public static List<Path> find() {
    return find(System.getenv(), Optional.ofNullable(System.getProperty(HOME_PROPERTY)));
  }

  static List<Path> find(Map<String, String> environment, Optional<String> home) {
    List<Path> candidates = new ArrayList<>();
    String fromEnvironment = environment.getOrDefault("SX_STDLIB_PATH", "");
    if (!fromEnvironment.isEmpty()) {
      candidates.add(Path.of(fromEnvironment));
    }
    home.map(Path::of)
        .ifPresent(
            root -> {
              candidates.add(root.resolve("../../library"));
              candidates.add(root.resolve("../library"));
              candidates.add(root.resolve("library"));
            });
    return candidates.stream()
        .map(path -> path.toAbsolutePath().normalize())
        .filter(Files::isDirectory)
        .distinct()
        .toList();
  }
}
