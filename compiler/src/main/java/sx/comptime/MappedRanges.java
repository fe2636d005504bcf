package sx.comptime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses of this process can be read and written, so that a wild pointer in evaluated code
 * is an error and not the end of the compiler. Asks the system when an address is not known.
 */
final class MappedRanges {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private record Range(long start, long end, boolean writable) {}

  private List<Range> ranges = List.of();
  private Range last = new Range(0, 0, false);

  boolean allows(long address, long bytes, boolean write) {
    if (within(last, address, bytes, write) || find(address, bytes, write)) {
      return true;
    }
    ranges = read();
    return find(address, bytes, write);
  }

  private boolean find(long address, long bytes, boolean write) {
    for (Range r : ranges) {
      if (within(r, address, bytes, write)) {
        last = r;
        return true;
      }
    }
    return false;
  }

  private static boolean within(Range r, long address, long bytes, boolean write) {
    return address >= r.start
        && address < r.end
        && bytes <= r.end - address
        && (r.writable || !write);
  }

  /** Adjacent readable ranges are joined when they allow the same. */
  private static List<Range> read() {
    List<Range> found = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(MAPS)) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        if (line.charAt(space + 1) != 'r') {
          continue;
        }
        long start = Long.parseUnsignedLong(line.substring(0, dash), 16);
        long end = Long.parseUnsignedLong(line.substring(dash + 1, space), 16);
        boolean writable = line.charAt(space + 2) == 'w';
        if (!found.isEmpty()
            && found.getLast().end == start
            && found.getLast().writable == writable) {
          start = found.removeLast().start;
        }
        found.add(new Range(start, end, writable));
      }
    } catch (IOException e) {
      return List.of(new Range(0, Long.MAX_VALUE, true));
    }
    return found;
  }
}
