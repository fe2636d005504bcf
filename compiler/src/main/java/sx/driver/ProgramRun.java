package sx.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Preparation.begin();
    Build build = started.get();
    if (!build.check(file) || !build.compilation().requireMain()) {
      return build.finish();
    }
    if (jit || !build.compilation().canLink()) {
      return runHere(build);
    }
    return link(build);
  }

  private int runHere(Build build) {
    if (!jit) {
      console.err().println("note: no C library to link with is installed; running with --jit");
    }
    int status = build.finish();
    if (status != ExitStatus.OK) {
      return status;
    }
    separate(build);
    return build.compilation().runJit(programArguments);
  }

  private int link(Build build) throws IOException, InterruptedException {
    Launcher launcher = Launcher.ofProcess();
    Compilation compilation = build.compilation();
    Path work = workDirectory(launcher);
    boolean keep = false;
    try {
      Path program = work.resolve("program");
      compilation.executable(program);
      int status = build.finish();
      if (status != ExitStatus.OK) {
        return status;
      }
      separate(build);
      if (cache && compilation.cacheable()) {
        program = store(launcher, compilation, program);
      }
      if (launcher.reply().isPresent()) {
        keep = program.startsWith(work);
        String word = keep ? "once " : "kept ";
        Files.writeString(launcher.reply().get(), word + program, StandardCharsets.UTF_8);
        return ExitStatus.OK;
      }
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(programArguments);
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } finally {
      if (!keep) {
        OutputFiles.deleteTree(work);
      }
    }
  }

  /** A place to link in: that of the cache, or a temporary one where there can be no cache. */
  private static Path workDirectory(Launcher launcher) throws IOException {
    if (launcher.cache().isPresent()) {
      try {
        return launcher.cache().get().workDirectory();
      } catch (IOException e) {
        return Files.createTempDirectory("sx-");
      }
    }
    return Files.createTempDirectory("sx-");
  }

  /** Keeps the program if that is possible; a cache that cannot be written to is no error. */
  private static Path store(Launcher launcher, Compilation compilation, Path program) {
    if (launcher.cache().isEmpty() || launcher.manifest().isEmpty()) {
      return program;
    }
    try {
      return launcher
          .cache()
          .get()
          .store(launcher.manifest().get(), launcher.key(), program, compilation.inputs());
    } catch (IOException e) {
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
