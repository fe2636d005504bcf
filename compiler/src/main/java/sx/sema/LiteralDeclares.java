package sx.sema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sx.syntax.Ast;
import sx.syntax.Children;

/** The names that the code of a construction gives by a literal {@code declare("Name")}. */
final class LiteralDeclares {
  private LiteralDeclares() {}

  /** The names in the order of their calls (ct.make.8). */
  static List<String> in(Ast body) {
    Map<Integer, String> found = new TreeMap<>();
    Children.walk(
        List.of(body),
        node -> {
          if (node instanceof Ast.Call call
              && call.args().size() == 1
              && call.args().getFirst().value() instanceof Ast.StringLit s
              && declares(call.callee())) {
            found.put(call.span().start(), new String(s.value(), StandardCharsets.UTF_8));
          }
        });
    return List.copyOf(found.values());
  }

  private static boolean declares(Ast.Expr callee) {
    return switch (callee) {
      case Ast.NameExpr n -> isDeclare(n.name().text());
      case Ast.Member m -> isDeclare(m.name().text());
      default -> false;
    };
  }

  private static boolean isDeclare(String name) {
    return name.equals("declare") || name.equals("raw_declare_type");
  }
}
