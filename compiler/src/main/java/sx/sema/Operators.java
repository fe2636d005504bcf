package sx.sema;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.ArithmeticOp;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Ast.BinaryOp;
import sx.type.Type;
import sx.type.Types;

/** Operators: arithmetic, bits, logic (04-expressions.md sections 5, 6 and 8). */
final class Operators {
  private final Checker c;

  Operators(Checker c) {
    this.c = c;
  }

  Tree.Expr binary(Ast.Binary b, @Nullable Type expected) {
    return switch (b.op()) {
      case AND -> conjunction(b);
      case OR -> c.orChains.or(b, expected);
      case EQ, NE, LT, LE, GT, GE -> c.comparisons.comparison(b);
      case PIPE -> c.calls.pipe(b, expected);
      case COALESCE -> c.optionals.coalesce(b, expected);
      case IN -> membership(b);
      default -> arithmetic(b, expected);
    };
  }

  // ------------------------------------------------------------------ arithmetic

  private Tree.Expr arithmetic(Ast.Binary b, @Nullable Type expected) {
    Tree.Expr l = element(operand(b.left(), expected, null), b.left());
    boolean typedByLeft = l.type() instanceof Type.Enum && Comparisons.isVariantLiteral(b.right());
    Tree.Expr r = element(operand(b.right(), expected, typedByLeft ? l.type() : null), b.right());
    return combine(
        b.span(),
        b.op(),
        c.optionals.operand(l, b.left().span(), b.op().text),
        c.optionals.operand(r, b.right().span(), b.op().text),
        b.left().span());
  }

  /** As operand a by-reference capture stands for the element (stmt.for.8). */
  Tree.Expr element(Tree.Expr v, Ast.Expr e) {
    Ast.Expr core = e;
    while (core instanceof Ast.Group g) {
      core = g.inner();
    }
    boolean capture =
        core instanceof Ast.NameExpr n
            && c.scope.find(n.name().text()) instanceof Entity.Variable x
            && x.binding() == Entity.Binding.REFERENCE_CAPTURE;
    return capture && v.type() instanceof Type.Pointer p
        ? new Tree.Deref(v.span(), p.target(), v)
        : v;
  }

  /** The right side of a compound assignment; a literal must be in range (expr.arith.4). */
  Tree.Expr right(Ast.Expr e, @Nullable Type passed, Type target) {
    return passed == null && target instanceof Type.Int
        ? operand(e, target, null)
        : c.expressions.check(e, passed);
  }

  /** An operand gets the expected type only if it is `xx`, or an enum literal (expr.expect.4). */
  private Tree.Expr operand(Ast.Expr e, @Nullable Type expected, @Nullable Type enumType) {
    Ast.Expr core = e;
    while (core instanceof Ast.Group g) {
      core = g.inner();
    }
    if (core instanceof Ast.EnumLit || enumType != null) {
      return c.expressions.check(e, enumType != null ? enumType : expected);
    }
    if (core instanceof Ast.Unary u && u.op() == Ast.UnaryOp.CONVERT) {
      return c.expressions.check(e, expected);
    }
    if (expected instanceof Type.Enum && Comparisons.isVariantLiteral(core)) {
      return c.expressions.check(e, expected);
    }
    if (core instanceof Ast.IntLit lit && expected instanceof Type.Int i) {
      BigInteger v = new BigInteger(Long.toUnsignedString(lit.value()));
      if (lit.fits() && !Integers.fits(v, i)) {
        return c.value(e, expected);
      }
    }
    return c.expressions.any(e);
  }

  /** {@code e in t} (expr.in.1). */
  private Tree.Expr membership(Ast.Binary b) {
    Tree.Expr e = element(c.expressions.any(b.left()), b.left());
    Tree.Expr t = element(c.expressions.any(b.right()), b.right());
    if (e.type().isError() || t.type().isError()) {
      return c.bad(b.span());
    }
    return t.type() instanceof Type.Tuple
        ? c.tuples.contains(b.span(), e, t)
        : c.bad(
            b.right().span(), "`in` looks into a tuple, and this is a `" + c.name(t.type()) + "`");
  }

  /** Whether values of two types can be compared for equality with each other. */
  boolean comparable(Type a, Type b) {
    if (a instanceof Type.Tuple x && b instanceof Type.Tuple y) {
      boolean all = x.elements().size() == y.elements().size();
      for (int i = 0; all && i < x.elements().size(); i++) {
        all = comparable(x.elements().get(i), y.elements().get(i));
      }
      return all;
    }
    return (a.isNumeric() && b.isNumeric())
        || (a.isAddress() && b.isAddress())
        || (a.equals(b) && c.comparisons.hasEquality(a));
  }

  String inapplicable(BinaryOp op, Type a, Type b) {
    return "`" + op.text + "` does not apply to `" + c.name(a) + "` and `" + c.name(b) + "`";
  }

  static boolean isBitOp(BinaryOp op) {
    return op == BinaryOp.BIT_AND || op == BinaryOp.BIT_OR || op == BinaryOp.BIT_XOR;
  }

  /** Applies an arithmetic or bit operator to two checked operands. */
  Tree.Expr combine(Span span, BinaryOp op, Tree.Expr l, Tree.Expr r, Span leftSpan) {
    Type a = l.type();
    Type b = r.type();
    if (a.isError() || b.isError()) {
      return c.bad(span);
    }
    if (a instanceof Type.Void || b instanceof Type.Void) {
      return noValue(a instanceof Type.Void ? l : r);
    }
    if (a instanceof Type.Tuple && op == BinaryOp.ADD && b instanceof Type.Tuple) {
      return c.tuples.concatenate(span, l, r);
    }
    Long times = a instanceof Type.Tuple && op == BinaryOp.MUL ? c.constantInt(r) : null;
    if (times != null && times >= 0 && times <= Integer.MAX_VALUE) {
      return c.tuples.repeat(span, l, times.intValue());
    }
    if (a instanceof Type.Vector || b instanceof Type.Vector) {
      Tree.Expr lanes = c.vectors.arithmetic(span, op, l, r, leftSpan);
      return lanes != null ? lanes : c.bad(leftSpan, inapplicable(op, a, b));
    }
    ArithmeticOp kind = kind(op);
    boolean bits = isBitOp(op);
    boolean shift = op == BinaryOp.SHL || op == BinaryOp.SHR;
    if (c.folding != Checker.Constants.NONE && isSigned64(l) && isSigned64(r)) {
      Tree.Expr left = c.conversions.numeric(l, Types.I64);
      return fold(
          new Tree.Arithmetic(span, Types.I64, kind, left, c.conversions.numeric(r, Types.I64)));
    }
    if (a.isInt() && b.isInt()) {
      return fold(new Tree.Arithmetic(span, a, kind, l, c.conversions.numeric(r, a)));
    }
    if (!bits && !shift && a.isNumeric() && b.isNumeric()) {
      Type type = a.isFloat() ? a : b.isFloat() ? b : a;
      return fold(
          new Tree.Arithmetic(
              span, type, kind, c.conversions.numeric(l, type), c.conversions.numeric(r, type)));
    }
    if (bits && a.equals(b) && (a.equals(Types.BOOL) || isPlainEnum(a))) {
      return fold(new Tree.Arithmetic(span, a, kind, l, r));
    }
    boolean moves = op == BinaryOp.ADD || op == BinaryOp.SUB;
    if (moves && b.isInt() && (a instanceof Type.Pointer || a instanceof Type.ManyPointer)) {
      return new Tree.Arithmetic(span, a, kind, l, c.conversions.numeric(r, Types.I64));
    }
    return c.bad(
        leftSpan,
        inapplicable(op, a, b)
            + (a.equals(Types.STRING) && op == BinaryOp.ADD ? "; `concat` joins strings" : ""));
  }

  /** Whether an operand is an integer constant that 64 signed bits can hold. */
  private static boolean isSigned64(Tree.Expr e) {
    return e instanceof Tree.Const k
        && k.value() instanceof Constant.Int n
        && e.type() instanceof Type.Int i
        && (i.signed() || n.value() >= 0);
  }

  Tree.Expr noValue(Tree.Expr e) {
    return c.bad(e.span(), "this has no value that an operator could use");
  }

  boolean isPlainEnum(Type t) {
    return t instanceof Type.Enum e && !c.analysis.types.isTaggedUnion(e);
  }

  private static ArithmeticOp kind(BinaryOp op) {
    return switch (op) {
      case ADD -> ArithmeticOp.ADD;
      case SUB -> ArithmeticOp.SUB;
      case MUL -> ArithmeticOp.MUL;
      case DIV -> ArithmeticOp.DIV;
      case REM -> ArithmeticOp.REM;
      case BIT_AND -> ArithmeticOp.AND;
      case BIT_OR -> ArithmeticOp.OR;
      case BIT_XOR -> ArithmeticOp.XOR;
      case SHL -> ArithmeticOp.SHL;
      case SHR -> ArithmeticOp.SHR;
      default -> throw new IllegalArgumentException(op.text);
    };
  }

  /** Folds constants with the meaning of run time (decl.cexpr.2); what overflows is left alone. */
  Tree.Expr fold(Tree.Arithmetic e) {
    if (!(e.left() instanceof Tree.Const l) || !(e.right() instanceof Tree.Const r)) {
      return e;
    }
    if (l.value() instanceof Constant.Float x && r.value() instanceof Constant.Float y) {
      return foldFloat(e, x.value(), y.value());
    }
    if (!(l.value() instanceof Constant.Int x) || !(r.value() instanceof Constant.Int y)) {
      return e;
    }
    Type.Int type =
        e.type() instanceof Type.Int i
            ? i
            : e.type() instanceof Type.Enum n
                ? c.analysis.types.backing(n)
                : new Type.Int(1, false, false);
    BigInteger v =
        foldInt(e.op(), Integers.value(x.value(), type), Integers.value(y.value(), type), type);
    if (v == null) {
      if (e.op() == ArithmeticOp.DIV || e.op() == ArithmeticOp.REM) {
        return c.bad(e.span(), "division by a constant zero");
      }
      return e;
    }
    if (type.bits() == 64 && type.signed() && !Integers.fits(v, type)) {
      // A constant must not overflow (decl.cexpr.4); at run time the result wraps (expr.arith.6).
      return c.folding == Checker.Constants.NONE
          ? e
          : c.bad(e.span(), "the constant " + v + " overflows 64 bits");
    }
    return c.intConst(e.span(), e.type(), Integers.wrap(v.longValue(), type));
  }

  private static @Nullable BigInteger foldInt(
      ArithmeticOp op, BigInteger x, BigInteger y, Type.Int type) {
    boolean badShift = y.signum() < 0 || y.compareTo(BigInteger.valueOf(type.bits())) >= 0;
    return switch (op) {
      case ADD -> x.add(y);
      case SUB -> x.subtract(y);
      case MUL -> x.multiply(y);
      case DIV -> y.signum() == 0 ? null : x.divide(y);
      case REM -> y.signum() == 0 ? null : x.remainder(y);
      case AND -> x.and(y);
      case OR -> x.or(y);
      case XOR -> x.xor(y);
      case SHL ->
          badShift
              ? null
              : BigInteger.valueOf(Integers.wrap(x.shiftLeft(y.intValue()).longValue(), type));
      case SHR -> badShift ? null : x.shiftRight(y.intValue());
    };
  }

  private Tree.Expr foldFloat(Tree.Arithmetic e, double x, double y) {
    double v =
        switch (e.op()) {
          case ADD -> x + y;
          case SUB -> x - y;
          case MUL -> x * y;
          case DIV -> x / y;
          case REM -> x % y;
          default -> Double.NaN;
        };
    if (e.type().equals(Types.F32)) {
      float narrow = (float) v;
      v = narrow;
    }
    return new Tree.Const(e.span(), e.type(), new Constant.Float(v));
  }

  // ------------------------------------------------------------------ unary

  Tree.Expr negate(Ast.Unary u, @Nullable Type expected) {
    Tree.Expr literal = negatedLiteral(u, expected);
    if (literal != null) {
      return literal;
    }
    Tree.Expr e =
        c.optionals.operand(
            c.expressions.check(
                u.operand(), isConversion(u.operand()) ? expected : numericOnly(expected)),
            u.operand().span(),
            "-");
    if (e.type().isError()) {
      return e;
    }
    if (e.type() instanceof Type.Vector v && v.element().isNumeric()) {
      return c.vectors.unary(u.span(), e, c.vectors::negated);
    }
    if (!e.type().isNumeric()) {
      return c.bad(u.span(), "`-` does not apply to `" + c.name(e.type()) + "`");
    }
    if (e instanceof Tree.Const k && k.value() instanceof Constant.Float f) {
      return new Tree.Const(u.span(), e.type(), new Constant.Float(-f.value()));
    }
    if (e instanceof Tree.Const k && k.value() instanceof Constant.Int n) {
      return c.intConst(u.span(), e.type(), Integers.wrap(-n.value(), (Type.Int) e.type()));
    }
    return new Tree.Negate(u.span(), e.type(), e);
  }

  private static @Nullable Type numericOnly(@Nullable Type t) {
    return t != null && t.isFloat() ? t : null;
  }

  /** {@code -128}: folded before the range check (lex.int.11). */
  private Tree.@Nullable Expr negatedLiteral(Ast.Unary u, @Nullable Type expected) {
    BigInteger v =
        switch (u.operand()) {
          case Ast.IntLit i when i.fits() -> new BigInteger(Long.toUnsignedString(i.value()));
          case Ast.CharLit ch -> BigInteger.valueOf(ch.codePoint());
          default -> null;
        };
    if (v == null) {
      return null;
    }
    Type target = Optionals.innermost(expected);
    return c.literals.integer(u.span(), v.negate(), target);
  }

  Tree.Expr bitNot(Ast.Unary u, @Nullable Type expected) {
    Tree.Expr e =
        c.optionals.operand(
            c.expressions.check(u.operand(), inherited(u.operand(), expected)),
            u.operand().span(),
            "~");
    if (e instanceof Tree.Const && u.operand() instanceof Ast.IntLit && expected != null) {
      e = c.conversions.convert(e, bitsOf(expected, e.type()), u.operand().span());
    }
    if (e.type().isError()) {
      return e;
    }
    if (e instanceof Tree.Const k
        && k.value() instanceof Constant.Int n
        && e.type() instanceof Type.Int i) {
      return c.intConst(u.span(), i, Integers.wrap(~n.value(), i));
    }
    if (e.type() instanceof Type.Vector v && v.element().isInt()) {
      return c.vectors.unary(u.span(), e, c.vectors::inverted);
    }
    if (e.type().isInt() || isPlainEnum(e.type())) {
      return new Tree.BitNot(u.span(), e.type(), e);
    }
    return c.bad(u.span(), "`~` does not apply to `" + c.name(e.type()) + "`");
  }

  /** What the operand of {@code ~} inherits of an expected type (types.target.4). */
  private static @Nullable Type inherited(Ast.Expr operand, @Nullable Type expected) {
    boolean inherits =
        expected instanceof Type.Enum || operand instanceof Ast.IntLit || isConversion(operand);
    return inherits && expected != null && !expected.isFloat() ? expected : null;
  }

  private static Type bitsOf(Type expected, Type own) {
    Type payload = expected instanceof Type.Optional o ? o.payload() : expected;
    return payload.isInt() ? payload : own;
  }

  /** {@code xx e}, in parentheses or not. */
  private static boolean isConversion(Ast.Expr e) {
    Ast.Expr core = e;
    while (core instanceof Ast.Group g) {
      core = g.inner();
    }
    return core instanceof Ast.Unary u && u.op() == Ast.UnaryOp.CONVERT;
  }

  Tree.Expr not(Ast.Unary u) {
    Tree.Expr e = c.expressions.any(u.operand());
    if (e.type().isError()) {
      return e;
    }
    if (e instanceof Tree.Const k && e.type().equals(Types.BOOL)) {
      return c.boolConst(u.span(), !(k.value() instanceof Constant.Int n && n.value() != 0));
    }
    if (e.type().equals(Types.BOOL)) {
      return new Tree.Not(u.span(), e);
    }
    if (e.type().isInt() || e.type() instanceof Type.ErrorSet) {
      return new Tree.Not(u.span(), new Tree.Truth(u.span(), e));
    }
    String fix =
        e.type().isAddress() || e.type() instanceof Type.Optional ? "; compare with null" : "";
    return c.bad(u.span(), "`!` does not apply to `" + c.name(e.type()) + "`" + fix);
  }

  // ------------------------------------------------------------------ logic

  /** {@code a and b}; what the left proves of errors holds in the right (err.live.2). */
  private Tree.Expr conjunction(Ast.Binary b) {
    Tree.Expr l = condition(b.left());
    Flow.State before = c.flow.now();
    c.flow.assume(new Flow.State(Set.of(), Proofs.of(c, b.left()).whenTrue().clear()));
    Tree.Expr r = condition(b.right());
    c.flow.set(before);
    if (l.type().isError() || r.type().isError()) {
      return c.bad(b.span());
    }
    if (l instanceof Tree.Const k && r instanceof Tree.Const) {
      return isTrue(k) ? r : l;
    }
    return new Tree.And(b.span(), l, r);
  }

  /** A logical {@code or} of checked operands, from left to right. */
  Tree.Expr disjunction(Ast.Binary b, List<Ast.Expr> parts, List<Tree.Expr> values) {
    Tree.Expr all = null;
    for (int i = 0; i < parts.size(); i++) {
      Tree.Expr next = condition(values.get(i), parts.get(i).span());
      if (next.type().isError()) {
        return c.bad(b.span());
      }
      if (all == null) {
        all = next;
      } else if (all instanceof Tree.Const k && next instanceof Tree.Const) {
        all = isTrue(k) ? all : next;
      } else {
        all = new Tree.Or(b.span(), all, next);
      }
    }
    return all == null ? c.bad(b.span()) : all;
  }

  private static boolean isTrue(Tree.Const k) {
    return k.value() instanceof Constant.Int n && n.value() != 0;
  }

  /** A condition as a bool (expr.cond). */
  Tree.Expr condition(Ast.Expr e) {
    return condition(c.expressions.any(e), e.span());
  }

  private Tree.Expr condition(Tree.Expr v, Span at) {
    if (v.type().isError() || v.type().equals(Types.BOOL) || v.type() instanceof Type.NoReturn) {
      return v;
    }
    boolean fine =
        v.type().isInt()
            || (v.type().isAddress() && !(v.type() instanceof Type.Function))
            || isPlainEnum(v.type())
            || v.type() instanceof Type.Optional
            || v.type() instanceof Type.ErrorSet;
    if (!fine) {
      return c.bad(at, "`" + c.name(v.type()) + "` is not a condition");
    }
    return new Tree.Truth(at, v);
  }
}
