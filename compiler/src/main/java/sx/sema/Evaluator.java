package sx.sema;

import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;

/** Runs typed expressions at compile time (12-comptime.md). Sema knows the engine only by this. */
public interface Evaluator {
  /** What an evaluation gave. */
  sealed interface Outcome {
    record Value(Constant value) implements Outcome {}

    /**
     * Why it failed, in words for the user, and the calls that led there.
     *
     * @param call the call that is at fault, where it is not the whole of what was evaluated
     */
    record Failure(String reason, List<Diagnostic> trace, Optional<Span> call) implements Outcome {}
  }

  /** How the frames of module-level {@code #run} statements are named, before the number. */
  String RUN_FRAME = "__run_";

  /**
   * Evaluates an expression whose names are all known at compile time.
   *
   * @param frame the name of its frame in listings; empty if it is not listed (ct.env.11)
   */
  Outcome evaluate(Tree.Expr expr, String frame);
}
