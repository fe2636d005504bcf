package sx.module;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sx.type.Target;

/**
 * What the loading of a program depends on besides its files.
 *
 * @param workingDirectory the second place to look for imports (mod.path.1), and what file names in
 *     diagnostics are relative to (mod.path.8)
 * @param libraryPath the library search directories, in order (mod.path.2)
 * @param target what the conditions of module-scope {@code inline if} compare with (mod.iif.3)
 * @param sysroot root of the target's C headers, if not that of this machine
 * @param maxSourceBytes the largest source file that is read
 * @param reading changes library files on their way in
 */
public record LoaderOptions(
    Path workingDirectory,
    List<Path> libraryPath,
    Target target,
    Optional<Path> sysroot,
    long maxSourceBytes,
    Reading reading) {
  public LoaderOptions {
    workingDirectory = workingDirectory.toAbsolutePath();
    libraryPath = libraryPath.stream().map(workingDirectory::resolve).toList();
  }
}
