package sx.harness.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which cases are run, how often, and in what order. Every condition must hold.
 *
 * @param areas areas by how they begin, {@code 04}; empty for all
 * @param rules rules by how they begin, {@code types.int}; empty for all
 * @param text what the name or the source contains; empty for all
 * @param names the only cases; absent for all
 * @param repeat how often each case is run
 * @param seed decides the order; 0 for that of the names
 * @param shard this part of the cases, from 1
 * @param shards the number of parts
 */
public record Selection(
    List<String> areas,
    List<String> rules,
    String text,
    Optional<Set<String>> names,
    int repeat,
    long seed,
    int shard,
    int shards) {
  /** A case and which repetition it is. */
  public record Turn(Case one, int round) {}

  public static final Selection ALL =
      new Selection(List.of(), List.of(), "", Optional.empty(), 1, 0, 1, 1);

  /** Whether nothing was left out. */
  public boolean isWhole() {
    return areas.isEmpty() && rules.isEmpty() && text.isEmpty() && names.isEmpty() && shards == 1;
  }

  /** The cases in the order in which they are to be run. */
  public List<Turn> of(Corpus corpus) {
    List<Case> cases = corpus.cases().stream().filter(this::wants).toList();
    List<Turn> turns = new ArrayList<>();
    for (int round = 1; round <= repeat; round++) {
      for (int i = 0; i < cases.size(); i++) {
        if (i % shards == shard - 1) {
          turns.add(new Turn(cases.get(i), round));
        }
      }
    }
    if (seed != 0) {
      Collections.shuffle(turns, new Random(seed));
    }
    return turns;
  }

  private boolean wants(Case one) {
    return (areas.isEmpty() || areas.stream().anyMatch(one.area()::startsWith))
        && (rules.isEmpty() || one.header().rules().stream().anyMatch(this::wantsRule))
        && (names.isEmpty() || names.get().contains(one.name()))
        && (text.isEmpty() || contains(one));
  }

  private boolean wantsRule(String id) {
    return rules.stream().anyMatch(wanted -> id.equals(wanted) || id.startsWith(wanted + "."));
  }

  private boolean contains(Case one) {
    try {
      return one.name().contains(text) || Files.readString(one.root()).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cases whose name matches a pattern: a glob, or what the name contains. */
  public static Predicate<Case> matching(String pattern) {
    if (pattern.contains("*") || pattern.contains("?")) {
      var glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return one -> glob.matches(Path.of(one.name()));
    }
    String lower = pattern.toLowerCase(Locale.ROOT);
    return one -> one.name().contains(lower);
  }
}
