package sx.reports.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import sx.harness.results.RunRecord.FaultRecord;
import sx.harness.results.RunRecord.RuleRecord;

/**
 * Every guarantee with its evidence or its absence. Nothing is covered because somebody wrote so:
 * evidence is counted in the run and in the unit tests, and a guarantee without any stands here as
 * not covered.
 */
public final class Guarantees {
  private static final String LANGUAGE = "The language";
  private static final String MACHINES = "Engines and machines";
  private static final String BAD_INPUT = "Bad input";
  private static final String TRUST = "The tests themselves";
  private static final String WORLD = "Beyond single programs";

  private final Conformance run;
  private final List<Guarantee> all = new ArrayList<>();

  private Guarantees(Conformance run) {
    this.run = run;
  }

  /** All of them, grouped, in an order that does not depend on the run. */
  public static List<Guarantee> of(Conformance run) {
    Guarantees guarantees = new Guarantees(run);
    guarantees.language();
    guarantees.machines();
    guarantees.badInput();
    guarantees.trust();
    guarantees.beyond();
    return guarantees.all;
  }

  // ------------------------------------------------------------------------------ the language

  private void language() {
    rules(
        "Programs that a rule allows do what it says",
        rule -> !rule.error(),
        "rules.html#error=no&proved=no");
    rules(
        "Programs that a rule forbids are rejected",
        RuleRecord::error,
        "rules.html#error=yes&proved=no");
    List<CaseView> rejects = cases(c -> c.worst().expect().equals("reject"));
    share(
        LANGUAGE,
        "Errors are reported at the exact line and column, in order",
        count(rejects, c -> c.verdict().equals("passed")),
        rejects.size(),
        "cases that are rejected have every place pinned and right",
        "red or marked xfail",
        "cases.html#expect=reject");
    long texts = count(rejects, c -> c.hasGolden(".diagnostics"));
    share(
        LANGUAGE,
        "The text of a diagnostic does not change by accident",
        texts,
        rejects.size(),
        "cases that are rejected have the whole text pinned",
        "with only their places pinned",
        "cases.html#expect=reject");
    List<CaseView> open = run.with("xfailed");
    Guarantee known =
        Guarantee.of(
            LANGUAGE,
            "No program of the corpus is known to go wrong",
            open.isEmpty() && run.red().isEmpty()
                ? Count.of(run.cases().size(), "case") + ", none red and none marked xfail"
                : run.with("passed").size() + " of " + run.cases().size() + " cases pass",
            open.isEmpty() && run.red().isEmpty()
                ? ""
                : run.red().size() + " red, " + open.size() + " marked xfail",
            "cases.html#verdict=xfailed");
    all.add(
        run.cases().isEmpty() ? nothing(LANGUAGE, known.claim(), "the run had no cases") : known);
  }

  private void rules(String claim, Predicate<RuleRecord> which, String page) {
    List<RuleRecord> rules = run.record().rules().stream().filter(which).toList();
    share(
        LANGUAGE,
        claim,
        rules.stream().filter(r -> !r.cases().isEmpty()).count(),
        rules.size(),
        "rules have a case that proves them",
        "rules without a case",
        page);
  }

  // ------------------------------------------------------------------------------ engines and
  // machines

  private void machines() {
    engine("o0", "Executables, not optimized, do what the reference says");
    engine("o2", "Optimized executables do what the reference says");
    engine("vm", "Compile-time execution computes what the machine computes");
    engine("jit", "Code in the compiler's own process does what the reference says");
    engine(
        "emulated", "Executables for the other architecture do what the reference says (emulated)");
    code("x86_64");
    code("aarch64");
    all.add(
        nothing(
            MACHINES,
            "Executables for aarch64 do what the reference says on real hardware",
            run.record().run().host().equals("aarch64")
                ? ""
                : "this run's machine is "
                    + run.record().run().host()
                    + "; emulation is no hardware"));
    all.add(
        tests(
            MACHINES,
            "Calls into and from C pass every value as the C compiler does",
            "only what these tests generate",
            "sx.llvm.CAbiTest"));
    all.add(
        tests(
            MACHINES,
            "Random programs give one result in every engine",
            "programs are random IR, not sources",
            "sx.comptime.RandomProgramsTest"));
    all.add(
        nothing(
            MACHINES, "sx works on other systems than Linux", "there is no target and no test"));
  }

  /** A case counts where it ran and agreed with its golden in the engine. */
  private void engine(String name, String claim) {
    List<CaseView> runs =
        cases(c -> c.worst().engines().stream().anyMatch(e -> e.engine().equals(name)));
    String skipped =
        run.engine(name).notRun().entrySet().stream()
            .map(reason -> reason.getValue() + " × " + reason.getKey())
            .collect(Collectors.joining("; "));
    share(
        MACHINES,
        claim,
        count(runs, c -> c.passedIn(name)),
        runs.size(),
        "cases agree with their golden in " + name,
        skipped.isEmpty() ? "not passed" : "not run or not passed (" + skipped + ")",
        "cases.html#engine=" + name);
  }

  private void code(String arch) {
    long pinned = count(cases(_ -> true), c -> c.hasGolden("." + arch + ".ir"));
    all.add(
        Guarantee.of(
            MACHINES,
            "The code for " + arch + " does not change by accident",
            pinned == 0
                ? ""
                : Count.of(pinned, "case") + Count.verb(pinned, " pins", " pin") + " the code",
            pinned == 0
                ? "no case pins its code"
                : run.cases().size() - pinned + " cases pin only what programs do",
            "cases.html#ir=yes"));
  }

  // ------------------------------------------------------------------------------ bad input

  private void badInput() {
    all.add(
        tests(
            BAD_INPUT,
            "The compiler answers any source with a diagnostic, never with an exception",
            "random input reaches the parser only; later stages see only what the corpus holds",
            "sx.syntax.PropertyTest",
            "sx.syntax.NestingTest"));
    all.add(
        tests(
            BAD_INPUT,
            "The command line answers bad use, bad files and closed streams with a message",
            "",
            "sx.cli.BadInputTest",
            "sx.driver.CommandLineTest"));
    all.add(
        nothing(
            BAD_INPUT,
            "Coverage-guided fuzzing of every boundary finds nothing",
            "there is no such fuzzing yet"));
  }

  // ------------------------------------------------------------------------------ the tests
  // themselves

  private void trust() {
    List<FaultRecord> faults = run.record().faults();
    long caught = faults.stream().filter(f -> !f.caught().isEmpty()).count();
    boolean sampled = faults.stream().anyMatch(FaultRecord::sampled);
    String gap =
        caught < faults.size()
            ? faults.size() - caught + " not caught"
            : sampled ? "a sample of the faults was tried; the nightly run tries all" : "";
    all.add(
        faults.isEmpty()
            ? nothing(
                TRUST, "A compiler that miscompiles is caught", "no fault was seeded in this run")
            : Guarantee.of(
                TRUST,
                "A compiler that miscompiles is caught",
                caught == 0 ? "" : caught + " of " + faults.size() + " seeded faults were caught",
                gap,
                "faults.html"));
    all.add(
        tests(
            TRUST,
            "Hostile cases (endless, forking, printing without end) harm no other case",
            run.record().run().fenced()
                ? ""
                : "this run's machine has no fence: files beside the directory are only looked for",
            "sx.harness.BadInputTest",
            "sx.harness.WorkerTest"));
    List<String> problems = run.record().problems();
    all.add(
        Guarantee.of(
            TRUST,
            "The corpus is well-formed: every case has its goldens, every golden a case",
            problems.isEmpty() ? "no problem was found" : "every problem is reported",
            problems.isEmpty() ? "" : Count.of(problems.size(), "problem"),
            "index.html"));
    all.add(
        tests(
            TRUST,
            "Expectations come before code (cadence)",
            "checked on the commits that the command is given, not by this run",
            "sx.harness.CadenceTest"));
    List<CaseView> repeated = cases(c -> c.rounds().size() > 1);
    all.add(
        repeated.isEmpty()
            ? nothing(
                TRUST,
                "Results are stable: a case gives one verdict each time",
                "each case ran once")
            : Guarantee.of(
                TRUST,
                "Results are stable: a case gives one verdict each time",
                Count.of(repeated.size(), "case") + " ran more than once",
                count(repeated, CaseView::flaky) == 0
                    ? ""
                    : Count.of(count(repeated, CaseView::flaky), "case") + " changed the verdict",
                "cases.html"));
  }

  // ------------------------------------------------------------------------------ beyond

  private void beyond() {
    chapter("21-concurrency", "Atomics, fibers and schedulers do what the reference says");
    chapter(
        "21b-concurrency-parallel", "Cancellation, channels and locks do what the reference says");
    all.add(
        nothing(
            WORLD,
            "Concurrent programs are right under every schedule",
            "no schedule is perturbed and no sanitizer runs yet"));
    all.add(
        tests(
            WORLD,
            "The cache of built programs never gives a stale program",
            "",
            "sx.driver.ProgramCacheTest",
            "sx.cli.CacheTest"));
    all.add(
        tests(
            WORLD,
            "The compiler's packages depend on each other one way only",
            "",
            "sx.ArchitectureTest"));
    all.add(
        nothing(
            WORLD,
            "Compiling and running stay as fast as they are",
            "docs/performance.md has figures; no test fails when one moves"));
  }

  private void chapter(String chapter, String claim) {
    List<RuleRecord> rules =
        run.record().rules().stream().filter(r -> r.chapter().equals(chapter)).toList();
    share(
        WORLD,
        claim,
        rules.stream().filter(r -> !r.cases().isEmpty()).count(),
        rules.size(),
        "rules have a case that proves them",
        "rules without a case",
        "rules.html#chapter=" + chapter + "&proved=no");
  }

  // ------------------------------------------------------------------------------ kinds of
  // evidence

  private static Guarantee nothing(String group, String claim, String why) {
    return Guarantee.of(group, claim, "", why, "");
  }

  private void share(
      String group, String claim, long with, int of, String have, String lack, String page) {
    String evidence = with == 0 ? "" : String.format(Locale.ROOT, "%,d of %,d %s", with, of, have);
    String gap =
        of == 0
            ? "the run has none to look at"
            : with == of ? "" : String.format(Locale.ROOT, "%,d %s", of - with, lack);
    all.add(Guarantee.of(group, claim, evidence, gap, page));
  }

  /** Unit tests are evidence where they ran green. */
  private Guarantee tests(String group, String claim, String gap, String... names) {
    List<String> good = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (String name : names) {
      List<TestClass> found = run.tests().stream().filter(t -> t.name().equals(name)).toList();
      if (!found.isEmpty() && found.stream().allMatch(TestClass::green)) {
        TestClass test = found.getFirst();
        good.add(name + ": " + (test.tests() - test.skipped()) + " green");
        if (test.skipped() > 0) {
          lacking.add(name + ": " + test.skipped() + " skipped");
        }
      } else {
        lacking.add(name + (found.isEmpty() ? " has not run" : " is red"));
      }
    }
    if (!gap.isEmpty() && !good.isEmpty()) {
      lacking.add(gap);
    }
    return Guarantee.of(group, claim, String.join("; ", good), String.join("; ", lacking), "");
  }

  private List<CaseView> cases(Predicate<CaseView> which) {
    return run.cases().stream().filter(which).toList();
  }

  private static long count(List<CaseView> cases, Predicate<CaseView> which) {
    return cases.stream().filter(which).count();
  }
}
