package sx.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sx.harness.corpus.Case;
import sx.harness.coverage.Coverage;
import sx.harness.results.RunRecord;
import sx.harness.run.CaseResult;
import sx.harness.run.CaseResult.Verdict;
import sx.harness.run.EngineResult;

/** Turns what a run found into its record. */
record Records(Path home) {
  List<RunRecord.CaseRecord> cases(List<CaseResult> results) throws IOException {
    List<RunRecord.CaseRecord> records = new java.util.ArrayList<>();
    for (CaseResult result : results) {
      records.add(record(result));
    }
    return records;
  }

  private RunRecord.CaseRecord record(CaseResult result) throws IOException {
    Case one = result.one();
    List<String> goldens = one.goldens().stream().map(one::golden).map(this::shown).toList();
    return new RunRecord.CaseRecord(
        one.name(),
        one.area(),
        one.slug(),
        one.title(),
        shown(one.root()),
        files(one),
        result.round(),
        lower(result.verdict()),
        lower(one.header().expect()),
        one.header().rules(),
        one.header().lines(),
        goldens,
        result.engines().stream().map(Records::record).toList(),
        result.message(),
        result.repeat(),
        millis(result.nanos()));
  }

  private List<String> files(Case one) throws IOException {
    if (one.place().equals(one.root())) {
      return List.of(shown(one.root()));
    }
    try (Stream<Path> all = Files.walk(one.place())) {
      return all.filter(Files::isRegularFile).map(this::shown).sorted().toList();
    }
  }

  private static RunRecord.EngineRecord record(EngineResult result) {
    return new RunRecord.EngineRecord(
        result.engine().toString(),
        result.engine().arch().toString(),
        lower(result.state()),
        result.message(),
        millis(result.compileNanos()),
        millis(result.runNanos()));
  }

  static List<RunRecord.RuleRecord> rules(Coverage coverage) {
    return coverage.proofs().entrySet().stream()
        .map(
            entry ->
                new RunRecord.RuleRecord(
                    entry.getKey().id(),
                    entry.getKey().chapter(),
                    entry.getKey().line(),
                    entry.getKey().rejects(),
                    entry.getKey().text(),
                    entry.getValue().stream().map(Case::name).toList()))
        .toList();
  }

  /**
   * @param wall from the first case's start to the last one's end
   * @param start from the start of the run to the first case's
   * @param cpu what the processors did
   */
  static RunRecord.Figures figures(List<CaseResult> results, long wall, long start, CpuTime cpu) {
    long compile = 0;
    long run = 0;
    long own = 0;
    for (CaseResult result : results) {
      for (EngineResult engine : result.engines()) {
        compile += engine.compileNanos();
        run += engine.runNanos();
      }
      own += result.ownNanos();
    }
    return new RunRecord.Figures(
        results.size(),
        count(results, Verdict.PASSED),
        (int) results.stream().filter(CaseResult::red).count(),
        count(results, Verdict.XFAILED),
        millis(wall),
        millis(compile),
        millis(run),
        millis(own),
        millis(cpu.own() + cpu.children()),
        cpu.ownPercent(),
        millis(start));
  }

  private static int count(List<CaseResult> results, Verdict verdict) {
    return (int) results.stream().filter(r -> r.verdict() == verdict).count();
  }

  private String shown(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(home) ? home.relativize(absolute).toString() : absolute.toString();
  }

  static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 100.0;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
