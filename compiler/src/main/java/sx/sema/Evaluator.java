package sx.sema;

import java.util.List;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;

/** Runs typed expressions at compile time (12-comptime.md). Sema knows the engine only by this. */
public interface Evaluator {
  /** What an evaluation gave. */
  sealed interface Outcome {
    record Value(Constant value) implements Outcome {}

    /** Why it failed, in words for the user, and the calls that led there. */
    record Failure(String reason, List<Diagnostic> trace) implements Outcome {}
  }

  /** Evaluates an expression whose names are all known at compile time. */
  Outcome evaluate(Tree.Expr expr);
}
