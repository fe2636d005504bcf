package sx.sema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;

/** Finds uses of run-time variables in an expression that is to be evaluated while compiling. */
final class RuntimeNames {
  private final Set<Local> own = new HashSet<>();

  private RuntimeNames() {}

  /** Whether an expression refers to a variable that it does not declare itself (ct.run.9). */
  static boolean in(Tree.Expr e) {
    return new RuntimeNames().uses(e);
  }

  private boolean uses(Tree.Expr e) {
    return switch (e) {
      case Tree.LocalRef l -> !own.contains(l.local());
      case Tree.Arithmetic x -> uses(x.left()) || uses(x.right());
      case Tree.Negate x -> uses(x.operand());
      case Tree.BitNot x -> uses(x.operand());
      case Tree.Compare x -> uses(x.left()) || uses(x.right());
      case Tree.CompareChain x -> {
        own.addAll(x.operands());
        yield any(x.values()) || any(x.links());
      }
      case Tree.Truth x -> uses(x.operand());
      case Tree.Not x -> uses(x.operand());
      case Tree.And x -> uses(x.left()) || uses(x.right());
      case Tree.Or x -> uses(x.left()) || uses(x.right());
      case Tree.Convert x -> uses(x.operand());
      case Tree.AddressOf x -> uses(x.place());
      case Tree.Deref x -> uses(x.pointer());
      case Tree.Field x -> uses(x.base());
      case Tree.Index x -> uses(x.base()) || uses(x.index());
      case Tree.Payload x -> uses(x.optional());
      case Tree.Subslice x -> uses(x.base()) || any(x.start()) || any(x.end());
      case Tree.Temporary x -> uses(x.value());
      case Tree.Call x -> any(x.args());
      case Tree.CallIndirect x -> uses(x.callee()) || any(x.args());
      case Tree.Aggregate x -> x.parts().stream().anyMatch(p -> uses(p.value()));
      case Tree.Fill x -> uses(x.element());
      case Tree.If x -> uses(x.condition()) || uses(x.then()) || uses(x.otherwise());
      case Tree.Block x -> statements(x.statements()) || any(x.value());
      case Tree.Switch x ->
          uses(x.subject())
              || x.arms().stream().anyMatch(a -> uses(a.body()))
              || uses(x.otherwise());
      case Tree.Jump x -> statement(x.statement());
      case Tree.Reflect x -> uses(x.subject()) || any(x.index());
      case Tree.MathCall x -> uses(x.operand());
      case Tree.Const x -> false;
      case Tree.Undefined x -> false;
      case Tree.GlobalRef x -> false;
      case Tree.FunctionRef x -> false;
      case Tree.IsComptime x -> false;
      case Tree.ContextPointer x -> false;
      case Tree.Push x -> uses(x.context()) || uses(x.body());
    };
  }

  private boolean any(List<Tree.Expr> all) {
    return all.stream().anyMatch(this::uses);
  }

  private boolean any(Optional<Tree.Expr> e) {
    return e.isPresent() && uses(e.get());
  }

  private boolean statements(List<Tree.Stmt> all) {
    return all.stream().anyMatch(this::statement);
  }

  private boolean statement(Tree.Stmt s) {
    return switch (s) {
      case Tree.ExprStmt x -> uses(x.expr());
      case Tree.Declare x -> {
        boolean found = any(x.value());
        own.add(x.local());
        yield found;
      }
      case Tree.Assign x -> uses(x.place()) || uses(x.value());
      case Tree.Update x -> {
        own.add(x.old());
        yield uses(x.place()) || uses(x.value());
      }
      case Tree.Loop x -> uses(x.condition()) || uses(x.body()) || statements(x.step());
      case Tree.Return x -> any(x.value());
      case Tree.Defer x -> uses(x.body());
      case Tree.Fail x -> uses(x.value());
      case Tree.OnFail x -> uses(x.body());
      case Tree.OnSuccess x -> uses(x.body());
      case Tree.Break x -> false;
      case Tree.Continue x -> false;
    };
  }
}
