package sx.lower;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import sx.ir.IrBuilder;
import sx.sema.tree.Tree;

/**
 * Deferred blocks that wait for their scopes to be left, and the ways out. A deferred block is
 * lowered once for each destination that control may leave its scope for (the end, the loop's next
 * pass, the loop's end, the caller), however many jumps go there.
 */
final class Exits {
  /** The exits on which a registered block runs. */
  enum When {
    ALWAYS,
    FAILING,
    SUCCEEDING;

    private boolean runs(boolean failing) {
      return this == ALWAYS || (this == FAILING) == failing;
    }
  }

  /** A registered block, and the one registered before it in this scope or those around. */
  private static final class Pending {
    final Optional<Tree.Block> body;
    final Optional<Pending> before;

    final When when;

    final IntSupplier context;
    final Map<Exit, Integer> chains = new HashMap<>();

    Pending(Optional<Tree.Block> body, When when, Optional<Pending> before, IntSupplier context) {
      this.body = body;
      this.when = when;
      this.context = context;
      this.before = before;
    }
  }

  /** What is pending at one point of the program. */
  static final class Mark {
    private final Pending last;

    private Mark(Pending last) {
      this.last = last;
    }
  }

  /** A destination outside of some scopes: all that is pending beyond the mark runs on the way. */
  static final class Exit {
    private final int block;
    private final Pending until;
    private final boolean failing;

    private Exit(int block, Pending until, boolean failing) {
      this.block = block;
      this.until = until;
      this.failing = failing;
    }
  }

  private final FunctionLowering f;
  private final IrBuilder b;
  private final Pending root =
      new Pending(Optional.empty(), When.ALWAYS, Optional.empty(), () -> 0);
  private Pending current = root;

  Exits(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
  }

  boolean isPending() {
    return current != root;
  }

  /** Enters a scope. */
  Mark enter() {
    return new Mark(current);
  }

  /** Registers a block for some exits of the current scope (err.onfail.1). */
  void register(Tree.Block body, When when) {
    current = new Pending(Optional.of(body), when, Optional.of(current), f.contexts.mark());
  }

  /** Leaves a scope at its end. */
  void leave(Mark mark) {
    while (current != mark.last) {
      Pending last = current;
      current = last.before.orElseThrow();
      if (!b.isTerminated() && last.when.runs(false)) {
        run(last);
      }
    }
  }

  /** Runs a deferred block, under the context in which it was registered (ctx.push.8). */
  private void run(Pending deferred) {
    f.contexts.under(deferred.context, () -> f.values.effect(deferred.body.orElseThrow()));
  }

  /** A destination in the current scope. */
  Exit exit(int block) {
    return new Exit(block, current, false);
  }

  /** A destination outside of all scopes; {@code failing} tells whether an error leaves them. */
  Exit outermost(int block, boolean failing) {
    return new Exit(block, root, failing);
  }

  /** Ends the current block on the way to a destination. */
  void go(Exit exit) {
    if (b.isTerminated()) {
      return;
    }
    Pending here = current;
    for (Pending next = here; next != exit.until; next = next.before.orElseThrow()) {
      if (!next.when.runs(exit.failing)) {
        continue;
      }
      Integer known = next.chains.get(exit);
      if (known != null) {
        b.jump(known);
        current = here;
        return;
      }
      int block = b.newBlock();
      next.chains.put(exit, block);
      b.jump(block);
      b.position(block);
      current = next.before.orElseThrow();
      run(next);
    }
    b.jump(exit.block);
    current = here;
  }
}
