package sx.harness.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import sx.harness.Session;
import sx.harness.corpus.Case;
import sx.harness.corpus.Header.Expect;
import sx.harness.engine.Engine;
import sx.harness.engine.Job;
import sx.harness.golden.GoldenKind;
import sx.harness.process.Fence;
import sx.harness.process.Limits;
import sx.harness.results.RunRecord.FaultRecord;
import sx.harness.run.Runner;
import sx.harness.worker.SxCompiler;

/**
 * Tries seeded faults on the corpus, in the machine or by the compiler's verdict, until enough
 * cases have caught each.
 */
public final class FaultRun {
  /** So many cases may catch a fault before the search ends. */
  private static final int ENOUGH_OF_ALL = 3;

  private static final int SAMPLE = 8;
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(5), 1024, 1 << 20);

  private final SxCompiler compiler;
  private final List<Case> cases;
  private final Path directory;
  private final List<SeededFault> faults;
  private final boolean sampled;
  private final AtomicInteger count = new AtomicInteger();

  private FaultRun(
      SxCompiler compiler,
      List<Case> cases,
      Path directory,
      List<SeededFault> faults,
      boolean sampled) {
    this.compiler = compiler;
    this.cases = cases;
    this.directory = directory;
    this.faults = faults;
    this.sampled = sampled;
  }

  /**
   * The faults that the settings ask for: none for a compiler that is not of this repository, and
   * none where only some cases are run.
   */
  public static FaultRun of(Session session) {
    String wanted = session.settings().faults();
    boolean sampled = wanted.equals("sample");
    List<SeededFault> faults =
        switch (wanted) {
          case "none" -> List.of();
          case "all" -> Catalogue.all();
          case "sample" -> session.settings().selection().isWhole() ? sample() : List.of();
          default -> Arrays.stream(wanted.split("[ ,]+", -1)).map(Catalogue::named).toList();
        };
    List<Case> cases =
        session.corpus().cases().stream().filter(c -> c.header().xfail().isEmpty()).toList();
    return session.compiler() instanceof SxCompiler own
        ? new FaultRun(own, cases, session.directory().resolve("faults"), faults, sampled)
        : new FaultRun(
            new SxCompiler(session.settings().home(), session.directory()),
            cases,
            session.directory(),
            List.of(),
            sampled);
  }

  /** Every so-manieth fault, so that all stages are there. */
  private static List<SeededFault> sample() {
    List<SeededFault> all = Catalogue.all();
    int step = all.size() / SAMPLE;
    List<SeededFault> some = new ArrayList<>();
    for (int i = step / 2; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  public List<SeededFault> faults() {
    return faults;
  }

  /** Tries a fault on one case after another, those of its areas first. */
  public FaultRecord tryOut(SeededFault fault) throws IOException, InterruptedException {
    List<String> tried = new ArrayList<>();
    Map<String, String> caught = new LinkedHashMap<>();
    List<Case> likely = new ArrayList<>();
    List<Case> others = new ArrayList<>();
    for (Case one : cases) {
      boolean isLikely = fault.areas().stream().anyMatch(one.area()::startsWith);
      (isLikely ? likely : others).add(one);
    }
    tryOut(fault, likely, sampled ? 1 : ENOUGH_OF_ALL, tried, caught);
    tryOut(fault, others, sampled ? 1 : enoughOfOthers(fault), tried, caught);
    return new FaultRecord(fault.name(), fault.what(), fault.stage(), tried, caught, sampled);
  }

  /**
   * Nearly all programs read the library, and few cases are about one function of it: once one has
   * caught a fault there is no use in trying the whole corpus for more.
   */
  private static int enoughOfOthers(SeededFault fault) {
    return fault.isOfLibrary() ? 1 : ENOUGH_OF_ALL;
  }

  private void tryOut(
      SeededFault fault,
      List<Case> some,
      int enough,
      List<String> tried,
      Map<String, String> caught)
      throws IOException, InterruptedException {
    for (Case one : some) {
      if (caught.size() >= enough) {
        return;
      }
      if (fits(fault, one)) {
        Optional<String> how = tryOut(fault, one, tried);
        how.ifPresent(h -> caught.put(one.name(), h));
      }
    }
  }

  private static boolean fits(SeededFault fault, Case one) {
    return fault.isOfCheck()
        ? one.header().expect() == Expect.REJECT
        : one.header().expect() == Expect.RUN
            && one.header().exit().signal() == 0
            && one.header().engines().contains(Engine.VM);
  }

  /** How the case fails by the fault; empty if it does not, or if there is nothing to change. */
  private Optional<String> tryOut(SeededFault fault, Case one, List<String> tried)
      throws IOException, InterruptedException {
    Path own = directory.resolve("fault-" + count.incrementAndGet());
    Path work = Files.createDirectories(own.resolve("work"));
    Path stdin = Files.writeString(own.resolve("stdin"), one.header().stdin());
    Engine engine = fault.isOfCheck() ? Engine.CHECK : Engine.VM;
    SxCompiler.Faulty faulty;
    try (Fence fence = new Fence(List.of(work))) {
      Job job =
          new Job(
              one.root(),
              engine,
              work,
              own,
              stdin,
              one.header().args(),
              one.header().env(),
              LIMITS,
              fence);
      faulty = compiler.runFaulty(job, fault.name());
    }
    Optional<String> how =
        !faulty.changed()
            ? Optional.empty()
            : fault.isOfCheck() ? otherVerdict(one, faulty) : otherRun(one, faulty);
    if (faulty.changed()) {
      tried.add(one.name());
    }
    Runner.deleteTree(own);
    return how;
  }

  private static Optional<String> otherVerdict(Case one, SxCompiler.Faulty faulty)
      throws IOException {
    String golden = Files.readString(one.golden(GoldenKind.ERRORS)).strip();
    String places =
        String.join(
            "\n",
            faulty.places().stream().map(p -> p.replaceFirst("^.*?(\\d+:\\d+)$", "$1")).toList());
    return places.equals(golden)
        ? Optional.empty()
        : Optional.of(
            faulty.places().isEmpty() ? "accepted" : "errors at " + places.replace('\n', ' '));
  }

  private static Optional<String> otherRun(Case one, SxCompiler.Faulty faulty) throws IOException {
    if (!faulty.ran().troubles().isEmpty()) {
      return Optional.of(String.join(", ", faulty.ran().troubles()));
    }
    if (faulty.ran().status() != one.header().exit().status()) {
      return Optional.of("ended with status " + faulty.ran().status());
    }
    byte[] golden = Files.readAllBytes(one.golden(GoldenKind.STDOUT));
    return Arrays.equals(golden, faulty.ran().out())
        ? Optional.empty()
        : Optional.of("other output");
  }
}
