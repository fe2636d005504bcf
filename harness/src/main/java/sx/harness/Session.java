package sx.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sx.harness.cadence.Git;
import sx.harness.corpus.Case;
import sx.harness.corpus.Corpus;
import sx.harness.corpus.Header;
import sx.harness.corpus.Problem;
import sx.harness.corpus.RuleBook;
import sx.harness.corpus.Selection;
import sx.harness.coverage.Coverage;
import sx.harness.engine.CommandLineCompiler;
import sx.harness.engine.Compiler;
import sx.harness.golden.Goldens;
import sx.harness.process.Fence;
import sx.harness.results.Results;
import sx.harness.results.RunRecord;
import sx.harness.run.CaseResult;
import sx.harness.run.Runner;
import sx.harness.worker.SxCompiler;

/** One run of the harness from end to end. Several threads may run its cases at once. */
public final class Session implements AutoCloseable {
  /** So many of those that are red are named where they stand in the way. */
  private static final int SHOWN = 5;

  private final Settings settings;
  private final RuleBook book;
  private final Corpus corpus;
  private final List<Selection.Turn> turns;
  private final Path directory;
  private final Compiler compiler;
  private final Goldens goldens;
  private final Runner runner;
  private final Progress progress;
  private final Results results;
  private final Instant began = Instant.now();
  private final long start = System.nanoTime();
  private final List<CaseResult> done = new ArrayList<>();
  private final List<RunRecord.FaultRecord> faults = new ArrayList<>();
  private long firstCase;
  private long lastCase;

  /**
   * Finds the cases and readies the compiler.
   *
   * @throws IllegalArgumentException if the settings contradict each other
   */
  public Session(Settings asked) throws IOException {
    this.results = new Results(asked.results());
    this.settings =
        asked.last() ? asked.with(onlyLast(asked.selection(), results.lastFailures())) : asked;
    if (!settings.approve().isEmpty() && !settings.selection().isWhole()) {
      throw new IllegalArgumentException("sx.approve needs all cases: leave the filters out");
    }
    this.book = RuleBook.read(settings.home().resolve("docs/reference"));
    this.corpus = Corpus.discover(settings.corpus(), book);
    this.turns = settings.selection().of(corpus);
    this.directory = Files.createTempDirectory("sx-harness-");
    this.compiler =
        settings.command().isEmpty()
            ? new SxCompiler(settings.home(), directory)
            : new CommandLineCompiler(settings.command());
    Path received = settings.results().resolve("received");
    Runner.deleteTree(received);
    this.goldens = new Goldens(received, mayApprove(settings.approve()));
    this.runner =
        new Runner(
            compiler, goldens, settings.home(), directory, settings.all(), settings.engines());
    this.progress = Progress.of(settings.progress(), turns.size());
  }

  private static Selection onlyLast(Selection all, Set<String> names) {
    return new Selection(
        all.areas(),
        all.rules(),
        all.text(),
        Optional.of(names),
        all.repeat(),
        all.seed(),
        all.shard(),
        all.shards());
  }

  /** The golden of a case that may fail says what should be: it is nobody's to rewrite. */
  private static Predicate<Case> mayApprove(String pattern) {
    Predicate<Case> named = pattern.isEmpty() ? _ -> false : Selection.matching(pattern);
    return one -> one.header().xfail().isEmpty() && named.test(one);
  }

  public Settings settings() {
    return settings;
  }

  public Corpus corpus() {
    return corpus;
  }

  /** What is wrong with the corpus; where goldens are approved {@link #finish} tells. */
  public List<Problem> problems() {
    return settings.approve().isEmpty() ? corpus.problems() : List.of();
  }

  public Compiler compiler() {
    return compiler;
  }

  /** Where programs may be made and run; gone when the session is closed. */
  public Path directory() {
    return directory;
  }

  /** What there is to run. */
  public List<Selection.Turn> turns() {
    return turns;
  }

  /** Runs one case. */
  public CaseResult run(Selection.Turn turn) throws InterruptedException {
    synchronized (this) {
      firstCase = firstCase == 0 ? System.nanoTime() : firstCase;
    }
    CaseResult result = runner.run(turn.one(), turn.round());
    synchronized (this) {
      done.add(result);
      lastCase = System.nanoTime();
    }
    progress.done(result);
    return result;
  }

  /** Notes what came of a seeded fault. */
  public synchronized RunRecord.FaultRecord note(RunRecord.FaultRecord fault) {
    faults.add(fault);
    return fault;
  }

  /**
   * Ends the run: approves goldens if asked to, writes the results, and prints a summary.
   *
   * @return why the run fails besides its cases; empty if it does not
   */
  public synchronized Optional<String> finish() throws IOException {
    progress.close();
    done.sort(
        Comparator.comparing((CaseResult r) -> r.one().name()).thenComparingInt(CaseResult::round));
    Set<String> red =
        done.stream()
            .filter(CaseResult::red)
            .map(result -> result.one().name())
            .collect(Collectors.toCollection(TreeSet::new));
    Optional<String> refused = approve(red);
    Predicate<Case> proves = one -> one.header().xfail().isEmpty() && !red.contains(one.name());
    Coverage coverage = new Coverage(book, corpus.cases(), proves);
    compiler.close(); // Only then is the time of its processes known.
    RunRecord record = record(coverage);
    results.write(record);
    System.out.print(Summary.of(record, coverage, done));
    return refused;
  }

  /** Whether all that ran is green, and the corpus is sound. */
  public synchronized boolean green() {
    return corpus.problems().isEmpty()
        && done.stream().noneMatch(CaseResult::red)
        && faults.stream().noneMatch(fault -> fault.caught().isEmpty());
  }

  private Optional<String> approve(Set<String> red) throws IOException {
    if (settings.approve().isEmpty()) {
      return Optional.empty();
    }
    Map<Path, String> noted = goldens.noted();
    List<String> others =
        corpus.problems().stream()
            .map(Object::toString)
            .filter(
                problem -> noted.keySet().stream().noneMatch(g -> problem.contains(g.toString())))
            .toList();
    if (!red.isEmpty() || !others.isEmpty()) {
      return Optional.of(
          "no golden is approved while something else is red: "
              + Stream.concat(red.stream(), others.stream())
                  .limit(SHOWN)
                  .collect(Collectors.joining(", "))
              + (red.size() + others.size() > SHOWN
                  ? " and " + (red.size() + others.size() - SHOWN) + " more"
                  : ""));
    }
    noted.forEach((golden, diff) -> System.out.println("approved " + golden + "\n" + diff));
    if (noted.isEmpty()) {
      System.out.println("nothing to approve: every golden matches");
    }
    goldens.write();
    return Optional.empty();
  }

  private RunRecord record(Coverage coverage) throws IOException {
    Records records = new Records(settings.home());
    Git git = new Git(settings.home());
    RunRecord.Run run =
        new RunRecord.Run(
            began.truncatedTo(ChronoUnit.SECONDS).toString(),
            git.head(),
            git.modified(),
            Header.Arch.host().toString(),
            Runtime.getRuntime().availableProcessors(),
            compiler.name(),
            settings.all() ? "all" : "fast",
            settings.selection().isWhole() ? "" : settings.selection().toString(),
            settings.selection().seed(),
            Fence.isAvailable());
    return new RunRecord(
        RunRecord.FORMAT,
        run,
        Records.figures(done, lastCase - firstCase, beforeCases(), CpuTime.now()),
        corpus.problems().stream().map(Object::toString).toList(),
        records.cases(done),
        Records.rules(coverage),
        faults);
  }

  /** How long it took to begin with the first case, if there was one. */
  private long beforeCases() {
    return firstCase == 0 ? 0 : firstCase - start;
  }

  @Override
  public void close() throws IOException {
    runner.close();
    compiler.close();
    Runner.deleteTree(directory);
  }
}
