package sx.harness.cadence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether history shows every case red before the code that turned it green.
 *
 * <ul>
 *   <li>A commit that adds a case that must pass changes no code: the case passed before. A case
 *       for code to come is added with {@code xfail}.
 *   <li>A commit that changes code changes no expectation of a case (what it prints, where its
 *       errors are, how it ends), unless the case says {@code xfail} after it. Positions may move
 *       by the lines of the header, of which the mark is one.
 * </ul>
 *
 * Code is what is below {@code compiler/src/main} and {@code library}. Goldens of rendered
 * diagnostics and of code pin what the reference leaves free, and may change with the compiler.
 */
public record Cadence(Git git) {
  private static final Pattern CASE =
      Pattern.compile("(corpus/[^/]+)/(\\d{4}-[a-z0-9-]+)(\\.sx|/main\\.sx)");
  private static final Pattern GOLDEN =
      Pattern.compile("(corpus/[^/]+)/expected/(\\d{4}-[a-z0-9-]+)\\.(stdout|errors)");
  private static final Pattern EXPECTATION = Pattern.compile("(?m)^//! *(expect|exit) *:.*$");
  private static final Pattern LINE = Pattern.compile("(?m)^\\d{1,9}(?=:)");
  private static final Pattern XFAIL = Pattern.compile("(?m)^//! *xfail *:");

  /** What a commit did against the order. */
  public record Violation(String commit, String subject, String text) {
    @Override
    public String toString() {
      return commit.substring(0, Math.min(10, commit.length())) + " " + subject + "\n    " + text;
    }
  }

  /** One commit: what became of its files, by path. Renamed files count as changed. */
  private record Commit(String id, String subject, Map<String, Character> files) {
    boolean changesCode() {
      return files.keySet().stream()
          .anyMatch(f -> f.startsWith("compiler/src/main/") || f.startsWith("library/"));
    }
  }

  /**
   * Checks the commits of a range; merges are left to the commits that they merge.
   *
   * @throws IllegalArgumentException if git knows no such range
   */
  public List<Violation> check(String range) {
    List<Violation> violations = new ArrayList<>();
    for (Commit commit : commits(range)) {
      if (commit.changesCode()) {
        check(commit, violations);
      }
    }
    return violations;
  }

  private List<Commit> commits(String range) {
    String log =
        git.ask(
                "log",
                "--reverse",
                "--no-merges",
                "-M90%",
                "--name-status",
                "--format=%x01%H%x02%s",
                range)
            .orElseThrow(() -> new IllegalArgumentException("git knows no range " + range));
    List<Commit> commits = new ArrayList<>();
    for (String text : log.split("\u0001", -1)) {
      if (!text.isBlank()) {
        commits.add(commit(text));
      }
    }
    return commits;
  }

  private static Commit commit(String text) {
    List<String> lines = text.lines().toList();
    String[] head = lines.getFirst().split("\u0002", 2);
    Map<String, Character> files = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split("\t", -1);
      if (words.length > 1) {
        files.put(words[words.length - 1], words[0].charAt(0));
      }
    }
    return new Commit(head[0], head[1], files);
  }

  private void check(Commit commit, List<Violation> violations) {
    Map<String, String> cases = cases(commit);
    Set<String> added = new TreeSet<>();
    cases.forEach(
        (name, root) -> {
          if (commit.files().getOrDefault(root, 'M') == 'A') {
            added.add(name);
          }
        });
    for (Map.Entry<String, String> entry : cases.entrySet()) {
      String root = entry.getValue();
      if (commit.files().getOrDefault(root, 'M') == 'D') {
        continue;
      }
      String now = show(commit.id(), root).orElse("");
      boolean xfail = XFAIL.matcher(now).find();
      if (added.contains(entry.getKey()) && !xfail) {
        violations.add(
            violation(commit, "adds " + root + " together with code: is it red without?"));
      } else if (!added.contains(entry.getKey())
          && !xfail
          && !expectation(now).equals(expectation(show(commit.id() + "^", root).orElse(now)))) {
        violations.add(violation(commit, "changes what " + root + " expects together with code"));
      }
    }
    goldens(commit, added, violations);
  }

  private void goldens(Commit commit, Set<String> added, List<Violation> violations) {
    commit
        .files()
        .forEach(
            (file, change) -> {
              Matcher matcher = GOLDEN.matcher(file);
              if (!matcher.matches() || change == 'R' || change == 'D') {
                return;
              }
              String name = matcher.group(1) + "/" + matcher.group(2);
              if (!added.contains(name)
                  && !isXfail(commit, name)
                  && !movedWithHeader(commit, name, file)) {
                violations.add(
                    violation(commit, "changes the golden " + file + " together with code"));
              }
            });
  }

  private boolean isXfail(Commit commit, String name) {
    return XFAIL.matcher(root(commit.id(), name)).find();
  }

  /** Whether positions changed only by the lines that the header of the case gained or lost. */
  private boolean movedWithHeader(Commit commit, String name, String golden) {
    if (!golden.endsWith(".errors")) {
      return false;
    }
    String parent = commit.id() + "^";
    int moved = headerLines(root(commit.id(), name)) - headerLines(root(parent, name));
    String before = show(parent, golden).orElse("");
    String expected =
        LINE.matcher(before).replaceAll(m -> String.valueOf(Integer.parseInt(m.group()) + moved));
    return moved != 0 && expected.equals(show(commit.id(), golden).orElse(""));
  }

  private static int headerLines(String text) {
    return (int) text.lines().takeWhile(line -> line.startsWith("//!")).count();
  }

  private String root(String commit, String name) {
    return show(commit, name + ".sx").or(() -> show(commit, name + "/main.sx")).orElse("");
  }

  /** The root files of cases that a commit touched, by name. */
  private static Map<String, String> cases(Commit commit) {
    Map<String, String> cases = new TreeMap<>();
    for (String file : commit.files().keySet()) {
      Matcher matcher = CASE.matcher(file);
      if (matcher.matches()) {
        cases.put(matcher.group(1) + "/" + matcher.group(2), file);
      }
    }
    return cases;
  }

  private static String expectation(String text) {
    StringBuilder found = new StringBuilder();
    EXPECTATION.matcher(text).results().forEach(m -> found.append(m.group()).append('\n'));
    return found.toString();
  }

  private Optional<String> show(String commit, String file) {
    return git.ask("show", commit + ":" + file);
  }

  private static Violation violation(Commit commit, String text) {
    return new Violation(commit.id(), commit.subject(), text);
  }
}
