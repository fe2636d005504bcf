package sx.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sx.driver.Compilation;
import sx.driver.CompileOptions;
import sx.driver.Main;
import sx.llvm.OptLevel;
import sx.module.ParsedFiles;

/** Programs given as text: what the compiler says of them, and what they print. */
final class Compiled {
  private static final ParsedFiles LIBRARY = new ParsedFiles();

  private Compiled() {}

  /** The errors of a program, one line each; empty if it is right. */
  static String errors(String source) {
    return on(
        source,
        file -> {
          Compilation compilation = compilation(OptLevel.NONE);
          compilation.check(file);
          return errors(compilation);
        });
  }

  /** What a program prints in the compile-time machine, or its errors. */
  static String inMachine(String source) {
    return on(
        source,
        file -> {
          Compilation compilation = compilation(OptLevel.NONE);
          Compilation.VmRun run = compilation.runInVm(file);
          String errors = errors(compilation);
          return errors.isEmpty() ? new String(run.output(), StandardCharsets.UTF_8) : errors;
        });
  }

  /** What a program prints as machine code, or its errors. */
  static String natively(String source, OptLevel level) {
    return on(
        source,
        file -> {
          Compilation compilation = compilation(level);
          if (!compilation.check(file)) {
            return errors(compilation);
          }
          Path program = file.resolveSibling("program");
          compilation.executable(program);
          assertEquals("", errors(compilation));
          return output(program);
        });
  }

  private static String output(Path program) {
    try {
      Process process = new ProcessBuilder(List.of(program.toString())).start();
      byte[] output = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      return new String(output, StandardCharsets.UTF_8)
          + (status == 0 ? "" : "ended with status " + status + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Compilation compilation(OptLevel level) {
    return new Compilation(CompileOptions.host(level), LIBRARY, new ByteArrayOutputStream());
  }

  private static String errors(Compilation compilation) {
    return compilation.diagnostics().all().stream()
        .filter(d -> d.severity() == sx.source.Diagnostic.Severity.ERROR)
        .map(d -> d.span().map(s -> s.line() + ":" + s.column() + " ").orElse("") + d.message())
        .collect(Collectors.joining("\n"));
  }

  private interface Task {
    String run(Path file);
  }

  /** Compiles deep programs too: on a thread with the stack that the compiler has. */
  private static String on(String source, Task task) {
    Supplier<String> work =
        () -> {
          try {
            Path directory = Files.createTempDirectory("sx-property");
            Path file = directory.resolve("main.sx");
            try {
              Files.writeString(file, source);
              return task.run(file);
            } finally {
              Files.deleteIfExists(directory.resolve("program"));
              Files.deleteIfExists(file);
              Files.delete(directory);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    FutureTask<String> future = new FutureTask<>(work::get);
    new Thread(null, future, "compile", Main.COMPILE_STACK_BYTES).start();
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the compiler failed on\n" + source, e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
