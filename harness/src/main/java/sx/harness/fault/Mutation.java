package sx.harness.fault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a seeded fault changes. */
sealed interface Mutation {
  /** The IR of the program's own functions. */
  record Ir(IrFault fault) implements Mutation {}

  /** The IR of all instances of a generic function but the first. */
  record LaterInstances(IrFault fault) implements Mutation {}

  /** The typed tree of the program's own functions. */
  record Typed(TreeFault fault) implements Mutation {}

  /**
   * A file of the library, named from its modules on, in which the text that stands there once is
   * replaced.
   */
  record Library(String file, String text, String replacement) implements Mutation {
    boolean concerns(Path path) {
      return path.endsWith(Path.of("library", "modules").resolve(file));
    }

    /**
     * @throws IllegalStateException if the text does not stand there just once
     */
    byte[] change(byte[] bytes) {
      String source = new String(bytes, StandardCharsets.UTF_8);
      int at = source.indexOf(text);
      if (at < 0 || source.indexOf(text, at + 1) >= 0) {
        throw new IllegalStateException(file + " does not have this once: " + text);
      }
      String changed = source.substring(0, at) + replacement + source.substring(at + text.length());
      return changed.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Errors whose message matches are lost: a check that is not made. */
  record Silence(Pattern message) implements Mutation {}
}
