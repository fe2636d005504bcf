package sx.driver;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sx.llvm.OptLevel;

/** Where the process starts and ends. */
public final class Main {
  /** The stack of the thread that compiles. What nests deeper than it allows has a named limit. */
  public static final long COMPILE_STACK_BYTES = 512L << 20;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    StandardOutput out = new StandardOutput();
    Console console =
        new Console(
            stream(out),
            stream(new FileOutputStream(FileDescriptor.err)),
            Console.colour(System.getenv(), Console.isTerminal(2)));
    int[] status = {ExitStatus.ERROR};
    Thread work =
        new Thread(
            null, () -> status[0] = run(List.of(args), console), "compile", COMPILE_STACK_BYTES);
    work.start();
    work.join();
    console.out().flush();
    int settled = out.settle(status[0], console);
    console.err().flush();
    System.exit(settled);
  }

  /** Carries out one command line; the answer is the exit status (cli.exit.1). */
  public static int run(List<String> args, Console console) {
    try {
      // The most frequent command line does without picocli, which needs 50 ms to start.
      Optional<RunArguments> plain = RunArguments.plain(args);
      return plain.isPresent() ? run(plain.get(), console) : CommandLineTool.execute(args, console);
    } catch (Throwable fault) {
      Faults.report(fault, console);
      return ExitStatus.ERROR;
    }
  }

  private static int run(RunArguments words, Console console)
      throws IOException, InterruptedException {
    return new ProgramRun(console, words.program(), false, true)
        .run(Path.of(words.own().getFirst()), CompileOptions.host(OptLevel.NONE), false);
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(new BufferedOutputStream(out, 1 << 13), false, StandardCharsets.UTF_8);
  }
}
