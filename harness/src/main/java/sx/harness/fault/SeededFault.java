package sx.harness.fault;

import sx.driver.Seams;

/** Stub. */
public final class SeededFault {
  private SeededFault() {}

  /** Stub. */
  public record Seeding(Seams seams, boolean changed) {}

  public static Seeding seeding(String name) {
    return new Seeding(Seams.NONE, false);
  }
}
