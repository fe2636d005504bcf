package sx.ir;

import java.util.List;

/**
 * A compile-time value: bytes at the target's layout plus relocations.
 *
 * @param bytes little-endian image; owned by this object, not to be written
 * @param relocations words of the image that are addresses, by ascending offset; those bytes are 0
 */
public record Data(byte[] bytes, List<Relocation> relocations) {
  /** The eight bytes at {@code offset} are the address of {@code target} plus {@code addend}. */
  public record Relocation(long offset, Symbol target, long addend) {}

  /** Something with an address in the program. */
  public sealed interface Symbol permits Function, Global {}
}
