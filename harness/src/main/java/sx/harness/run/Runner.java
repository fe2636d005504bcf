package sx.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import sx.harness.corpus.Case;
import sx.harness.engine.Compiler;
import sx.harness.engine.Engine;
import sx.harness.golden.Goldens;
import sx.harness.run.CaseResult.Verdict;

/** Runs cases; several threads may at once. */
public final class Runner implements AutoCloseable {
  private final Compiler compiler;
  private final Goldens goldens;
  private final Path home;
  private final Place.Pool places;
  private final boolean all;
  private final Set<Engine> only;

  /**
   * @param home the directory of the repository
   * @param directory where programs may be made and run
   * @param all whether in every engine, not just the fast ones
   * @param only the engines that were asked for; empty for any
   */
  public Runner(
      Compiler compiler,
      Goldens goldens,
      Path home,
      Path directory,
      boolean all,
      Set<Engine> only) {
    this.compiler = compiler;
    this.goldens = goldens;
    this.home = home;
    this.places = new Place.Pool(directory);
    this.all = all;
    this.only = only;
  }

  /** Runs a case in all engines that are planned for it. */
  public CaseResult run(Case one, int round) throws InterruptedException {
    long start = System.nanoTime();
    Plan plan = Plan.of(one, compiler, all, only);
    CaseRun run = new CaseRun(one, compiler, goldens, home, places);
    List<EngineResult> results = new ArrayList<>();
    for (Engine engine : plan.engines()) {
      results.add(run.in(engine));
    }
    boolean failed = results.stream().anyMatch(EngineResult::failed);
    boolean ran = !results.isEmpty();
    results.addAll(plan.leftOut());
    return new CaseResult(
        one, round, verdict(one, failed, ran), results, System.nanoTime() - start);
  }

  private static Verdict verdict(Case one, boolean failed, boolean ran) {
    if (one.header().xfail().isEmpty()) {
      return failed ? Verdict.FAILED : Verdict.PASSED;
    }
    return failed || !ran ? Verdict.XFAILED : Verdict.XPASSED;
  }

  /** Deletes a directory with all in it, if it exists; links are not followed. */
  public static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new java.nio.file.SimpleFileVisitor<>() {
          @Override
          public java.nio.file.FileVisitResult visitFile(
              Path file, java.nio.file.attribute.BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return java.nio.file.FileVisitResult.CONTINUE;
          }

          @Override
          public java.nio.file.FileVisitResult postVisitDirectory(
              Path left, @org.jspecify.annotations.Nullable IOException problem)
              throws IOException {
            Files.deleteIfExists(left);
            return java.nio.file.FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    places.close();
  }
}
