package sx.driver;

import java.util.ArrayList;
import java.util.List;
import sx.driver.MadeModel.Kind;
import sx.driver.MadeModel.Program;
import sx.driver.MadeModel.Ty;

/** Programs that make the types of a {@link MadeModel.Program}, and what they print. */
final class MadePrograms {
  private static final String HEAD =
      """
      #import "modules/std.sx";
      #import "modules/std/meta.sx";
      """;

  private static final String DESCRIBE =
      """
      describe :: ($T: Type) {
          whole : Type = T;
          print("{} {} {}", T, size_of(T), align_of(T));
          if type_info(T) == {
              case .struct: (s) { for s.fields (f) { print(" {}:{}@{}", f.name, f.type, f.offset); } }
              case .enum: (e) { for e.variants (v) { print(" {}:{}", v.name, v.payload); } }
              case .tuple: (t) { for t.elements, 0.. (x, i) { print(" {}@{}", x, struct_field_offset(whole, i)); } }
              else: { print("?"); }
          }
          print("\\n");
      }
      """;

  private MadePrograms() {}

  /** The declaration of one type and its completion, on a line each. */
  static String made(Program p, int index) {
    return "%s :: declare();\ndefine(%s, %s);\n"
        .formatted(p.name(index), p.name(index), info(p, index));
  }

  /** The description of a type. */
  static String info(Program p, int index) {
    List<String> members = new ArrayList<>();
    List<Ty> types = p.members(index);
    for (int i = 0; i < types.size(); i++) {
      String type = p.spelled(types.get(i));
      members.add(entry(p.types().get(index).kind(), p.member(index, i), type));
    }
    return info(p.types().get(index).kind(), members);
  }

  static String entry(Kind kind, String name, String type) {
    return switch (kind) {
      case STRUCT -> "StructField.{ name = \"%s\", type = %s }".formatted(name, type);
      case ENUM -> "EnumVariant.{ name = \"%s\", payload = %s }".formatted(name, type);
      case TUPLE -> type;
    };
  }

  static String info(Kind kind, List<String> members) {
    String list = ".[" + String.join(", ", members) + "]";
    return switch (kind) {
      case STRUCT -> ".struct(.{ fields = " + list + " })";
      case ENUM -> ".enum(.{ variants = " + list + " })";
      case TUPLE -> ".tuple(.{ elements = " + list + " })";
    };
  }

  static String declarations(Program p) {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < p.types().size(); i++) {
      text.append(made(p, i));
    }
    return text.toString();
  }

  // ------------------------------------------------------------------ descriptions

  /** A program that says what {@code type_info} and the layout are of every type. */
  static String describing(Program p) {
    StringBuilder text = new StringBuilder(declarations(p)).append(DESCRIBE);
    text.append("main :: () {\n");
    for (int i = 0; i < p.types().size(); i++) {
      text.append("    describe(").append(p.name(i)).append(");\n");
    }
    return text.append("}\n").toString();
  }

  static String description(Program p) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < p.types().size(); i++) {
      Ty whole = new Ty.Ref(i);
      text.append(p.displayed(whole)).append(' ').append(p.size(whole));
      text.append(' ').append(p.align(whole));
      for (int n = 0; n < p.members(i).size(); n++) {
        String type = p.displayed(p.members(i).get(n));
        text.append(' ');
        switch (p.types().get(i).kind()) {
          case STRUCT -> text.append(p.member(i, n) + ":" + type + "@" + p.offset(i, n));
          case ENUM -> text.append(p.member(i, n) + ":" + type);
          case TUPLE -> text.append(type + "@" + p.offset(i, n));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  // ------------------------------------------------------------------ values

  /** A program that makes, matches and prints a value of every struct and every variant. */
  static String using(Program p) {
    StringBuilder text = new StringBuilder(declarations(p));
    StringBuilder main = new StringBuilder();
    for (int i = 0; i < p.types().size(); i++) {
      String name = p.name(i);
      switch (p.types().get(i).kind()) {
        case STRUCT, TUPLE ->
            main.append("    s%d : %s = %s;\n".formatted(i, name, p.sample(new Ty.Ref(i))))
                .append("    print(\"{}\\n\", s%d);\n".formatted(i));
        case ENUM -> {
          text.append("m%d :: (v: %s) -> i64 { return if v == {".formatted(i, name));
          for (int n = 0; n < p.members(i).size(); n++) {
            text.append(" case .%s: %d;".formatted(p.member(i, n), n));
            String value = p.variant(i, n);
            main.append("    v%d_%d : %s = %s;\n".formatted(i, n, name, value));
            main.append("    print(\"{} {}\\n\", v%d_%d, m%d(v%d_%d));\n".formatted(i, n, i, i, n));
          }
          text.append(" }; }\n");
        }
      }
    }
    return text + "main :: () {\n" + main + "}\n";
  }

  static String used(Program p) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < p.types().size(); i++) {
      if (p.types().get(i).kind() != Kind.ENUM) {
        text.append(p.printed(new Ty.Ref(i))).append('\n');
        continue;
      }
      for (int n = 0; n < p.members(i).size(); n++) {
        text.append(p.printedVariant(i, n)).append(' ').append(n).append('\n');
      }
    }
    return text.toString();
  }
}
