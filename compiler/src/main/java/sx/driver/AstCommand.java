package sx.driver;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import sx.llvm.OptLevel;

/** {@code sx ast}: one file, parsed and printed; its imports are not read. */
@Command(name = "ast", description = "Print the syntax tree of one file to standard output.")
final class AstCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private CompileArguments arguments = new CompileArguments();

  @Spec private CommandSpec spec = CommandSpec.create();

  AstCommand(Console console) {
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
    build
        .get()
        .compilation()
        .ast(file)
        .ifPresent(
            text -> {
              console.out().print(text);
              console.out().flush();
            });
    return build.get().finish();
  }
}
