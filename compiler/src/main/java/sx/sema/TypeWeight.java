package sx.sema;

import java.util.List;
import sx.type.Type;

/**
 * How many types a type is made of. Tuples of tuples and the like can double with each step of a
 * recursion, so instances are bounded by it as well as by their chain (gen.call.4).
 */
final class TypeWeight {
  /** The most types that an argument of an instance may be made of. */
  static final int MAX_PARTS = 1 << 16;

  private int left = MAX_PARTS;

  private TypeWeight() {}

  static boolean isTooGreat(Type type) {
    return !new TypeWeight().counts(type);
  }

  private boolean counts(Type type) {
    left--;
    return left >= 0
        && switch (type) {
          case Type.Pointer p -> counts(p.target());
          case Type.ManyPointer p -> counts(p.element());
          case Type.Slice s -> counts(s.element());
          case Type.Array a -> counts(a.element());
          case Type.Optional o -> counts(o.payload());
          case Type.Function f -> counts(f.params()) && counts(f.result());
          case Type.Closure k -> counts(k.params()) && counts(k.result());
          case Type.Tuple t -> counts(t.elements());
          default -> true;
        };
  }

  private boolean counts(List<Type> types) {
    for (Type t : types) {
      if (!counts(t)) {
        return false;
      }
    }
    return true;
  }
}
