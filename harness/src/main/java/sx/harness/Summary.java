package sx.harness;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import sx.harness.coverage.Coverage;
import sx.harness.results.RunRecord;
import sx.harness.run.CaseResult;
import sx.harness.run.EngineResult;

/** What a person reads at the end of a run. */
final class Summary {
  private static final int SLOWEST = 5;
  private static final int BAR = 20;

  private final StringBuilder out = new StringBuilder();

  private Summary() {}

  static String of(RunRecord run, Coverage coverage, List<CaseResult> results) {
    Summary summary = new Summary();
    summary.coverage(coverage);
    summary.faults(run);
    summary.engines(results);
    summary.slowest(results);
    summary.end(run, results);
    return summary.out.toString();
  }

  /** What is not proved stands first. */
  private void coverage(Coverage coverage) {
    line("RULES WITHOUT A CASE, by chapter (all of them: run.json, and --unproved of the harness)");
    for (Coverage.Chapter chapter : coverage.chapters()) {
      int full = BAR * chapter.proved() / Math.max(1, chapter.rules());
      String some =
          chapter.unproved().isEmpty()
              ? "complete"
              : chapter.unproved().size() + " without: " + first(chapter);
      line(
          String.format(
              Locale.ROOT,
              "  %-26s %4d of %4d %s%s  %s",
              chapter.name(),
              chapter.proved(),
              chapter.rules(),
              "#".repeat(full),
              ".".repeat(BAR - full),
              some));
    }
  }

  private static String first(Coverage.Chapter chapter) {
    List<String> ids = chapter.unproved().stream().map(rule -> rule.id()).limit(3).toList();
    return String.join(" ", ids) + (chapter.unproved().size() > ids.size() ? " …" : "");
  }

  private void faults(RunRecord run) {
    if (run.faults().isEmpty()) {
      return;
    }
    long caught = run.faults().stream().filter(f -> !f.caught().isEmpty()).count();
    line(
        String.format(
            Locale.ROOT, "SEEDED FAULTS: %d of %d tried were caught", caught, run.faults().size()));
    run.faults().stream()
        .filter(f -> f.caught().isEmpty())
        .forEach(f -> line(String.format(Locale.ROOT, "  NOT CAUGHT: %s: %s", f.name(), f.what())));
  }

  private void engines(List<CaseResult> results) {
    Map<String, Integer> ran = new TreeMap<>();
    Map<String, Integer> reasons = new TreeMap<>();
    for (CaseResult result : results) {
      for (EngineResult engine : result.engines()) {
        if (engine.state() == EngineResult.State.NOT_RUN) {
          reasons.merge(engine.engine() + ": " + engine.message(), 1, Integer::sum);
        } else {
          ran.merge(engine.engine().toString(), 1, Integer::sum);
        }
        if (engine.message().startsWith("checked by its code")) {
          line(String.format(Locale.ROOT, "  %s: %s", result.one().name(), engine.message()));
        }
      }
    }
    line(String.format(Locale.ROOT, "ENGINES: %s", ran));
    reasons.forEach(
        (reason, count) -> line(String.format(Locale.ROOT, "  not run %4d × %s", count, reason)));
  }

  private void slowest(List<CaseResult> results) {
    Map<String, Long> slow = new LinkedHashMap<>();
    results.stream()
        .sorted(Comparator.comparingLong(CaseResult::nanos).reversed())
        .limit(SLOWEST)
        .forEach(r -> slow.put(r.one().name(), r.nanos() / 1_000_000));
    line(String.format(Locale.ROOT, "SLOWEST, in ms: %s", slow));
  }

  private void end(RunRecord run, List<CaseResult> results) {
    run.problems().forEach(problem -> line(String.format(Locale.ROOT, "PROBLEM %s", problem)));
    for (CaseResult result : results) {
      if (result.red()) {
        line(String.format(Locale.ROOT, "RED %s: %s", result.one().name(), result.message()));
        line(String.format(Locale.ROOT, "    repeat: %s", result.repeat()));
      }
    }
    RunRecord.Figures f = run.figures();
    line(
        String.format(
            Locale.ROOT,
            "corpus: %d passed, %d failed, %d xfail in %.1f s (compiling %.1f s, running %.1f s, harness"
                + " %.1f s, %.1f %% of the processors' time)%s",
            f.passed(),
            f.failed(),
            f.xfailed(),
            f.wallMillis() / 1000,
            f.compileMillis() / 1000,
            f.runMillis() / 1000,
            (f.ownMillis() + f.startMillis()) / 1000,
            f.ownPercent(),
            run.run().seed() == 0 ? "" : ", seed " + run.run().seed()));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
