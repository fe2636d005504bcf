package sx.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import sx.driver.Compilation;
import sx.driver.CompileOptions;
import sx.driver.LibraryPath;
import sx.driver.Main;
import sx.driver.OptLevel;
import sx.module.ParsedFiles;
import sx.source.DiagnosticRenderer;
import sx.source.Diagnostics;

/** The ways in which a program can be run. All must print the same. */
enum Engine {
  /** Compiled to an executable. */
  AOT {
    @Override
    Outcome run(Path root, String stdin, Path work) throws Exception {
      return compile(
          out -> new Compilation(OPTIONS, new ParsedFiles(), out),
          (compilation, out) -> {
            if (!compilation.check(root) || !compilation.requireMain()) {
              return Outcome.rejected(compilation.diagnostics());
            }
            Path program = work.resolve("program");
            compilation.executable(program);
            if (compilation.diagnostics().hasErrors()) {
              return Outcome.rejected(compilation.diagnostics());
            }
            separate(compilation, out);
            Child.Ended ended = Child.run(List.of(program.toString()), work, stdin, Child.TIMEOUT);
            out.write(ended.out());
            return new Outcome(ended.status(), out.toByteArray(), ended.err());
          });
    }
  },

  /** Compiled and run in the compiler's process, which is a child of this one. */
  JIT {
    @Override
    Outcome run(Path root, String stdin, Path work) throws Exception {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "--enable-native-access=ALL-UNNAMED",
              "-D" + LibraryPath.HOME_PROPERTY + "=" + CorpusTest.HOME,
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "run",
              "--jit",
              root.toString());
      Child.Ended ended = Child.run(command, work, stdin, Child.TIMEOUT.plus(JVM_START));
      return new Outcome(ended.status(), ended.out(), ended.err());
    }
  },

  /** Run by the compile-time machine. */
  VM {
    @Override
    Outcome run(Path root, String stdin, Path work) throws Exception {
      return compile(
          out -> new Compilation(OPTIONS, new ParsedFiles(), out),
          (compilation, out) -> {
            Compilation.VmRun run = compilation.runInVm(root);
            if (compilation.diagnostics().hasErrors()) {
              return Outcome.rejected(compilation.diagnostics());
            }
            separate(compilation, out);
            out.write(run.output());
            return new Outcome(run.status() & 0xFF, out.toByteArray(), "");
          });
    }
  };

  /** What a program did. */
  record Outcome(int status, byte[] out, String err) {
    static Outcome rejected(Diagnostics diagnostics) {
      String shown = DiagnosticRenderer.render(diagnostics.all(), DiagnosticRenderer.Colour.PLAIN);
      return new Outcome(1, new byte[0], shown);
    }
  }

  static final CompileOptions OPTIONS = CompileOptions.host(OptLevel.NONE);

  private static final Duration JVM_START = Duration.ofSeconds(20);

  abstract Outcome run(Path root, String stdin, Path work) throws Exception;

  /** Something done with a compilation and what it prints. */
  interface Use<T> {
    T apply(Compilation compilation, ByteArrayOutputStream out) throws Exception;
  }

  /** Compiles on a thread with the stack that a compile needs. */
  static <T> T compile(Function<ByteArrayOutputStream, Compilation> start, Use<T> use)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FutureTask<T> task = new FutureTask<>(() -> use.apply(start.apply(out), out));
    Thread thread = new Thread(null, task, "compile", Main.COMPILE_STACK_BYTES);
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException("the compiler failed: " + e.getCause(), e.getCause());
    }
  }

  /** What `sx run` prints between compile-time output and the program's own (cli.run.6). */
  private static void separate(Compilation compilation, ByteArrayOutputStream out)
      throws IOException {
    if (compilation.hasFlatRunStatement()) {
      out.write("--- build done ---\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
