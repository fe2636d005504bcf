package sx.lower;

import java.util.List;
import java.util.TreeMap;
import sx.ir.Data;

/** Bytes under construction, little-endian, with relocations. */
final class Image {
  private final byte[] bytes;
  private final TreeMap<Long, Data.Relocation> relocations = new TreeMap<>();

  Image(long size) {
    bytes = new byte[Math.toIntExact(size)];
  }

  /** Writes the low bytes of a number; an address that was written before stays. */
  void put(long at, long size, long value) {
    if (relocations.containsKey(at)) {
      return;
    }
    for (int i = 0; i < size; i++) {
      bytes[(int) at + i] = (byte) (value >> (8 * i));
    }
  }

  void put(long at, byte[] content) {
    System.arraycopy(content, 0, bytes, (int) at, content.length);
  }

  void relocate(long at, Data.Symbol target, long addend) {
    for (int i = 0; i < 8; i++) {
      bytes[(int) at + i] = 0;
    }
    relocations.put(at, new Data.Relocation(at, target, addend));
  }

  Data toData() {
    return new Data(bytes, List.copyOf(relocations.values()));
  }
}
