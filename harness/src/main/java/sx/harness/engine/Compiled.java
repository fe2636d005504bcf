package sx.harness.engine;

import java.util.List;

/** What a compiler said to a source. */
public sealed interface Compiled {
  /**
   * It made an artifact, at {@link Job#artifact}, or accepted the source where none is asked for.
   *
   * @param printed what came on standard output meanwhile, and must precede the program's own
   * @param code the code, for the engines that ask for it
   */
  record Built(byte[] printed, String code) implements Compiled {}

  /**
   * It found errors.
   *
   * @param places {@code line:column} each, in the order in which they were shown; with the file in
   *     front if it is not the root file; {@code -} for an error without a place
   * @param text the diagnostics in full
   */
  record Rejected(List<String> places, String text) implements Compiled {}

  /** It failed itself. */
  record Broken(String why) implements Compiled {}
}
