package sx.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import sx.source.Diagnostic;

/**
 * What {@code sx run} does (cli.run).
 *
 * <p>The launcher asks where the program is (by {@link Launcher#reply()}) and becomes it, so that
 * streams, signals and exit status are the program's own. Without a launcher the program is a child
 * process.
 *
 * @param console where the compiler writes to
 * @param programArguments what the program gets as its arguments
 * @param jit whether to run in this process
 * @param cache whether to keep what was built
 */
record ProgramRun(Console console, List<String> programArguments, boolean jit, boolean cache) {
  private static final String SEPARATOR = "--- build done ---";

  /** Compiles the program and runs it; the answer is the exit status. */
  int run(Path file, CompileOptions options, boolean time)
      throws IOException, InterruptedException {
    Optional<Build> started = Build.of(file, options, time, console);
    if (started.isEmpty()) {
      return ExitStatus.ERROR;
    }
    Launcher.ofProcess().watch();
    Preparation preparation = Preparation.begin();
    Build build = started.get();
    if (!build.check(file) || !build.compilation().requireMain()) {
      return build.finish();
    }
    if (jit || !build.compilation().canLink()) {
      return runHere(build, preparation);
    }
    return link(build);
  }

  private int runHere(Build build, Preparation preparation) throws InterruptedException {
    if (!jit) {
      console.err().println("note: no C library to link with is installed; running with --jit");
    }
    int status = build.finish();
    if (status != ExitStatus.OK) {
      return status;
    }
    separate(build);
    preparation.await();
    int before = build.compilation().diagnostics().all().size();
    int ended = build.compilation().runJit(programArguments);
    List<Diagnostic> all = build.compilation().diagnostics().all();
    console.show(all.subList(before, all.size()));
    return ended;
  }

  private int link(Build build) throws IOException, InterruptedException {
    Launcher launcher = Launcher.ofProcess();
    if (launcher.cache().isPresent()) {
      try (WorkDirectory work = WorkDirectory.in(launcher.cache().get())) {
        return link(build, launcher, work);
      } catch (IOException | UncheckedIOException e) {
        // A cache that is full or cannot be written to is no error: there are other places.
      }
    }
    try (WorkDirectory work = WorkDirectory.temporary()) {
      return link(build, launcher, work);
    } catch (IOException | UncheckedIOException e) {
      console.error("cannot write the program: " + OutputFiles.reason(e));
      return ExitStatus.ERROR;
    }
  }

  private int link(Build build, Launcher launcher, WorkDirectory work)
      throws IOException, InterruptedException {
    Compilation compilation = build.compilation();
    boolean keep =
        cache
            && compilation.cacheable()
            && launcher.cache().isPresent()
            && launcher.manifest().isPresent();
    Optional<FutureTask<Optional<ProgramCache.Description>>> description =
        keep ? Optional.of(describing(compilation)) : Optional.empty();
    Path program = work.path().resolve("program");
    compilation.executable(program);
    int status = build.finish();
    if (status != ExitStatus.OK) {
      return status;
    }
    separate(build);
    if (description.isPresent()) {
      program = store(launcher, description.get(), program);
    }
    if (launcher.reply().isPresent()) {
      boolean once = program.startsWith(work.path());
      if (!launcher.reply((once ? "once " : "kept ") + program)) {
        return ExitStatus.ERROR;
      }
      if (once) {
        work.keep();
      }
      return ExitStatus.OK;
    }
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(programArguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** Begins to describe what the program was compiled from; code generation uses one thread. */
  private static FutureTask<Optional<ProgramCache.Description>> describing(Compilation compilation)
      throws IOException {
    Inputs inputs = compilation.inputs();
    FutureTask<Optional<ProgramCache.Description>> task =
        new FutureTask<>(() -> ProgramCache.Description.of(inputs));
    Thread.ofPlatform().daemon().name("describe inputs").start(task);
    return task;
  }

  /** Keeps the program if that is possible; a cache that cannot be written to is no error. */
  private static Path store(
      Launcher launcher, FutureTask<Optional<ProgramCache.Description>> task, Path program)
      throws InterruptedException {
    try {
      Optional<ProgramCache.Description> description = task.get();
      return description.isEmpty()
          ? program
          : launcher
              .cache()
              .orElseThrow()
              .store(launcher.manifest().orElseThrow(), launcher.key(), program, description.get());
    } catch (IOException | ExecutionException e) {
      return program;
    }
  }

  private void separate(Build build) {
    if (build.compilation().hasFlatRunStatement()) {
      console.out().println(SEPARATOR);
    }
    console.out().flush();
  }
}
