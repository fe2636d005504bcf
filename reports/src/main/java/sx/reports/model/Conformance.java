package sx.reports.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sx.harness.results.RunRecord;
import sx.harness.results.RunRecord.CaseRecord;
import sx.harness.results.RunRecord.EngineRecord;
import sx.harness.results.RunRecord.FaultRecord;
import sx.harness.results.RunRecord.RuleRecord;

/** A run in the groups that the report shows. */
public final class Conformance {
  private final RunRecord record;
  private final Path home;
  private final List<PastRun> history;
  private final List<TestClass> tests;
  private final Map<String, CaseView> cases = new LinkedHashMap<>();
  private final Map<String, List<FaultRecord>> caughtBy = new LinkedHashMap<>();

  /**
   * @param home the directory that the run's paths start from
   * @param history the runs before this one and this one, the oldest first
   * @param tests what the unit tests of the modules said
   */
  public Conformance(RunRecord record, Path home, List<PastRun> history, List<TestClass> tests) {
    this.record = record;
    this.home = home;
    this.history = history;
    this.tests = tests;
    Map<String, List<CaseRecord>> rounds = new TreeMap<>();
    record.cases().forEach(c -> rounds.computeIfAbsent(c.name(), _ -> new ArrayList<>()).add(c));
    rounds.forEach((name, all) -> cases.put(name, new CaseView(name, all)));
    for (FaultRecord fault : record.faults()) {
      for (String name : fault.caught().keySet()) {
        caughtBy.computeIfAbsent(name, _ -> new ArrayList<>()).add(fault);
      }
    }
  }

  public RunRecord record() {
    return record;
  }

  public Path home() {
    return home;
  }

  public List<PastRun> history() {
    return history;
  }

  public List<TestClass> tests() {
    return tests;
  }

  /** Each case once, in the order of names. */
  public Collection<CaseView> cases() {
    return cases.values();
  }

  public Optional<CaseView> find(String name) {
    return Optional.ofNullable(cases.get(name));
  }

  public List<CaseView> with(String verdict) {
    return cases().stream().filter(c -> c.verdict().equals(verdict)).toList();
  }

  public List<CaseView> red() {
    return cases().stream().filter(CaseView::red).toList();
  }

  /** Whether nothing of the run is red. */
  public boolean green() {
    return red().isEmpty() && record.problems().isEmpty() && uncaught().isEmpty();
  }

  public List<FaultRecord> uncaught() {
    return record.faults().stream().filter(f -> f.caught().isEmpty()).toList();
  }

  /** The seeded faults that a case caught. */
  public List<FaultRecord> caughtBy(String name) {
    return caughtBy.getOrDefault(name, List.of());
  }

  /** The cases of an area. */
  public record Area(String name, List<CaseView> cases) {
    public long count(String verdict) {
      return cases.stream().filter(c -> c.verdict().equals(verdict)).count();
    }

    public long ranIn(String engine) {
      return cases.stream().filter(c -> c.ranIn().contains(engine)).count();
    }

    public double millis() {
      return cases.stream().mapToDouble(CaseView::millis).sum();
    }
  }

  public List<Area> areas() {
    Map<String, List<CaseView>> areas = new TreeMap<>();
    cases().forEach(c -> areas.computeIfAbsent(c.area(), _ -> new ArrayList<>()).add(c));
    return areas.entrySet().stream().map(e -> new Area(e.getKey(), e.getValue())).toList();
  }

  /** The rules of a chapter of the reference, in its order. */
  public record Chapter(String name, List<RuleRecord> rules) {
    public List<RuleRecord> unproved() {
      return rules.stream().filter(r -> r.cases().isEmpty()).toList();
    }

    public int proved() {
      return rules.size() - unproved().size();
    }
  }

  /** All chapters in the order of the reference. */
  public List<Chapter> chapters() {
    Map<String, List<RuleRecord>> chapters = new LinkedHashMap<>();
    record
        .rules()
        .forEach(r -> chapters.computeIfAbsent(r.chapter(), _ -> new ArrayList<>()).add(r));
    return chapters.entrySet().stream().map(e -> new Chapter(e.getKey(), e.getValue())).toList();
  }

  /** All chapters, those with the smallest proved part first. */
  public List<Chapter> leastProvedFirst() {
    return chapters().stream()
        .sorted(Comparator.comparingDouble(c -> (double) c.proved() / c.rules().size()))
        .toList();
  }

  public long provedRules() {
    return record.rules().stream().filter(r -> !r.cases().isEmpty()).count();
  }

  /** What one engine did in the whole run. */
  public record EngineTotal(
      String engine, String arch, int passed, int failed, Map<String, Integer> notRun) {
    public int ran() {
      return passed + failed;
    }

    /** The number of cases that it could have run and did not. */
    public int left() {
      return notRun.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** All engines that the run names. */
  public List<EngineTotal> engines() {
    Map<String, List<EngineRecord>> all = new TreeMap<>();
    for (CaseView one : cases()) {
      one.worst()
          .engines()
          .forEach(e -> all.computeIfAbsent(e.engine(), _ -> new ArrayList<>()).add(e));
    }
    return all.entrySet().stream().map(e -> total(e.getKey(), e.getValue())).toList();
  }

  /** One engine; all zero where the run does not name it. */
  public EngineTotal engine(String name) {
    return engines().stream()
        .filter(e -> e.engine().equals(name))
        .findFirst()
        .orElse(new EngineTotal(name, "", 0, 0, Map.of()));
  }

  private static EngineTotal total(String name, List<EngineRecord> records) {
    Map<String, Integer> reasons = new TreeMap<>();
    records.stream()
        .filter(e -> e.state().equals("not_run"))
        .forEach(e -> reasons.merge(e.message(), 1, Integer::sum));
    return new EngineTotal(
        name,
        records.getFirst().arch(),
        count(records, "passed"),
        count(records, "failed"),
        reasons);
  }

  private static int count(List<EngineRecord> records, String state) {
    return (int) records.stream().filter(e -> e.state().equals(state)).count();
  }

  /** The slowest cases, the slowest first. */
  public List<CaseView> slowest(int count) {
    return cases().stream()
        .sorted(Comparator.comparingDouble(CaseView::millis).reversed())
        .limit(count)
        .toList();
  }
}
