package sx.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What values are and how they are copied, stored and compared. */
final class Values {
  private Values() {}

  /** A slice: a part of the storage of an array. */
  record View(Object[] storage, int start, int length) {}

  /** A value of a union; a variant without payload has an empty one. */
  record Variant(int index, Optional<Object> payload) {}

  /** The value of an integer type that has the low bits of {@code value}. */
  static long wrap(Shape.Int type, long value) {
    int unused = 64 - type.bits();
    return type.signed() ? value << unused >> unused : value << unused >>> unused;
  }

  /** An independent value; storage that is shared by design stays shared. */
  static Object copy(Object value) {
    return switch (value) {
      case Object[] parts -> {
        Object[] fresh = parts.clone();
        Arrays.setAll(fresh, i -> copy(parts[i]));
        yield fresh;
      }
      case Variant v -> new Variant(v.index(), v.payload().map(Values::copy));
      case Optional<?> o -> o.map(Values::copy);
      default -> value;
    };
  }

  /** Stores a value so that pointers and slices into the old one see it. */
  static void store(Object[] storage, int index, Object value) {
    if (storage[index] instanceof Object[] old && value instanceof Object[] parts) {
      Object[] fresh = (Object[]) copy(parts);
      for (int i = 0; i < old.length; i++) {
        store(old, i, fresh[i]);
      }
    } else {
      storage[index] = copy(value);
    }
  }

  /** {@code ==} of two values of one type (expr.eq, opt.eq). */
  static boolean equal(Shape shape, Object a, Object b) {
    return switch (shape) {
      case Shape.Struct s -> {
        boolean same = true;
        for (int i = 0; i < s.fields().size(); i++) {
          same &= equal(s.fields().get(i).shape(), ((Object[]) a)[i], ((Object[]) b)[i]);
        }
        yield same;
      }
      case Shape.Pair p ->
          equal(p.first(), ((Object[]) a)[0], ((Object[]) b)[0])
              && equal(p.second(), ((Object[]) a)[1], ((Object[]) b)[1]);
      case Shape.Union _ -> ((Variant) a).index() == ((Variant) b).index();
      case Shape.Maybe m -> {
        Optional<?> x = (Optional<?>) a;
        Optional<?> y = (Optional<?>) b;
        if (x.isEmpty() || y.isEmpty()) {
          yield x.isEmpty() == y.isEmpty();
        }
        yield equal(m.payload(), x.get(), y.get());
      }
      case Shape.Float _ -> ((Double) a).doubleValue() == ((Double) b).doubleValue();
      default -> a.equals(b);
    };
  }

  /** The order of two integers of any two types (expr.cmp.2). */
  static int compare(Shape.Int a, long x, Shape.Int b, long y) {
    int width = Math.max(a.bits(), b.bits());
    if (a.signed() && b.signed()) {
      return Long.compare(x, y);
    }
    Shape.Int wide = new Shape.Int(width, false);
    return Long.compareUnsigned(wrap(wide, x), wrap(wide, y));
  }

  /** The elements of an array or slice. */
  static List<Object> elements(Object sequence) {
    return switch (sequence) {
      case Object[] array -> List.of(array);
      case View v -> List.of(v.storage()).subList(v.start(), v.start() + v.length());
      default -> throw new IllegalArgumentException("no sequence: " + sequence);
    };
  }
}
