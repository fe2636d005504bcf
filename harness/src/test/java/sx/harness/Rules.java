package sx.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that the language reference defines: {@code **[id]**}. */
final class Rules {
  private static final Pattern DEFINITION = Pattern.compile("\\*\\*\\[([a-z0-9.]+)]\\*\\*");

  private Rules() {}

  static Set<String> defined(Path reference) throws IOException {
    Set<String> ids = new HashSet<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(reference)) {
      files = list.filter(path -> path.toString().endsWith(".md")).toList();
    }
    for (Path file : files) {
      Matcher matcher = DEFINITION.matcher(Files.readString(file));
      while (matcher.find()) {
        ids.add(matcher.group(1));
      }
    }
    return ids;
  }
}
