package sx.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;

/** Expectations that do not hold yet: the commit that mends a bug takes its mark away. */
final class KnownBug {
  private KnownBug() {}

  /** Fails if the expectation holds. */
  static void expect(String bug, Executable expectation) {
    assertThrows(AssertionFailedError.class, expectation, "mended: " + bug);
  }
}
