package sx.comptime;

/**
 * An address that one operation can compute while it accesses memory: {@code base + disp} or {@code
 * base + disp + index * scale}.
 *
 * @param base a virtual register or {@link Micro#FRAME}
 * @param index a virtual register or -1
 */
record Place(int base, int disp, int index, int scale) {
  private static final long REACH = 1L << 30;

  static Place at(int base) {
    return new Place(base, 0, -1, 1);
  }

  static Place inFrame(long offset) {
    return new Place(Micro.FRAME, (int) offset, -1, 1);
  }

  boolean isFrame() {
    return base == Micro.FRAME;
  }

  boolean isIndexed() {
    return index >= 0;
  }

  /** Whether {@link #plus} can take this distance. */
  boolean reaches(long bytes) {
    return Math.abs(disp + bytes) < REACH;
  }

  Place plus(long bytes) {
    return new Place(base, (int) (disp + bytes), index, scale);
  }

  /** Whether {@link #indexed} is possible. */
  boolean takesIndex(long bytes) {
    return !isFrame() && !isIndexed() && bytes < REACH;
  }

  Place indexed(int register, long bytes) {
    return new Place(base, disp, register, (int) bytes);
  }
}
