package sx.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sx.driver.Compilation;
import sx.driver.CompileOptions;
import sx.driver.Main;
import sx.llvm.OptLevel;
import sx.module.ParsedFiles;

/** Compiles mutants as far as they go, and says what the compiler did wrong. */
final class Judge {
  private final ParsedFiles library = new ParsedFiles();
  private final long seconds;

  /**
   * @param seconds how long one mutant may take
   */
  Judge(long seconds) {
    this.seconds = seconds;
  }

  /**
   * Compiles a program up to LLVM's verifier.
   *
   * @return what went wrong, with the stack trace; empty if there were ordinary errors or none
   */
  Optional<String> fault(Path root) throws InterruptedException {
    FutureTask<Optional<String>> task = new FutureTask<>(() -> compile(root));
    Thread thread = new Thread(null, task, "mutant", Main.COMPILE_STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return Optional.of(Traces.of(Objects.requireNonNullElse(e.getCause(), e)));
    } catch (TimeoutException e) {
      return Optional.of("no answer within " + seconds + " s\n" + Traces.of(thread));
    }
  }

  private Optional<String> compile(Path root) {
    Compilation c =
        new Compilation(CompileOptions.host(OptLevel.NONE), library, new ByteArrayOutputStream());
    if (!c.check(root)) {
      return c.diagnostics().errorCount() > 0
          ? Optional.empty()
          : Optional.of("refused without an error");
    }
    List<String> problems = c.verify();
    if (!problems.isEmpty()) {
      return Optional.of("verifier: " + problems.getFirst());
    }
    if (c.requireMain()) {
      c.llvmText();
    }
    return Optional.empty();
  }
}
