package sx.sema;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Assigned;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeKind;
import sx.type.Types;

/**
 * Matches over a {@code Type}, or over the type of what an {@code any} or a protocol value holds
 * (stmt.tmatch).
 */
final class TypeMatches {
  private final Checker c;

  TypeMatches(Checker c) {
    this.c = c;
  }

  /** Whether a pattern takes in a known type (ct.if.7). */
  boolean fits(Ast.Expr pattern, Type type) {
    List<TypeKind> kinds = category(pattern);
    return kinds.isEmpty()
        ? c.types.resolve(pattern).equals(type)
        : kinds.contains(TypeKind.of(type, c.analysis.types));
  }

  /** The arms become tests of the type or of its kind, in order. */
  Tree.Expr match(Ast.Match m, Tree.Expr subject, Arms arms) {
    Span at = subject.span();
    Local held = new Local("subject", subject.type(), at);
    Local kind = new Local("kind", Types.I64, at);
    Tree.Expr whole = new Tree.LocalRef(at, held);
    boolean isAny = !(subject.type() instanceof Type.Meta);
    Tree.Expr type = isAny ? new Tree.Field(at, Types.TYPE, whole, 1) : whole;
    Taken taken = new Taken();
    List<Tree.Expr> tests = new ArrayList<>();
    boolean bad = false;
    for (Ast.Arm a : m.arms()) {
      Tree.Expr test = test(a, type, new Tree.LocalRef(at, kind), taken);
      Local asked = isAskedOf(m.subject(), a);
      bad |= test.type().isError() || !mayCapture(a, isAny, test);
      tests.add(test);
      if (a.capture().isPresent() && test instanceof Tree.Compare t) {
        bind(a, whole, singleType(a.pattern(), t), arms);
      } else if (asked != null && test instanceof Tree.Compare t) {
        arms.add(a, asked, singleType(a.pattern(), t));
      } else {
        arms.add(a);
      }
    }
    m.otherwise().ifPresent(arms::add);
    Arms.Joined joined = arms.join(m.subject().span(), m.otherwise().isPresent());
    if (joined == null || bad) {
      return c.bad(m.span());
    }
    Tree.Expr result = Matches.otherwise(m, joined);
    for (int i = tests.size() - 1; i >= 0; i--) {
      Tree.Expr body = joined.bodies().get(i);
      result = new Tree.If(m.span(), joined.type(), tests.get(i), body, result);
    }
    Tree.Expr kindOf = new Tree.Reflect(at, Types.I64, Tree.ReflectOp.KIND, type, Optional.empty());
    return Statements.after(
        m.span(),
        List.of(
            new Tree.Declare(at, held, Optional.of(subject)),
            new Tree.Declare(at, kind, Optional.of(kindOf))),
        result);
  }

  private boolean mayCapture(Ast.Arm a, boolean isAny, Tree.Expr test) {
    if (a.capture().isEmpty() || test.type().isError() || (isAny && isSingle(a.pattern()))) {
      return true;
    }
    c.error(
        isAny ? a.span() : a.pattern().span(),
        isAny
            ? "a category has no one type that a capture could have; match a single type"
            : "a type has no value that could be captured; match an `any`");
    return false;
  }

  /**
   * The variable {@code x} of a subject {@code type_of(x)} if it has no static type of its own and
   * the arm leaves it alone, or null.
   */
  private @Nullable Local isAskedOf(Ast.Expr subject, Ast.Arm arm) {
    if (!(subject instanceof Ast.Call k)
        || !(k.callee() instanceof Ast.NameExpr f)
        || !f.name().text().equals("type_of")
        || k.args().size() != 1) {
      return null;
    }
    Local asked = Proofs.variable(c, k.args().getFirst().value());
    return asked != null
            && (asked.type() instanceof Type.Any || asked.type() instanceof Type.Protocol)
            && !Assigned.in(new Ast.Block(arm.bodySpan(), arm.body())).contains(asked.name())
        ? asked
        : null;
  }

  /** A variable as a value of the type that the arm around knows it to hold, else as it is. */
  static Tree.Expr unboxed(Checker c, Tree.Expr e) {
    Type held = e instanceof Tree.LocalRef r ? c.function.held.get(r.local()) : null;
    if (held == null) {
      return e;
    }
    Span at = e.span();
    Tree.Expr data = new Tree.Field(at, Types.VOID_POINTER, e, 0);
    Tree.Expr address = new Tree.Convert(at, new Type.Pointer(held), Tree.Conversion.ADDRESS, data);
    return new Tree.Deref(at, held, address);
  }

  /** An arm that binds what the any holds, as the pattern's type. */
  private void bind(Ast.Arm a, Tree.Expr held, Type type, Arms arms) {
    Ast.Name name = a.capture().orElseThrow();
    Span at = name.span();
    Local local = new Local(name.text(), type, at);
    Tree.Expr data = new Tree.Field(at, Types.VOID_POINTER, held, 0);
    Tree.Expr address = new Tree.Convert(at, new Type.Pointer(type), Tree.Conversion.ADDRESS, data);
    arms.add(
        a,
        List.of(new Tree.Declare(at, local, Optional.of(new Tree.Deref(at, type, address)))),
        new Entity.Variable(local, Entity.Binding.MATCH_CAPTURE, c.function));
  }

  // ------------------------------------------------------------------ patterns

  /** What the arms above have taken, to find those that can never run (stmt.tmatch.4). */
  private static final class Taken {
    final Set<TypeKind> kinds = EnumSet.noneOf(TypeKind.class);
    final Set<Type> types = new HashSet<>();
  }

  private Tree.Expr test(Ast.Arm a, Tree.Expr type, Tree.Expr kind, Taken taken) {
    Ast.Expr p = a.pattern();
    if (isValuePattern(p)) {
      return c.bad(p.span(), "`" + p.span().text() + "` is a value, and a type is matched here");
    }
    List<TypeKind> kinds = category(p);
    if (kinds.contains(TypeKind.PROTOCOL)) {
      return c.bad(
          p.span(),
          "a value never has a protocol as its type; `case protocol` asks of a type known at compile"
              + " time, in an `inline if`");
    }
    if (kinds.isEmpty()) {
      Type t = c.types.resolve(p);
      if (t.isError()) {
        return c.bad(p.span());
      }
      if (taken.kinds.contains(TypeKind.of(t, c.analysis.types)) || !taken.types.add(t)) {
        return unreachable(p);
      }
      return new Tree.Compare(
          p.span(), Tree.CompareOp.EQ, type, c.expressions.typeValue(p.span(), t));
    }
    if (kinds.stream().allMatch(k -> isTaken(k, taken))) {
      return unreachable(p);
    }
    taken.kinds.addAll(kinds);
    Type single = onlyType(kinds);
    return single == null
        ? ofKind(p.span(), kind, kinds)
        : new Tree.Compare(
            p.span(), Tree.CompareOp.EQ, type, c.expressions.typeValue(p.span(), single));
  }

  private static boolean isValuePattern(Ast.Expr p) {
    return switch (p) {
      case Ast.IntLit x -> true;
      case Ast.FloatLit x -> true;
      case Ast.CharLit x -> true;
      case Ast.StringLit x -> true;
      case Ast.BoolLit x -> true;
      case Ast.NullLit x -> true;
      case Ast.EnumLit x -> true;
      default -> false;
    };
  }

  private Tree.Expr unreachable(Ast.Expr p) {
    return c.bad(
        p.span(),
        "this arm is unreachable: arms above take all types of `"
            + p.span().text()
            + "`; put concrete types before categories");
  }

  /** Whether arms above have taken all types of a kind. */
  private static boolean isTaken(TypeKind kind, Taken taken) {
    Type only = onlyType(List.of(kind));
    return taken.kinds.contains(kind)
        || (only != null && taken.types.contains(only))
        || (kind == TypeKind.FLOAT
            && taken.types.contains(Types.F32)
            && taken.types.contains(Types.F64));
  }

  private Tree.Expr ofKind(Span at, Tree.Expr kind, List<TypeKind> kinds) {
    Tree.Expr test = null;
    for (TypeKind k : kinds) {
      Tree.Expr number = c.intConst(at, Types.I64, k.number());
      Tree.Expr one = new Tree.Compare(at, Tree.CompareOp.EQ, kind, number);
      test = test == null ? one : new Tree.Or(at, test, one);
    }
    return test == null ? c.bad(at) : test;
  }

  private static boolean isSingle(Ast.Expr pattern) {
    List<TypeKind> kinds = category(pattern);
    return kinds.isEmpty() || onlyType(kinds) != null;
  }

  private static Type singleType(Ast.Expr pattern, Tree.Compare test) {
    Type only = onlyType(category(pattern));
    return only != null
        ? only
        : test.right() instanceof Tree.Const k && k.value() instanceof Constant.TypeValue t
            ? t.type()
            : Types.ERROR;
  }

  /** The one type of a category that names a single type, else null. */
  private static @Nullable Type onlyType(List<TypeKind> kinds) {
    if (kinds.size() != 1) {
      return null;
    }
    return switch (kinds.getFirst()) {
      case BOOL -> Types.BOOL;
      case STRING -> Types.STRING;
      case VOID -> Types.VOID;
      case TYPE -> Types.TYPE;
      default -> null;
    };
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
}
