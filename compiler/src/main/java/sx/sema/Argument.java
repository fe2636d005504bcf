package sx.sema;

import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;

/** A value already checked, or still to be checked against its parameter. */
sealed interface Argument {
  Span span();

  record Written(Ast.Expr expr) implements Argument {
    @Override
    public Span span() {
      return expr.span();
    }
  }

  record Checked(Tree.Expr value, Span span) implements Argument {}
}
