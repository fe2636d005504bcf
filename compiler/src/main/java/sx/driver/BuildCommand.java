package sx.driver;

import java.nio.file.Files;
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

/** {@code sx build} (cli.build). */
@Command(name = "build", description = "Compile and produce an executable.")
final class BuildCommand implements Callable<Integer> {
  private static final Path OBJECT = Path.of(".sx-tmp", "main.o");

  private final Console console;

  @Mixin private CompileArguments arguments = new CompileArguments();
  @Mixin private CompileArguments.Linking linking = new CompileArguments.Linking();

  @Option(
      names = "-o",
      paramLabel = "PATH",
      converter = CompileArguments.OutputConverter.class,
      description = "Output path. Default: the name of FILE without .sx, in this directory.")
  private @Nullable Path out;

  @Option(
      names = "--emit-obj",
      description = "Keep the object file, with debug information, at .sx-tmp/main.o.")
  private boolean emitObject;

  @Option(
      names = "--cache",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = "Reuse what an identical compilation made. Default: no.")
  private boolean cache;

  @Spec private CommandSpec spec = CommandSpec.create();

  BuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path file = arguments.file(spec);
    CompileOptions options =
        arguments.options(emitObject ? OptLevel.NONE : OptLevel.DEFAULT, linking.options());
    Path place = out == null ? Path.of(stem(file)) : out;
    Optional<Build> started = Build.of(file, options, arguments.time(), console);
    if (started.isEmpty()) {
      return ExitStatus.ERROR;
    }
    Optional<BuildCache> programs =
        cache && !emitObject && (Files.isRegularFile(place) || !Files.exists(place))
            ? BuildCache.of(Launcher.ofProcess(), file, options)
            : Optional.empty();
    if (programs.isPresent() && programs.get().reuse(place)) {
      return compiled(place);
    }
    Preparation.begin();
    Build build = started.get();
    Compilation compilation = build.compilation();
    boolean written =
        build.check(file)
            && compilation.requireMain()
            && (!emitObject || build.write(OBJECT, compilation::object))
            && build.write(place, compilation::executable);
    int status = build.finish();
    if (!written || status != ExitStatus.OK) {
      return ExitStatus.ERROR;
    }
    if (compilation.cacheable()) {
      programs.ifPresent(cached -> cached.keep(compilation, place));
    }
    return compiled(place);
  }

  private int compiled(Path place) {
    console.err().println("compiled: " + place);
    console.err().flush();
    return ExitStatus.OK;
  }

  /** The name of a source file without directory and {@code .sx}. */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".sx") && name.length() > 3 ? name.substring(0, name.length() - 3) : name;
  }
}
