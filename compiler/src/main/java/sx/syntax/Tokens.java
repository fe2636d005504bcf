package sx.syntax;

import java.util.Arrays;
import java.util.List;

/**
 * The tokens of one file as parallel arrays; the last one is END.
 *
 * @param kinds codes of {@link TokenKind}
 * @param starts byte offset of the first byte; for a raw name that of its first letter (lex.raw.8)
 * @param ends byte offset behind the last byte
 * @param links for an opening bracket the index of the token that closes it, or 0 if there is none;
 *     for a name or keyword an index into {@code names}; for an invalid token one into {@code
 *     faults}
 * @param names the distinct spellings of names and keywords
 * @param faults what is wrong with the invalid tokens
 */
@SuppressWarnings("ArrayRecordComponent") // read by index millions of times, compared never
record Tokens(
    byte[] kinds, int[] starts, int[] ends, int[] links, String[] names, List<String> faults) {

  /** Collects tokens; gives the arrays out without a copy. */
  static final class Builder {
    private byte[] kinds;
    private int[] starts;
    private int[] ends;
    private int[] links;
    private int count;

    Builder(int capacity) {
      kinds = new byte[capacity];
      starts = new int[capacity];
      ends = new int[capacity];
      links = new int[capacity];
    }

    int count() {
      return count;
    }

    void add(TokenKind kind, int start, int end, int link) {
      int at = count++;
      if (at == kinds.length) {
        grow();
      }
      kinds[at] = (byte) kind.code();
      starts[at] = start;
      ends[at] = end;
      links[at] = link;
    }

    void link(int token, int target) {
      links[token] = target;
    }

    int kindAt(int token) {
      return kinds[token];
    }

    private void grow() {
      int size = count * 2;
      kinds = Arrays.copyOf(kinds, size);
      starts = Arrays.copyOf(starts, size);
      ends = Arrays.copyOf(ends, size);
      links = Arrays.copyOf(links, size);
    }

    Tokens build(String[] names, List<String> faults) {
      return new Tokens(kinds, starts, ends, links, names, List.copyOf(faults));
    }
  }
}
