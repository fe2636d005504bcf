package sx.comptime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The address range that evaluations work in: reserved at once, used page by page. The start holds
 * constants that live as long as the {@link Vm}; evaluations take the rest, a nested one behind the
 * one that it interrupts.
 *
 * <p>Addresses inside the range never fault. Others belong to the C library or are wrong.
 */
final class Memory implements AutoCloseable {
  private static final long PAGE = 4096;
  private static final long LARGEST = 64L << 30;
  private static final long SMALLEST = 64L << 20;
  private static final int READ_WRITE = 3;
  private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
  private static final int DONT_NEED = 4;

  private final long base;
  private final long size;
  private final long constantsEnd;
  private final MappedRanges foreign = new MappedRanges();
  private long constants;
  private boolean open = true;

  Memory() {
    long want = LARGEST;
    long got = map(want);
    while (got == -1 && want > SMALLEST) {
      want /= 2;
      got = map(want);
    }
    if (got == -1) {
      throw new Trap("no memory for compile-time evaluation");
    }
    base = got;
    size = want;
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

  /** Checks an access outside the own range. */
  void requireForeign(long address, long bytes, boolean write) {
    if (Long.compareUnsigned(address, PAGE) < 0) {
      throw new Trap("access through null");
    }
    if (!foreign.allows(address, bytes, write)) {
      throw new Trap("access to invalid address 0x" + Long.toHexString(address));
    }
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

  /** Gives the pages of a range back to the system; they read as zero afterwards. */
  void release(long from, long to) {
    long start = roundUp(from, PAGE);
    if (to > start) {
      discard(start, roundUp(to, PAGE) - start);
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      unmap(base, size);
    }
  }

  static long roundUp(long n, long align) {
    return (n + align - 1) & -align;
  }

  private static long map(long bytes) {
    try {
      return (long)
          Posix.MMAP.invokeExact(0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private static void discard(long start, long bytes) {
    try {
      int ignored = (int) Posix.MADVISE.invokeExact(start, bytes, DONT_NEED);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private static void unmap(long start, long bytes) {
    try {
      int ignored = (int) Posix.MUNMAP.invokeExact(start, bytes);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  /** The system calls that manage address space. */
  private static final class Posix {
    static final MethodHandle MMAP =
        handle(
            "mmap",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG));
    static final MethodHandle MUNMAP =
        handle(
            "munmap",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    static final MethodHandle MADVISE =
        handle(
            "madvise",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));

    private Posix() {}

    private static MethodHandle handle(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }
  }
}
