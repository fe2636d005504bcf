package sx.reports.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sx.harness.results.RunRecord;

/**
 * What is kept of a run for the history.
 *
 * @param green the cases that passed, by name, only in number; those that did not are named
 * @param open the cases that are marked {@code xfail}
 * @param engines how many cases ran in each engine
 */
public record PastRun(
    String started,
    String commit,
    boolean modified,
    String set,
    String selection,
    int cases,
    int green,
    List<String> red,
    List<String> open,
    int rules,
    int proved,
    int faults,
    int caught,
    double wallMillis,
    double ownPercent,
    Map<String, Integer> engines) {

  /** What is kept of a run. */
  public static PastRun of(RunRecord record) {
    Conformance run = new Conformance(record, Path.of(""), List.of(), List.of());
    Map<String, Integer> engines = new TreeMap<>();
    run.engines().forEach(e -> engines.put(e.engine(), e.ran()));
    RunRecord.Run facts = record.run();
    return new PastRun(
        facts.started(),
        facts.commit(),
        facts.modified(),
        facts.set(),
        facts.selection(),
        run.cases().size(),
        run.with("passed").size(),
        run.red().stream().map(CaseView::name).toList(),
        run.with("xfailed").stream().map(CaseView::name).toList(),
        record.rules().size(),
        (int) run.provedRules(),
        record.faults().size(),
        record.faults().size() - run.uncaught().size(),
        record.figures().wallMillis(),
        record.figures().ownPercent(),
        engines);
  }

  /**
   * Whether every case was asked for, so that its figures compare with those of other such runs.
   */
  public boolean whole() {
    return selection.isEmpty();
  }
}
