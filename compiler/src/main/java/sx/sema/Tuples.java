package sx.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Ast.BinaryOp;
import sx.type.Type;
import sx.type.TypeTable;

/** Operators and conversions of tuples, element by element (types.tuple). */
final class Tuples {
  private final Checker c;

  Tuples(Checker c) {
    this.c = c;
  }

  /** The types of the elements of a tuple or of the fields of a struct; empty for other types. */
  static List<Type> elements(Type t, TypeTable types) {
    return switch (t) {
      case Type.Tuple u -> u.elements();
      case Type.Struct s -> types.fields(s).stream().map(TypeTable.Field::type).toList();
      default -> List.of();
    };
  }

  // ------------------------------------------------------------------ parts

  private Tree.Expr part(Tree.Expr whole, int index) {
    List<Type> types = elements(whole.type(), c.analysis.types);
    return c.members.folded(new Tree.Field(whole.span(), types.get(index), whole, index));
  }

  /**
   * Converts a tuple or struct to a tuple of as many elements, or to a struct of the same fields,
   * part by part (types.conv rows 4 and 5); null where a part does not convert.
   */
  Tree.@Nullable Expr convert(Tree.Expr e, Type target, Span at) {
    List<Type> wanted = elements(target, c.analysis.types);
    int count = elements(e.type(), c.analysis.types).size();
    if (wanted.size() != count) {
      return null;
    }
    List<Tree.Part> parts = new ArrayList<>();
    if (e instanceof Tree.Aggregate a && a.parts().size() == count) {
      for (Tree.Part p : a.parts()) {
        Tree.Expr done = element(p.value(), wanted.get(p.index()), at);
        if (done == null) {
          return null;
        }
        parts.add(new Tree.Part(p.index(), done));
      }
      return new Tree.Aggregate(e.span(), target, parts);
    }
    Operands operands = new Operands();
    Tree.Expr whole = operands.hold(e);
    for (int i = 0; i < count; i++) {
      Tree.Expr done = element(part(whole, i), wanted.get(i), at);
      if (done == null) {
        return null;
      }
      parts.add(new Tree.Part(i, done));
    }
    return operands.finish(e.span(), new Tree.Aggregate(e.span(), target, parts));
  }

  private Tree.@Nullable Expr element(Tree.Expr e, Type target, Span at) {
    return e.type().equals(target) ? e : c.conversions.implicit(e, target, at);
  }

  // ------------------------------------------------------------------ arguments

  /**
   * A tuple in parentheses as an argument: with the labels written, typed by the slots of the
   * parameter if it has some (expr.call.11).
   *
   * @param expected the parameter's type; null where the argument decides it
   */
  Tree.Expr parenthesised(Ast.ParenTuple t, @Nullable Type expected) {
    if (expected != null && !(expected instanceof Type.Tuple)) {
      return expected.isError() ? c.bad(t.span()) : misplaced(t);
    }
    Type.Tuple slots = (Type.Tuple) expected;
    if (slots != null && slots.elements().size() != t.entries().size()) {
      return c.bad(
          t.span(),
          "`"
              + c.name(slots)
              + "` has "
              + slots.elements().size()
              + " elements, and "
              + t.entries().size()
              + " are given");
    }
    List<Type> types = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<Tree.Part> parts = new ArrayList<>();
    boolean bad = false;
    for (Ast.TupleEntry e : t.entries()) {
      Tree.Expr v =
          slots == null
              ? c.expressions.any(e.value())
              : c.value(e.value(), slots.elements().get(parts.size()));
      bad |= v.type().isError();
      parts.add(new Tree.Part(parts.size(), v));
      types.add(v.type());
      labels.add(e.name().map(Ast.Name::text).orElse(""));
    }
    return bad
        ? c.bad(t.span())
        : new Tree.Aggregate(t.span(), new Type.Tuple(types, labels), parts);
  }

  /** Reports a tuple in parentheses where none can stand, at the token that shows it. */
  Tree.Expr misplaced(Ast.ParenTuple t) {
    Ast.TupleEntry first = t.entries().getFirst();
    Span at = first.name().map(Ast.Name::span).orElseGet(() -> comma(first.value().span(), t));
    return c.bad(
        at, "parentheses make a tuple only for a tuple parameter; write the literal `.{ … }`");
  }

  private static Span comma(Span before, Ast.ParenTuple t) {
    String rest = new Span(before.file(), before.end(), t.span().end()).text();
    int start = before.end() + Math.max(0, rest.indexOf(','));
    return new Span(before.file(), start, start + 1);
  }

  // ------------------------------------------------------------------ operators

  /** {@code a + b}: the elements of both (types.tuple.9). */
  Tree.Expr concatenate(Span span, Tree.Expr left, Tree.Expr right) {
    Operands operands = new Operands();
    Tree.Expr l = operands.hold(left);
    Tree.Expr r = operands.hold(right);
    return operands.finish(span, sequence(span, List.of(l, r)));
  }

  /** {@code t * n}: the elements of {@code t}, {@code n} times (types.tuple.9). */
  Tree.Expr repeat(Span span, Tree.Expr tuple, int count) {
    Operands operands = new Operands();
    Tree.Expr t = operands.hold(tuple);
    return operands.finish(span, sequence(span, Collections.nCopies(count, t)));
  }

  private Tree.Expr sequence(Span span, List<Tree.Expr> tuples) {
    List<Type> types = new ArrayList<>();
    List<Tree.Part> parts = new ArrayList<>();
    for (Tree.Expr t : tuples) {
      int count = elements(t.type(), c.analysis.types).size();
      for (int i = 0; i < count; i++) {
        Tree.Expr part = part(t, i);
        types.add(part.type());
        parts.add(new Tree.Part(parts.size(), part));
      }
    }
    Type.Tuple type = new Type.Tuple(types, Collections.nCopies(types.size(), ""));
    return new Tree.Aggregate(span, type, parts);
  }

  /**
   * Compares two tuples of equal length, or a tuple of one element with a plain value
   * (types.tuple.7, types.tuple.8).
   */
  Tree.Expr compare(
      Span span, BinaryOp op, Tree.Expr left, Tree.Expr right, Span leftSpan, Span rightSpan) {
    Operands operands = new Operands();
    Tree.Expr l = operands.hold(left);
    Tree.Expr r = operands.hold(right);
    if (!(l.type() instanceof Type.Tuple) && isSingle(r)) {
      l = single(l);
    } else if (!(r.type() instanceof Type.Tuple) && isSingle(l)) {
      r = single(r);
    }
    if (!(l.type() instanceof Type.Tuple a) || !(r.type() instanceof Type.Tuple b)) {
      return c.bad(
          leftSpan,
          "`"
              + op.text
              + "` does not apply to `"
              + c.name(left.type())
              + "` and `"
              + c.name(right.type())
              + "`");
    }
    if (a.elements().size() != b.elements().size()) {
      return c.bad(
          rightSpan,
          "`" + c.name(b) + "` has not as many elements as `" + c.name(a) + "`, the left operand");
    }
    Places at = new Places(span, leftSpan, rightSpan);
    Tree.Expr value =
        switch (op) {
          case EQ -> equal(at, l, r);
          case NE -> {
            Tree.Expr same = equal(at, l, r);
            yield same.type().isError() ? same : new Tree.Not(span, same);
          }
          default -> ordered(at, op, l, r, 0);
        };
    return operands.finish(span, value);
  }

  private record Places(Span whole, Span left, Span right) {}

  private static boolean isSingle(Tree.Expr e) {
    return e.type() instanceof Type.Tuple t && t.elements().size() == 1;
  }

  private static Tree.Expr single(Tree.Expr e) {
    Type type = new Type.Tuple(List.of(e.type()), List.of(""));
    return new Tree.Aggregate(e.span(), type, List.of(new Tree.Part(0, e)));
  }

  private int size(Tree.Expr e) {
    return elements(e.type(), c.analysis.types).size();
  }

  private Tree.Expr link(Places at, BinaryOp op, Tree.Expr l, Tree.Expr r, int i) {
    return c.comparisons.compare(at.whole(), op, part(l, i), part(r, i), at.left(), at.right());
  }

  private Tree.Expr equal(Places at, Tree.Expr l, Tree.Expr r) {
    Tree.Expr all = c.boolConst(at.whole(), true);
    for (int i = 0; i < size(l); i++) {
      Tree.Expr same = link(at, BinaryOp.EQ, l, r, i);
      if (same.type().isError()) {
        return same;
      }
      all = i == 0 ? same : new Tree.And(at.whole(), all, same);
    }
    return all;
  }

  /** The first elements that differ decide; equal tuples satisfy {@code <=} and {@code >=}. */
  private Tree.Expr ordered(Places at, BinaryOp op, Tree.Expr l, Tree.Expr r, int from) {
    boolean less = op == BinaryOp.LT || op == BinaryOp.LE;
    if (from == size(l)) {
      return c.boolConst(at.whole(), op == BinaryOp.LE || op == BinaryOp.GE);
    }
    if (from == size(l) - 1) {
      return link(at, op, l, r, from);
    }
    Tree.Expr before = link(at, less ? BinaryOp.LT : BinaryOp.GT, l, r, from);
    if (before.type().isError()) {
      return before;
    }
    Tree.Expr same = link(at, BinaryOp.EQ, l, r, from);
    Tree.Expr rest = ordered(at, op, l, r, from + 1);
    return rest.type().isError()
        ? rest
        : new Tree.Or(at.whole(), before, new Tree.And(at.whole(), same, rest));
  }

  /** {@code e in t}: whether an element that can be compared with {@code e} is equal to it. */
  Tree.Expr contains(Span span, Tree.Expr element, Tree.Expr tuple) {
    Operands operands = new Operands();
    Tree.Expr e = operands.hold(element);
    Tree.Expr t = operands.hold(tuple);
    Tree.Expr found = null;
    for (int i = 0; i < size(t); i++) {
      Tree.Expr candidate = part(t, i);
      if (!c.operators.comparable(e.type(), candidate.type())) {
        continue;
      }
      Tree.Expr same =
          c.comparisons.compare(span, BinaryOp.EQ, e, candidate, element.span(), tuple.span());
      if (same.type().isError()) {
        return same;
      }
      found = found == null ? same : new Tree.Or(span, found, same);
    }
    return operands.finish(span, found == null ? c.boolConst(span, false) : found);
  }
}
