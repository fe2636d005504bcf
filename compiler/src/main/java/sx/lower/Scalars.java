package sx.lower;

import sx.type.Type;

/** Numbers as registers and memory hold them. */
final class Scalars {
  private Scalars() {}

  /** A number cut to a machine type and extended from its highest bit again. */
  static long inRange(Type machine, long value) {
    return switch (machine) {
      case Type.Bool b -> value & 1;
      case Type.Int i when i.bits() < 64 -> {
        int unused = 64 - i.bits();
        yield i.signed() ? value << unused >> unused : value << unused >>> unused;
      }
      default -> value;
    };
  }
}
