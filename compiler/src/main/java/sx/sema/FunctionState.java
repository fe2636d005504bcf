package sx.sema;

import org.jspecify.annotations.Nullable;
import sx.type.Type;
import sx.type.Types;

/** What the statements of one function body share. */
final class FunctionState {
  final String name;

  /** The result type; null while it is still to be inferred (decl.ret.2). */
  @Nullable Type result;

  final boolean infers;
  int loops;
  boolean inDefer;

  FunctionState(String name, @Nullable Type result) {
    this.name = name;
    this.result = result;
    this.infers = result == null;
  }

  /** The state for expressions outside of any function. */
  static FunctionState none() {
    return new FunctionState("", Types.VOID);
  }
}
