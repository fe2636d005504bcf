package sx.sema;

import java.util.Optional;
import sx.source.Diagnostics;
import sx.syntax.Ast;

/** The elements of an array constant without a written type (decl.aconst.2, decl.aconst.3). */
final class ArrayConstants {
  private ArrayConstants() {}

  private enum Kind {
    NUMBER("a number"),
    BOOL("a bool"),
    STRING("a string");

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * Whether all elements are literals of one kind. If not, the first that is none or does not agree
   * with those before it is reported.
   */
  static boolean agree(Ast.ArrayLit list, Diagnostics diagnostics) {
    if (list.elements().isEmpty()) {
      diagnostics.error(
          list.span(), "the element type of an empty array constant is not known; annotate it");
      return false;
    }
    Optional<Kind> common = Optional.empty();
    for (Ast.Expr e : list.elements()) {
      Optional<Kind> kind = kind(e);
      if (kind.isEmpty()) {
        diagnostics.error(
            e.span(),
            "an array constant with elements that are no plain literals needs a type: write"
                + " `NAME : [N]T : .[ … ];`");
        return false;
      }
      if (common.isPresent() && !common.equals(kind)) {
        diagnostics.error(
            e.span(),
            kind.get().text
                + " stands in an array constant whose elements before it are each "
                + common.get().text);
        return false;
      }
      common = kind;
    }
    return true;
  }

  private static Optional<Kind> kind(Ast.Expr e) {
    return switch (e) {
      case Ast.IntLit i -> Optional.of(Kind.NUMBER);
      case Ast.CharLit c -> Optional.of(Kind.NUMBER);
      case Ast.FloatLit f -> Optional.of(Kind.NUMBER);
      case Ast.BoolLit b -> Optional.of(Kind.BOOL);
      case Ast.StringLit s -> Optional.of(Kind.STRING);
      case Ast.Unary u
          when u.op() == Ast.UnaryOp.NEGATE && kind(u.operand()).equals(Optional.of(Kind.NUMBER)) ->
          Optional.of(Kind.NUMBER);
      default -> Optional.empty();
    };
  }
}
