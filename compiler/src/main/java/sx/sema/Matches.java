package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** {@code if subject == { case … }} over values (05-statements.md section 9). */
final class Matches {
  private final Checker c;
  private final TypeMatches types;

  Matches(Checker c) {
    this.c = c;
    this.types = new TypeMatches(c);
  }

  /** Checks a match; {@code wantsValue} tells whether its value is used (stmt.mval). */
  Tree.Expr match(Ast.Match m, @Nullable Type expected, boolean wantsValue) {
    Tree.Expr subject = c.operators.element(c.expressions.any(m.subject()), m.subject());
    if (subject.type() instanceof Type.Pointer p && isChoice(p.target())) {
      subject = new Tree.Deref(subject.span(), p.target(), subject);
    }
    Arms arms = new Arms(c, expected, wantsValue);
    return switch (subject.type()) {
      case Type.Erroneous e -> unusable(m);
      case Type.Meta t -> types.match(m, subject, arms);
      case Type.Any t -> types.match(m, subject, arms);
      case Type.Protocol t -> types.match(m, subject, arms);
      case Type.Optional o -> optional(m, subject, arms);
      case Type.Enum e when c.analysis.types.isTaggedUnion(e) -> tagged(m, subject, e, arms);
      case Type t when isChoice(t) -> plain(m, subject, arms);
      case Type t -> {
        c.error(m.subject().span(), refusal(t));
        yield unusable(m);
      }
    };
  }

  private static boolean isChoice(Type t) {
    return t.isInt()
        || t.equals(Types.BOOL)
        || t instanceof Type.Enum
        || t instanceof Type.ErrorSet;
  }

  private String refusal(Type t) {
    Type held = t instanceof Type.Pointer p ? p.target() : t;
    return "`"
        + c.name(t)
        + "` cannot be matched"
        + (held instanceof Type.Union ? ": an untagged union has no tag" : "");
  }

  /** A match whose subject is wrong: what can be checked of its arms still is. */
  private Tree.Expr unusable(Ast.Match m) {
    for (Ast.Arm a : m.arms()) {
      if (a.capture().isEmpty() && a.form() != Ast.ArmForm.EMPTY) {
        c.statements.block(new Ast.Block(a.bodySpan(), a.body()));
      }
    }
    return c.bad(m.span());
  }

  // ------------------------------------------------------------------ integers, bools, enums

  private Tree.Expr plain(Ast.Match m, Tree.Expr subject, Arms arms) {
    Patterns patterns = new Patterns();
    for (Ast.Arm a : m.arms()) {
      patterns.add(a, subject.type());
      arms.add(a);
    }
    return finish(m, subject, List.of(), patterns, arms);
  }

  private Tree.Expr tagged(Ast.Match m, Tree.Expr subject, Type.Enum type, Arms arms) {
    Patterns patterns = new Patterns();
    List<Tree.Stmt> before = new ArrayList<>();
    boolean binds = m.arms().stream().anyMatch(a -> a.capture().isPresent());
    Tree.Expr whole = binds ? held(subject, before) : subject;
    for (Ast.Arm a : m.arms()) {
      int variant = patterns.add(a, type);
      if (variant >= 0 && a.capture().isPresent()) {
        bind(a, c.variants.payload(whole, type, variant, a.pattern().span()), arms);
      } else {
        arms.add(a);
      }
    }
    return finish(m, c.variants.tagOf(whole, type, subject.span()), before, patterns, arms);
  }

  /** The subject, evaluated once: where it lies, or a copy of it. */
  private Tree.Expr held(Tree.Expr subject, List<Tree.Stmt> before) {
    Span at = subject.span();
    if (!Expressions.isPlace(subject)) {
      Local copy = new Local("subject", subject.type(), at);
      before.add(new Tree.Declare(at, copy, Optional.of(subject)));
      return new Tree.LocalRef(at, copy);
    }
    Local pointer = new Local("subject", new Type.Pointer(subject.type()), at);
    Tree.Expr address = new Tree.AddressOf(at, pointer.type(), subject);
    before.add(new Tree.Declare(at, pointer, Optional.of(address)));
    return new Tree.Deref(at, subject.type(), new Tree.LocalRef(at, pointer));
  }

  /** An arm with a capture: an immutable copy of the payload (stmt.match.8). */
  private void bind(Ast.Arm a, Tree.Expr payload, Arms arms) {
    Ast.Name name = a.capture().orElseThrow();
    Local local = new Local(name.text(), payload.type(), name.span());
    arms.add(
        a,
        List.of(new Tree.Declare(name.span(), local, Optional.of(payload))),
        new Entity.Variable(local, Entity.Binding.MATCH_CAPTURE, c.function));
  }

  private Tree.Expr finish(
      Ast.Match m, Tree.Expr subject, List<Tree.Stmt> before, Patterns patterns, Arms arms) {
    m.otherwise().ifPresent(arms::add);
    boolean complete = m.otherwise().isPresent() || patterns.coverAll();
    Arms.Joined joined = arms.join(m.subject().span(), complete);
    if (joined == null || patterns.bad) {
      return c.bad(m.span());
    }
    List<Tree.Arm> made = new ArrayList<>();
    for (int i = 0; i < m.arms().size(); i++) {
      made.add(new Tree.Arm(patterns.valuesOf(i), joined.bodies().get(i)));
    }
    Tree.Expr last = otherwise(m, joined);
    Tree.Expr done = new Tree.Switch(m.span(), joined.type(), subject, made, last);
    return before.isEmpty() ? done : Statements.after(m.span(), before, done);
  }

  /** What happens when no arm fits: the `else` arm, or nothing and an unspecified value. */
  static Tree.Expr otherwise(Ast.Match m, Arms.Joined joined) {
    if (m.otherwise().isPresent()) {
      return joined.bodies().getLast();
    }
    return joined.type() instanceof Type.Void || joined.type() instanceof Type.NoReturn
        ? Statements.empty(m.span())
        : new Tree.Undefined(m.span(), joined.type());
  }

  /** The patterns of one match, with the values that they stand for. */
  private final class Patterns {
    /** An arm for a value; of variants with equal values the first declared one counts. */
    private record Choice(int arm, int variant) {}

    private final Map<Long, Choice> byValue = new HashMap<>();
    private final List<Integer> variants = new ArrayList<>();
    private Type type = Types.VOID;
    private int count;
    private boolean bad;

    /** Checks the pattern of the next arm; the position of its variant, or -1. */
    int add(Ast.Arm a, Type subject) {
      type = subject;
      int arm = count++;
      if (subject instanceof Type.Enum e) {
        int variant = variant(a, e);
        bad |= variant < 0;
        if (variant >= 0) {
          Choice now = new Choice(arm, variant);
          byValue.merge(
              c.analysis.types.variants(e).get(variant).value(),
              now,
              (x, y) -> x.variant() <= y.variant() ? x : y);
        }
        return variant;
      }
      Long value = value(a, subject);
      bad |= value == null;
      if (value != null) {
        byValue.put(value, new Choice(arm, -1));
      }
      return -1;
    }

    private int variant(Ast.Arm a, Type.Enum e) {
      Ast.Expr p = a.pattern();
      if (!(p instanceof Ast.EnumLit l)) {
        unsuitable(p, e, "");
        return -1;
      }
      int index = c.variants.indexOf(e, l.name().text());
      if (index < 0) {
        c.error(p.span(), c.variants.missing(e, l.name().text()));
        return -1;
      }
      if (variants.contains(index)) {
        c.error(p.span(), "an arm above has the same pattern");
        return -1;
      }
      variants.add(index);
      TypeTable.Variant v = c.analysis.types.variants(e).get(index);
      if (a.capture().isPresent() && v.payload() instanceof Type.Void) {
        noPayload(p);
        return -1;
      }
      return index;
    }

    private @Nullable Long value(Ast.Arm a, Type subject) {
      Ast.Expr p = a.pattern();
      boolean fits =
          subject.equals(Types.BOOL)
              ? p instanceof Ast.BoolLit
              : subject instanceof Type.ErrorSet
                  ? p instanceof Ast.EnumLit
                  : p instanceof Ast.IntLit
                      || p instanceof Ast.CharLit
                      || p instanceof Ast.NameExpr
                      || p instanceof Ast.Member;
      if (!fits) {
        unsuitable(p, subject, "");
        return null;
      }
      Tree.Expr v =
          subject instanceof Type.ErrorSet s && p instanceof Ast.EnumLit l
              ? c.errors.member(p.span(), s, l.name().text())
              : c.value(p, subject);
      Long n = c.constantInt(v);
      if (n == null) {
        if (!v.type().isError()) {
          c.error(p.span(), "a pattern must be an integer known at compile time");
        }
        return null;
      }
      if (byValue.containsKey(n)) {
        c.error(p.span(), "an arm above has the same pattern");
        return null;
      }
      if (a.capture().isPresent()) {
        noPayload(p);
        return null;
      }
      return n;
    }

    /** The values that lead to an arm. */
    List<Long> valuesOf(int arm) {
      return byValue.entrySet().stream()
          .filter(e -> e.getValue().arm() == arm)
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }

    boolean coverAll() {
      return switch (type) {
        case Type.Enum e ->
            c.analysis.types.variants(e).stream().allMatch(v -> byValue.containsKey(v.value()));
        case Type.Bool b -> byValue.size() == 2;
        default -> false;
      };
    }
  }

  private void unsuitable(Ast.Expr pattern, Type subject, String more) {
    c.error(
        pattern.span(),
        "`" + pattern.span().text() + "` is no pattern for `" + c.name(subject) + "`" + more);
  }

  private void noPayload(Ast.Expr pattern) {
    c.error(
        pattern.span(), "`" + pattern.span().text() + "` has no payload that could be captured");
  }

  // ------------------------------------------------------------------ optionals

  /** A match over {@code .some} and {@code .none} (opt.match). */
  private Tree.Expr optional(Ast.Match m, Tree.Expr subject, Arms arms) {
    return c.optionals.once(
        subject,
        held -> {
          List<String> seen = new ArrayList<>();
          boolean bad = false;
          for (Ast.Arm a : m.arms()) {
            String name = a.pattern() instanceof Ast.EnumLit l ? l.name().text() : "";
            bad |= !isPresence(a, name, held.type(), seen);
            seen.add(name);
            if (a.capture().isPresent() && name.equals("some")) {
              bind(a, Optionals.payload(held, a.pattern().span()), arms);
            } else {
              arms.add(a);
            }
          }
          m.otherwise().ifPresent(arms::add);
          int some = seen.indexOf("some");
          int none = seen.indexOf("none");
          boolean complete = m.otherwise().isPresent() || (some >= 0 && none >= 0);
          Arms.Joined joined = arms.join(m.subject().span(), complete);
          if (joined == null || bad) {
            return c.bad(m.span());
          }
          Tree.Expr last = otherwise(m, joined);
          return new Tree.If(
              m.span(),
              joined.type(),
              new Tree.Truth(subject.span(), held),
              some >= 0 ? joined.bodies().get(some) : last,
              none >= 0 ? joined.bodies().get(none) : last);
        });
  }

  /** Whether a pattern is `.some` or `.none` and new; if not, it is reported. */
  private boolean isPresence(Ast.Arm a, String name, Type subject, List<String> seen) {
    Ast.Expr p = a.pattern();
    if (!name.equals("some") && !name.equals("none")) {
      unsuitable(p, subject, "; it has .some and .none");
      return false;
    }
    if (seen.contains(name)) {
      c.error(p.span(), "an arm above has the same pattern");
      return false;
    }
    if (name.equals("none") && a.capture().isPresent()) {
      noPayload(p);
      return false;
    }
    return true;
  }

  // ------------------------------------------------------------------ at compile time

  /** {@code inline if S == { … }}: only the arm that fits is compiled (ct.if.6). */
  Tree.Expr inline(Ast.Match m) {
    return inline(m, c.statements::block);
  }

  /**
   * As above.
   *
   * @param body checks the arm that is taken
   */
  Tree.Expr inline(Ast.Match m, Function<Ast.Block, Tree.Expr> body) {
    Tree.Expr subject = c.expressions.any(m.subject());
    Constant k = Folding.constant(subject).orElse(null);
    if (subject.type().isError()) {
      return subject;
    }
    if (subject.type() instanceof Type.Enum e
        && c.analysis.types.isTaggedUnion(e)
        && Folding.constant(c.variants.tagOf(subject, e, subject.span())).orElse(null)
            instanceof Constant.Int tag) {
      return inlineTagged(m, subject, e, tag.value());
    }
    if (k == null) {
      return match(m, null, false);
    }
    for (Ast.Arm a : m.arms()) {
      if (fits(a, subject.type(), k)) {
        return a.form() == Ast.ArmForm.EMPTY
            ? Statements.empty(a.span())
            : body.apply(new Ast.Block(a.bodySpan(), a.body()));
      }
    }
    return m.otherwise().map(body).orElseGet(() -> Statements.empty(m.span()));
  }

  /** The one arm of a known variant; the payload may come at run time (gen.val.8). */
  private Tree.Expr inlineTagged(Ast.Match m, Tree.Expr subject, Type.Enum type, long tag) {
    for (Ast.Arm a : m.arms()) {
      int variant =
          a.pattern() instanceof Ast.EnumLit l ? c.variants.indexOf(type, l.name().text()) : -1;
      if (variant < 0) {
        Tree.Expr wrong = c.value(a.pattern(), type);
        if (wrong.type().isError()) {
          return wrong;
        }
      }
      if (variant < 0 || !c.variants.hasTag(type, variant, tag)) {
        continue;
      }
      if (a.form() == Ast.ArmForm.EMPTY) {
        return Statements.empty(a.span());
      }
      Ast.Block body = new Ast.Block(a.bodySpan(), a.body());
      return a.capture().isEmpty()
          ? c.statements.block(body)
          : c.scoped(() -> withPayload(a.capture().get(), subject, type, variant, body));
    }
    return m.otherwise().map(c.statements::block).orElseGet(() -> Statements.empty(m.span()));
  }

  private Tree.Expr withPayload(
      Ast.Name name, Tree.Expr subject, Type.Enum type, int variant, Ast.Block body) {
    Tree.Expr payload = c.variants.payload(subject, type, variant, name.span());
    Local local = new Local(name.text(), payload.type(), name.span());
    c.scope.declare(
        name.text(), new Entity.Variable(local, Entity.Binding.MATCH_CAPTURE, c.function));
    Tree.Expr done = c.statements.block(body);
    return done.type().isError()
        ? done
        : Statements.after(
            body.span(), List.of(new Tree.Declare(name.span(), local, Optional.of(payload))), done);
  }

  private boolean fits(Ast.Arm a, Type subject, Constant k) {
    if (k instanceof Constant.TypeValue t) {
      return types.fits(a.pattern(), t.type());
    }
    Long n = c.constantInt(c.value(a.pattern(), subject));
    return n != null && k instanceof Constant.Int i && i.value() == n;
  }
}
