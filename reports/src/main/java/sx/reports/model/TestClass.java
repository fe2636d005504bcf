package sx.reports.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one class of unit tests said when it ran last, read from Maven's JUnit XML.
 *
 * @param module the Maven module
 */
public record TestClass(String module, String name, int tests, int failed, int skipped) {
  private static final Pattern HEAD = Pattern.compile("<testsuite\\b[^>]*>");
  private static final int HEAD_BYTES = 8192;

  public boolean green() {
    return failed == 0 && tests > skipped;
  }

  /** All classes of the modules of a repository. */
  public static List<TestClass> read(Path home, List<String> modules) throws IOException {
    List<TestClass> classes = new ArrayList<>();
    for (String module : modules) {
      Path directory = home.resolve(module).resolve("target/surefire-reports");
      if (Files.isDirectory(directory)) {
        try (Stream<Path> list = Files.list(directory)) {
          for (Path file : list.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
            read(module, file, classes);
          }
        }
      }
    }
    return classes;
  }

  private static void read(String module, Path file, List<TestClass> classes) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    Matcher suite = HEAD.matcher(new String(head, StandardCharsets.UTF_8));
    if (suite.find()) {
      String text = suite.group();
      classes.add(
          new TestClass(
              module,
              value(text, "name"),
              number(text, "tests"),
              number(text, "failures") + number(text, "errors"),
              number(text, "skipped")));
    }
  }

  private static String value(String head, String name) {
    Matcher matcher = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(head);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static int number(String head, String name) {
    String value = value(head, name);
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }
}
