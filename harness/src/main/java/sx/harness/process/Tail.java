package sx.harness.process;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** What a process writes to one of its streams, as far as it is kept. */
final class Tail {
  private final int limit;
  private final boolean head;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long all;

  /**
   * @param limit how many bytes to keep
   * @param head whether the first ones are kept, or the last ones
   */
  Tail(int limit, boolean head) {
    this.limit = limit;
    this.head = head;
  }

  void add(MemorySegment buffer, int length) {
    byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    all += length;
    if (head) {
      kept.write(bytes, 0, Math.min(length, limit - kept.size()));
      return;
    }
    kept.write(bytes, 0, length);
    if (kept.size() > 2 * limit) {
      byte[] last = bytes();
      kept.reset();
      kept.write(last, 0, last.length);
    }
  }

  /** How many bytes there were, kept or not. */
  long all() {
    return all;
  }

  byte[] bytes() {
    byte[] some = kept.toByteArray();
    return some.length <= limit ? some : Arrays.copyOfRange(some, some.length - limit, some.length);
  }
}
