package sx.reports.model;

import java.util.Comparator;
import java.util.List;
import sx.harness.results.RunRecord.CaseRecord;
import sx.harness.results.RunRecord.EngineRecord;

/**
 * A case with every round of it in the run.
 *
 * @param rounds at least one
 */
public record CaseView(String name, List<CaseRecord> rounds) {
  /** From the worst to the best. */
  public static final List<String> VERDICTS = List.of("failed", "xpassed", "xfailed", "passed");

  /** The round that decides: the first of those with the worst verdict. */
  public CaseRecord worst() {
    return rounds.stream()
        .min(Comparator.comparingInt(one -> VERDICTS.indexOf(one.verdict())))
        .orElseThrow();
  }

  public String verdict() {
    return worst().verdict();
  }

  /** Whether the case makes the run red. */
  public boolean red() {
    return verdict().equals("failed") || verdict().equals("xpassed");
  }

  /** Whether its rounds disagree. */
  public boolean flaky() {
    return rounds.stream().map(CaseRecord::verdict).distinct().count() > 1;
  }

  public String area() {
    return worst().area();
  }

  /** The time of its slowest round. */
  public double millis() {
    return rounds.stream().mapToDouble(CaseRecord::millis).max().orElse(0);
  }

  /** Whether it ran in an engine, and green, in every round. */
  public boolean passedIn(String engine) {
    return rounds.stream()
        .allMatch(
            one ->
                one.engines().stream()
                    .anyMatch(e -> e.engine().equals(engine) && e.state().equals("passed")));
  }

  /** The engines that it ran in, whatever came of it. */
  public List<String> ranIn() {
    return worst().engines().stream()
        .filter(e -> !e.state().equals("not_run"))
        .map(EngineRecord::engine)
        .toList();
  }

  /** Whether it has a golden whose name ends so. */
  public boolean hasGolden(String ending) {
    return worst().goldens().stream().anyMatch(g -> g.endsWith(ending));
  }
}
