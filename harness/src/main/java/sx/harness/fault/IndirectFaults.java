package sx.harness.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Conversion;
import sx.sema.tree.Tree.Expr;
import sx.type.Type;
import sx.type.Types;

/** Faults of calls that do not name their function, and of what such calls carry along. */
final class IndirectFaults {
  /** The name that closures give to the address of their captures. */
  private static final String CAPTURES = "env";

  /** The name that dispatch gives to the protocol value. */
  private static final String RECEIVER = "receiver";

  private IndirectFaults() {}

  /** A captured value is zero in the closure's body. */
  static TreeFault lostCapture() {
    return TreeFaults.each(
        Tree.Declare.class,
        d ->
            d.value().orElse(null) instanceof Tree.Field f && isCapture(f)
                ? new Tree.Declare(d.span(), d.local(), Optional.of(zero(f)))
                : d);
  }

  /** A capture is taken anew from the first one's place. */
  static TreeFault firstCapture() {
    return TreeFaults.each(
        Tree.Field.class,
        f ->
            isCapture(f) && f.index() > 0
                ? new Tree.Field(f.span(), f.type(), f.base(), f.index() - 1)
                : f);
  }

  private static boolean isCapture(Tree.Field f) {
    return f.base() instanceof Tree.Deref d
        && d.pointer() instanceof Tree.Convert c
        && c.operand() instanceof Tree.LocalRef r
        && r.local().name().equals(CAPTURES);
  }

  /** A call through a protocol reaches the method before. */
  static TreeFault methodBefore() {
    return TreeFaults.each(
        Tree.CallIndirect.class,
        c -> {
          if (!isDispatch(c)) {
            return c;
          }
          Expr code =
              switch (c.callee()) {
                case Tree.Index i when i.index() instanceof Tree.Const k && slot(k) > 0 ->
                    new Tree.Index(i.span(), i.type(), i.base(), number(k, slot(k) - 1));
                case Tree.Convert k when k.operand() instanceof Tree.Field f && f.index() > 2 ->
                    new Tree.Convert(
                        k.span(),
                        k.type(),
                        k.kind(),
                        new Tree.Field(f.span(), f.type(), f.base(), f.index() - 1));
                default -> c.callee();
              };
          return new Tree.CallIndirect(c.span(), c.type(), code, c.args());
        });
  }

  /** A method that is called through a protocol gets null as receiver. */
  static TreeFault lostReceiver() {
    return TreeFaults.each(
        Tree.CallIndirect.class,
        c -> {
          if (!isDispatch(c)) {
            return c;
          }
          List<Expr> args = new ArrayList<>(c.args());
          args.set(0, zero(args.getFirst()));
          return new Tree.CallIndirect(c.span(), c.type(), c.callee(), args);
        });
  }

  private static boolean isDispatch(Tree.CallIndirect c) {
    return !c.args().isEmpty()
        && c.args().getFirst() instanceof Tree.Field f
        && f.base() instanceof Tree.LocalRef r
        && r.local().name().equals(RECEIVER);
  }

  private static long slot(Tree.Const number) {
    return number.value() instanceof Constant.Int i ? i.value() : 0;
  }

  private static Tree.Const number(Tree.Const like, long value) {
    return new Tree.Const(like.span(), Types.I64, new Constant.Int(value));
  }

  /** What is collected for a variadic parameter is stored last to first. */
  static TreeFault variadicOrder() {
    return TreeFaults.each(
        Tree.Convert.class,
        c ->
            c.kind() == Conversion.ARRAY_VIEW
                    && c.operand() instanceof Tree.Temporary t
                    && t.value() instanceof Tree.Aggregate a
                ? new Tree.Convert(
                    c.span(), c.type(), c.kind(), new Tree.Temporary(t.span(), reversed(a)))
                : c);
  }

  private static Tree.Aggregate reversed(Tree.Aggregate a) {
    List<Tree.Part> parts = new ArrayList<>();
    for (Tree.Part part : a.parts()) {
      parts.add(new Tree.Part(a.parts().size() - 1 - part.index(), part.value()));
    }
    return new Tree.Aggregate(a.span(), a.type(), parts);
  }

  /** The elements of a tuple, as a pack makes one, change places where types allow it. */
  static TreeFault tupleOrder() {
    return TreeFaults.each(
        Tree.Aggregate.class,
        a -> {
          boolean same =
              a.type() instanceof Type.Tuple t && t.elements().stream().distinct().count() == 1;
          return same && a.parts().size() > 1 ? reversed(a) : a;
        });
  }

  private static Expr zero(Expr value) {
    return new Tree.Const(value.span(), value.type(), Constant.ZERO);
  }
}
