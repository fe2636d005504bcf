package sx.syntax;

import java.util.Arrays;

/**
 * The spellings of one file, each held once, with the keywords already in. Equal identifiers get
 * one index and so share one String.
 */
final class NameTable {
  private static final NameTable KEYWORDS = keywords();

  private String[] texts;
  private int[] hashes;
  private byte[] kinds;
  private int[] slots;
  private int count;

  private NameTable(String[] texts, int[] hashes, byte[] kinds, int[] slots, int count) {
    this.texts = texts;
    this.hashes = hashes;
    this.kinds = kinds;
    this.slots = slots;
    this.count = count;
  }

  /** A table that knows the keywords and nothing else. */
  static NameTable create() {
    NameTable k = KEYWORDS;
    return new NameTable(
        k.texts.clone(), k.hashes.clone(), k.kinds.clone(), k.slots.clone(), k.count);
  }

  private static NameTable keywords() {
    NameTable table = new NameTable(new String[256], new int[256], new byte[256], new int[512], 0);
    for (TokenKind kind : TokenKind.ALL) {
      if (kind.isKeyword()) {
        byte[] text = kind.text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        table.kinds[table.index(text, 0, text.length, hash(text, 0, text.length))] =
            (byte) kind.code();
      }
    }
    return table;
  }

  /** The hash that {@link #index} expects: 31-fold over the bytes. */
  private static int hash(byte[] bytes, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash;
  }

  /** The index of the spelling in {@code bytes[start..end)}, which is entered if it is new. */
  int index(byte[] bytes, int start, int end, int hash) {
    int mask = slots.length - 1;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (hashes[entry] == hash && same(texts[entry], bytes, start, end)) {
        return entry;
      }
      slot = slot + 1 & mask;
    }
    return enter(slot, bytes, start, end, hash);
  }

  /** The code of the token kind that a spelling has: a keyword or NAME. */
  int kind(int index) {
    return kinds[index];
  }

  String[] texts() {
    return texts;
  }

  private int enter(int slot, byte[] bytes, int start, int end, int hash) {
    if (count == texts.length) {
      texts = Arrays.copyOf(texts, count * 2);
      hashes = Arrays.copyOf(hashes, count * 2);
      kinds = Arrays.copyOf(kinds, count * 2);
    }
    int entry = count++;
    texts[entry] =
        new String(bytes, start, end - start, java.nio.charset.StandardCharsets.ISO_8859_1);
    hashes[entry] = hash;
    kinds[entry] = (byte) TokenKind.NAME.code();
    slots[slot] = entry + 1;
    if (count * 2 > slots.length) {
      rehash();
    }
    return entry;
  }

  private void rehash() {
    int[] wider = new int[slots.length * 2];
    int mask = wider.length - 1;
    for (int entry = 0; entry < count; entry++) {
      int slot = (hashes[entry] ^ hashes[entry] >>> 15) & mask;
      while (wider[slot] != 0) {
        slot = slot + 1 & mask;
      }
      wider[slot] = entry + 1;
    }
    slots = wider;
  }

  private static boolean same(String text, byte[] bytes, int start, int end) {
    int length = end - start;
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != (char) bytes[start + i]) {
        return false;
      }
    }
    return true;
  }
}
