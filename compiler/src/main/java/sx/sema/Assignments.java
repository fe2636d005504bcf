package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Assignments of every form (stmt.assign, stmt.massign). */
final class Assignments {
  private final Checker c;

  Assignments(Checker c) {
    this.c = c;
  }

  void assign(Ast.Assign a, List<Tree.Stmt> out) {
    if (a.target() instanceof Ast.NameExpr n && n.name().text().equals("_")) {
      discard(a, out);
      return;
    }
    forget(a.target());
    Property property = property(a.target());
    if (property != null) {
      assignProperty(a, property, out);
      return;
    }
    if (refusesMember(a.target())) {
      return;
    }
    Tree.Expr place = target(a.target());
    if (place.type().isError()) {
      checkValueOnly(a.value());
      return;
    }
    if (a.op().isEmpty()) {
      Tree.Expr v = c.value(a.value(), place.type());
      out.add(new Tree.Assign(a.span(), place, v));
      return;
    }
    compound(a, place, out);
  }

  /**
   * Whether the target is a constant or function of another module, which is reported; then nothing
   * is said about the value (mod.ns.10).
   */
  private boolean refusesMember(Ast.Expr target) {
    if (!(target instanceof Ast.Member m)) {
      return false;
    }
    String kind =
        switch (c.names.path(m, Names.Use.VALUE)) {
          case Entity.Const k -> "constant";
          case Entity.Macro k -> "constant";
          case Entity.TypeName t -> "type";
          case Entity.Fn f -> "function";
          case null, default -> "";
        };
    if (!kind.isEmpty()) {
      c.error(
          m.name().span(),
          "`" + m.name().text() + "` is a " + kind + " of its module and cannot be assigned");
    }
    return !kind.isEmpty();
  }

  /** An assignment ends what was proven of its target before its value is evaluated. */
  private void forget(Ast.Expr target) {
    Local variable = Proofs.variable(c, target);
    if (variable != null) {
      c.flow.forget(variable);
    }
  }

  private void checkValueOnly(Ast.Expr e) {
    if (!(e instanceof Ast.EnumLit || e instanceof Ast.AggregateLit || e instanceof Ast.NullLit)) {
      c.expressions.any(e);
    }
  }

  private void discard(Ast.Assign a, List<Tree.Stmt> out) {
    if (a.op().isPresent()) {
      c.error(a.target().span(), "`_` keeps nothing that could be read");
      return;
    }
    out.add(new Tree.ExprStmt(a.span(), c.expressions.any(a.value())));
  }

  private void compound(Ast.Assign a, Tree.Expr place, List<Tree.Stmt> out) {
    Tree.Expr v =
        c.optionals.operand(
            c.operators.right(a.value(), operandType(place.type(), a), place.type()),
            a.value().span(),
            a.op().orElseThrow().text);
    if (v.type().isError()) {
      return;
    }
    Tree.Expr operand = v;
    if (!(v instanceof Tree.Const)) {
      Local right = new Local("right", v.type(), a.value().span());
      out.add(new Tree.Declare(a.value().span(), right, Optional.of(v)));
      operand = new Tree.LocalRef(a.value().span(), right);
    }
    Local old = new Local("old", place.type(), a.target().span());
    Tree.Expr combined =
        c.operators.combine(
            a.span(),
            a.op().orElseThrow(),
            c.optionals.operand(
                new Tree.LocalRef(a.target().span(), old),
                a.target().span(),
                a.op().orElseThrow().text),
            operand,
            a.target().span());
    if (combined.type().isError()) {
      return;
    }
    Tree.Expr stored =
        combined.type().equals(place.type())
            ? combined
            : c.conversions.cast(combined, place.type(), a.target().span());
    out.add(new Tree.Update(a.span(), place, old, stored));
  }

  private static @Nullable Type operandType(Type place, Ast.Assign a) {
    Ast.Expr core = a.value();
    while (core instanceof Ast.Group g) {
      core = g.inner();
    }
    boolean needsType =
        place instanceof Type.Enum
            || core instanceof Ast.EnumLit
            || (core instanceof Ast.Unary u && u.op() == Ast.UnaryOp.CONVERT);
    return needsType ? place : null;
  }

  /** Checks an assignment target; what cannot be assigned is reported at it. */
  Tree.Expr target(Ast.Expr e) {
    Span at = e.span();
    if (refusesMember(e)) {
      return c.bad(at);
    }
    String refused = refusal(e);
    if (refused != null) {
      return c.bad(at, refused);
    }
    Tree.Expr place = c.expressions.any(e);
    if (place.type().isError()) {
      return place;
    }
    if (place instanceof Tree.Const k
        && k.value() instanceof Constant.Int
        && e instanceof Ast.Member m
        && m.name().text().equals("len")) {
      return c.bad(at, "the length of an array cannot be assigned");
    }
    String fixed = c.analysis.contexts.refusal(place);
    if (fixed != null) {
      return c.bad(at, fixed);
    }
    String stale = c.variants.refusal(place);
    if (stale != null) {
      return c.bad(at, stale);
    }
    if (!Expressions.isPlace(place)) {
      return c.bad(at, "`" + at.text() + "` is not a place that could be assigned");
    }
    if (place instanceof Tree.LocalRef r && r.local().name().equals("_")) {
      return c.bad(at, "`_` cannot be read");
    }
    return place;
  }

  /** Why the root of a target forbids assignment (decl.immut, stmt.assign.8), or null. */
  private @Nullable String refusal(Ast.Expr e) {
    Entity root = root(e);
    boolean whole = e instanceof Ast.NameExpr || e instanceof Ast.Group;
    return switch (root) {
      case Entity.Const k -> "`" + k.name() + "` is a constant and cannot be assigned";
      case Entity.Macro m -> "`" + m.name() + "` is a constant and cannot be assigned";
      case Entity.Variable v ->
          switch (v.binding()) {
            case VARIABLE -> null;
            case CONSTANT -> "`" + v.local().name() + "` is a constant and cannot be assigned";
            case LOOP_CAPTURE ->
                "the loop capture `"
                    + v.local().name()
                    + "` is a copy and cannot be assigned; capture it as `*"
                    + v.local().name()
                    + "`";
            case RANGE_CAPTURE ->
                "the loop capture `"
                    + v.local().name()
                    + "` counts the range and cannot be assigned; copy it to a variable";
            case ERROR_CAPTURE ->
                "the error `" + v.local().name() + "` is a copy and cannot be assigned";
            case MATCH_CAPTURE ->
                "the match capture `" + v.local().name() + "` is a copy and cannot be assigned";
            case REFERENCE_CAPTURE ->
                whole
                    ? "`"
                        + v.local().name()
                        + "` is a reference; assign `"
                        + v.local().name()
                        + ".*`"
                    : null;
          };
      case Entity.Element x -> "a pack element cannot be assigned";
      case Entity.Pack p -> "a pack element cannot be assigned";
      case null, default -> null;
    };
  }

  /** What a target goes back to without following a pointer, or null. */
  private @Nullable Entity root(Ast.Expr e) {
    Entity named = c.names.path(e, Names.Use.VALUE);
    if (named != null) {
      return named;
    }
    Ast.Expr base =
        switch (e) {
          case Ast.Group g -> g.inner();
          case Ast.Member m -> m.base();
          case Ast.TupleMember t -> t.base();
          case Ast.Index i -> i.base();
          default -> null;
        };
    if (base == null) {
      return null;
    }
    Entity found = root(base);
    boolean followsPointer =
        found instanceof Entity.Variable v
            && v.binding() != Entity.Binding.REFERENCE_CAPTURE
            && reachesThroughPointer(base);
    return followsPointer ? null : found;
  }

  private boolean reachesThroughPointer(Ast.Expr base) {
    int before = c.analysis.diagnostics.errorCount();
    Type t = c.expressions.any(base).type();
    return c.analysis.diagnostics.errorCount() == before
        && (t instanceof Type.Pointer
            || t instanceof Type.ManyPointer
            || t instanceof Type.Slice
            || t.equals(Types.STRING));
  }

  /** Values from left to right, then stores from left to right (stmt.massign.1). */
  void multiple(Ast.MultiAssign m, List<Tree.Stmt> out) {
    List<Tree.Stmt> stores = new ArrayList<>();
    List<Tree.Stmt> values = new ArrayList<>();
    boolean bad = false;
    m.targets().forEach(this::forget);
    for (int i = 0; i < m.targets().size(); i++) {
      bad |= !store(m.targets().get(i), m.values().get(i), values, stores);
    }
    if (!bad) {
      out.addAll(values);
      out.addAll(stores);
    }
  }

  /** Adds the evaluation of one value and its store; false after an error. */
  private boolean store(
      Ast.Expr target, Ast.Expr value, List<Tree.Stmt> values, List<Tree.Stmt> stores) {
    Span at = target.span();
    boolean discards = target instanceof Ast.NameExpr n && n.name().text().equals("_");
    Property property = discards ? null : property(target);
    Tree.Expr place = discards || property != null ? Statements.empty(at) : target(target);
    Type type = property != null ? settable(property, at) : place.type();
    Tree.Expr v = discards || type.isError() ? c.expressions.any(value) : c.value(value, type);
    Local held = new Local("value", v.type(), v.span());
    values.add(new Tree.Declare(v.span(), held, Optional.of(v)));
    Tree.Expr ready = new Tree.LocalRef(v.span(), held);
    if (property != null && !type.isError()) {
      Tree.Expr self = object(property, at, stores);
      Entity.FunctionDecl setter = property.info().setters.get(property.name());
      if (setter != null) {
        stores.add(new Tree.ExprStmt(at, c.calls.setter(setter, self, ready, at)));
      }
    } else if (!discards) {
      stores.add(new Tree.Assign(at, place, ready));
    }
    return !type.isError() && !v.type().isError();
  }

  // ------------------------------------------------------------------ properties

  private record Property(Tree.Expr object, StructInfo info, String name) {}

  /** The property that a target names, or null if it is a place. */
  private @Nullable Property property(Ast.Expr e) {
    if (!(e instanceof Ast.Member m) || m.chained() || c.names.path(m, Names.Use.VALUE) != null) {
      return null;
    }
    if (!mayBeValue(m.base())) {
      return null;
    }
    int before = c.analysis.diagnostics.errorCount();
    Tree.Expr base = c.optionals.extracted(c.expressions.any(m.base()));
    if (c.analysis.diagnostics.errorCount() > before || base.type().isError()) {
      return null;
    }
    Tree.Expr object =
        base.type() instanceof Type.Pointer p
            ? new Tree.Deref(base.span(), p.target(), base)
            : base;
    if (!(object.type() instanceof Type.Struct s)) {
      return null;
    }
    StructInfo info = c.analysis.structs.info(s);
    String name = m.name().text();
    boolean field = c.analysis.types.fields(s).stream().anyMatch(f -> f.name().equals(name));
    boolean accessor = info.getters.containsKey(name) || info.setters.containsKey(name);
    return accessor && !field ? new Property(object, info, name) : null;
  }

  private static boolean mayBeValue(Ast.Expr e) {
    return !(e instanceof Ast.EnumLit);
  }

  private void assignProperty(Ast.Assign a, Property p, List<Tree.Stmt> out) {
    Entity.FunctionDecl setter = p.info().setters.get(p.name());
    Entity.FunctionDecl getter = p.info().getters.get(p.name());
    if (setter == null || (a.op().isPresent() && getter == null)) {
      c.error(
          a.target().span(),
          "the property `" + p.name() + "` has no " + (setter == null ? "setter" : "getter"));
      return;
    }
    Type type =
        c.analysis.instances.plain(setter).map(i -> i.params().get(1).type()).orElse(Types.ERROR);
    if (type.isError()) {
      return;
    }
    Tree.Expr value =
        a.op().isEmpty()
            ? c.value(a.value(), type)
            : c.operators.right(a.value(), operandType(type, a), type);
    if (value.type().isError()) {
      return;
    }
    if (!(value instanceof Tree.Const)) {
      Local right = new Local("right", value.type(), value.span());
      out.add(new Tree.Declare(value.span(), right, Optional.of(value)));
      value = new Tree.LocalRef(value.span(), right);
    }
    Tree.Expr self = object(p, a.target().span(), out);
    if (a.op().isPresent() && getter != null) {
      Tree.Expr old = c.calls.method(getter, self, List.of(), a.target().span(), a.target().span());
      Tree.Expr combined =
          c.operators.combine(a.span(), a.op().get(), old, value, a.target().span());
      if (combined.type().isError()) {
        return;
      }
      value = c.conversions.cast(combined, type, a.target().span());
    }
    out.add(new Tree.ExprStmt(a.span(), c.calls.setter(setter, self, value, a.target().span())));
  }

  /** The object of a property, evaluated once. */
  private Tree.Expr object(Property p, Span at, List<Tree.Stmt> out) {
    Local object = new Local("object", new Type.Pointer(p.object().type()), at);
    Tree.Expr address = new Tree.AddressOf(at, object.type(), c.expressions.place(p.object()));
    out.add(new Tree.Declare(at, object, Optional.of(address)));
    return new Tree.Deref(at, p.object().type(), new Tree.LocalRef(at, object));
  }

  /** The type a setter takes; erroneous if the property has none, which is reported. */
  private Type settable(Property p, Span at) {
    Entity.FunctionDecl setter = p.info().setters.get(p.name());
    if (setter == null) {
      c.error(at, "the property `" + p.name() + "` has no setter");
      return Types.ERROR;
    }
    return c.analysis
        .instances
        .plain(setter)
        .map(i -> i.params().get(1).type())
        .orElse(Types.ERROR);
  }
}
