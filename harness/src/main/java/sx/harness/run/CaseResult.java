package sx.harness.run;

import java.util.List;
import java.util.stream.Collectors;
import sx.harness.corpus.Case;

/**
 * What came of one case.
 *
 * @param round which repetition, from 1
 * @param nanos from its start to its end
 */
public record CaseResult(
    Case one, int round, Verdict verdict, List<EngineResult> engines, long nanos) {
  /** How a case ended. */
  public enum Verdict {
    PASSED,
    FAILED,
    /** It fails and says so. */
    XFAILED,
    /** It passes and says that it cannot. */
    XPASSED
  }

  /** Whether the run fails by it. */
  public boolean red() {
    return verdict == Verdict.FAILED || verdict == Verdict.XPASSED;
  }

  /** The time of the harness itself: neither compiling nor running. */
  public long ownNanos() {
    return nanos - engines.stream().mapToLong(e -> e.compileNanos() + e.runNanos()).sum();
  }

  /** What a person needs to know. */
  public String message() {
    return switch (verdict) {
      case PASSED -> "";
      case XPASSED ->
          "passes, although it is marked 'xfail: " + one.header().xfail().orElse("") + "'";
      case FAILED, XFAILED ->
          engines.stream()
              .filter(EngineResult::failed)
              .map(e -> e.engine() + ": " + e.message())
              .collect(Collectors.joining("\n\n"));
    };
  }

  /** The command that repeats it alone. */
  public String repeat() {
    List<String> failed =
        engines.stream().filter(EngineResult::failed).map(e -> e.engine().toString()).toList();
    String some = failed.isEmpty() ? "" : " --engines " + String.join(",", failed);
    return "harness/harness run " + one.name() + some;
  }
}
