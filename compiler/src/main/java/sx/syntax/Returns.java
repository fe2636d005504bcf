package sx.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Looks for {@code return} with a value in a body without types (decl.ret.2). */
public final class Returns {
  private Returns() {}

  /** Whether a body holds a value-carrying {@code return} of its own, nested functions excluded. */
  public static boolean valueIn(Ast.Expr body) {
    Deque<Ast> open = new ArrayDeque<>(List.of(body));
    List<Ast> below = new ArrayList<>();
    while (!open.isEmpty()) {
      switch (open.pop()) {
        case Ast.Return r when !r.items().isEmpty() -> {
          return true;
        }
        case Ast.ReturnExpr r when r.value().isPresent() -> {
          return true;
        }
        case Ast.Function f -> {}
        case Ast node -> {
          below.clear();
          Children.of(node, below);
          below.forEach(open::push);
        }
      }
    }
    return false;
  }
}
