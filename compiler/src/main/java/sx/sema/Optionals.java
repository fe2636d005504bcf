package sx.sema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Presence, payloads and the operators {@code !}, {@code ??} and {@code ?.} (10-optionals.md). */
final class Optionals {
  /** The type of a {@code null} arm until it is joined with the others (opt.value.1). */
  static final Type.Optional BARE_NULL = new Type.Optional(Types.NO_RETURN);

  private final Checker c;

  Optionals(Checker c) {
    this.c = c;
  }

  /** The type that a literal gets where an optional of it is expected (opt.coerce.2). */
  static @Nullable Type innermost(@Nullable Type expected) {
    Type t = expected;
    while (t instanceof Type.Optional o) {
      t = o.payload();
    }
    return t;
  }

  /** The type of arms that are {@code null} or have a common type (opt.value.1). */
  static Type withNulls(boolean anyNull, Type others) {
    if (!anyNull || others instanceof Type.Optional) {
      return others;
    }
    return others instanceof Type.NoReturn ? BARE_NULL : new Type.Optional(others);
  }

  // ------------------------------------------------------------------ parts of an optional

  /** Whether an optional holds a value, as a bool. */
  Tree.Expr isPresent(Tree.Expr optional, Span at) {
    return folded(new Tree.Truth(at, optional));
  }

  /** The payload of an optional that is known to hold one. */
  static Tree.Expr payload(Tree.Expr optional, Span at) {
    return new Tree.Payload(at, ((Type.Optional) optional.type()).payload(), optional);
  }

  static Tree.Expr absent(Span at, Type optional) {
    return new Tree.Const(at, optional, Constant.ZERO);
  }

  /** A value as a present optional; one that is an optional already stays as it is. */
  private static Tree.Expr present(Tree.Expr e) {
    return e.type() instanceof Type.Optional
        ? e
        : new Tree.Convert(e.span(), new Type.Optional(e.type()), Tree.Conversion.WRAP, e);
  }

  private static Tree.Expr folded(Tree.Expr e) {
    return Folding.constant(e).<Tree.Expr>map(k -> new Tree.Const(e.span(), e.type(), k)).orElse(e);
  }

  /** Uses a value several times and evaluates it once. */
  Tree.Expr once(Tree.Expr e, UnaryOperator<Tree.Expr> use) {
    boolean free =
        e instanceof Tree.LocalRef || e instanceof Tree.GlobalRef || e instanceof Tree.Const;
    if (free) {
      return use.apply(e);
    }
    Local held = new Local("optional", e.type(), e.span());
    Tree.Expr made = use.apply(new Tree.LocalRef(e.span(), held));
    return made.type().isError()
        ? made
        : new Tree.Block(
            made.span(),
            made.type(),
            List.of(new Tree.Declare(e.span(), held, Optional.of(e))),
            Optional.of(made));
  }

  /** What {@code present} makes of the payload as an optional of one level, else absent. */
  private Tree.Expr mapped(Tree.Expr optional, Span at, UnaryOperator<Tree.Expr> present) {
    return once(
        optional,
        o -> {
          Tree.Expr made = present.apply(payload(o, o.span()));
          if (made.type().isError()) {
            return made;
          }
          Tree.Expr result = present(made);
          Tree.Expr none = absent(at, result.type());
          return new Tree.If(at, result.type(), isPresent(o, at), result, none);
        });
  }

  // ------------------------------------------------------------------ narrowing

  /** The payload of a variable that is narrowed here, or null for anything else (opt.narrow.5). */
  Tree.@Nullable Expr narrowed(Tree.Expr e) {
    return e instanceof Tree.LocalRef r
            && r.type() instanceof Type.Optional
            && c.flow.isPresent(r.local())
        ? payload(e, e.span())
        : null;
  }

  /** The payload of a narrowed variable; other values as they are. */
  Tree.Expr extracted(Tree.Expr e) {
    Tree.Expr payload = narrowed(e);
    return payload == null ? e : payload;
  }

  /** An operand that must not be an optional: extracted, or refused at it (opt.noimp.3). */
  Tree.Expr operand(Tree.Expr e, Span at, String operator) {
    Tree.Expr v = extracted(e);
    return v.type() instanceof Type.Optional
        ? c.bad(
            at,
            "`"
                + operator
                + "` does not apply to the optional `"
                + c.name(v.type())
                + "`; take its payload with `!`, `??` or `if v := …`")
        : v;
  }

  // ------------------------------------------------------------------ conversions

  /** {@code ?A} to {@code ?B}: presence is kept (opt.coerce.5); null if A does not convert to B. */
  Tree.@Nullable Expr convert(Tree.Expr e, Type.Optional target, Span at) {
    Type.Optional from = (Type.Optional) e.type();
    if (from.equals(BARE_NULL)) {
      return absent(e.span(), target);
    }
    boolean[] fits = {true};
    Tree.Expr made =
        once(
            e,
            o -> {
              Tree.Expr payload = payload(o, o.span());
              Tree.Expr done =
                  payload.type().equals(target.payload())
                      ? payload
                      : c.conversions.implicit(payload, target.payload(), at);
              if (done == null || done.type().isError()) {
                fits[0] = done != null;
                return c.bad(e.span());
              }
              Tree.Expr wrapped = new Tree.Convert(e.span(), target, Tree.Conversion.WRAP, done);
              return new Tree.If(
                  e.span(), target, isPresent(o, e.span()), wrapped, absent(e.span(), target));
            });
    return fits[0] ? made : null;
  }

  /** An optional as a variadic {@code any}: its payload, or the text {@code null} (opt.print.4). */
  Tree.Expr boxed(Tree.Expr e, Span at) {
    byte[] text = "null".getBytes(StandardCharsets.UTF_8);
    Tree.Expr none = new Tree.Const(at, Types.STRING, new Constant.Text(text));
    return once(
        e,
        o ->
            new Tree.If(
                at,
                Types.ANY,
                isPresent(o, at),
                c.conversions.box(payload(o, at)),
                c.conversions.box(none)));
  }

  // ------------------------------------------------------------------ operators

  /** {@code e!} (opt.unwrap). */
  Tree.Expr unwrap(Ast.Unwrap u) {
    Tree.Expr e = c.expressions.any(u.base());
    if (e.type().isError()) {
      return c.bad(u.span());
    }
    if (!(e.type() instanceof Type.Optional)) {
      return c.bad(u.span(), "`!` unwraps an optional, not `" + c.name(e.type()) + "`");
    }
    return once(
        e,
        o ->
            new Tree.If(
                u.span(),
                ((Type.Optional) o.type()).payload(),
                isPresent(o, u.span()),
                payload(o, u.span()),
                c.analysis.runtime.abort(u.span())));
  }

  /** {@code a ?? b} (opt.coalesce). */
  Tree.Expr coalesce(Ast.Binary b, @Nullable Type expected) {
    Tree.Expr l = c.expressions.any(b.left());
    if (l.type().isError()) {
      return c.bad(b.span());
    }
    if (!(l.type() instanceof Type.Optional o)) {
      return c.bad(
          b.left().span(), "`??` needs an optional on its left, not `" + c.name(l.type()) + "`");
    }
    Tree.Expr r = c.value(b.right(), o.payload());
    if (r.type().isError()) {
      return c.bad(b.span());
    }
    return once(
        l,
        x ->
            folded(
                new Tree.If(
                    b.span(), o.payload(), isPresent(x, b.span()), payload(x, x.span()), r)));
  }

  /** {@code x?.name} and {@code x?.0} (opt.chain). */
  Tree.Expr chain(Ast.Expr base, Span at, String name, UnaryOperator<Tree.Expr> member) {
    Tree.Expr e = c.expressions.any(base);
    if (e.type().isError()) {
      return c.bad(at);
    }
    if (!(e.type() instanceof Type.Optional)) {
      return c.bad(
          at, "`?." + name + "` needs an optional before it, not `" + c.name(e.type()) + "`");
    }
    return mapped(e, at, member);
  }

  /** {@code y[i]} where {@code y} is an optional (opt.chain.6). */
  Tree.Expr index(Tree.Expr optional, Span at, UnaryOperator<Tree.Expr> element) {
    return mapped(optional, at, element);
  }

  /** {@code x?.(U)} (opt.cast.1). */
  Tree.Expr cast(Ast.Cast k, Tree.Expr e, Type target) {
    if (!(e.type() instanceof Type.Optional)) {
      return c.bad(
          k.span(),
          "`?.(…)` needs an optional before it, not `"
              + c.name(e.type())
              + "`; write `.("
              + c.name(target)
              + ")`");
    }
    return ((Type.Optional) e.type()).payload() instanceof Type.Any && c.failables.claims(k)
        ? c.assertions.failableChained(e, target, k.span())
        : castPresent(e, target, k.span());
  }

  /** Casts the payload of an optional if there is one. */
  Tree.Expr castPresent(Tree.Expr e, Type target, Span at) {
    return mapped(
        e,
        at,
        p ->
            p.type() instanceof Type.Any
                ? c.assertions.cast(p, target, at)
                : c.conversions.cast(p, target, at));
  }

  // ------------------------------------------------------------------ equality

  /** {@code ==} and {@code !=} with an optional on one side at least (opt.eq). */
  Tree.Expr equal(
      Span span, Tree.CompareOp op, Tree.Expr l, Tree.Expr r, Span leftSpan, Span rightSpan) {
    if (l.type().equals(r.type()) && (isNull(r) || isNull(l))) {
      Tree.Expr present = isPresent(isNull(r) ? l : r, span);
      return op == Tree.CompareOp.NE ? present : negated(present, span);
    }
    if (l.type() instanceof Type.Optional a && r.type() instanceof Type.Optional b) {
      return both(span, op, l, r, a, b, leftSpan, rightSpan);
    }
    boolean left = l.type() instanceof Type.Optional;
    Tree.Expr optional = left ? l : r;
    Tree.Expr value = left ? r : l;
    Type payload = ((Type.Optional) optional.type()).payload();
    String without = withoutEquality(payload);
    if (without != null) {
      return c.bad(leftSpan, without);
    }
    if (value.type().equals(payload)) {
      Tree.Expr wrapped =
          new Tree.Convert(value.span(), optional.type(), Tree.Conversion.WRAP, value);
      return new Tree.Compare(span, op, left ? l : wrapped, left ? wrapped : r);
    }
    return mixed(span, op, l, r, left, leftSpan, rightSpan);
  }

  private Tree.Expr both(
      Span span,
      Tree.CompareOp op,
      Tree.Expr l,
      Tree.Expr r,
      Type.Optional a,
      Type.Optional b,
      Span leftSpan,
      Span rightSpan) {
    if (!a.equals(b)) {
      return c.bad(rightSpan, "`" + c.name(b) + "` cannot be compared with `" + c.name(a) + "`");
    }
    String without = withoutEquality(a.payload());
    return without != null ? c.bad(leftSpan, without) : new Tree.Compare(span, op, l, r);
  }

  /** Both operands are evaluated; then a payload of another type is compared if there is one. */
  private Tree.Expr mixed(
      Span span,
      Tree.CompareOp op,
      Tree.Expr l,
      Tree.Expr r,
      boolean left,
      Span leftSpan,
      Span rightSpan) {
    return once(
        l,
        x ->
            once(
                r,
                y -> {
                  Tree.Expr o = left ? x : y;
                  Tree.Expr payload = payload(o, o.span());
                  Tree.Expr link =
                      c.comparisons.compare(
                          span,
                          Ast.BinaryOp.EQ,
                          left ? payload : x,
                          left ? y : payload,
                          leftSpan,
                          rightSpan);
                  if (link.type().isError()) {
                    return link;
                  }
                  Tree.Expr same = new Tree.And(span, isPresent(o, span), link);
                  return op == Tree.CompareOp.EQ ? same : new Tree.Not(span, same);
                }));
  }

  private static boolean isNull(Tree.Expr e) {
    return e instanceof Tree.Const k && k.value() instanceof Constant.Zero;
  }

  private Tree.Expr negated(Tree.Expr bool, Span at) {
    return bool instanceof Tree.Const k
        ? c.boolConst(at, !(k.value() instanceof Constant.Int n && n.value() != 0))
        : new Tree.Not(at, bool);
  }

  /** Why optionals of a payload can only be compared with null (opt.eq.7), or null. */
  private @Nullable String withoutEquality(Type payload) {
    Type without = c.comparisons.withoutEquality(payload);
    if (without == null && payload instanceof Type.Function) {
      without = payload;
    }
    return without == null
        ? null
        : "`"
            + c.name(without)
            + "` has no equality, so `?"
            + c.name(payload)
            + "` can only be compared with `null`"
            + (without instanceof Type.Array ? "; compare the elements" : "");
  }

  // ------------------------------------------------------------------ binding conditions

  /** The source of a binding condition, or the error node (opt.bind.6). */
  Tree.Expr source(Ast.Expr e) {
    Tree.Expr v = c.expressions.any(e);
    return v.type().isError() || v.type() instanceof Type.Optional
        ? v
        : c.bad(e.span(), "a binding needs an optional, not `" + c.name(v.type()) + "`");
  }

  /** Declares the payload of {@code held} as a variable of the current scope (opt.bind.1). */
  void bind(Ast.Name name, Tree.Expr held, List<Tree.Stmt> out) {
    if (held.type().isError()) {
      c.locals.declare(name, Entity.BAD);
      return;
    }
    Tree.Expr payload = payload(held, name.span());
    Local local = new Local(name.text(), payload.type(), name.span());
    out.add(new Tree.Declare(name.span(), local, Optional.of(payload)));
    c.locals.declare(name, new Entity.Variable(local, Entity.Binding.VARIABLE, c.function));
  }
}
