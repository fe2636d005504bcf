package sx.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/**
 * The result of a function that can fail: its value slots and its error slot (err.sig). Values have
 * the full type, an error set or a tuple that ends in one; without an error they stand for the
 * success type.
 *
 * @param full what is returned
 * @param values the types of the value slots, in order
 * @param labels their names, empty where there is none
 */
record Failable(Type full, List<Type> values, List<String> labels, Type.ErrorSet set) {

  /** A result type as a failable one, or null if it is none. */
  static @Nullable Failable of(@Nullable Type result) {
    return switch (result) {
      case Type.ErrorSet e -> new Failable(e, List.of(), List.of(), e);
      case Type.Tuple t
          when !t.elements().isEmpty() && t.elements().getLast() instanceof Type.ErrorSet e -> {
        int n = t.elements().size() - 1;
        yield n == 0
            ? null
            : new Failable(t, t.elements().subList(0, n), t.labels().subList(0, n), e);
      }
      case null, default -> null;
    };
  }

  boolean isPure() {
    return values.isEmpty();
  }

  /** Void, the one value, or a tuple of the values (err.sig.10). */
  Type success() {
    return switch (values.size()) {
      case 0 -> Types.VOID;
      case 1 -> values.getFirst();
      default -> new Type.Tuple(values, labels);
    };
  }

  /** The error slot of a value of the full type. */
  Tree.Expr error(Tree.Expr whole) {
    return isPure() ? whole : new Tree.Field(whole.span(), set, whole, values.size());
  }

  Tree.Expr slot(Tree.Expr whole, int index) {
    return new Tree.Field(whole.span(), values.get(index), whole, index);
  }

  /** The value of a success; not for pure ones. */
  Tree.Expr value(Tree.Expr whole) {
    if (values.size() == 1) {
      return slot(whole, 0);
    }
    List<Tree.Part> parts = new java.util.ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      parts.add(new Tree.Part(i, slot(whole, i)));
    }
    return new Tree.Aggregate(whole.span(), success(), parts);
  }

  Tree.Expr noError(Span at) {
    return new Tree.Const(at, set, new Constant.Int(0));
  }

  /** A value of the full type that holds an error; its value slots are undefined. */
  Tree.Expr failed(Span at, Tree.Expr error) {
    return isPure()
        ? error
        : new Tree.Aggregate(at, full, List.of(new Tree.Part(values.size(), error)));
  }

  /** A value of the full type without error, from what has the success type. */
  Tree.Expr succeeded(Span at, Tree.Expr value) {
    if (isPure()) {
      return noError(at);
    }
    if (values.size() == 1) {
      return new Tree.Aggregate(
          at, full, List.of(new Tree.Part(0, value), new Tree.Part(1, noError(at))));
    }
    List<Tree.Part> parts = new java.util.ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      parts.add(new Tree.Part(i, new Tree.Field(at, values.get(i), value, i)));
    }
    parts.add(new Tree.Part(values.size(), noError(at)));
    return new Tree.Aggregate(at, full, parts);
  }
}
