package sx.harness.results;

import java.util.List;
import java.util.Map;

/**
 * The contents of {@code run.json}. Times are milliseconds; paths are relative to the repository.
 *
 * @param format changes when readers must change
 * @param problems what is wrong with the corpus itself, as {@code file:line: text}
 */
public record RunRecord(
    int format,
    Run run,
    Figures figures,
    List<String> problems,
    List<CaseRecord> cases,
    List<RuleRecord> rules,
    List<FaultRecord> faults) {
  public static final int FORMAT = 1;

  /**
   * The run as such.
   *
   * @param commit of the repository; empty if unknown
   * @param set {@code fast} or {@code all}
   * @param selection what was asked for, in words; empty for everything
   */
  public record Run(
      String started,
      String commit,
      boolean modified,
      String host,
      int processors,
      String compiler,
      String set,
      String selection,
      long seed,
      boolean fenced) {}

  /**
   * Where the time went.
   *
   * @param wallMillis from the first case's start to the last one's end
   * @param ownMillis the time of all cases in which neither compiler nor program was waited for
   * @param cpuMillis the processors' time of the harness and all that it started
   * @param ownPercent the harness's own part of that
   * @param startMillis from the start to the first case
   */
  public record Figures(
      int cases,
      int passed,
      int failed,
      int xfailed,
      double wallMillis,
      double compileMillis,
      double runMillis,
      double ownMillis,
      double cpuMillis,
      double ownPercent,
      double startMillis) {}

  /**
   * One case.
   *
   * @param verdict {@code passed}, {@code failed}, {@code xfailed} or {@code xpassed}
   * @param header each key with its value as written
   * @param goldens the files, as they are now
   * @param message why it is not green; empty if it is
   * @param repeat the command that repeats it alone
   */
  public record CaseRecord(
      String name,
      String area,
      String slug,
      String title,
      String file,
      List<String> files,
      int round,
      String verdict,
      String expect,
      List<String> rules,
      Map<String, String> header,
      List<String> goldens,
      List<EngineRecord> engines,
      String message,
      String repeat,
      double millis) {}

  /**
   * One engine of a case.
   *
   * @param state {@code passed}, {@code failed} or {@code not_run}
   * @param message how it failed or why it was not run
   */
  public record EngineRecord(
      String engine,
      String arch,
      String state,
      String message,
      double compileMillis,
      double runMillis) {}

  /** One rule and the names of the cases that prove it. */
  public record RuleRecord(
      String id, String chapter, int line, boolean error, String text, List<String> cases) {}

  /**
   * One seeded fault.
   *
   * @param tried the cases that it was tried on and that it changed
   * @param caught those that failed by it, with how
   */
  public record FaultRecord(
      String name,
      String what,
      String stage,
      List<String> tried,
      Map<String, String> caught,
      boolean sampled) {}
}
