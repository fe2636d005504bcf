package sx.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.driver.LibraryPath;
import sx.harness.engine.Compiled;
import sx.harness.engine.Engine;
import sx.harness.engine.Job;
import sx.harness.process.Fence;
import sx.harness.process.Limits;
import sx.harness.worker.SxCompiler;

/**
 * Compiles mutants as far as they go, and says what the compiler did wrong. It does so in workers:
 * a mutant may call a C function at compile time, and take the process with it.
 */
final class Judge implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty(LibraryPath.HOME_PROPERTY, "..")).toAbsolutePath().normalize();

  private final SxCompiler compiler;
  private final Path directory;
  private final Fence fence;

  /**
   * @param directory where the workers may write
   */
  Judge(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.compiler = new SxCompiler(HOME, directory);
    this.fence = new Fence(List.of(directory));
  }

  /**
   * Compiles a program up to LLVM's verifier.
   *
   * @param text what the mutant says
   * @return what went wrong, with the stack trace; empty if there were ordinary errors or none
   */
  Optional<String> fault(Path root, String text) throws IOException, InterruptedException {
    Limits limits = new Limits(java.time.Duration.ofSeconds(60), 4096, Limits.DEFAULT_OUTPUT);
    Path stdin = Path.of("/dev/null");
    Job job =
        new Job(
            root, Engine.CHECK, directory, directory, stdin, List.of(), Map.of(), limits, fence);
    return compiler.verify(job) instanceof Compiled.Broken(String why) && !isOwnFault(why, text)
        ? Optional.of(why)
        : Optional.empty();
  }

  /** C functions are the mutant's own business (ffi.ct). */
  private static boolean isOwnFault(String why, String text) {
    return why.startsWith("the compiler's process ended") && text.contains("extern");
  }

  @Override
  public void close() {
    compiler.close();
    fence.close();
  }
}
