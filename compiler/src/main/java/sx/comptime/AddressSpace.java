package sx.comptime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses that is reserved at once and gets memory from the system page by page, when
 * a page is first touched; it reads as zero.
 *
 * <p>A block from {@code malloc} is such a range, since blocks of this size come straight from
 * {@code mmap}. Where {@code malloc} gives no large one, as where memory may not be overcommitted,
 * the range is mapped without a claim on memory. Binding {@code mmap} and its like takes a cold JVM
 * 10 ms each, so they are bound where one is needed.
 */
final class AddressSpace {
  private static final long PAGE = 4096;
  private static final long LARGEST = 64L << 30;
  private static final long SUFFICIENT = 8L << 30;
  private static final long SMALLEST = 64L << 20;

  /** Up to this size pages are cleared by writing zeros. */
  private static final long MAX_FILLED = 1L << 20;

  private static final int READ_WRITE = 3;
  private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
  private static final int DONT_NEED = 4;

  private final long base;
  private final long size;
  private final @Nullable Pointer block;

  private AddressSpace(long base, long size, @Nullable Pointer block) {
    this.base = base;
    this.size = size;
    this.block = block;
  }

  /**
   * Reserves as much as the system gives, up to 64 GiB.
   *
   * @throws Trap if it gives too little
   */
  static AddressSpace reserve() {
    if (!fillsBlocks()) {
      for (long want = LARGEST; want >= SUFFICIENT; want /= 2) {
        Pointer block = Pointer.malloc(want + PAGE);
        if (block != null && !block.isNull()) {
          return new AddressSpace(Memory.roundUp(block.address(), PAGE), want, block);
        }
      }
    }
    for (long want = LARGEST; want >= SMALLEST; want /= 2) {
      long got = map(want);
      if (got != -1) {
        return new AddressSpace(got, want, null);
      }
    }
    throw new Trap("no memory for compile-time evaluation");
  }

  /** Whether {@code malloc} was told to write to what it gives out (mallopt(3), M_PERTURB). */
  private static boolean fillsBlocks() {
    String tunables = System.getenv("GLIBC_TUNABLES");
    return System.getenv("MALLOC_PERTURB_") != null
        || (tunables != null && tunables.contains("perturb"));
  }

  /** The first address, that of a page. */
  long base() {
    return base;
  }

  /** How many bytes there are, whole pages. */
  long size() {
    return size;
  }

  /** Makes whole pages read as zero again; many of them go back to the system. */
  void clear(long start, long bytes) {
    if (bytes <= MAX_FILLED) {
      Raw.fill(start, bytes, (byte) 0);
    } else {
      discard(start, bytes);
    }
  }

  /** Gives all of it back. */
  void free() {
    if (block == null) {
      unmap(base, size);
    } else {
      Pointer.free(block);
    }
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
      int ignored = (int) Advice.MADVISE.invokeExact(start, bytes, DONT_NEED);
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

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
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

    private Posix() {}
  }

  /** Bound apart from the others, which are needed more rarely. */
  private static final class Advice {
    static final MethodHandle MADVISE =
        handle(
            "madvise",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));

    private Advice() {}
  }
}
