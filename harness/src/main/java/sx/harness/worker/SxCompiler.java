package sx.harness.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sx.harness.corpus.Header.Arch;
import sx.harness.engine.Compiled;
import sx.harness.engine.Compiler;
import sx.harness.engine.Engine;
import sx.harness.engine.Job;
import sx.harness.engine.Programs;
import sx.harness.engine.Ran;
import sx.harness.process.Limits;
import sx.link.Linker;
import sx.type.Target;

/** The compiler of this repository, in workers. */
public final class SxCompiler implements Compiler {
  /** How long the compiler may need for one case. */
  private static final Duration COMPILE = Duration.ofSeconds(60);

  private final Workers workers;
  private final Map<Engine, Optional<String>> lacking = new ConcurrentHashMap<>();

  /** A program in the compiler's process may end it, so those have workers of their own. */
  private final Workers expendable;

  /**
   * @param home the directory with library and corpus
   * @param directory for everything that is made on the way
   */
  public SxCompiler(Path home, Path directory) {
    this.workers = new Workers(home, directory);
    this.expendable = new Workers(home, directory);
  }

  @Override
  public String name() {
    return "sx";
  }

  @Override
  public Optional<String> lacks(Engine engine) {
    return lacking.computeIfAbsent(engine, SxCompiler::findLack);
  }

  private static Optional<String> findLack(Engine engine) {
    return switch (engine) {
      case O0, O2 ->
          Linker.canLink(target(engine))
              ? Optional.empty()
              : Optional.of("there is no C library to link with");
      case EMULATED -> lacksEmulation(engine);
      default -> Optional.empty();
    };
  }

  private static Optional<String> lacksEmulation(Engine engine) {
    if (Programs.emulator(engine.arch()).isEmpty()) {
      return Optional.of("there is no qemu-" + engine.arch() + " on this machine");
    }
    return Linker.canLink(target(engine))
        ? Optional.empty()
        : Optional.of("there is no C library for " + engine.arch() + " on this machine");
  }

  private static Target target(Engine engine) {
    return engine.arch() == Arch.AARCH64 ? Target.LINUX_ARM : Target.LINUX_X86;
  }

  @Override
  public Compiled compile(Job job) throws IOException, InterruptedException {
    Request.Task task =
        switch (job.engine()) {
          case VM, JIT -> null;
          case O0, O2, EMULATED -> Request.Task.EXECUTABLE;
          case CHECK -> Request.Task.CHECK;
          case IR_X86_64, IR_AARCH64 -> Request.Task.CODE;
        };
    if (task == null) {
      return new Compiled.Built(new byte[0], ""); // Compiled where it is run.
    }
    return compile(job, task, "");
  }

  /** Compiles a program as far as the verifiers of its code. */
  public Compiled verify(Job job) throws IOException, InterruptedException {
    return compile(job, Request.Task.VERIFY, "");
  }

  private Compiled compile(Job job, Request.Task task, String fault)
      throws IOException, InterruptedException {
    Request request =
        Request.of(task, job, target(job.engine()).triple(), job.engine() == Engine.O2, fault);
    try {
      Reply reply =
          workers.call(request, new Limits(COMPILE, job.limits().memory(), job.limits().output()));
      return switch (reply.kind()) {
        case DONE -> new Compiled.Built(reply.printed(), reply.text());
        case REJECTED -> new Compiled.Rejected(reply.places(), reply.text());
        case STOPPED, BROKEN -> new Compiled.Broken(reply.text());
      };
    } catch (WorkerDied e) {
      return new Compiled.Broken(
          e.stopped()
              ? "the compiler " + e.why()
              : "the compiler's process ended with status " + e.status() + "\n" + e.why());
    }
  }

  @Override
  public Ran run(Job job) throws IOException, InterruptedException {
    return switch (job.engine()) {
      case VM -> inProcess(workers, Request.Task.VM, job, "").ran();
      case JIT -> inProcess(expendable, Request.Task.JIT, job, "").ran();
      default -> Programs.run(job);
    };
  }

  /**
   * What a program did in the machine when compiled with a seeded fault.
   *
   * @param changed whether the fault had anything to change
   * @param places where errors were found, if the program was rejected
   */
  public record Faulty(Ran ran, boolean changed, List<String> places) {}

  /** Checks or runs a program in the machine, compiled with a seeded fault. */
  public Faulty runFaulty(Job job, String fault) throws IOException, InterruptedException {
    Request.Task task = job.engine() == Engine.CHECK ? Request.Task.CHECK : Request.Task.VM;
    return inProcess(workers, task, job, fault);
  }

  private Faulty inProcess(Workers some, Request.Task task, Job job, String fault)
      throws IOException, InterruptedException {
    Request request = Request.of(task, job, target(job.engine()).triple(), false, fault);
    Path out = job.scratch().resolve("stdout");
    try {
      Reply reply = some.call(request, job.limits());
      byte[] printed = task == Request.Task.JIT ? Files.readAllBytes(out) : reply.printed();
      Ran ran =
          switch (reply.kind()) {
            case DONE -> new Ran(reply.status(), printed, errors(job), List.of());
            case REJECTED -> new Ran(1, printed, reply.text(), List.of("the compiler rejected it"));
            case STOPPED -> new Ran(CRASHED, printed, reply.text(), List.of("the machine stopped"));
            case BROKEN -> new Ran(1, printed, reply.text(), List.of("the compiler failed"));
          };
      return new Faulty(ran, reply.changed(), reply.places());
    } catch (WorkerDied e) {
      byte[] printed =
          Files.exists(out) && Files.size(out) <= job.limits().output()
              ? Files.readAllBytes(out)
              : new byte[0];
      String err = errors(job) + e.why();
      List<String> troubles = e.stopped() ? List.of(e.why()) : List.of();
      return new Faulty(new Ran(e.status(), printed, err, troubles), true, List.of());
    }
  }

  /** Stands for the signal that would have ended the program where there is no process to end. */
  public static final int CRASHED = 134;

  private static String errors(Job job) throws IOException {
    Path err = job.scratch().resolve("stderr");
    return Files.exists(err) ? new String(Files.readAllBytes(err), StandardCharsets.UTF_8) : "";
  }

  @Override
  public void close() {
    workers.close();
    expendable.close();
  }
}
