package sx.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sx.llvm.OptLevel;

/** The options of {@code sx run}. */
@Command(
    name = "run",
    description = {
      "Compile and execute at once.",
      "Words after FILE, or behind --, are the program's arguments."
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;
  private List<String> programArguments = List.of();

  @Mixin private CompileArguments arguments = new CompileArguments();
  @Mixin private CompileArguments.Linking linking = new CompileArguments.Linking();

  @Option(names = "--jit", description = "Execute in the compiler's own process.")
  private boolean jit;

  @Option(
      names = "--cache",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Reuse what an identical compilation made. Default: yes.")
  private boolean cache = true;

  @Spec private CommandSpec spec = CommandSpec.create();

  RunCommand(Console console) {
    this.console = console;
  }

  /** What the program gets as its arguments. */
  void programArguments(List<String> words) {
    programArguments = List.copyOf(words);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = arguments.file(spec);
    if (!arguments.target().isHost()) {
      throw new ParameterException(
          spec.commandLine(),
          "cannot run a program for --target "
              + arguments.target().triple()
              + " on this machine; `sx build` makes it");
    }
    return new ProgramRun(console, programArguments, jit, cache)
        .run(file, arguments.options(OptLevel.NONE, linking.options()), arguments.time());
  }
}
