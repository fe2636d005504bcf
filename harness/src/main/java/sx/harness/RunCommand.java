package sx.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sx.harness.fault.FaultRun;

/** {@code harness run}: what the tests do, without a build tool. */
@Command(
    name = "run",
    description = "Run cases. Every option is also a property of the build: -Dsx.area=04.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private final Properties properties = new Properties();

  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "What name or source contains.")
  void text(String value) {
    set("case", value);
  }

  @Option(names = "--area", description = "Areas by how they begin: 04,05.")
  void area(String value) {
    set("area", value);
  }

  @Option(names = "--rule", description = "Rules by how they begin: types.int.")
  void rule(String value) {
    set("rule", value);
  }

  @Option(names = "--last", description = "What failed in the last run.")
  void last(boolean value) {
    set("last", value ? "failed" : "");
  }

  @Option(names = "--all", description = "Every engine, not just the fast set.")
  void all(boolean value) {
    set("set", value ? "all" : "fast");
  }

  @Option(names = "--engines", description = "Only these engines.")
  void engines(String value) {
    set("engines", value);
    set("set", "all");
  }

  @Option(names = "--repeat", description = "Each case so often.")
  void repeat(String value) {
    set("repeat", value);
  }

  @Option(names = "--seed", description = "Decides the order.")
  void seed(String value) {
    set("seed", value);
  }

  @Option(names = "--shard", description = "Part i of n: 1/4.")
  void shard(String value) {
    set("shard", value);
  }

  @Option(names = "--approve", description = "Rewrite the goldens of the cases with this name.")
  void approve(String value) {
    set("approve", value);
  }

  @Option(names = "--compiler", description = "Another compiler's command line.")
  void compiler(String value) {
    set("compiler", value);
  }

  @Option(names = "--corpus", description = "Another directory of areas.")
  void corpus(String value) {
    set("corpus", value);
  }

  @Option(names = "--faults", description = "Seeded faults: all, sample, none, or names.")
  void faults(String value) {
    set("faults", value);
  }

  private void set(String name, String value) {
    properties.setProperty("sx." + name, value);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Properties all = new Properties();
    all.setProperty("sx.faults", "none");
    all.putAll(System.getProperties());
    all.putAll(properties);
    try (Session session = new Session(Settings.of(all))) {
      FaultRun faults = FaultRun.of(session);
      List<Callable<Object>> work = new ArrayList<>();
      session.turns().forEach(turn -> work.add(() -> session.run(turn)));
      faults.faults().forEach(fault -> work.add(() -> session.note(faults.tryOut(fault))));
      inParallel(work);
      Optional<String> failure = session.finish();
      failure.ifPresent(System.out::println);
      return failure.isEmpty() && session.green() ? 0 : 1;
    }
  }

  private static void inParallel(List<Callable<Object>> work)
      throws InterruptedException, ExecutionException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Future<Object> one : executor.invokeAll(work)) {
        one.get();
      }
    }
  }
}
