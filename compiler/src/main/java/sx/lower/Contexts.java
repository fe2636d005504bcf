package sx.lower;

import java.util.Optional;
import java.util.function.IntSupplier;
import sx.ir.IrBuilder;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Tree;

/**
 * Which context is current where in a function (16-context.md). That is known lexically: the one
 * handed in, or the one that the innermost push around has in the frame; so nothing has to be
 * restored when a push is left.
 */
final class Contexts {
  private final FunctionLowering f;
  private final IrBuilder b;
  private IntSupplier current;

  Contexts(FunctionLowering f, boolean isParameter) {
    this.f = f;
    this.b = f.b;
    this.current = isParameter ? () -> 0 : this::defaultContext;
  }

  /** Whether functions of this program take a context. */
  boolean exist() {
    return f.lowering.defaultContext().isPresent();
  }

  /** The address of the current context. */
  int pointer() {
    return current.getAsInt();
  }

  private int defaultContext() {
    Optional<GlobalVar> context = f.lowering.defaultContext();
    return context.isPresent() ? f.places.global(context.get()) : f.nullAddress();
  }

  /** The state to lower deferred code under later on. */
  IntSupplier mark() {
    return current;
  }

  /** Lowers something under the context of a mark. */
  void under(IntSupplier mark, Runnable body) {
    IntSupplier outer = current;
    current = mark;
    try {
      body.run();
    } finally {
      current = outer;
    }
  }

  void push(Tree.Push p) {
    int slot = b.slot("context", p.context().type());
    f.aggregates.into(p.context(), b.slotAddress(slot), false);
    under(() -> b.slotAddress(slot), () -> f.control.effect(p.body()));
  }
}
