package sx.harness.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import sx.harness.corpus.Case;
import sx.harness.corpus.Rule;
import sx.harness.corpus.RuleBook;

/** Every rule of the reference with the cases that prove it. */
public final class Coverage {
  private final Map<Rule, List<Case>> proofs = new LinkedHashMap<>();

  /**
   * @param counts whether a case proves anything: one that is marked xfail or failed does not
   */
  public Coverage(RuleBook book, Collection<Case> cases, Predicate<Case> counts) {
    Map<String, List<Case>> byRule = new TreeMap<>();
    cases.stream()
        .filter(counts)
        .forEach(
            one ->
                one.header()
                    .rules()
                    .forEach(id -> byRule.computeIfAbsent(id, _ -> new ArrayList<>()).add(one)));
    for (Rule rule : book.rules()) {
      proofs.put(rule, byRule.getOrDefault(rule.id(), List.of()));
    }
  }

  public Map<Rule, List<Case>> proofs() {
    return proofs;
  }

  /** How much of one chapter is proved. */
  public record Chapter(String name, int rules, List<Rule> unproved) {
    public int proved() {
      return rules - unproved.size();
    }
  }

  /** All chapters, those with the smallest proved part first. */
  public List<Chapter> chapters() {
    Map<String, List<Rule>> all = new LinkedHashMap<>();
    proofs.keySet().forEach(r -> all.computeIfAbsent(r.chapter(), _ -> new ArrayList<>()).add(r));
    return all.entrySet().stream()
        .map(
            entry ->
                new Chapter(
                    entry.getKey(),
                    entry.getValue().size(),
                    entry.getValue().stream().filter(r -> proved(r).isEmpty()).toList()))
        .sorted(Comparator.comparingDouble(c -> (double) c.proved() / c.rules()))
        .toList();
  }

  private List<Case> proved(Rule rule) {
    return proofs.getOrDefault(rule, List.of());
  }
}
