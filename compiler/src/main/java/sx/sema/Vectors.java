package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Ast.BinaryOp;
import sx.type.Type;
import sx.type.Types;

/** Vector types, and their operators lane by lane (types.vec). */
final class Vectors {
  private static final List<String> LANES = List.of("x", "y", "z", "w");
  private static final List<String> COLOURS = List.of("r", "g", "b", "a");
  private static final long MAX_LANES = 4294967295L;

  private final Checker c;

  Vectors(Checker c) {
    this.c = c;
  }

  /** The type that {@code Vector(N, T)} denotes; errors stand at the count or the element. */
  Type type(Ast.Call call) {
    if (call.args().size() != 2) {
      c.error(call.span(), "a vector type is written `Vector(lanes, type)`");
      return Types.ERROR;
    }
    Ast.Expr count = call.args().get(0).value();
    Long lanes = c.types.count(count, 1, MAX_LANES);
    Ast.Expr slot = call.args().get(1).value();
    Type element = c.types.resolve(slot);
    if (lanes == null || element.isError()) {
      return Types.ERROR;
    }
    if (!element.isNumeric() && !element.equals(Types.BOOL)) {
      c.error(slot.span(), "a vector has lanes of a number type, not of `" + c.name(element) + "`");
      return Types.ERROR;
    }
    return new Type.Vector(element, lanes);
  }

  // ------------------------------------------------------------------ lanes

  /** The lane of a name such as {@code .y} or {@code .g}; null if there is none (types.vec.4). */
  Tree.@Nullable Expr named(Tree.Expr vector, String name, Span at) {
    Type.Vector type = (Type.Vector) vector.type();
    int lane = Math.max(LANES.indexOf(name), COLOURS.indexOf(name));
    return lane < 0 || lane >= type.lanes() ? null : lane(vector, type, lane, at);
  }

  private Tree.Expr lane(Tree.Expr vector, Type.Vector type, long index, Span at) {
    Tree.Expr number = c.intConst(at, Types.I64, index);
    return c.members.folded(new Tree.Index(at, type.element(), vector, number));
  }

  /** An operand lane by lane: of a vector its lanes, of another value the value for each. */
  private Tree.Expr lane(Tree.Expr e, long index) {
    return e.type() instanceof Type.Vector v ? lane(e, v, index, e.span()) : e;
  }

  private Tree.Expr make(
      Span span, Type.Vector type, java.util.function.LongFunction<Tree.Expr> f) {
    List<Tree.Part> parts = new ArrayList<>();
    for (int i = 0; i < type.lanes(); i++) {
      Tree.Expr value = f.apply(i);
      if (value.type().isError()) {
        return value;
      }
      parts.add(new Tree.Part(i, value));
    }
    Type element = parts.getFirst().value().type();
    return new Tree.Aggregate(span, new Type.Vector(element, type.lanes()), parts);
  }

  // ------------------------------------------------------------------ operators

  /**
   * An arithmetic or bit operator with a vector on one side at least; null where it does not apply.
   */
  Tree.@Nullable Expr arithmetic(Span span, BinaryOp op, Tree.Expr l, Tree.Expr r, Span left) {
    return applies(op, vectorType(l, r).element())
        ? lanewise(span, l, r, (x, y) -> c.operators.combine(span, op, x, y, left))
        : null;
  }

  private static boolean applies(BinaryOp op, Type element) {
    return switch (op) {
      case ADD, SUB, MUL, DIV -> element.isNumeric();
      case BIT_AND, BIT_OR, BIT_XOR -> element.isInt() || element.equals(Types.BOOL);
      case SHL, SHR -> element.isInt();
      default -> false;
    };
  }

  /** A comparison lane by lane, which gives bools (types.vec.5); null where it does not apply. */
  Tree.@Nullable Expr compare(
      Span span, BinaryOp op, Tree.Expr l, Tree.Expr r, Span left, Span right) {
    return lanewise(span, l, r, (x, y) -> c.comparisons.compare(span, op, x, y, left, right));
  }

  private static Type.Vector vectorType(Tree.Expr l, Tree.Expr r) {
    return (Type.Vector) (l.type() instanceof Type.Vector ? l.type() : r.type());
  }

  private Tree.@Nullable Expr lanewise(
      Span span, Tree.Expr l, Tree.Expr r, BinaryOperator<Tree.Expr> link) {
    Type.Vector type = vectorType(l, r);
    if (!fits(l.type(), type) || !fits(r.type(), type)) {
      return null;
    }
    Tree.Expr a = scalar(l, type.element());
    Tree.Expr b = scalar(r, type.element());
    if (a.type().isError() || b.type().isError()) {
      return c.bad(span);
    }
    Operands operands = new Operands();
    Tree.Expr x = operands.hold(a);
    Tree.Expr y = operands.hold(b);
    return operands.finish(span, make(span, type, i -> link.apply(lane(x, i), lane(y, i))));
  }

  private static boolean fits(Type operand, Type.Vector type) {
    return operand.equals(type)
        || (operand.isNumeric() && type.element().isNumeric())
        || operand.equals(type.element());
  }

  /** A scalar operand is converted to the type of the lanes (types.vec.3). */
  private Tree.Expr scalar(Tree.Expr e, Type element) {
    return e.type() instanceof Type.Vector ? e : c.conversions.convert(e, element, e.span());
  }

  /** Unary {@code -} or {@code ~} on every lane. */
  Tree.Expr unary(Span span, Tree.Expr vector, UnaryOperator<Tree.Expr> op) {
    Operands operands = new Operands();
    Tree.Expr v = operands.hold(vector);
    Type.Vector type = (Type.Vector) vector.type();
    return operands.finish(span, make(span, type, i -> op.apply(lane(v, i))));
  }

  /** A lane with its sign changed; constants are folded. */
  Tree.Expr negated(Tree.Expr lane) {
    if (lane instanceof Tree.Const k && k.value() instanceof Constant.Float f) {
      return new Tree.Const(lane.span(), lane.type(), new Constant.Float(-f.value()));
    }
    if (lane instanceof Tree.Const k
        && k.value() instanceof Constant.Int n
        && lane.type() instanceof Type.Int i) {
      return c.intConst(lane.span(), i, Integers.wrap(-n.value(), i));
    }
    return new Tree.Negate(lane.span(), lane.type(), lane);
  }

  /** A lane with all bits inverted; constants are folded. */
  Tree.Expr inverted(Tree.Expr lane) {
    return lane instanceof Tree.Const k
            && k.value() instanceof Constant.Int n
            && lane.type() instanceof Type.Int i
        ? c.intConst(lane.span(), i, Integers.wrap(~n.value(), i))
        : new Tree.BitNot(lane.span(), lane.type(), lane);
  }
}
