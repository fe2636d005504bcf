package sx.c;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The symbols of a relocatable object in the 64-bit little-endian form of ELF (System V ABI,
 * chapter 4).
 */
final class ElfSymbols {
  private static final int SECTIONS_OFFSET = 0x28;
  private static final int SECTION_SIZE = 0x3a;
  private static final int SECTION_COUNT = 0x3c;
  private static final int SYMTAB = 2;
  private static final int SYMBOL_SIZE = 24;
  private static final int GLOBAL = 1;
  private static final int WEAK = 2;

  private final Set<String> defined = new LinkedHashSet<>();
  private final Set<String> undefined = new LinkedHashSet<>();
  private final ByteBuffer elf;

  ElfSymbols(byte[] object) {
    elf = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
    int sections = Math.toIntExact(elf.getLong(SECTIONS_OFFSET));
    int size = elf.getShort(SECTION_SIZE);
    for (int i = 0; i < elf.getShort(SECTION_COUNT); i++) {
      int section = sections + i * size;
      if (elf.getInt(section + 4) == SYMTAB) {
        int names = sections + elf.getInt(section + 0x28) * size;
        symbols(
            Math.toIntExact(elf.getLong(section + 0x18)),
            Math.toIntExact(elf.getLong(section + 0x20)),
            Math.toIntExact(elf.getLong(names + 0x18)));
      }
    }
  }

  private void symbols(int start, int length, int names) {
    for (int at = start; at < start + length; at += SYMBOL_SIZE) {
      int binding = (elf.get(at + 4) & 0xff) >> 4;
      boolean elsewhere = elf.getShort(at + 6) == 0;
      if (binding == GLOBAL || (binding == WEAK && elsewhere)) {
        (elsewhere ? undefined : defined).add(name(names + elf.getInt(at)));
      }
    }
  }

  private String name(int start) {
    int end = start;
    while (elf.get(end) != 0) {
      end++;
    }
    return new String(elf.array(), start, end - start, StandardCharsets.UTF_8);
  }

  Set<String> defined() {
    return defined;
  }

  Set<String> undefined() {
    return undefined;
  }
}
