package sx.harness.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sx.harness.corpus.Case;
import sx.harness.corpus.Header;
import sx.harness.corpus.Signals;
import sx.harness.engine.Compiled;
import sx.harness.engine.Compiler;
import sx.harness.engine.Engine;
import sx.harness.engine.Job;
import sx.harness.engine.Ran;
import sx.harness.golden.GoldenKind;
import sx.harness.golden.Goldens;
import sx.harness.golden.Normaliser;
import sx.harness.process.Fence;
import sx.harness.process.Limits;

/** One case in one engine after another. */
final class CaseRun {
  private static final String SEPARATOR = "--- build done ---\n";

  private final Case one;
  private final Compiler compiler;
  private final Goldens goldens;
  private final Path home;
  private final Place.Pool places;
  private long compileNanos;
  private long runNanos;

  /**
   * @param home the directory of the repository, which messages do not name
   * @param places where it can run
   */
  CaseRun(Case one, Compiler compiler, Goldens goldens, Path home, Place.Pool places) {
    this.one = one;
    this.compiler = compiler;
    this.goldens = goldens;
    this.home = home;
    this.places = places;
  }

  static GoldenKind codeGolden(Engine engine) {
    return engine == Engine.IR_AARCH64 ? GoldenKind.IR_AARCH64 : GoldenKind.IR_X86_64;
  }

  /** Tries the case; a fault of the harness is a failure of the case too. */
  EngineResult in(Engine engine) throws InterruptedException {
    compileNanos = 0;
    runNanos = 0;
    Optional<String> failure;
    String note = "";
    try {
      Place place = places.take();
      try {
        failure = in(job(engine, place), place);
      } finally {
        places.give(place);
      }
      if (isCodeInPlaceOfRun(engine) && cannotRun()) {
        note = "checked by its code, since it cannot be run here";
      } else if (engine == Engine.EMULATED) {
        note = "under emulation";
      }
    } catch (IOException e) {
      failure = Optional.of("the harness failed: " + e);
    }
    EngineResult.State state =
        failure.isEmpty() ? EngineResult.State.PASSED : EngineResult.State.FAILED;
    return new EngineResult(engine, state, failure.orElse(note), compileNanos, runNanos);
  }

  /** Whether it is for another architecture, which nothing here runs. */
  private boolean cannotRun() {
    return one.header().arch().isPresent()
        && one.header().arch().get() != Header.Arch.host()
        && compiler.lacks(Engine.EMULATED).isPresent();
  }

  private boolean isCodeInPlaceOfRun(Engine engine) {
    return !Engine.RUNNING.contains(engine) && one.header().expect() == Header.Expect.RUN;
  }

  private Optional<String> in(Job job, Place place) throws IOException, InterruptedException {
    return switch (job.engine()) {
      case CHECK -> rejected(job);
      case IR_X86_64, IR_AARCH64 -> code(job);
      default -> ran(job, place);
    };
  }

  private Job job(Engine engine, Place place) throws IOException {
    Path stdin = Path.of("/dev/null");
    if (!one.header().stdin().isEmpty()) {
      stdin = Files.writeString(place.scratch().resolve("stdin"), one.header().stdin());
    }
    Limits limits = new Limits(one.header().time(), one.header().memory(), Limits.DEFAULT_OUTPUT);
    return new Job(
        one.root(),
        engine,
        place.work(),
        place.scratch(),
        stdin,
        one.header().args(),
        one.header().env(),
        limits,
        place.fence());
  }

  private Compiled compile(Job job) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Compiled compiled = compiler.compile(job);
    compileNanos = System.nanoTime() - start;
    return compiled;
  }

  private Optional<String> rejected(Job job) throws IOException, InterruptedException {
    return switch (compile(job)) {
      case Compiled.Built _ -> Optional.of("is accepted");
      case Compiled.Broken(String why) -> Optional.of("the compiler failed: " + why);
      case Compiled.Rejected(List<String> places, String text) -> {
        Optional<String> differs =
            goldens
                .differs(one, GoldenKind.ERRORS, lines(likeGolden(places)))
                .map(diff -> "errors at other places\n" + diff + "\n" + text);
        yield differs.isPresent() ? differs : diagnostics(text);
      }
    };
  }

  /** Places of another file than the root name it only where the golden does. */
  private List<String> likeGolden(List<String> places) throws IOException {
    Path golden = one.golden(GoldenKind.ERRORS);
    List<String> wanted = Files.exists(golden) ? Files.readAllLines(golden) : List.of();
    List<String> like = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      boolean bare = i < wanted.size() && wanted.get(i).matches("\\d+:\\d+");
      like.add(bare ? places.get(i).replaceFirst("^.*:(?=\\d+:)", "") : places.get(i));
    }
    return like;
  }

  /** The words of the diagnostics, where they are pinned. */
  private Optional<String> diagnostics(String text) {
    if (!one.goldens().contains(GoldenKind.DIAGNOSTICS) && !goldens.mayApprove(one)) {
      return Optional.empty();
    }
    String normal = Normaliser.diagnostics(one.root().resolveSibling(""), home).scrub(text);
    return goldens
        .differs(one, GoldenKind.DIAGNOSTICS, normal.getBytes(StandardCharsets.UTF_8))
        .map(diff -> "other diagnostics\n" + diff);
  }

  private Optional<String> code(Job job) throws IOException, InterruptedException {
    return switch (compile(job)) {
      case Compiled.Rejected(_, String text) -> Optional.of("is rejected\n" + text);
      case Compiled.Broken(String why) -> Optional.of("the compiler failed: " + why);
      case Compiled.Built(_, String code) -> {
        GoldenKind kind = codeGolden(job.engine());
        if (isCodeInPlaceOfRun(job.engine()) && !one.goldens().contains(kind)) {
          yield Optional.empty();
        }
        byte[] normal = Normaliser.code().scrub(code).getBytes(StandardCharsets.UTF_8);
        yield goldens.differs(one, kind, normal).map(diff -> "other code\n" + diff);
      }
    };
  }

  private Optional<String> ran(Job job, Place place) throws IOException, InterruptedException {
    return switch (compile(job)) {
      case Compiled.Rejected(_, String text) -> Optional.of("is rejected\n" + text);
      case Compiled.Broken(String why) -> Optional.of("the compiler failed: " + why);
      case Compiled.Built(byte[] printed, _) -> {
        long start = System.nanoTime();
        Ran ran = compiler.run(job);
        runNanos = System.nanoTime() - start;
        yield judge(job, place, ran, join(printed, ran.out()));
      }
    };
  }

  private Optional<String> judge(Job job, Place place, Ran ran, byte[] out) throws IOException {
    List<String> wrong = new ArrayList<>();
    if (!endsRight(job, ran)) {
      wrong.addAll(ran.troubles());
      wrong.add("ended with " + shown(ran.status()) + ", not with " + one.header().exit());
    } else if (one.header().exit().signal() == 0) {
      wrong.addAll(ran.troubles());
    }
    output(out).ifPresent(diff -> wrong.add("other output\n" + diff));
    strays(place).ifPresent(wrong::add);
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    if (!ran.err().isBlank()) {
      wrong.add("standard error\n" + ran.err().stripTrailing());
    }
    String all = ran.err() + new String(out, StandardCharsets.UTF_8);
    if (Fence.isAvailable() && all.contains("ermission denied")) {
      wrong.add("note: a program may write in the directory that it starts in, and nowhere else");
    }
    return Optional.of(String.join("\n", wrong));
  }

  /** Whether the end is the expected one; where there is no process any crash is as good. */
  private boolean endsRight(Job job, Ran ran) {
    Header.Exit exit = one.header().exit();
    boolean inCompiler = job.engine() == Engine.VM || job.engine() == Engine.JIT;
    if (exit.signal() != 0) {
      return inCompiler ? ran.status() > 128 : ran.status() == exit.status();
    }
    return ran.status() == exit.status() && ran.troubles().isEmpty();
  }

  private static String shown(int status) {
    return status > 128 && status <= 128 + 31
        ? Signals.name(status - 128) + " (or status " + status + ")"
        : "status " + status;
  }

  private Optional<String> output(byte[] out) throws IOException {
    Path golden = one.golden(GoldenKind.STDOUT);
    if (!compiler.separates() && Files.exists(golden)) {
      String all = latin(Files.readAllBytes(golden));
      if (all.replaceFirst(SEPARATOR, "").equals(latin(out))) {
        return Optional.empty();
      }
    }
    return goldens.differs(one, GoldenKind.STDOUT, out);
  }

  /** Files that the program left beside its directory; for machines without a fence. */
  private static Optional<String> strays(Place place) throws IOException {
    List<Path> strays = place.strays();
    return strays.isEmpty()
        ? Optional.empty()
        : Optional.of("wrote outside of its directory: " + strays);
  }

  private static byte[] lines(List<String> places) {
    return (String.join("\n", places) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
