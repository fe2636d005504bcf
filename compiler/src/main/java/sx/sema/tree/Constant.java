package sx.sema.tree;

import java.util.List;
import sx.type.Type;

/** A value known at compile time, without its type; the node that holds it has that. */
public sealed interface Constant {
  /** An integer, bool (0/1), plain enum or error value: sign- or zero-extended to 64 bits. */
  record Int(long value) implements Constant {}

  record Float(double value) implements Constant {}

  /** The bytes of a string, cstring, {@code [*]u8} or {@code []u8}; not to be written. */
  record Text(byte[] bytes) implements Constant {}

  record TypeValue(Type type) implements Constant {}

  /** All bytes zero: null, empty, absent, and the zero of any type. */
  record Zero() implements Constant {}

  /** The parts of a struct, tuple, array or vector, all of them, in layout order. */
  record Aggregate(List<Constant> parts) implements Constant {}

  /** A present optional. */
  record Present(Constant payload) implements Constant {}

  /** A tagged union with that variant, or an untagged union that holds that member. */
  record Variant(int index, Constant payload) implements Constant {}

  record FunctionAddress(Instance function) implements Constant {}

  record GlobalAddress(GlobalVar global) implements Constant {}

  Constant ZERO = new Zero();
}
