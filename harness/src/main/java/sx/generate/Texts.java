package sx.generate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What {@code print} makes of a value (std.fmt.10 and following). */
final class Texts {
  private static final double FIRST_EXACT = 0x1p63;

  private Texts() {}

  static String of(Shape shape, Object value) {
    return switch (shape) {
      case Shape.Int i ->
          i.signed() ? Long.toString((Long) value) : Long.toUnsignedString((Long) value);
      case Shape.Bool _ -> value.toString();
      case Shape.Float _ -> number((Double) value);
      case Shape.Text _ -> (String) value;
      case Shape.Struct s -> struct(s, (Object[]) value);
      case Shape.Array a -> sequence(a.element(), Values.elements(value));
      case Shape.Slice s -> sequence(s.element(), Values.elements(value));
      case Shape.Enum e -> "." + e.variants().get((Integer) value);
      case Shape.Flags e -> flags(e, (Long) value);
      case Shape.Union u -> variant(u, (Values.Variant) value);
      case Shape.Maybe m -> ((Optional<?>) value).map(v -> of(m.payload(), v)).orElse("null");
      case Shape.Pair _ -> "<?>";
      case Shape.Closure _ -> "<?>";
      case Shape.Pointer _ -> throw new IllegalArgumentException("an address");
    };
  }

  private static String struct(Shape.Struct s, Object[] fields) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < fields.length; i++) {
      Shape.Member field = s.fields().get(i);
      text.add(field.name() + ": " + of(field.shape(), fields[i]));
    }
    return text.toString();
  }

  private static String sequence(Shape element, List<Object> values) {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    values.forEach(v -> text.add(of(element, v)));
    return text.toString();
  }

  /** std.fmt.15 */
  private static String flags(Shape.Flags e, long bits) {
    StringJoiner text = new StringJoiner(" | ");
    for (int i = 0; i < e.variants().size(); i++) {
      if (((bits >> i) & 1) == 1) {
        text.add("." + e.variants().get(i));
      }
    }
    return bits == 0 ? "0" : text.toString();
  }

  private static String variant(Shape.Union u, Values.Variant value) {
    Shape.Member member = u.variants().get(value.index());
    String payload = value.payload().map(p -> of(member.shape(), p)).orElse("");
    return "." + member.name() + (payload.isEmpty() ? "" : "(" + payload + ")");
  }

  /** std.fmt.12 */
  private static String number(double x) {
    if (Double.isNaN(x)) {
      return "nan";
    }
    String sign = x < 0.0 ? "-" : "";
    double v = Math.abs(x);
    if (Double.isInfinite(v)) {
      return sign + "inf";
    }
    if (v >= FIRST_EXACT) {
      return sign + new BigDecimal(v).toPlainString() + ".000000";
    }
    long whole = (long) v;
    return "%s%d.%06d".formatted(sign, whole, (long) ((v - whole) * 1000000.0));
  }
}
