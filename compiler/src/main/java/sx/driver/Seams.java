package sx.driver;

import java.util.function.Predicate;
import sx.lower.Rewrite;
import sx.module.Reading;
import sx.source.Diagnostic;

/**
 * Where a user of the Java API may reach between the stages of a compilation. The command line
 * offers no way to them.
 *
 * @param reading changes library files as they are read
 * @param rewrite changes functions on their way through lowering
 * @param heeds whether a diagnostic counts; those that do not are lost
 */
public record Seams(Reading reading, Rewrite rewrite, Predicate<Diagnostic> heeds) {
  /** The compiler as it is. */
  public static final Seams NONE = new Seams(Reading.PLAIN, Rewrite.NONE, d -> true);

  /** Reads all files as they are. */
  public Seams(Rewrite rewrite, Predicate<Diagnostic> heeds) {
    this(Reading.PLAIN, rewrite, heeds);
  }
}
