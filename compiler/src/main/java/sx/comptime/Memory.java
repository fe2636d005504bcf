package sx.comptime;

/**
 * The address range that evaluations work in: reserved at once, used page by page. The start holds
 * constants that live as long as the {@link Vm}; evaluations take the rest, a nested one behind the
 * one that it interrupts.
 *
 * <p>Addresses inside the range never fault. Others belong to the C library or are wrong.
 */
final class Memory implements AutoCloseable {
  private static final long PAGE = 4096;

  private final AddressSpace space = AddressSpace.reserve();
  private final long base = space.base();
  private final long size = space.size();
  private final long constantsEnd;
  private final MappedRanges foreign = new MappedRanges();
  private long constants;
  private boolean open = true;

  Memory() {
    constants = base + PAGE;
    constantsEnd = base + size / 16;
  }

  long base() {
    return base;
  }

  /** The length of the range in which any access of up to a page is harmless. */
  long size() {
    return size - PAGE;
  }

  /** An address {@code a} needs no check if {@code a - origin() < limit()}, as signed numbers. */
  long origin() {
    return base ^ Long.MIN_VALUE;
  }

  long limit() {
    return size() ^ Long.MIN_VALUE;
  }

  long evaluationsStart() {
    return constantsEnd;
  }

  long end() {
    return base + size - PAGE;
  }

  boolean contains(long address) {
    return Long.compareUnsigned(address - base, size()) < 0;
  }

  /** Zeroed memory that lives as long as the machine. */
  long constant(long bytes, long align) {
    long at = roundUp(constants, align);
    if (at + bytes > constantsEnd) {
      throw new Trap("the memory limit for constants of compile-time evaluation is exceeded");
    }
    constants = at + bytes;
    return at;
  }

  /** Checks the access of a scalar that lies outside the own range or is misaligned (ct.env.8). */
  void requireScalar(long address, int bytes, boolean write) {
    if (!contains(address)) {
      requireForeign(address, bytes, write);
    }
    requireAligned(address, bytes);
  }

  private static void requireAligned(long address, long alignment) {
    if ((address & (alignment - 1)) != 0) {
      throw new Trap(
          "access to misaligned address 0x"
              + Long.toHexString(address)
              + ", which is no multiple of "
              + alignment);
    }
  }

  /** Checks an access outside the own range. */
  void requireForeign(long address, long bytes, boolean write) {
    if (Long.compareUnsigned(address, PAGE) < 0) {
      throw new Trap("access through null");
    }
    if (!foreign.allows(address, bytes, write)) {
      throw new Trap("access to invalid address 0x" + Long.toHexString(address));
    }
  }

  /** Checks an access of any length anywhere to what needs an alignment. */
  void require(long address, long bytes, long alignment, boolean write) {
    require(address, bytes, write);
    requireAligned(address, alignment);
  }

  /** Checks an access of any length anywhere. */
  void require(long address, long bytes, boolean write) {
    if (bytes == 0) {
      return;
    }
    if (bytes < 0) {
      throw new Trap("access of negative length");
    }
    if (!contains(address)) {
      requireForeign(address, bytes, write);
    } else if (bytes > end() - address) {
      throw new Trap("access behind the end of memory");
    }
  }

  /** Clears a range of whole pages from {@code from} on that ends behind {@code to}. */
  void release(long from, long to) {
    long start = roundUp(from, PAGE);
    if (to > start) {
      space.clear(start, roundUp(to, PAGE) - start);
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      space.free();
    }
  }

  static long roundUp(long n, long align) {
    return (n + align - 1) & -align;
  }
}
