package sx.driver;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sx.llvm.OptLevel;

/** {@code sx asm} (cli.out.2). */
@Command(name = "asm", description = "Write the program's assembly to a file.")
final class AsmCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private CompileArguments arguments = new CompileArguments();

  @Option(
      names = "-o",
      paramLabel = "PATH",
      converter = CompileArguments.OutputConverter.class,
      description = "Output path.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  AsmCommand(Console console) {
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
    Path place = out == null ? Path.of(BuildCommand.stem(file) + ".s") : out;
    boolean written =
        build.get().check(file) && build.get().write(place, build.get().compilation()::assembly);
    int status = build.get().finish();
    return written ? status : ExitStatus.ERROR;
  }
}
