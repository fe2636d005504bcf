package sx.generate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A type of the generated programs; {@link #text()} is how it is written. */
sealed interface Shape {
  String text();

  /** Values are {@link Long}s: extended by the sign, or by zeros, or the bits of a {@code u64}. */
  record Int(int bits, boolean signed) implements Shape {
    @Override
    public String text() {
      return (signed ? "i" : "u") + bits;
    }
  }

  /** Values are {@link Boolean}s. */
  record Bool() implements Shape {
    @Override
    public String text() {
      return "bool";
    }
  }

  /** Values are {@link Double}s, those of {@code f32} exact ones. */
  record Float(int bits) implements Shape {
    @Override
    public String text() {
      return "f" + bits;
    }

    double round(double value) {
      return bits == 32 ? (double) (float) value : value;
    }
  }

  /** Values are {@link String}s. */
  record Text() implements Shape {
    @Override
    public String text() {
      return "string";
    }
  }

  /** Values are the bits of the variants. */
  record Flags(String name, List<String> variants) implements Shape {
    @Override
    public String text() {
      return name;
    }
  }

  /**
   * A member of a struct or, if it has a payload, of a union.
   *
   * @param fallback the default of a field
   */
  record Member(String name, Optional<Shape> payload, Optional<Expr> fallback) {
    Member(String name, Optional<Shape> payload) {
      this(name, payload, Optional.empty());
    }

    Shape shape() {
      return payload.orElseThrow();
    }
  }

  /** Values are arrays with the fields in order. */
  record Struct(String name, List<Member> fields) implements Shape {
    @Override
    public String text() {
      return name;
    }
  }

  /** Values are arrays with the elements in order. */
  record Array(int length, Shape element) implements Shape {
    @Override
    public String text() {
      return "[" + length + "]" + element.text();
    }
  }

  /** Values are {@link Values.View}s. */
  record Slice(Shape element) implements Shape {
    @Override
    public String text() {
      return "[]" + element.text();
    }
  }

  /** Values are positions of variants. */
  record Enum(String name, List<String> variants) implements Shape {
    @Override
    public String text() {
      return name;
    }
  }

  /** Values are {@link Values.Variant}s. */
  record Union(String name, List<Member> variants) implements Shape {
    @Override
    public String text() {
      return name;
    }
  }

  /** Values are {@link Optional}s. */
  record Maybe(Shape payload) implements Shape {
    @Override
    public String text() {
      return "?" + payload.text();
    }
  }

  /** Values are arrays with the elements in order. */
  record Pair(Shape first, Shape second) implements Shape {
    @Override
    public String text() {
      return "Tuple(" + first.text() + ", " + second.text() + ")";
    }
  }

  /** Values are {@link Machine.Callable}s. */
  record Closure(List<Shape> params, Shape result) implements Shape {
    @Override
    public String text() {
      return params.stream().map(Shape::text).collect(Collectors.joining(", ", "Closure(", ")"))
          + " -> "
          + result.text();
    }
  }

  /** Values are {@link Machine.Place}s. */
  record Pointer(Shape target) implements Shape {
    @Override
    public String text() {
      return "*" + target.text();
    }
  }

  /** Whether {@code print} shows the value rather than a placeholder or an address. */
  default boolean printable() {
    return switch (this) {
      case Pair _ -> false;
      case Closure _ -> false;
      case Pointer _ -> false;
      case Struct s -> s.fields().stream().allMatch(f -> f.shape().printable());
      case Array a -> a.element().printable();
      case Slice s -> s.element().printable();
      case Maybe m -> m.payload().printable();
      case Union u ->
          u.variants().stream().allMatch(v -> v.payload().map(Shape::printable).orElse(true));
      default -> true;
    };
  }

  /** Whether {@code ==} applies (expr.eq). */
  default boolean comparable() {
    return switch (this) {
      case Array _ -> false;
      case Closure _ -> false;
      case Pointer _ -> false;
      case Slice _ -> false;
      case Struct s -> s.fields().stream().allMatch(f -> f.shape().comparable());
      case Maybe m -> m.payload().comparable();
      case Pair p -> p.first().comparable() && p.second().comparable();
      default -> true;
    };
  }
}
