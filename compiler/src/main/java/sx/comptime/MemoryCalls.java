package sx.comptime;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/** The memory functions of C, on the evaluation's own heap (ct.env.3). */
final class MemoryCalls {
  private MemoryCalls() {}

  static void addTo(Map<String, HostFunction> services) {
    services.put("malloc", (e, a) -> e.heap().allocate(a[0]));
    services.put("calloc", (e, a) -> e.heap().allocateZeroed(product(a[0], a[1])));
    services.put("realloc", MemoryCalls::reallocate);
    services.put("free", MemoryCalls::free);
    services.put("aligned_alloc", (e, a) -> e.heap().allocate(a[1], a[0]));
    services.put("memalign", (e, a) -> e.heap().allocate(a[1], a[0]));
    services.put("posix_memalign", MemoryCalls::alignedInto);
    services.put("malloc_usable_size", (e, a) -> a[0] == 0 ? 0 : e.heap().usableSize(a[0]));
    services.put("memcpy", MemoryCalls::copy);
    services.put("memmove", MemoryCalls::copy);
    services.put("memset", MemoryCalls::fill);
    services.put("memcmp", MemoryCalls::compare);
    services.put("strlen", (e, a) -> length(e, a[0]));
  }

  /** The product, or -1 if that is too large for any block. */
  private static long product(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 ? a * b : -1;
  }

  private static long reallocate(Evaluation e, long[] a) {
    return a[0] == 0 ? e.heap().allocate(a[1]) : e.heap().reallocate(a[0], a[1]);
  }

  private static long free(Evaluation e, long[] a) {
    if (e.heap().owns(a[0])) {
      e.heap().free(a[0]);
    } else if (a[0] != 0 && e.vm().memory().contains(a[0])) {
      throw new Trap("free of no allocated block");
    } else if (a[0] != 0) {
      e.requireAccess(a[0], 1, false);
    }
    // Else the C library allocated it: it stays, since other parts of the process may refer to it.
    return 0;
  }

  private static long alignedInto(Evaluation e, long[] a) {
    e.requireAccess(a[0], 8, true);
    Raw.putLong(a[0], e.heap().allocate(a[2], a[1]));
    return 0;
  }

  private static long copy(Evaluation e, long[] a) {
    e.requireAccess(a[0], a[2], true);
    e.requireAccess(a[1], a[2], false);
    Raw.copy(a[0], a[1], a[2]);
    return a[0];
  }

  private static long fill(Evaluation e, long[] a) {
    e.requireAccess(a[0], a[2], true);
    Raw.fill(a[0], a[2], (byte) a[1]);
    return a[0];
  }

  private static long compare(Evaluation e, long[] a) {
    e.requireAccess(a[0], a[2], false);
    e.requireAccess(a[1], a[2], false);
    MemorySegment left = MemorySegment.ofAddress(a[0]).reinterpret(a[2]);
    MemorySegment right = MemorySegment.ofAddress(a[1]).reinterpret(a[2]);
    long at = left.mismatch(right);
    return at < 0 ? 0 : (Raw.getByte(a[0] + at) & 0xff) - (Raw.getByte(a[1] + at) & 0xff);
  }

  /** The length of a C string. */
  static long length(Evaluation e, long start) {
    long n = 0;
    while (true) {
      if ((start + n & 0xfff) == 0 || n == 0) {
        e.requireAccess(start + n, 1, false);
      }
      if (Raw.getByte(start + n) == 0) {
        return n;
      }
      n++;
    }
  }
}
