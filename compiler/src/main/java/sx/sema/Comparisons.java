package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.CompareOp;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Ast.BinaryOp;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Comparisons: equality, order and chains (04-expressions.md section 7). */
final class Comparisons {
  private final Checker c;

  Comparisons(Checker c) {
    this.c = c;
  }

  Tree.Expr comparison(Ast.Binary b) {
    Tree.Expr l;
    Tree.Expr r;
    if (isTypedByOther(b.left()) && !isTypedByOther(b.right())) {
      r = c.operators.element(c.expressions.any(b.right()), b.right());
      l = c.expressions.check(b.left(), r.type());
    } else if (isNumber(b.left()) && !isNumber(b.right()) && !isTypedByOther(b.right())) {
      r = c.operators.element(c.expressions.any(b.right()), b.right());
      l = c.expressions.check(b.left(), r.type() instanceof Type.Optional ? r.type() : null);
    } else {
      l = c.operators.element(c.expressions.any(b.left()), b.left());
      boolean typed = isTypedByOther(b.right()) || l.type() instanceof Type.Optional;
      r = c.operators.element(c.expressions.check(b.right(), typed ? l.type() : null), b.right());
    }
    if (b.op() == BinaryOp.EQ || b.op() == BinaryOp.NE) {
      Tree.Expr left = l;
      l = asInteger(b.left(), l, r.type());
      r = asInteger(b.right(), r, left.type());
    }
    return compare(b.span(), b.op(), l, r, b.left().span(), b.right().span());
  }

  /** {@code xx p} next to an integer is the address as an integer of that type (expr.eq.11). */
  private Tree.Expr asInteger(Ast.Expr e, Tree.Expr value, Type other) {
    Ast.Expr core = e;
    while (core instanceof Ast.Group g) {
      core = g.inner();
    }
    boolean converted = core instanceof Ast.Unary u && u.op() == Ast.UnaryOp.CONVERT;
    boolean address = value.type().isAddress() && !(value.type() instanceof Type.Function);
    return converted && address && other.isInt()
        ? c.conversions.cast(value, other, e.span())
        : value;
  }

  /** Next to an optional a number literal is typed by its payload (opt.eq.2). */
  private static boolean isNumber(Ast.Expr e) {
    return switch (e) {
      case Ast.IntLit x -> true;
      case Ast.FloatLit x -> true;
      case Ast.CharLit x -> true;
      case Ast.Unary u -> u.op() == Ast.UnaryOp.NEGATE && isNumber(u.operand());
      case Ast.Group g -> isNumber(g.inner());
      default -> false;
    };
  }

  /** {@code .v} in any of its forms, or flags put together of such (types.flags.3). */
  static boolean isVariantLiteral(Ast.Expr e) {
    return switch (e) {
      case Ast.EnumLit x -> true;
      case Ast.Call k -> k.callee() instanceof Ast.EnumLit;
      case Ast.AggregateLit a -> a.head().filter(h -> h instanceof Ast.EnumLit).isPresent();
      case Ast.Group g -> isVariantLiteral(g.inner());
      case Ast.Unary u -> u.op() == Ast.UnaryOp.BIT_NOT && isVariantLiteral(u.operand());
      case Ast.Binary b -> Operators.isBitOp(b.op()) && isVariantLiteral(b.left());
      default -> false;
    };
  }

  private static boolean isTypedByOther(Ast.Expr e) {
    return switch (e) {
      case Ast.NullLit x -> true;
      case Ast.AggregateLit a when a.head().isEmpty() -> true;
      case Ast.Group g -> isTypedByOther(g.inner());
      default -> isVariantLiteral(e) || Errors.isTag(e);
    };
  }

  Tree.Expr compare(
      Span span, BinaryOp op, Tree.Expr l, Tree.Expr r, Span leftSpan, Span rightSpan) {
    Type a = l.type();
    Type b = r.type();
    if (a.isError() || b.isError()) {
      return c.bad(span);
    }
    if (a instanceof Type.Void || b instanceof Type.Void) {
      return c.operators.noValue(a instanceof Type.Void ? l : r);
    }
    if (c.analysis.unnamed.sameShape(a, b)) {
      return compare(span, op, l, Unnamed.retyped(r, a), leftSpan, rightSpan);
    }
    CompareOp kind = CompareOp.valueOf(op.name());
    boolean equality = kind == CompareOp.EQ || kind == CompareOp.NE;
    if (a instanceof Type.Optional || b instanceof Type.Optional) {
      return equality
          ? c.optionals.equal(span, kind, l, r, leftSpan, rightSpan)
          : ordered(span, op, l, r, leftSpan, rightSpan);
    }
    if (equality && (a instanceof Type.ErrorSet || b instanceof Type.ErrorSet)) {
      return c.errors.equal(span, kind, l, r, leftSpan);
    }
    if (equality && (a instanceof Type.Any || b instanceof Type.Any)) {
      return c.bad(
          span, "an `any` cannot be compared; cast it first, or compare its type with type_of");
    }
    if (a instanceof Type.Vector || b instanceof Type.Vector) {
      Tree.Expr lanes = c.vectors.compare(span, op, l, r, leftSpan, rightSpan);
      return lanes != null ? lanes : c.bad(leftSpan, c.operators.inapplicable(op, a, b));
    }
    boolean whole = equality && a.equals(b) && hasEquality(a);
    if ((a instanceof Type.Tuple || b instanceof Type.Tuple) && !whole) {
      return c.tuples.compare(span, op, l, r, leftSpan, rightSpan);
    }
    if (a.isNumeric() && b.isNumeric()) {
      Type type = numericCommon(a, b);
      return foldCompare(
          new Tree.Compare(
              span, kind, c.conversions.numeric(l, type), c.conversions.numeric(r, type)));
    }
    if (a.isAddress() && b.isAddress()) {
      Tree.Expr right = a.equals(b) ? r : new Tree.Convert(r.span(), a, Tree.Conversion.ADDRESS, r);
      return new Tree.Compare(span, kind, l, right);
    }
    if (a instanceof Type.Struct && b instanceof Type.Struct && !a.equals(b) && equality) {
      return c.bad(rightSpan, "`" + c.name(b) + "` cannot be compared with `" + c.name(a) + "`");
    }
    boolean applies =
        a.equals(b)
            && (equality ? hasEquality(a) : a.equals(Types.BOOL) || c.operators.isPlainEnum(a));
    if (!applies) {
      return c.bad(leftSpan, c.operators.inapplicable(op, a, b) + missingEquality(a, b));
    }
    return foldCompare(new Tree.Compare(span, kind, l, r));
  }

  /** Optionals have no order; the payload of a narrowed variable may have one (opt.eq.8). */
  private Tree.Expr ordered(
      Span span, BinaryOp op, Tree.Expr l, Tree.Expr r, Span leftSpan, Span rightSpan) {
    Tree.Expr left = c.optionals.operand(l, leftSpan, op.text);
    Tree.Expr right = c.optionals.operand(r, rightSpan, op.text);
    return left.type().isError() || right.type().isError()
        ? c.bad(span)
        : compare(span, op, left, right, leftSpan, rightSpan);
  }

  private String missingEquality(Type a, Type b) {
    if (a.equals(b) && a instanceof Type.Struct s) {
      for (TypeTable.Field f : c.analysis.types.fields(s)) {
        if (partWithoutEquality(f.type()) != null) {
          return ": its field `" + f.name() + "` has no equality";
        }
      }
    }
    if (a.equals(b) && a instanceof Type.Array) {
      return "; compare the elements";
    }
    return "";
  }

  /** Functions are compared by themselves, but not as a part of something (types.eq.3). */
  private @Nullable Type partWithoutEquality(Type t) {
    return t instanceof Type.Function ? t : withoutEquality(t);
  }

  boolean hasEquality(Type t) {
    return withoutEquality(t) == null;
  }

  /** The type without equality that keeps values of a type from being compared, or null. */
  @Nullable Type withoutEquality(Type t) {
    return switch (t) {
      case Type.Struct s ->
          firstWithout(c.analysis.types.fields(s).stream().map(TypeTable.Field::type).toList());
      case Type.Tuple u -> firstWithout(u.elements());
      case Type.Optional o -> partWithoutEquality(o.payload());
      case Type.Union u -> u;
      case Type.Array x -> x;
      case Type.Vector x -> x;
      case Type.Any x -> x;
      case Type.Closure x -> x;
      case Type.Protocol x -> x;
      default -> null;
    };
  }

  private @Nullable Type firstWithout(List<Type> parts) {
    for (Type t : parts) {
      Type without = partWithoutEquality(t);
      if (without != null) {
        return without;
      }
    }
    return null;
  }

  private static Type numericCommon(Type a, Type b) {
    if (a.isFloat()) {
      return a;
    }
    if (b.isFloat()) {
      return b;
    }
    Type.Int x = (Type.Int) a;
    Type.Int y = (Type.Int) b;
    return new Type.Int(Math.max(x.bits(), y.bits()), x.signed() && y.signed(), false);
  }

  private Tree.Expr foldCompare(Tree.Compare e) {
    Optional<Integer> order = order(e.left(), e.right());
    if (order.isEmpty()) {
      return e;
    }
    int o = order.get();
    boolean v =
        switch (e.op()) {
          case EQ -> o == 0;
          case NE -> o != 0;
          case LT -> o < 0;
          case LE -> o <= 0;
          case GT -> o > 0;
          case GE -> o >= 0;
        };
    return c.boolConst(e.span(), v);
  }

  private Optional<Integer> order(Tree.Expr l, Tree.Expr r) {
    if (!(l instanceof Tree.Const a) || !(r instanceof Tree.Const b)) {
      return Optional.empty();
    }
    if (a.value() instanceof Constant.Int x && b.value() instanceof Constant.Int y) {
      if (l.type() instanceof Type.Int t) {
        return Optional.of(Integers.value(x.value(), t).compareTo(Integers.value(y.value(), t)));
      }
      return Optional.of(Long.compare(x.value(), y.value()));
    }
    if (a.value() instanceof Constant.Float x
        && b.value() instanceof Constant.Float y
        && !Double.isNaN(x.value())
        && !Double.isNaN(y.value())) {
      return Optional.of(x.value() == y.value() ? 0 : x.value() < y.value() ? -1 : 1);
    }
    if (a.value() instanceof Constant.TypeValue x && b.value() instanceof Constant.TypeValue y) {
      return Optional.of(x.type().equals(y.type()) ? 0 : 1);
    }
    return Optional.empty();
  }

  /** A chain: all operands once, in order, then every link (expr.chain). */
  Tree.Expr chain(Ast.Chain chain) {
    List<Local> locals = new ArrayList<>();
    List<Tree.Expr> values = new ArrayList<>();
    List<Tree.Expr> links = new ArrayList<>();
    for (Ast.Expr e : chain.operands()) {
      Type previous = locals.isEmpty() || !isTypedByOther(e) ? null : locals.getLast().type();
      Tree.Expr v = c.expressions.check(e, previous);
      if (v.type().isError()) {
        return v;
      }
      values.add(v);
      locals.add(new Local("link", v.type(), e.span()));
    }
    for (int i = 0; i < chain.ops().size(); i++) {
      Tree.Expr link =
          compare(
              chain.span(),
              chain.ops().get(i),
              reference(locals.get(i), values.get(i)),
              reference(locals.get(i + 1), values.get(i + 1)),
              chain.operands().get(i).span(),
              chain.operands().get(i + 1).span());
      if (link.type().isError()) {
        return link;
      }
      if (!link.type().equals(Types.BOOL)) {
        return c.bad(
            chain.operands().get(i).span(), "a comparison of vectors cannot be part of a chain");
      }
      links.add(link);
    }
    return new Tree.CompareChain(chain.span(), locals, values, links);
  }

  private static Tree.Expr reference(Local local, Tree.Expr value) {
    return value instanceof Tree.Const ? value : new Tree.LocalRef(value.span(), local);
  }
}
