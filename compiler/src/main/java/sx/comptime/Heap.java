package sx.comptime;

/**
 * The {@code malloc} of one evaluation (ct.env.3): everything goes away with the evaluation. Blocks
 * carry a header of 16 bytes with their capacity and state; free blocks of one size class form a
 * list.
 */
final class Heap {
  private static final int HEADER = 16;
  private static final int CLASSES = 256;
  private static final long LIVE = 0x6c69_7665_6c69_7665L;
  private static final long FREE = 0x6672_6565_6672_6565L;

  private final long start;
  private final long end;
  private final long limit;
  private final long[] free = new long[CLASSES];
  private long top;

  /**
   * @param limit how many bytes may be used, also when there is room for more
   */
  Heap(long start, long end, long limit) {
    this.start = start;
    this.end = Math.min(end, start + limit);
    this.limit = limit;
    this.top = start;
  }

  /** The end of what was ever used. */
  long top() {
    return top;
  }

  /** Memory without header, zeroed, never freed. */
  long permanent(long bytes, long align) {
    long at = Memory.roundUp(top, Math.max(align, 1));
    claim(at, bytes);
    return at;
  }

  long allocate(long bytes) {
    if (bytes < 0 || bytes > limit) {
      claim(top, limit + 1);
    }
    int sizeClass = sizeClass(bytes);
    long block = free[sizeClass];
    if (block != 0) {
      free[sizeClass] = Raw.getLong(block);
      Raw.putLong(block - 8, LIVE);
      return block;
    }
    return allocate(capacity(sizeClass), 16);
  }

  long allocateZeroed(long bytes) {
    long block = allocate(bytes);
    Raw.fill(block, bytes, (byte) 0);
    return block;
  }

  /** A block whose address is a multiple of a power of two. */
  long allocate(long bytes, long align) {
    long block = Memory.roundUp(top + HEADER, Math.max(align, 16));
    claim(block, bytes);
    Raw.putLong(block - 16, bytes);
    Raw.putLong(block - 8, LIVE);
    return block;
  }

  /** Whether an address belongs to this heap rather than to the C library. */
  boolean owns(long address) {
    return address >= start && address < top;
  }

  void free(long block) {
    requireLive(block, "free");
    Raw.putLong(block - 8, FREE);
    int sizeClass = sizeClass(Raw.getLong(block - 16));
    if (capacity(sizeClass) == Raw.getLong(block - 16)) {
      Raw.putLong(block, free[sizeClass]);
      free[sizeClass] = block;
    }
  }

  long reallocate(long block, long bytes) {
    requireLive(block, "realloc");
    long old = Raw.getLong(block - 16);
    if (bytes <= old) {
      return block;
    }
    long moved = allocate(bytes);
    Raw.copy(moved, block, old);
    free(block);
    return moved;
  }

  long usableSize(long block) {
    requireLive(block, "malloc_usable_size");
    return Raw.getLong(block - 16);
  }

  private void requireLive(long block, String operation) {
    if (!owns(block) || (block & 15) != 0 || Raw.getLong(block - 8) != LIVE) {
      boolean twice = owns(block) && Raw.getLong(block - 8) == FREE;
      throw new Trap(operation + (twice ? " of a block freed before" : " of no allocated block"));
    }
  }

  private void claim(long at, long bytes) {
    if (bytes < 0 || at > end || bytes > end - at) {
      throw new Trap("the memory limit of " + limit + " bytes is exceeded");
    }
    top = at + bytes;
  }

  /** Four classes for each doubling from 16 up. */
  private static int sizeClass(long bytes) {
    int sizeClass = 0;
    while (capacity(sizeClass) < bytes) {
      sizeClass++;
    }
    return sizeClass;
  }

  private static long capacity(int sizeClass) {
    long doubling = 16L << (sizeClass / 4);
    return Memory.roundUp(doubling + doubling / 4 * (sizeClass % 4), 16);
  }
}
