package sx.sema;

import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.type.Type;

/** The numeric limits {@code T.min}, {@code T.max}, {@code f64.epsilon}, … (types.lim). */
final class Limits {
  private Limits() {}

  /** The limit of a numeric type, or null if the name is none. */
  static Tree.@Nullable Expr of(Span at, Type type, String name) {
    return switch (type) {
      case Type.Int i ->
          switch (name) {
            case "min" -> new Tree.Const(at, i, new Constant.Int(Integers.min(i).longValue()));
            case "max" -> new Tree.Const(at, i, new Constant.Int(Integers.max(i).longValue()));
            default -> null;
          };
      case Type.Float f -> {
        Double v = f.bits() == 64 ? ofDouble(name) : ofFloat(name);
        yield v == null ? null : new Tree.Const(at, f, new Constant.Float(v));
      }
      default -> null;
    };
  }

  private static @Nullable Double ofDouble(String name) {
    return switch (name) {
      case "max" -> Double.MAX_VALUE;
      case "min" -> -Double.MAX_VALUE;
      case "epsilon" -> Math.ulp(1.0);
      case "min_positive" -> Double.MIN_NORMAL;
      case "true_min" -> Double.MIN_VALUE;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> null;
    };
  }

  private static @Nullable Double ofFloat(String name) {
    return switch (name) {
      case "max" -> (double) Float.MAX_VALUE;
      case "min" -> (double) -Float.MAX_VALUE;
      case "epsilon" -> (double) Math.ulp(1.0f);
      case "min_positive" -> (double) Float.MIN_NORMAL;
      case "true_min" -> (double) Float.MIN_VALUE;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> null;
    };
  }
}
