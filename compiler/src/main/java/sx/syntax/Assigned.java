package sx.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for the variables that a piece of code assigns, without types (opt.narrow.10). */
public final class Assigned {
  private Assigned() {}

  /**
   * The names that are assigned as a whole in a piece of code and not declared in it before; nested
   * functions are excluded.
   */
  public static Set<String> in(Ast code) {
    Set<String> found = new HashSet<>();
    visit(code, new HashSet<>(), found);
    return found;
  }

  /**
   * @param own the names that the code around declares within the piece
   */
  private static void visit(Ast node, Set<String> own, Set<String> found) {
    switch (node) {
      case Ast.Function f -> {}
      case Ast.Block b -> {
        Set<String> inner = new HashSet<>(own);
        b.statements().forEach(s -> visit(s, inner, found));
      }
      case Ast.VarDecl d -> {
        below(node, own, found);
        own.add(d.name().text());
      }
      case Ast.ConstDecl d -> {
        below(node, own, found);
        own.add(d.name().text());
      }
      case Ast.Destructure d -> {
        below(node, own, found);
        d.names().forEach(n -> own.add(n.text()));
      }
      case Ast.Assign a -> {
        below(node, own, found);
        target(a.target(), own, found);
      }
      case Ast.MultiAssign m -> {
        below(node, own, found);
        m.targets().forEach(t -> target(t, own, found));
      }
      default -> below(node, own, found);
    }
  }

  private static void below(Ast node, Set<String> own, Set<String> found) {
    Set<String> inner = new HashSet<>(own);
    switch (node) {
      case Ast.If i -> i.binding().ifPresent(n -> inner.add(n.text()));
      case Ast.While w -> w.binding().ifPresent(n -> inner.add(n.text()));
      case Ast.For f -> f.captures().forEach(k -> inner.add(k.name().text()));
      case Ast.Catch k -> k.binding().ifPresent(n -> inner.add(n.text()));
      default -> {}
    }
    List<Ast> children = new ArrayList<>();
    Children.of(node, children);
    children.forEach(c -> visit(c, inner, found));
  }

  private static void target(Ast.Expr e, Set<String> own, Set<String> found) {
    switch (e) {
      case Ast.Group g -> target(g.inner(), own, found);
      case Ast.NameExpr n when !own.contains(n.name().text()) -> found.add(n.name().text());
      default -> {}
    }
  }
}
