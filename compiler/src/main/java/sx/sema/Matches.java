package sx.sema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeKind;
import sx.type.TypeTable;
import sx.type.Types;

/** {@code if subject == { case … }} over values and types (05-statements.md section 9). */
final class Matches {
  private final Checker c;

  /** The facts at the arms of the match that is being checked. */
  private Flow.Split split;

  Matches(Checker c) {
    this.c = c;
    this.split = c.flow.split();
  }

  /** Checks a match; {@code wantsValue} tells whether its value is used (stmt.mval). */
  Tree.Expr match(Ast.Match m, @Nullable Type expected, boolean wantsValue) {
    Flow.Split outer = split;
    split = c.flow.split();
    Tree.Expr made = matched(m, expected, wantsValue);
    if (m.otherwise().isEmpty()) {
      split.start();
      split.end(true);
    }
    split.join();
    split = outer;
    return made;
  }

  private Tree.Expr matched(Ast.Match m, @Nullable Type expected, boolean wantsValue) {
    Tree.Expr subject = c.expressions.any(m.subject());
    if (subject.type().isError()) {
      checkArms(m);
      return c.bad(m.span());
    }
    if (subject.type() instanceof Type.Pointer p && isScalarSubject(p.target())) {
      subject = new Tree.Deref(subject.span(), p.target(), subject);
    }
    Type t = subject.type();
    if (t instanceof Type.Optional) {
      return optional(m, subject, expected, wantsValue);
    }
    if (t instanceof Type.Meta || t instanceof Type.Any || t instanceof Type.Protocol) {
      return types(m, subject, expected, wantsValue);
    }
    if (!isScalarSubject(t)) {
      checkArms(m);
      boolean later = t instanceof Type.Enum;
      return later
          ? c.expressions.notYet(m.subject().span(), "a match on `" + c.name(t) + "`")
          : c.bad(m.subject().span(), "`" + c.name(t) + "` cannot be matched");
    }
    return values(m, subject, expected, wantsValue);
  }

  private boolean isScalarSubject(Type t) {
    return t.isInt()
        || t.equals(Types.BOOL)
        || (t instanceof Type.Enum e && !c.analysis.types.isTaggedUnion(e));
  }

  private void checkArms(Ast.Match m) {
    for (Ast.Arm a : m.arms()) {
      if (a.capture().isEmpty()) {
        arm(a, null, false);
      }
    }
  }

  private Tree.Expr values(
      Ast.Match m, Tree.Expr subject, @Nullable Type expected, boolean wantsValue) {
    List<List<Long>> patterns = new ArrayList<>();
    List<Tree.Expr> bodies = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    boolean bad = false;
    for (Ast.Arm a : m.arms()) {
      Long v = pattern(a, subject.type(), seen);
      bad |= v == null;
      patterns.add(v == null ? List.of() : List.of(v));
      bodies.add(arm(a, expected, wantsValue));
    }
    boolean covers = coversAll(subject.type(), seen);
    return finish(m, subject, patterns, bodies, expected, wantsValue, covers, bad);
  }

  private boolean coversAll(Type t, Set<Long> seen) {
    return switch (t) {
      case Type.Enum e ->
          c.analysis.types.variants(e).stream().allMatch(v -> seen.contains(v.value()));
      case Type.Bool b -> seen.size() == 2;
      default -> false;
    };
  }

  private Tree.Expr finish(
      Ast.Match m,
      Tree.Expr subject,
      List<List<Long>> patterns,
      List<Tree.Expr> bodies,
      @Nullable Type expected,
      boolean wantsValue,
      boolean covers,
      boolean bad) {
    Tree.Expr otherwise = otherwise(m, expected, wantsValue);
    Type type = unify(m, bodies, otherwise, expected, wantsValue, covers);
    if (type == null || bad || type.isError()) {
      return c.bad(m.span());
    }
    List<Tree.Arm> arms = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      Tree.Expr body =
          wantsValue
              ? c.conversions.convert(bodies.get(i), type, m.arms().get(i).bodySpan())
              : bodies.get(i);
      if (body.type().isError()) {
        return c.bad(m.span());
      }
      arms.add(new Tree.Arm(patterns.get(i), body));
    }
    Tree.Expr last = missingElse(m, otherwise, type, wantsValue);
    return new Tree.Switch(m.span(), type, subject, arms, last);
  }

  private Tree.Expr missingElse(
      Ast.Match m, Tree.@Nullable Expr otherwise, Type type, boolean wantsValue) {
    if (otherwise != null) {
      return wantsValue ? c.conversions.convert(otherwise, type, otherwise.span()) : otherwise;
    }
    return wantsValue && !(type instanceof Type.Void || type instanceof Type.NoReturn)
        ? new Tree.Undefined(m.span(), type)
        : Statements.empty(m.span());
  }

  private Tree.@Nullable Expr otherwise(Ast.Match m, @Nullable Type expected, boolean wantsValue) {
    if (m.otherwise().isEmpty()) {
      return null;
    }
    Ast.Block b = m.otherwise().get();
    split.start();
    Tree.Expr body =
        wantsValue
            ? c.scoped(() -> armValue(b.statements(), b.span(), expected))
            : c.statements.block(b);
    split.end(!(body.type() instanceof Type.NoReturn));
    return body;
  }

  /** The type of the whole match: void for effect, else the common type of its arms. */
  private @Nullable Type unify(
      Ast.Match m,
      List<Tree.Expr> bodies,
      Tree.@Nullable Expr otherwise,
      @Nullable Type expected,
      boolean wantsValue,
      boolean covers) {
    boolean bad = bodies.stream().anyMatch(b -> b.type().isError());
    if (bad || (otherwise != null && otherwise.type().isError())) {
      return null;
    }
    boolean allDiverge =
        bodies.stream().allMatch(b -> b.type() instanceof Type.NoReturn)
            && (otherwise != null ? otherwise.type() instanceof Type.NoReturn : covers);
    if (allDiverge) {
      return Types.NO_RETURN;
    }
    if (!wantsValue) {
      return Types.VOID;
    }
    if (expected != null) {
      return expected;
    }
    Type type = null;
    boolean anyNull = false;
    for (int i = 0; i <= bodies.size(); i++) {
      Tree.Expr b = i < bodies.size() ? bodies.get(i) : otherwise;
      if (b == null || b.type() instanceof Type.NoReturn) {
        continue;
      }
      if (b.type().equals(Optionals.BARE_NULL)) {
        anyNull = true;
        continue;
      }
      Span at = i < bodies.size() ? m.arms().get(i).bodySpan() : b.span();
      Type next = type == null ? b.type() : c.conversions.common(type, b.type());
      if (next == null || next instanceof Type.Void) {
        c.error(
            at,
            next == null && type != null
                ? "this arm gives `" + c.name(b.type()) + "`, another `" + c.name(type) + "`"
                : "this arm has no value");
        return null;
      }
      type = next;
    }
    if (anyNull && type == null) {
      c.error(m.subject().span(), "every arm is `null`; annotate the type of the value");
      return null;
    }
    return type == null ? null : Optionals.withNulls(anyNull, type);
  }

  private Tree.Expr arm(Ast.Arm a, @Nullable Type expected, boolean wantsValue) {
    if (a.form() == Ast.ArmForm.EMPTY) {
      return Statements.empty(a.span());
    }
    split.start();
    Tree.Expr body =
        wantsValue
            ? c.scoped(() -> armValue(a.body(), a.bodySpan(), expected))
            : c.statements.block(new Ast.Block(a.bodySpan(), a.body()));
    split.end(!(body.type() instanceof Type.NoReturn));
    return body;
  }

  /** In an arm's own list a {@code ;} does not discard the last value (stmt.mval.1). */
  private Tree.Expr armValue(List<Ast.Stmt> body, Span at, @Nullable Type expected) {
    List<Ast.Stmt> statements = new ArrayList<>(body);
    if (!statements.isEmpty() && statements.getLast() instanceof Ast.ExprStmt e && e.terminated()) {
      statements.removeLast();
      statements.add(new Ast.ExprStmt(e.span(), e.expr(), false, e.semicolon()));
    }
    if (expected == null) {
      c.literals.markNulls(statements);
    }
    return c.statements.valueOf(statements, at, at, expected);
  }

  // ------------------------------------------------------------------ optionals

  /** {@code .some} and {@code .none} (opt.match). */
  private Tree.Expr optional(
      Ast.Match m, Tree.Expr subject, @Nullable Type expected, boolean wantsValue) {
    Tree.Expr made =
        c.optionals.once(
            subject,
            held -> {
              List<List<Long>> patterns = new ArrayList<>();
              List<Tree.Expr> bodies = new ArrayList<>();
              Set<Long> seen = new HashSet<>();
              boolean bad = false;
              for (Ast.Arm a : m.arms()) {
                Long v = presence(a, held.type(), seen);
                bad |= v == null;
                patterns.add(v == null ? List.of() : List.of(v));
                boolean binds = a.capture().isPresent() && v != null && v == 1;
                bodies.add(
                    binds
                        ? bound(a, Optionals.payload(held, a.span()), expected, wantsValue)
                        : arm(a, expected, wantsValue));
              }
              Tree.Expr present = new Tree.Truth(subject.span(), held);
              return finish(
                  m, present, patterns, bodies, expected, wantsValue, seen.size() == 2, bad);
            });
    return made;
  }

  /** 1 for {@code .some}, 0 for {@code .none}; null after an error. */
  private @Nullable Long presence(Ast.Arm a, Type subject, Set<Long> seen) {
    String name = a.pattern() instanceof Ast.EnumLit l ? l.name().text() : "";
    if (!name.equals("some") && !name.equals("none")) {
      c.error(
          a.pattern().span(),
          "`"
              + a.pattern().span().text()
              + "` is no pattern for `"
              + c.name(subject)
              + "`; it has .some and .none");
      return null;
    }
    long v = name.equals("some") ? 1 : 0;
    if (v == 0 && a.capture().isPresent()) {
      c.error(a.pattern().span(), "`.none` has no payload to capture");
      return null;
    }
    if (!seen.add(v)) {
      c.error(a.pattern().span(), "an arm above has the same pattern");
      return null;
    }
    return v;
  }

  /** An arm that sees a value under the name of its capture, as an immutable copy. */
  private Tree.Expr bound(Ast.Arm a, Tree.Expr value, @Nullable Type expected, boolean wantsValue) {
    Ast.Name name = a.capture().orElseThrow();
    Local local = new Local(name.text(), value.type(), name.span());
    return c.scoped(
        () -> {
          c.statements.declare(
              name, new Entity.Variable(local, Entity.Binding.MATCH_CAPTURE, c.function));
          Tree.Expr body = arm(a, expected, wantsValue);
          return body.type().isError()
              ? body
              : Statements.after(
                  a.span(),
                  List.of(new Tree.Declare(name.span(), local, Optional.of(value))),
                  body);
        });
  }

  /** The value of a pattern over an integer, bool or enum; null after an error. */
  private @Nullable Long pattern(Ast.Arm a, Type subject, Set<Long> seen) {
    if (a.capture().isPresent()) {
      c.error(a.pattern().span(), "this pattern has no payload to capture");
      return null;
    }
    Ast.Expr p = a.pattern();
    boolean fits =
        switch (subject) {
          case Type.Enum e -> p instanceof Ast.EnumLit;
          case Type.Bool b -> p instanceof Ast.BoolLit;
          default ->
              p instanceof Ast.IntLit
                  || p instanceof Ast.CharLit
                  || p instanceof Ast.NameExpr
                  || p instanceof Ast.Member;
        };
    if (!fits) {
      c.error(p.span(), "`" + p.span().text() + "` is no pattern for `" + c.name(subject) + "`");
      return null;
    }
    Tree.Expr v = c.value(p, subject);
    Long n = c.constantInt(v);
    if (n == null) {
      if (!v.type().isError()) {
        c.error(p.span(), "a pattern must be known at compile time");
      }
      return null;
    }
    if (!seen.add(n)) {
      c.error(p.span(), "an arm above has the same pattern");
      return null;
    }
    return n;
  }

  // ------------------------------------------------------------------ types

  /** A match on a type; known ones are decided now, others by their kind or tag at run time. */
  private Tree.Expr types(
      Ast.Match m, Tree.Expr subject, @Nullable Type expected, boolean wantsValue) {
    List<List<Long>> none = new ArrayList<>();
    List<Tree.Expr> tests = new ArrayList<>();
    List<Tree.Expr> bodies = new ArrayList<>();
    Local local = new Local("subject", subject.type(), subject.span());
    Tree.Expr whole = new Tree.LocalRef(subject.span(), local);
    boolean isAny = !(subject.type() instanceof Type.Meta);
    Tree.Expr ref = isAny ? new Tree.Field(subject.span(), Types.TYPE, whole, 1) : whole;
    Local kind = new Local("kind", Types.I64, subject.span());
    for (Ast.Arm a : m.arms()) {
      Tree.Expr test = typeTest(a.pattern(), ref, new Tree.LocalRef(subject.span(), kind));
      boolean captures = a.capture().isPresent();
      if (captures && !(isAny && isSingle(a.pattern()))) {
        c.error(
            isAny ? a.span() : a.pattern().span(),
            "only a single type matched against an `any` can be captured");
        return c.bad(m.span());
      }
      if (test.type().isError()) {
        return c.bad(m.span());
      }
      none.add(List.of());
      tests.add(test);
      bodies.add(
          captures ? captured(a, whole, expected, wantsValue) : arm(a, expected, wantsValue));
    }
    Tree.Expr made =
        finish(
            m,
            c.intConst(m.span(), Types.I64, 0),
            none,
            bodies,
            expected,
            wantsValue,
            false,
            false);
    if (!(made instanceof Tree.Switch s)) {
      return made;
    }
    Tree.Expr result = s.otherwise();
    for (int i = tests.size() - 1; i >= 0; i--) {
      result = new Tree.If(m.span(), s.type(), tests.get(i), s.arms().get(i).body(), result);
    }
    List<Tree.Stmt> before =
        List.of(
            new Tree.Declare(m.span(), local, Optional.of(subject)),
            new Tree.Declare(
                m.span(),
                kind,
                Optional.of(
                    new Tree.Reflect(
                        m.span(), Types.I64, Tree.ReflectOp.KIND, ref, Optional.empty()))));
    return wantsValue && !(s.type() instanceof Type.Void || s.type() instanceof Type.NoReturn)
        ? new Tree.Block(m.span(), s.type(), before, Optional.of(result))
        : effect(m.span(), s.type(), before, result);
  }

  /** An arm that binds what the any holds, as the pattern's type. */
  private Tree.Expr captured(
      Ast.Arm a, Tree.Expr held, @Nullable Type expected, boolean wantsValue) {
    Ast.Name name = a.capture().orElseThrow();
    Type type = c.types.resolve(a.pattern());
    Span at = name.span();
    Tree.Expr data = new Tree.Field(at, Types.VOID_POINTER, held, 0);
    Tree.Expr address = new Tree.Convert(at, new Type.Pointer(type), Tree.Conversion.ADDRESS, data);
    Local local = new Local(name.text(), type, at);
    Tree.Stmt bind = new Tree.Declare(at, local, Optional.of(new Tree.Deref(at, type, address)));
    return c.scoped(
        () -> {
          c.statements.declare(
              name, new Entity.Variable(local, Entity.Binding.MATCH_CAPTURE, c.function));
          Tree.Expr body = arm(a, expected, wantsValue);
          boolean hasValue =
              wantsValue
                  && !(body.type() instanceof Type.Void || body.type() instanceof Type.NoReturn);
          return hasValue
              ? new Tree.Block(a.span(), body.type(), List.of(bind), Optional.of(body))
              : effect(a.span(), body.type(), List.of(bind), body);
        });
  }

  private static Tree.Expr effect(Span at, Type type, List<Tree.Stmt> before, Tree.Expr e) {
    List<Tree.Stmt> all = new ArrayList<>(before);
    all.add(new Tree.ExprStmt(at, e));
    return new Tree.Block(at, type, all, Optional.empty());
  }

  private Tree.Expr typeTest(Ast.Expr pattern, Tree.Expr type, Tree.Expr kind) {
    List<TypeKind> kinds = category(pattern);
    if (kinds.isEmpty()) {
      Type t = c.types.resolve(pattern);
      return t.isError()
          ? c.bad(pattern.span())
          : new Tree.Compare(
              pattern.span(), Tree.CompareOp.EQ, type, c.expressions.typeValue(pattern.span(), t));
    }
    if (kinds.contains(TypeKind.PROTOCOL)) {
      return c.bad(
          pattern.span(),
          "a value never has a protocol as its type; `case protocol` asks of a type known at compile"
              + " time, in an `inline if`");
    }
    Tree.Expr test = null;
    for (TypeKind k : kinds) {
      Tree.Expr one =
          new Tree.Compare(
              pattern.span(),
              Tree.CompareOp.EQ,
              kind,
              c.intConst(pattern.span(), Types.I64, k.number()));
      test = test == null ? one : new Tree.Or(pattern.span(), test, one);
    }
    return test == null ? c.bad(pattern.span()) : test;
  }

  /** Whether a pattern means one concrete type; some category names do. */
  private static boolean isSingle(Ast.Expr pattern) {
    List<TypeKind> kinds = category(pattern);
    return kinds.isEmpty()
        || kinds.equals(List.of(TypeKind.BOOL))
        || kinds.equals(List.of(TypeKind.STRING))
        || kinds.equals(List.of(TypeKind.TYPE));
  }

  /** The kinds of a category name (stmt.tmatch.1); empty for a concrete type. */
  private static List<TypeKind> category(Ast.Expr pattern) {
    String word =
        switch (pattern) {
          case Ast.CategoryPattern k -> k.word();
          case Ast.NameExpr n when !n.name().raw() -> n.name().text();
          default -> "";
        };
    return switch (word) {
      case "int" -> List.of(TypeKind.INT);
      case "float" -> List.of(TypeKind.FLOAT);
      case "bool" -> List.of(TypeKind.BOOL);
      case "string" -> List.of(TypeKind.STRING);
      case "void" -> List.of(TypeKind.VOID);
      case "struct" -> List.of(TypeKind.STRUCT);
      case "enum" -> List.of(TypeKind.ENUM, TypeKind.TAGGED_UNION);
      case "union" -> List.of(TypeKind.UNION, TypeKind.TAGGED_UNION);
      case "vector" -> List.of(TypeKind.VECTOR);
      case "array" -> List.of(TypeKind.ARRAY);
      case "slice" -> List.of(TypeKind.SLICE);
      case "pointer" -> List.of(TypeKind.POINTER);
      case "optional" -> List.of(TypeKind.OPTIONAL);
      case "error_set" -> List.of(TypeKind.ERROR_SET);
      case "closure" -> List.of(TypeKind.CLOSURE);
      case "type", "Type" -> List.of(TypeKind.TYPE);
      case "protocol" -> List.of(TypeKind.PROTOCOL);
      default -> List.of();
    };
  }

  /** {@code inline if S == { … }}: only the arm that fits is compiled (ct.if.6). */
  Tree.Expr inline(Ast.Match m) {
    Tree.Expr subject = c.expressions.any(m.subject());
    Constant k = Folding.constant(subject).orElse(null);
    if (subject.type().isError()) {
      return subject;
    }
    if (k == null) {
      return match(m, null, false);
    }
    for (Ast.Arm a : m.arms()) {
      if (fits(a, subject.type(), k)) {
        return arm(a, null, false);
      }
    }
    return m.otherwise().map(c.statements::block).orElseGet(() -> Statements.empty(m.span()));
  }

  private boolean fits(Ast.Arm a, Type subject, Constant k) {
    if (k instanceof Constant.TypeValue t) {
      List<TypeKind> kinds = category(a.pattern());
      return kinds.isEmpty()
          ? c.types.resolve(a.pattern()).equals(t.type())
          : kinds.contains(TypeKind.of(t.type(), c.analysis.types));
    }
    if (subject instanceof Type.Enum e
        && a.pattern() instanceof Ast.EnumLit l
        && c.analysis.types.variants(e).stream()
            .map(TypeTable.Variant::name)
            .noneMatch(l.name().text()::equals)) {
      return false;
    }
    Long n = c.constantInt(c.value(a.pattern(), subject));
    return n != null && k instanceof Constant.Int i && i.value() == n;
  }
}
