package sx.comptime;

import sx.source.Span;

/**
 * One operation of {@link Op} before registers have their places. Registers are virtual: those of
 * the IR, then further ones. {@link #FRAME} stands for the frame's native area where an operation
 * allows it.
 */
final class Micro {
  static final int FRAME = -1;
  static final int NO_RESULT = -1;
  static final int[] NONE = {};

  final int op;
  final int[] numbers;
  final int[] sources;
  final int[] targets;
  final Span span;

  /** Whether it may be left out when nothing uses its result. */
  final boolean pure;

  int result;
  boolean dropped;

  Micro(int op, int result, int[] numbers, int[] sources, int[] targets, boolean pure, Span span) {
    this.op = op;
    this.result = result;
    this.numbers = numbers;
    this.sources = sources;
    this.targets = targets;
    this.pure = pure;
    this.span = span;
  }

  boolean reads(int register) {
    for (int s : sources) {
      if (s == register) {
        return true;
      }
    }
    return false;
  }
}
