package sx.driver;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import sx.llvm.OptLevel;

/** {@code sx ir-dump} (cli.out.2). */
@Command(
    name = "ir-dump",
    description = "Print the compiler's own intermediate code to standard output.")
final class IrDumpCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private CompileArguments arguments = new CompileArguments();

  @Spec private CommandSpec spec = CommandSpec.create();

  IrDumpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path file = arguments.file(spec);
    CompileOptions options = arguments.options(OptLevel.NONE, LinkOptions.DEFAULT);
    Optional<Build> build = Build.of(file, options, arguments.time(), console);
    if (build.isEmpty()) {
      return ExitStatus.ERROR;
    }
    if (build.get().check(file)) {
      console.out().print(build.get().compilation().irText());
      console.out().flush();
    }
    return build.get().finish();
  }
}
