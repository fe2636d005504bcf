package sx.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Random types. */
final class Shapes {
  private static final int[] USUAL_WIDTHS = {8, 16, 32, 64, 64};
  private static final int MAX_MEMBERS = 4;
  private static final int MAX_ELEMENTS = 4;

  private final Choices choose;
  private final Declarations declarations;

  Shapes(Choices choose, Declarations declarations) {
    this.choose = choose;
    this.declarations = declarations;
  }

  Shape.Int integer() {
    if (choose.oneIn(3)) {
      return Shape.I64;
    }
    int bits =
        choose.oneIn(4) ? choose.between(2, 63) : USUAL_WIDTHS[choose.below(USUAL_WIDTHS.length)];
    return new Shape.Int(bits, choose.oneIn(2));
  }

  Shape scalar() {
    return switch (choose.below(8)) {
      case 0 -> Shape.BOOL;
      case 1 -> Shape.FLOAT;
      case 2 -> Shape.TEXT;
      default -> integer();
    };
  }

  /** A type of values: no closure, slice or pointer. */
  Shape value(int depth) {
    if (depth == 0 || choose.oneIn(2)) {
      return scalar();
    }
    return switch (choose.below(8)) {
      case 0, 1 -> new Shape.Array(choose.between(1, MAX_ELEMENTS), value(depth - 1));
      case 2 -> maybe(depth - 1);
      case 3 -> new Shape.Pair(value(depth - 1), value(depth - 1));
      default -> declarations.types().isEmpty() ? scalar() : choose.of(declarations.types());
    };
  }

  Shape.Maybe maybe(int depth) {
    return value(depth) instanceof Shape payload && !(payload instanceof Shape.Maybe)
        ? new Shape.Maybe(payload)
        : new Shape.Maybe(scalar());
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
      switch (choose.below(4)) {
        case 0 -> declareEnum();
        case 1 -> declareUnion();
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

  private void declareStruct() {
    List<Shape.Member> fields = new ArrayList<>();
    for (int i = choose.between(1, MAX_MEMBERS); i > 0; i--) {
      fields.add(new Shape.Member("f" + i, Optional.of(value(2))));
    }
    Shape.Struct s = new Shape.Struct(name("Struct"), fields);
    String text =
        fields.stream()
            .map(f -> f.name() + ": " + f.shape().text() + "; ")
            .collect(Collectors.joining("", " :: struct { ", "}"));
    declarations.type(s, s.name() + text);
  }

  private void declareUnion() {
    List<Shape.Member> variants = new ArrayList<>();
    for (int i = choose.between(1, MAX_MEMBERS); i > 0; i--) {
      Optional<Shape> payload = choose.oneIn(4) ? Optional.empty() : Optional.of(value(2));
      variants.add(new Shape.Member("v" + i, payload));
    }
    if (variants.stream().allMatch(v -> v.payload().isEmpty())) {
      variants.add(new Shape.Member("v0", Optional.of(Shape.I64)));
    }
    Shape.Union u = new Shape.Union(name("Union"), variants);
    String text =
        variants.stream()
            .map(v -> v.name() + v.payload().map(p -> ": " + p.text()).orElse("") + "; ")
            .collect(Collectors.joining("", " :: enum { ", "}"));
    declarations.type(u, u.name() + text);
  }
}
