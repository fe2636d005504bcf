package sx.driver;

import java.nio.file.Path;
import java.util.List;
import sx.llvm.OptLevel;
import sx.type.Target;

/**
 * Everything besides the sources that decides what a compilation produces.
 *
 * @param target what the program is built for
 * @param opt how much the optimizer does
 * @param libraryPath directories that hold {@code modules/}, in order of search (cli.path.2)
 * @param emitDebug whether debug information is made
 * @param traces whether the program keeps return traces (err.trace.5)
 * @param link how the program is linked
 */
public record CompileOptions(
    Target target,
    OptLevel opt,
    List<Path> libraryPath,
    boolean emitDebug,
    boolean traces,
    LinkOptions link) {

  /** A compilation for the host at an optimization level, with everything else as by default. */
  public static CompileOptions host(OptLevel opt) {
    return new CompileOptions(
        Target.host(), opt, LibraryPath.find(), opt.isLow(), opt.isLow(), LinkOptions.DEFAULT);
  }
}
