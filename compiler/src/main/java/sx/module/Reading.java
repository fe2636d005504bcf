package sx.module;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes files of the library as they are read. The compiler itself changes nothing; those who use
 * it from Java may.
 */
@FunctionalInterface
public interface Reading {
  /** Leaves everything as it is. */
  Reading PLAIN = file -> Optional.empty();

  /**
   * What becomes of the bytes of a library file; nothing for a file that stays as it is. A changed
   * file has no part in what compilations share.
   */
  Optional<UnaryOperator<byte[]>> change(Path file);
}
