package sx.comptime;

import sx.source.Span;

/**
 * One call of a compile-time stack trace.
 *
 * @param function the name of the function
 * @param place where it was: at the failing operation, or at the call of the entry before
 */
public record TraceEntry(String function, Span place) {
  /** {@code name at file:line:column}. */
  @Override
  public String toString() {
    return function + " at " + place;
  }
}
