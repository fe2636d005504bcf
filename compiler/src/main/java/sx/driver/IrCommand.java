package sx.driver;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import sx.llvm.OptLevel;

/** {@code sx ir} (cli.out.1). */
@Command(name = "ir", description = "Print the LLVM IR of the program to standard output.")
final class IrCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private CompileArguments arguments = new CompileArguments();

  @Spec private CommandSpec spec = CommandSpec.create();

  IrCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path file = arguments.file(spec);
    CompileOptions options = arguments.options(OptLevel.DEFAULT, LinkOptions.DEFAULT);
    Optional<Build> build = Build.of(file, options, arguments.time(), console);
    if (build.isEmpty()) {
      return ExitStatus.ERROR;
    }
    Preparation.begin();
    if (build.get().check(file)) {
      console.out().print(build.get().compilation().llvmText());
      console.out().flush();
    }
    return build.get().finish();
  }
}
