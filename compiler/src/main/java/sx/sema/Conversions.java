package sx.sema;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Conversion;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** Implicit conversions and casts (02b-conversions.md sections 3 to 7). */
final class Conversions {
  private final Checker c;

  /** Longer texts are not repeated in a message. */
  private static final int SHORT = 40;

  Conversions(Checker c) {
    this.c = c;
  }

  /** Converts a value to a type implicitly; a refusal is reported at {@code at}. */
  Tree.Expr convert(Tree.Expr e, Type target, Span at) {
    if (e.type().isError() || target.isError()) {
      return c.bad(e.span());
    }
    if (e.type().equals(target) || e.type() instanceof Type.NoReturn) {
      return e;
    }
    if (e.type() instanceof Type.Void && !keepsVoid(e, target)) {
      return c.bad(at, "this has no value, but a `" + c.name(target) + "` is needed");
    }
    Tree.Expr done = implicit(e, target, at);
    return done != null ? done : c.bad(refusedAt(e, target, at), which(e, at) + refusal(e, target));
  }

  /** Names an argument whose refusal is reported at its call: there may be several. */
  private static String which(Tree.Expr e, Span at) {
    String text = e.span().text();
    boolean isWithin = at.file() == e.span().file() && at.start() < e.span().start();
    boolean isCall = !at.text().startsWith("#run") && !at.text().startsWith("(");
    return isWithin
            && isCall
            && at.end() >= e.span().end()
            && text.length() <= SHORT
            && !text.contains("\n")
        ? "the argument `" + text + "`: "
        : "";
  }

  /**
   * Where a refusal is reported: for {@code any} and between {@code string} and {@code cstring} at
   * the statement (types.any.5, types.cstr.2), unless the place is that of a call (types.conv.14).
   */
  private Span refusedAt(Tree.Expr e, Type target, Span at) {
    Type from = e.type();
    boolean whole =
        from instanceof Type.Any
            || (from.equals(Types.STRING) && target.equals(Types.CSTRING))
            || (from.equals(Types.CSTRING) && target.equals(Types.STRING));
    boolean argument = at.start() < e.span().start();
    return whole && !argument && c.statement != null ? c.statement : at;
  }

  private String refusal(Tree.Expr e, Type target) {
    String base = "`" + c.name(e.type()) + "` does not convert to `" + c.name(target) + "`";
    if (e.type() instanceof Type.Pointer p && p.target().equals(target)) {
      return base + "; follow the pointer with `.*`";
    }
    if (e.type().equals(Types.STRING) && target.equals(Types.CSTRING)) {
      return base + "; `to_cstring` makes a terminated copy";
    }
    if (e.type().equals(Types.CSTRING) && target.equals(Types.STRING)) {
      return base + "; `from_cstring` gives a view of its bytes";
    }
    if (e.type() instanceof Type.ManyPointer && target instanceof Type.Slice) {
      return base + "; give the length with `p[0..n]`";
    }
    if (e.type() instanceof Type.Optional o && !(target instanceof Type.Optional)) {
      return target.equals(Types.BOOL) && !o.payload().equals(Types.BOOL)
          ? base + "; test whether it is present with `!= null`"
          : base + "; take its payload with `!`, `??`, `if v := …`, `?.` or a match";
    }
    if (e.type().isNumeric() && target.equals(Types.BOOL)) {
      return base + "; compare it, or cast with `.(bool)`";
    }
    return base;
  }

  /** The implicit conversion of a value of another type, or null where there is none. */
  Tree.@Nullable Expr implicit(Tree.Expr e, Type target, Span at) {
    Type from = e.type();
    if (e instanceof Tree.Block b && b.value().isPresent()) {
      return ofBlock(b, b.value().get(), target);
    }
    if (from instanceof Type.Optional && !(target instanceof Type.Any)) {
      return ofOptional(e, target, at);
    }
    if (e instanceof Tree.Const k && k.value() instanceof Constant.Text t && isTextTarget(target)) {
      return from.equals(Types.STRING) ? new Tree.Const(e.span(), target, t) : null;
    }
    if (c.analysis.unnamed.sameShape(from, target)) {
      return Unnamed.retyped(e, target);
    }
    if (target instanceof Type.Any) {
      return box(e);
    }
    if (target instanceof Type.Optional o) {
      Tree.Expr payload = from.equals(o.payload()) ? e : implicit(e, o.payload(), at);
      return payload == null || payload.type().isError()
          ? payload
          : new Tree.Convert(e.span(), target, Conversion.WRAP, payload);
    }
    if (Results.differInNames(from, target)) {
      return renamed(e, target);
    }
    if (widensErrors(from, target)) {
      Conversion kind =
          target instanceof Type.Closure ? Conversion.REINTERPRET : Conversion.ADDRESS;
      return new Tree.Convert(e.span(), target, kind, e);
    }
    if (target instanceof Type.Closure k) {
      if (from instanceof Type.Function f) {
        Type.Closure own = new Type.Closure(f.params(), f.result());
        Tree.Expr held = widensErrors(own, k) ? Closures.promoted(c, e, own) : null;
        if (held != null) {
          return renamed(held, k);
        }
      }
      Tree.Expr same = Closures.promoted(c, e, k);
      return same != null ? same : Closures.succeeding(c, e, k);
    }
    if (target instanceof Type.Protocol p) {
      return new Erasure(c).implicit(e, p, at);
    }
    if (target instanceof Type.Pointer q
        && q.target() instanceof Type.Protocol p
        && !(from instanceof Type.Pointer r && r.target().equals(p))) {
      Tree.Expr view = new Erasure(c).view(e, p, at);
      if (view != null) {
        return view;
      }
    }
    if (from instanceof Type.Any) {
      return null;
    }
    if (from instanceof Type.ErrorSet) {
      return target instanceof Type.ErrorSet s ? Errors.retyped(e, s) : null;
    }
    if (target instanceof Type.Int to && from.isNumeric()) {
      return toInt(e, to, at);
    }
    if (target instanceof Type.Float to && from.isNumeric()) {
      return toFloat(e, to);
    }
    if (from instanceof Type.Bool && target.isNumeric()) {
      if (e instanceof Tree.Const k && k.value() instanceof Constant.Int n) {
        return numeric(c.intConst(e.span(), Types.I64, n.value() == 0 ? 0 : 1), target);
      }
      Tree.Expr n = new Tree.Convert(e.span(), Types.I64, Conversion.INT, e);
      return target.isInt()
          ? new Tree.Convert(e.span(), target, Conversion.INT, e)
          : new Tree.Convert(e.span(), target, Conversion.INT_TO_FLOAT, n);
    }
    if (target instanceof Type.Slice s && from instanceof Type.Array a) {
      return a.element().equals(s.element()) ? view(e, target) : null;
    }
    if (target instanceof Type.ManyPointer m) {
      Tree.Expr address = firstElement(e, m);
      if (address != null) {
        return address;
      }
    }
    if (from instanceof Type.Pointer && target.equals(Types.STRING)) {
      return null;
    }
    if (isBytes(from) && isBytes(target)) {
      return new Tree.Convert(e.span(), target, Conversion.SAME_WORDS, e);
    }
    if (from.isAddress() && target.isAddress()) {
      return address(e, target);
    }
    return structural(e, target, at);
  }

  /** The conversion goes inside of the block, where constants can be seen. */
  private Tree.@Nullable Expr ofBlock(Tree.Block b, Tree.Expr value, Type target) {
    Tree.Expr done = value.type().equals(target) ? value : implicit(value, target, value.span());
    return done == null || done.type().isError()
        ? done
        : new Tree.Block(b.span(), target, b.statements(), Optional.of(done));
  }

  /** An optional becomes another optional, or its payload where it is narrowed. */
  private Tree.@Nullable Expr ofOptional(Tree.Expr e, Type target, Span at) {
    if (target instanceof Type.Optional o) {
      return c.optionals.convert(e, o, at);
    }
    Tree.Expr payload = c.optionals.narrowed(e);
    return payload == null || payload.type().equals(target)
        ? payload
        : implicit(payload, target, at);
  }

  /** A function or closure whose type gives its results other names: the same value. */
  private static Tree.Expr renamed(Tree.Expr e, Type target) {
    Conversion kind = target instanceof Type.Closure ? Conversion.REINTERPRET : Conversion.ADDRESS;
    return Folding.constant(e)
        .<Tree.Expr>map(k -> new Tree.Const(e.span(), target, k))
        .orElseGet(() -> new Tree.Convert(e.span(), target, kind, e));
  }

  /** Whether two function types differ in that the errors of the first lie in the second's. */
  private boolean widensErrors(Type from, Type target) {
    Failable a;
    Failable b;
    if (from instanceof Type.Closure x && target instanceof Type.Closure y) {
      a = x.params().equals(y.params()) ? Failable.of(x.result()) : null;
      b = Failable.of(y.result());
    } else if (from instanceof Type.Function x && target instanceof Type.Function y) {
      a = x.params().equals(y.params()) && x.c() == y.c() ? Failable.of(x.result()) : null;
      b = Failable.of(y.result());
    } else {
      return false;
    }
    return a != null
        && b != null
        && a.values().equals(b.values())
        && (!ErrorSets.isNamed(b.set())
            || (ErrorSets.isNamed(a.set())
                && c.analysis.types.tags(b.set()).containsAll(c.analysis.types.tags(a.set()))));
  }

  private static boolean isTextTarget(Type t) {
    return t.equals(Types.CSTRING)
        || t.equals(new Type.ManyPointer(Types.U8))
        || t.equals(new Type.ManyPointer(Types.I8));
  }

  private static boolean isBytes(Type t) {
    return t.equals(Types.STRING) || t.equals(Types.BYTES);
  }

  private Tree.@Nullable Expr address(Tree.Expr e, Type target) {
    boolean functions = e.type() instanceof Type.Function && target instanceof Type.Function;
    if (functions) {
      return null;
    }
    return new Tree.Convert(e.span(), target, Conversion.ADDRESS, e);
  }

  private Tree.@Nullable Expr firstElement(Tree.Expr e, Type.ManyPointer target) {
    return switch (e.type()) {
      case Type.Array a when a.element().equals(target.element()) ->
          new Tree.Convert(e.span(), target, Conversion.ARRAY_ADDRESS, c.expressions.place(e));
      case Type.Slice s when s.element().equals(target.element()) ->
          new Tree.Convert(e.span(), target, Conversion.SLICE_ADDRESS, e);
      case Type.Pointer p
          when p.target() instanceof Type.Array a && a.element().equals(target.element()) ->
          new Tree.Convert(e.span(), target, Conversion.ADDRESS, e);
      default -> null;
    };
  }

  /** A slice over an array, which gets storage if it has none (types.slice.3). */
  Tree.Expr view(Tree.Expr e, Type slice) {
    if (e.type().isError()) {
      return e;
    }
    return new Tree.Convert(e.span(), slice, Conversion.ARRAY_VIEW, c.expressions.place(e));
  }

  private static boolean keepsVoid(Tree.Expr e, Type target) {
    return (target instanceof Type.Any && Expressions.isVoidValue(e))
        || (target instanceof Type.Optional && Optionals.innermost(target) instanceof Type.Void);
  }

  /** An {@code any} that views the value (types.any.2, types.any.3). */
  Tree.Expr box(Tree.Expr e) {
    if (e.type() instanceof Type.Void) {
      return boxedVoid(e);
    }
    Tree.Expr boxed = e;
    if (e.type() instanceof Type.Int i
        && i.bits() != 8
        && i.bits() != 16
        && i.bits() != 32
        && i.bits() != 64) {
      Type wide = new Type.Int(i.bits() <= 32 ? 32 : 64, i.signed(), false);
      boxed = new Tree.Convert(e.span(), wide, Conversion.INT, e);
    }
    return new Tree.Convert(e.span(), Types.ANY, Conversion.BOX, c.expressions.place(boxed));
  }

  /** A null data word and the type (types.any.8). */
  private Tree.Expr boxedVoid(Tree.Expr e) {
    Span at = e.span();
    Tree.Expr data = new Tree.Const(at, Types.VOID_POINTER, Constant.ZERO);
    Tree.Expr type = c.expressions.typeValue(at, Types.VOID);
    Tree.Expr whole =
        new Tree.Aggregate(at, Types.ANY, List.of(new Tree.Part(0, data), new Tree.Part(1, type)));
    return Statements.after(at, List.of(new Tree.ExprStmt(at, e)), whole);
  }

  private Tree.Expr toInt(Tree.Expr e, Type.Int to, Span at) {
    Constant k = Folding.constant(e).orElse(null);
    if (k instanceof Constant.Int n && e.type() instanceof Type.Int from) {
      BigInteger v = Integers.value(n.value(), from);
      if (!Integers.fits(v, to)) {
        return c.bad(at, outOfRange(at, v, to));
      }
      return c.intConst(e.span(), to, n.value());
    }
    if (k instanceof Constant.Float f) {
      if (f.value() != Math.rint(f.value()) || Double.isInfinite(f.value())) {
        return c.bad(
            at,
            "the value "
                + f.value()
                + " is not a whole number and does not convert to `"
                + c.name(to)
                + "`; `xx` or `.("
                + c.name(to)
                + ")` cuts the fraction off");
      }
      BigInteger v = new java.math.BigDecimal(f.value()).toBigInteger();
      return Integers.fits(v, to)
          ? c.intConst(e.span(), to, v.longValue())
          : c.bad(at, outOfRange(at, v, to));
    }
    return new Tree.Convert(
        e.span(), to, e.type().isFloat() ? Conversion.FLOAT_TO_INT : Conversion.INT, e);
  }

  private String outOfRange(Span at, BigInteger v, Type.Int to) {
    String what =
        at.text().startsWith("'")
            ? "the character literal " + at.text() + " has the value " + v + ", which"
            : "the value " + v;
    return what
        + " is outside of `"
        + c.name(to)
        + "` ("
        + Integers.min(to)
        + " to "
        + Integers.max(to)
        + "); use a wider type"
        + (at.text().startsWith("'") ? " such as u32" : "")
        + ", or `xx` or `.("
        + c.name(to)
        + ")` to keep the low bits";
  }

  private Tree.Expr toFloat(Tree.Expr e, Type.Float to) {
    Constant k = Folding.constant(e).orElse(null);
    if (k instanceof Constant.Int n && e.type() instanceof Type.Int from) {
      BigInteger v = Integers.value(n.value(), from);
      double d = to.bits() == 32 ? v.floatValue() : v.doubleValue();
      return new Tree.Const(e.span(), to, new Constant.Float(d));
    }
    if (k instanceof Constant.Float f) {
      double d = to.bits() == 32 ? (float) f.value() : f.value();
      return new Tree.Const(e.span(), to, new Constant.Float(d));
    }
    return new Tree.Convert(
        e.span(), to, e.type().isFloat() ? Conversion.FLOAT : Conversion.INT_TO_FLOAT, e);
  }

  /** Tuples and structs to tuples, anonymous structs to structs, part by part (types.conv.7). */
  private Tree.@Nullable Expr structural(Tree.Expr e, Type target, Span at) {
    boolean toTuple =
        target instanceof Type.Tuple
            && (e.type() instanceof Type.Tuple || e.type() instanceof Type.Struct);
    boolean toStruct =
        target instanceof Type.Struct
            && e.type() instanceof Type.Struct s
            && c.analysis.unnamed.isUnnamed(s)
            && Tuples.elements(s, c.analysis.types)
                .equals(Tuples.elements(target, c.analysis.types));
    return toTuple || toStruct ? c.tuples.convert(e, target, at) : null;
  }

  /** An explicit conversion, {@code xx} or {@code .(T)}: no range errors, and more pairs. */
  Tree.Expr cast(Tree.Expr e, Type target, Span at) {
    Type from = e.type();
    if (from.isError() || target.isError()) {
      return c.bad(at);
    }
    if (from.equals(target)) {
      return e;
    }
    if (from instanceof Type.Optional || target instanceof Type.Optional) {
      return castOptional(e, target, at);
    }
    if (target instanceof Type.Protocol p && !(from instanceof Type.Any)) {
      Tree.Expr erased = new Erasure(c).implicit(e, p, at);
      return erased != null ? erased : c.bad(at, refusal(e, target));
    }
    if (from instanceof Type.Protocol) {
      Tree.Expr inside = inside(e, target, at);
      if (inside != null) {
        return inside;
      }
    }
    if (from.isNumeric() && target.isNumeric()) {
      return numeric(e, target);
    }
    if (target instanceof Type.Int
        && (from instanceof Type.ErrorSet || isPlainEnum(from) || from instanceof Type.Meta)) {
      return intLike(e, target);
    }
    if (target.isNumeric() && from instanceof Type.Enum u && !isPlainEnum(from)) {
      return numeric(c.variants.tagOf(e, u, e.span()), target);
    }
    if (target instanceof Type.Float f && isPlainEnum(from)) {
      return numeric(intLike(e, backing(from)), f);
    }
    if (from.isInt() && isPlainEnum(target)) {
      return enumOf(e, target);
    }
    if (from.isInt() && target.equals(Types.BOOL)) {
      return new Tree.Convert(e.span(), target, Conversion.INT_TO_BOOL, e);
    }
    if (from.isAddress() && target.isInt()) {
      Tree.Expr word = new Tree.Convert(e.span(), Types.U64, Conversion.ADDRESS, e);
      return target.equals(Types.U64) ? word : numeric(word, target);
    }
    if (from.isInt() && target.isAddress()) {
      Tree.Expr word = from.equals(Types.U64) ? e : numeric(e, Types.U64);
      return new Tree.Convert(e.span(), target, Conversion.ADDRESS, word);
    }
    if (from.isAddress() && target.isAddress() && !(isLiteralText(e) && isTextTarget(target))) {
      return new Tree.Convert(e.span(), target, Conversion.ADDRESS, e);
    }
    return rawOrImplicit(e, target, at);
  }

  /** To an optional: cast to its payload and wrapped (opt.coerce.7); from one: if narrowed. */
  private Tree.Expr castOptional(Tree.Expr e, Type target, Span at) {
    if (e.type() instanceof Type.Optional) {
      Tree.Expr payload = target instanceof Type.Optional ? null : c.optionals.narrowed(e);
      return payload != null ? cast(payload, target, at) : convert(e, target, at);
    }
    Tree.Expr payload = cast(e, ((Type.Optional) target).payload(), at);
    return payload.type().isError()
        ? payload
        : new Tree.Convert(e.span(), target, Conversion.WRAP, payload);
  }

  /** What a protocol value shows of its object without a check (proto.rtti); null for the rest. */
  private Tree.@Nullable Expr inside(Tree.Expr e, Type target, Span at) {
    if (target instanceof Type.Pointer p) {
      if (p.target() instanceof Type.Protocol) {
        return c.bad(at, "the address of a protocol value is taken with a prefix `*`");
      }
      Tree.Expr word = new Tree.Field(at, Types.VOID_POINTER, e, 0);
      return new Tree.Convert(at, target, Conversion.ADDRESS, word);
    }
    return target instanceof Type.Any || c.name(target).equals("ProtocolRaw")
        ? firstWords(e, target, at)
        : null;
  }

  /** The address and the type of a protocol value's object as another type of those two words. */
  Tree.Expr firstWords(Tree.Expr e, Type target, Span at) {
    Local held = new Local("value", e.type(), at);
    Tree.Expr value = new Tree.LocalRef(at, held);
    Tree.Expr words =
        new Tree.Aggregate(
            at,
            target,
            List.of(
                new Tree.Part(0, new Tree.Field(at, Types.VOID_POINTER, value, 0)),
                new Tree.Part(1, new Tree.Field(at, Types.TYPE, value, 1))));
    return new Tree.Block(
        at, target, List.of(new Tree.Declare(at, held, Optional.of(e))), Optional.of(words));
  }

  private static boolean isLiteralText(Tree.Expr e) {
    return e instanceof Tree.Const k && k.value() instanceof Constant.Text;
  }

  private Tree.Expr rawOrImplicit(Tree.Expr e, Type target, Span at) {
    Type from = e.type();
    if (from instanceof Type.Any && !c.name(target).equals("AnyRaw")) {
      Tree.Expr data = new Tree.Field(e.span(), Types.VOID_POINTER, e, 0);
      Type pointer = new Type.Pointer(target);
      return new Tree.Deref(
          e.span(), target, new Tree.Convert(e.span(), pointer, Conversion.ADDRESS, data));
    }
    boolean refused =
        (from.equals(Types.STRING) && target.equals(Types.CSTRING) && !isLiteralText(e))
            || from instanceof Type.Optional
            || from instanceof Type.Void;
    Tree.Expr done = refused ? null : implicit(e, target, at);
    if (done != null) {
      return done;
    }
    Tree.Expr converted = refused ? null : new UserConversions(c).convert(e, target, at);
    if (converted != null) {
      return converted;
    }
    if (refused || target.equals(Types.VOID)) {
      return c.bad(at, refusal(e, target));
    }
    return new Tree.Convert(e.span(), target, Conversion.REINTERPRET, e);
  }

  private boolean isPlainEnum(Type t) {
    return t instanceof Type.Enum e && !c.analysis.types.isTaggedUnion(e);
  }

  private Type backing(Type t) {
    return c.analysis.types.backing((Type.Enum) t);
  }

  private Tree.Expr intLike(Tree.Expr e, Type target) {
    if (e instanceof Tree.Const k && k.value() instanceof Constant.Int n) {
      return c.intConst(e.span(), target, Integers.wrap(n.value(), (Type.Int) target));
    }
    return new Tree.Convert(e.span(), target, Conversion.INT, e);
  }

  private Tree.Expr enumOf(Tree.Expr e, Type target) {
    if (e instanceof Tree.Const k && k.value() instanceof Constant.Int n) {
      return c.intConst(e.span(), target, Integers.wrap(n.value(), (Type.Int) backing(target)));
    }
    return new Tree.Convert(e.span(), target, Conversion.INT, e);
  }

  /** A numeric conversion without checks (expr.cast.3); constants are folded. */
  Tree.Expr numeric(Tree.Expr e, Type target) {
    if (e.type().equals(target)) {
      return e;
    }
    if (e instanceof Tree.Const k && target instanceof Type.Int to) {
      if (k.value() instanceof Constant.Int n) {
        return c.intConst(e.span(), to, Integers.wrap(n.value(), to));
      }
      if (k.value() instanceof Constant.Float f) {
        return c.intConst(e.span(), to, Integers.wrap((long) f.value(), to));
      }
    }
    if (e instanceof Tree.Const && target instanceof Type.Float to) {
      return toFloat(e, to);
    }
    Conversion kind =
        target.isInt()
            ? (e.type().isInt() ? Conversion.INT : Conversion.FLOAT_TO_INT)
            : (e.type().isInt() ? Conversion.INT_TO_FLOAT : Conversion.FLOAT);
    return new Tree.Convert(e.span(), target, kind, e);
  }

  /** The common type of two values of a conditional (expr.if.4), or null if they have none. */
  @Nullable Type common(Type a, Type b) {
    if (a.equals(b) || b instanceof Type.NoReturn || b.isError()) {
      return a;
    }
    if (a instanceof Type.NoReturn || a.isError()) {
      return b;
    }
    if (a instanceof Type.Int x && b instanceof Type.Int y) {
      return y.bits() > x.bits() ? b : a;
    }
    if (a instanceof Type.Float x && b instanceof Type.Float y) {
      return y.bits() > x.bits() ? b : a;
    }
    if (a.isNumeric() && b.isNumeric()) {
      return a.isFloat() ? a : b;
    }
    return null;
  }
}
