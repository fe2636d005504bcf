package sx.link;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sx.type.Target;

/**
 * One link.
 *
 * @param objects in the order in which the linker sees them
 * @param output the executable; its directory is made if it does not exist
 * @param libraries names as in {@code -lname}
 * @param searchDirs directories of {@code -L}
 * @param flags further flags of a linker driver, already split at spaces
 * @param linker a linker driver such as {@code cc}, possibly with arguments; empty for the linker
 *     that comes with LLVM
 * @param sysroot root of the target's libraries
 */
public record LinkRequest(
    Target target,
    List<Path> objects,
    Path output,
    List<String> libraries,
    List<Path> searchDirs,
    List<String> flags,
    Optional<String> linker,
    Optional<Path> sysroot) {
  /** A plain link of objects with the C library. */
  public static LinkRequest of(Target target, List<Path> objects, Path output) {
    return new LinkRequest(
        target,
        objects,
        output,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
