package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Random types. */
final class Shapes {
  static final Shape.Int I64 = new Shape.Int(64, true);
  static final Shape.Bool BOOL = new Shape.Bool();
  static final Shape.Float FLOAT = new Shape.Float(64);
  static final Shape.Text TEXT = new Shape.Text();

  private static final int[] USUAL_WIDTHS = {8, 16, 32, 64, 64};
  private static final int MAX_MEMBERS = 4;
  private static final int MAX_ELEMENTS = 4;

  static final String BOX =
      """
      Box :: struct ($T: Type) {
          value: T;
          reads: i64 = 0;
          get :: (self: *Box(T)) -> T { self.reads += 1; return self.value; }
          with :: (self: Box(T), value: T) -> Box(T) { return .{ value = value, reads = self.reads }; }
      }""";

  private static final Expr ZERO_READS = new Expr(I64, "0", true, (_, _) -> 0L);

  private final Choices choose;
  private final Declarations declarations;

  Shapes(Choices choose, Declarations declarations) {
    this.choose = choose;
    this.declarations = declarations;
  }

  Shape.Int integer() {
    if (choose.oneIn(3)) {
      return I64;
    }
    int bits =
        choose.oneIn(4) ? choose.between(2, 63) : USUAL_WIDTHS[choose.below(USUAL_WIDTHS.length)];
    return new Shape.Int(bits, choose.oneIn(2));
  }

  Shape scalar() {
    return switch (choose.below(9)) {
      case 0 -> Shapes.BOOL;
      case 1 -> new Shape.Float(choose.oneIn(3) ? 32 : 64);
      case 2 -> Shapes.TEXT;
      default -> integer();
    };
  }

  /** A type of values: no closure, slice or pointer. */
  Shape value(int depth) {
    if (depth == 0 || choose.oneIn(2)) {
      return scalar();
    }
    return switch (choose.below(9)) {
      case 8 -> box(value(depth - 1));
      case 0, 1 -> new Shape.Array(choose.between(1, MAX_ELEMENTS), value(depth - 1));
      case 2 -> maybe(depth - 1);
      case 3 -> new Shape.Pair(value(depth - 1), value(depth - 1));
      default -> declarations.types().isEmpty() ? scalar() : choose.of(declarations.types());
    };
  }

  Shape.Maybe maybe(int depth) {
    Shape payload = value(depth);
    return new Shape.Maybe(payload instanceof Shape.Maybe ? scalar() : payload);
  }

  /** An instance of the generic struct that every program has. */
  static Shape.Struct box(Shape value) {
    return new Shape.Struct(
        "Box(" + value.text() + ")",
        List.of(
            new Shape.Member("value", Optional.of(value)),
            new Shape.Member("reads", Optional.of(I64), Optional.of(ZERO_READS))));
  }

  Shape.Closure closure() {
    List<Shape> params = new ArrayList<>();
    for (int i = choose.below(3); i > 0; i--) {
      params.add(value(1));
    }
    return new Shape.Closure(params, value(1));
  }

  /** Declares structs, enums and unions; later ones contain earlier ones. */
  void declareSome() {
    for (int i = choose.between(2, 5); i > 0; i--) {
      switch (choose.below(5)) {
        case 0 -> declareEnum();
        case 1 -> declareUnion();
        case 4 -> declareFlags();
        default -> declareStruct();
      }
    }
  }

  private String name(String prefix) {
    return prefix + declarations.types().size();
  }

  private void declareEnum() {
    List<String> variants = new ArrayList<>();
    for (int i = choose.between(1, MAX_MEMBERS); i > 0; i--) {
      variants.add("v" + i);
    }
    Shape.Enum e = new Shape.Enum(name("Enum"), variants);
    String text =
        variants.stream().map(v -> v + "; ").collect(Collectors.joining("", " :: enum { ", "}"));
    declarations.type(e, e.name() + text);
  }

  private void declareFlags() {
    List<String> variants = new ArrayList<>();
    for (int i = choose.between(1, MAX_MEMBERS); i > 0; i--) {
      variants.add("v" + i);
    }
    Shape.Flags e = new Shape.Flags(name("Flags"), variants);
    String text =
        variants.stream()
            .map(v -> v + "; ")
            .collect(Collectors.joining("", " :: enum flags { ", "}"));
    declarations.type(e, e.name() + text);
  }

  /** A literal that every field of its type may have as its default. */
  Optional<Expr> fallback(Shape shape) {
    int n = choose.between(1, 9);
    return choose.oneIn(3)
        ? switch (shape) {
          case Shape.Int i when i.bits() > 5 ->
              Optional.of(new Expr(shape, "" + n, true, (_, _) -> (long) n));
          case Shape.Bool _ -> Optional.of(new Expr(shape, "true", true, (_, _) -> true));
          case Shape.Text _ -> Optional.of(new Expr(shape, "\"d\"", true, (_, _) -> "d"));
          case Shape.Float _ -> Optional.of(new Expr(shape, n + ".5", true, (_, _) -> n + 0.5));
          case Shape.Maybe _ ->
              Optional.of(new Expr(shape, "null", true, (_, _) -> Optional.empty()));
          default -> Optional.empty();
        }
        : Optional.empty();
  }

  private void declareStruct() {
    List<Shape.Member> fields = new ArrayList<>();
    for (int i = choose.between(1, MAX_MEMBERS); i > 0; i--) {
      Shape shape = value(2);
      fields.add(new Shape.Member("f" + i, Optional.of(shape), fallback(shape)));
    }
    Shape.Struct s = new Shape.Struct(name("Struct"), fields);
    String text =
        fields.stream().map(Shapes::field).collect(Collectors.joining("", " :: struct { ", "}"));
    declarations.type(s, s.name() + text);
  }

  private static String field(Shape.Member f) {
    String fallback = f.fallback().map(e -> " = " + e.text()).orElse("");
    return f.name() + ": " + f.shape().text() + fallback + "; ";
  }

  private void declareUnion() {
    List<Shape.Member> variants = new ArrayList<>();
    for (int i = choose.between(1, MAX_MEMBERS); i > 0; i--) {
      Optional<Shape> payload = choose.oneIn(4) ? Optional.empty() : Optional.of(value(2));
      variants.add(new Shape.Member("v" + i, payload));
    }
    if (variants.stream().allMatch(v -> v.payload().isEmpty())) {
      variants.add(new Shape.Member("v0", Optional.of(I64)));
    }
    Shape.Union u = new Shape.Union(name("Union"), variants);
    String text =
        variants.stream()
            .map(v -> v.name() + v.payload().map(p -> ": " + p.text()).orElse("") + "; ")
            .collect(Collectors.joining("", " :: enum { ", "}"));
    declarations.type(u, u.name() + text);
  }
}
