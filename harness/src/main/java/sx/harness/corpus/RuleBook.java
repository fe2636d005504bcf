package sx.harness.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that the language reference defines, in its order. */
public final class RuleBook {
  private static final Pattern DEFINITION =
      Pattern.compile(
          "^(?:- )?\\*\\*\\[([a-z][a-z0-9]*(?:\\.[a-z][a-z0-9]*)+\\.[0-9]+)]\\*\\*(.*)");

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /**
   * Reads every chapter of a directory.
   *
   * @throws IOException also if an id is defined twice
   */
  public static RuleBook read(Path reference) throws IOException {
    RuleBook book = new RuleBook();
    List<Path> chapters;
    try (Stream<Path> list = Files.list(reference)) {
      chapters = list.filter(path -> path.toString().endsWith(".md")).sorted().toList();
    }
    for (Path chapter : chapters) {
      book.add(chapter);
    }
    return book;
  }

  private void add(Path chapter) throws IOException {
    String name = chapter.getFileName().toString().replace(".md", "");
    int number = 0;
    for (String line : Files.readAllLines(chapter)) {
      number++;
      Matcher matcher = DEFINITION.matcher(line);
      if (matcher.matches()) {
        String text = matcher.group(2).strip();
        Rule rule = new Rule(matcher.group(1), name, number, text.startsWith("ERROR."), text);
        if (rules.put(rule.id(), rule) != null) {
          throw new IOException(chapter + ":" + number + ": " + rule.id() + " is defined twice");
        }
      }
    }
  }

  public boolean defines(String id) {
    return rules.containsKey(id);
  }

  public Collection<Rule> rules() {
    return rules.values();
  }
}
