package sx.harness.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sx.harness.golden.GoldenKind;

/**
 * All cases below a directory of areas, and what is wrong with them. A problem of one case leaves
 * the others alone.
 */
public record Corpus(Path directory, List<Case> cases, List<Problem> problems) {
  private static final Pattern AREA = Pattern.compile("\\d{2}-[a-z0-9-]+");
  private static final Pattern SLUG = Pattern.compile("\\d{4}-[a-z0-9-]+");

  /** The area whose rejected cases pin their diagnostics in full. */
  private static final String DIAGNOSTICS_AREA = "11-diagnostics";

  /** Finds the cases, in the order of their names. */
  public static Corpus discover(Path directory, RuleBook book) throws IOException {
    Corpus corpus = new Corpus(directory, new ArrayList<>(), new ArrayList<>());
    for (Path area : children(directory)) {
      if (!Files.isDirectory(area) || !AREA.matcher(area.getFileName().toString()).matches()) {
        corpus.problem(area, "is not the folder of an area, NN-name");
        continue;
      }
      corpus.area(area, book);
    }
    return corpus;
  }

  private void area(Path area, RuleBook book) throws IOException {
    Path expected = area.resolve("expected");
    Set<String> goldens = new LinkedHashSet<>();
    for (Path golden : Files.isDirectory(expected) ? children(expected) : List.<Path>of()) {
      goldens.add(golden.getFileName().toString());
    }
    Map<String, Path> numbers = new HashMap<>();
    Set<String> slugs = new HashSet<>();
    for (Path entry : children(area)) {
      String file = entry.getFileName().toString();
      if (file.equals("expected")) {
        continue;
      }
      boolean folder = Files.isDirectory(entry);
      String slug = !folder && file.endsWith(".sx") ? file.substring(0, file.length() - 3) : file;
      Path root = folder ? entry.resolve("main.sx") : entry;
      if (!SLUG.matcher(slug).matches()
          || !Files.isRegularFile(root)
          || !root.toString().endsWith(".sx")) {
        problem(entry, "is neither NNNN-slug.sx nor NNNN-slug/main.sx");
        continue;
      }
      slugs.add(slug);
      Path other = numbers.putIfAbsent(slug.substring(0, 4), root);
      if (other != null) {
        problem(root, "has the number of " + other);
      }
      add(area.getFileName().toString(), slug, root, book, goldens);
    }
    goldensWithoutCase(expected, goldens, slugs);
  }

  private void add(String area, String slug, Path root, RuleBook book, Set<String> goldens)
      throws IOException {
    try {
      Case one = Case.read(area, slug, root, book, goldens);
      cases.add(one);
      goldens(one, area.equals(DIAGNOSTICS_AREA) && pinsDiagnostics(goldens));
    } catch (BadCase e) {
      problems.add(e.problem());
    }
  }

  private void goldens(Case one, boolean pins) throws IOException {
    for (GoldenKind kind : one.goldens()) {
      if (!allowed(kind, one.header().expect())) {
        problem(one.golden(kind), "is no golden of a case that expects " + expectation(one));
      } else if (kind != GoldenKind.STDOUT
          && Files.readString(one.golden(kind)).indexOf('\r') >= 0) {
        problem(one.golden(kind), "has line ends other than LF");
      }
    }
    if (one.goldens().isEmpty()) {
      problem(one.root(), "the case has no golden");
    }
    if (one.header().xfail().isEmpty()) {
      required(one, pins)
          .filter(kind -> !one.goldens().contains(kind))
          .forEach(kind -> problem(one.root(), "the golden " + one.golden(kind) + " is missing"));
    }
  }

  private static Stream<GoldenKind> required(Case one, boolean pins) {
    return switch (one.header().expect()) {
      case RUN -> Stream.of(GoldenKind.STDOUT);
      case REJECT ->
          pins
              ? Stream.of(GoldenKind.ERRORS, GoldenKind.DIAGNOSTICS)
              : Stream.of(GoldenKind.ERRORS);
      case IR -> Stream.empty();
    };
  }

  /** In the area of diagnostics all must be pinned as soon as one is. */
  private static boolean pinsDiagnostics(Set<String> goldens) {
    return goldens.stream().anyMatch(name -> name.endsWith(GoldenKind.DIAGNOSTICS.ending()));
  }

  private static boolean allowed(GoldenKind kind, Header.Expect expect) {
    return switch (kind) {
      case STDOUT -> expect == Header.Expect.RUN;
      case ERRORS, DIAGNOSTICS -> expect == Header.Expect.REJECT;
      case IR_X86_64, IR_AARCH64 -> expect != Header.Expect.REJECT;
    };
  }

  private static String expectation(Case one) {
    return one.header().expect().name().toLowerCase(java.util.Locale.ROOT);
  }

  private void goldensWithoutCase(Path expected, Set<String> goldens, Set<String> slugs) {
    for (String name : goldens) {
      Optional<String> ending =
          Stream.of(GoldenKind.values())
              .map(GoldenKind::ending)
              .filter(name::endsWith)
              .max((a, b) -> a.length() - b.length());
      if (ending.isEmpty()) {
        problem(expected.resolve(name), "is no golden: none of the known endings");
      } else if (!slugs.contains(name.substring(0, name.length() - ending.get().length()))) {
        problem(expected.resolve(name), "is a golden without a case");
      }
    }
  }

  private void problem(Path file, String text) {
    problems.add(new Problem(file, 1, text));
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.sorted().toList();
    }
  }
}
