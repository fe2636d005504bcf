package sx.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import sx.llvm.OptLevel;
import sx.type.Target;

/** The options and the file that every command which compiles takes (cli.opt). */
final class CompileArguments {
  private static final String TARGETS =
      "linux, linux-x86, linux-arm, linux-musl, linux-musl-arm, or a triple of one of these";

  @Option(
      names = "--target",
      paramLabel = "T",
      completionCandidates = TargetNames.class,
      converter = TargetConverter.class,
      description = "Target: " + TARGETS + ". Default: the host.")
  private @Nullable Target target;

  @Option(
      names = "--opt",
      paramLabel = "L",
      completionCandidates = OptLevelNames.class,
      converter = OptLevelConverter.class,
      description = "Optimization level: " + OptLevel.ALLOWED + ".")
  private @Nullable OptLevel opt;

  @Option(
      names = "--release-traces",
      description = "Record error return traces at every optimization level.")
  private boolean releaseTraces;

  @Option(names = "--time", description = "Print the time of each phase to standard error.")
  private boolean time;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      hideParamSyntax = true,
      description = "The program's root file; `test` takes several, and directories.")
  private List<Path> files = new ArrayList<>();

  /** The options of the commands that link. */
  static final class Linking {
    @Option(names = "-L", paramLabel = "DIR", description = "Library search directory, repeatable.")
    private List<Path> searchDirs = new ArrayList<>();

    @Option(
        names = "--linker",
        paramLabel = "CMD",
        description = "Link with this command. Default: the linker that comes with sx.")
    private @Nullable String linker;

    @Option(
        names = "--sysroot",
        paramLabel = "DIR",
        description = "Root for headers and libraries of the target.")
    private @Nullable Path sysroot;

    @Option(
        names = "--lflags",
        paramLabel = "FLAGS",
        description = "Extra linker flags, split at spaces, repeatable.")
    private List<String> flags = new ArrayList<>();

    LinkOptions options() {
      return new LinkOptions(
          Optional.ofNullable(linker),
          Optional.ofNullable(sysroot),
          List.copyOf(searchDirs),
          flags.stream()
              .flatMap(some -> Arrays.stream(some.split(" ")))
              .filter(flag -> !flag.isEmpty())
              .toList());
    }
  }

  /** The input file: the last word that is neither an option nor an option's value (cli.cmd.1). */
  Path file(CommandSpec command) {
    if (files.isEmpty()) {
      throw new CommandLineTool.MissingFileException(command.commandLine());
    }
    return files.getLast();
  }

  /** All files and directories that are named. */
  List<Path> files(CommandSpec command) {
    file(command);
    return List.copyOf(files);
  }

  Target target() {
    return target == null ? Target.host() : target;
  }

  boolean hasOpt() {
    return opt != null;
  }

  boolean time() {
    return time;
  }

  /** What to compile with, where {@code fallback} is the level without {@code --opt}. */
  CompileOptions options(OptLevel fallback, LinkOptions link) {
    OptLevel level = opt == null ? fallback : opt;
    return new CompileOptions(
        target(), level, LibraryPath.find(), level.isLow(), level.isLow() || releaseTraces, link);
  }

  /** The value of {@code -o}. */
  static final class OutputConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      if (value.isEmpty()) {
        throw new TypeConversionException("the path is empty");
      }
      return Path.of(value);
    }
  }

  /** What a shell proposes for {@code --target}. */
  static final class TargetNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    TargetNames() {
      super(List.of("linux", "linux-x86", "linux-arm", "linux-musl", "linux-musl-arm"));
    }
  }

  /** What a shell proposes for {@code --opt}. */
  static final class OptLevelNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    OptLevelNames() {
      super(List.of(OptLevel.ALLOWED.split(", ")));
    }
  }

  /** The value of {@code --target}. */
  static final class TargetConverter implements ITypeConverter<Target> {
    @Override
    public Target convert(String value) {
      return Target.parse(value)
          .orElseThrow(
              () ->
                  new TypeConversionException("'" + value + "' is no target; allowed: " + TARGETS));
    }
  }

  /** The value of {@code --opt}. */
  static final class OptLevelConverter implements ITypeConverter<OptLevel> {
    @Override
    public OptLevel convert(String value) {
      return OptLevel.parse(value)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + value + "' is no level; allowed: " + OptLevel.ALLOWED));
    }
  }
}
