package sx.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says about linking (cli.link).
 *
 * @param linker the command to link with; empty for the linker that comes with the compiler
 * @param sysroot root for headers and libraries of the target
 * @param searchDirs directories of {@code -L}, in order
 * @param flags extra linker flags, already split at spaces
 */
public record LinkOptions(
    Optional<String> linker, Optional<Path> sysroot, List<Path> searchDirs, List<String> flags) {
  public static final LinkOptions DEFAULT =
      new LinkOptions(Optional.empty(), Optional.empty(), List.of(), List.of());
}
