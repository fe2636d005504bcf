package sx.syntax;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a function, parsed at once or when it is first asked for (by any thread). Bodies are
 * equal if their trees are.
 */
public final class FunctionBody {
  private @Nullable Supplier<Ast.Expr> deferred;
  private Optional<Ast.Expr> tree;

  private FunctionBody(Optional<Ast.Expr> tree, @Nullable Supplier<Ast.Expr> deferred) {
    this.tree = tree;
    this.deferred = deferred;
  }

  static FunctionBody of(Optional<Ast.Expr> tree) {
    return new FunctionBody(tree, null);
  }

  static FunctionBody deferred(Supplier<Ast.Expr> parse) {
    return new FunctionBody(Optional.empty(), parse);
  }

  synchronized Optional<Ast.Expr> get() {
    if (deferred != null) {
      tree = Optional.of(deferred.get());
      deferred = null;
    }
    return tree;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FunctionBody b && get().equals(b.get());
  }

  @Override
  public int hashCode() {
    return get().hashCode();
  }

  @Override
  public String toString() {
    return get().toString();
  }
}
