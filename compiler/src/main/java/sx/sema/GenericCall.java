package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Binds the compile-time parameters of one call and calls the instance (gen.call, gen.infer). */
final class GenericCall {
  private final Checker c;
  private final Entity.FunctionDecl decl;
  private final List<Ast.Param> params;
  private final Span call;
  private final Span callee;
  private final Inference inference;
  private final Scope scope;
  private final Map<Integer, Tree.Expr> checked = new HashMap<>();
  private final List<Tree.Expr> packValues = new ArrayList<>();

  /** Values of which only the variant is known while compiling (gen.val.8), by parameter. */
  private final Map<Integer, Tree.Expr> choices = new HashMap<>();

  GenericCall(Checker c, Entity.FunctionDecl decl, Span call, Span callee) {
    this.c = c;
    this.decl = decl;
    this.params = decl.ast.params();
    this.call = call;
    this.callee = callee;
    this.scope = decl.scope.instance();
    this.inference = new Inference(c.analysis, decl.typeParams(), decl.scope);
  }

  /**
   * Checks the call.
   *
   * @param slots one for each fixed parameter, null where the type is inferred or the default is
   *     taken; then the variadic tail
   */
  Tree.Expr call(List<@Nullable Argument> slots) {
    if (!bindTypes(slots) || !infer(slots)) {
      return c.bad(call);
    }
    List<Object> key = new ArrayList<>();
    for (String name : decl.typeParams()) {
      Type t = inference.type(name);
      Entity.Const k = inference.value(name);
      if (t == null && k == null) {
        return c.bad(
            callee,
            "nothing in this call tells the type parameter `" + name + "` of `" + decl.name + "`");
      }
      if (t != null && TypeWeight.isTooGreat(t)) {
        return c.bad(
            call,
            "the type bound to `"
                + name
                + "` is made of more than "
                + TypeWeight.MAX_PARTS
                + " types, the limit: the recursion of instances must end");
      }
      if (t != null) {
        scope.declare(name, new Entity.TypeName(t));
        key.add(t);
      } else if (k != null) {
        scope.declare(name, k);
        key.add(k.value());
      }
    }
    for (int i = 0; i < params.size(); i++) {
      Ast.Param p = params.get(i);
      if (p.compileTime() && !p.variadic() && !decl.takesType(p)) {
        Object k = bindValue(p, slots.get(i), i);
        if (k == null) {
          return c.bad(call);
        }
        key.add(k);
      }
    }
    if (!constraintsMet()) {
      return c.bad(call);
    }
    for (String name : decl.typeLists()) {
      List<Type> types = inference.list(name);
      if (types == null) {
        return c.bad(
            callee,
            "nothing in this call tells the list of types `" + name + "` of `" + decl.name + "`");
      }
      scope.declare(name, new Entity.TypeList(types));
      key.add(types);
    }
    List<Type> pack = packValues.stream().map(Tree.Expr::type).toList();
    key.addAll(pack);
    Optional<Instance> made =
        c.analysis.instances.instance(
            new Instances.Key(decl, List.copyOf(key)), scope, pack, description(), call);
    return made.isEmpty() ? c.bad(call) : finish(made.get(), slots);
  }

  private boolean constraintsMet() {
    Constraints constraints =
        new Constraints(Checker.of(c.analysis, decl.scope, FunctionState.none()));
    for (String name : decl.typeParams()) {
      Type t = inference.type(name);
      if (t != null && !constraints.met(Constraints.of(decl, name), t, callee)) {
        return false;
      }
    }
    return true;
  }

  private String description() {
    StringBuilder out = new StringBuilder(decl.name);
    String separator = " with ";
    for (String name : decl.typeParams()) {
      Type t = inference.type(name);
      if (t != null) {
        String text = c.name(t);
        out.append(separator).append(name).append(" = ");
        out.append(text.length() > 80 ? text.substring(0, 80) + "…" : text);
        separator = ", ";
      }
    }
    return out.toString();
  }

  private Tree.Expr finish(Instance f, List<@Nullable Argument> slots) {
    List<Tree.Expr> args = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < params.size(); i++) {
      Ast.Param p = params.get(i);
      if (Entity.FunctionDecl.isPack(p)) {
        args.addAll(packValues);
        continue;
      }
      if (choices.containsKey(i)) {
        args.add(choices.get(i));
        next++;
        continue;
      }
      if (p.compileTime()) {
        continue;
      }
      Type type = f.params().get(next++).type();
      Argument given = i < slots.size() ? slots.get(i) : null;
      Tree.Expr v;
      if (p.variadic()) {
        v = c.calls.tail(slots.subList(Math.min(i, slots.size()), slots.size()), type, call);
      } else if (given == null) {
        v = c.calls.defaultArgument(decl, p, type, call, scope);
      } else if (checked.containsKey(i)) {
        Argument ready = new Argument.Checked(checked.get(i), given.span());
        v = c.calls.argument(ready, type, call);
      } else {
        v = c.calls.argument(given, type, call);
      }
      if (v.type().isError()) {
        return c.bad(call);
      }
      args.add(v);
    }
    return new Tree.Call(call, f.result(), f, args);
  }

  // ------------------------------------------------------------------ types

  /** Arguments that are types (gen.call.1). */
  private boolean bindTypes(List<@Nullable Argument> slots) {
    boolean good = true;
    for (int i = 0; i < params.size(); i++) {
      Ast.Param p = params.get(i);
      if (!decl.takesType(p) || slots.get(i) == null) {
        continue;
      }
      Type t = slots.get(i) instanceof Argument.Written w ? c.types.resolve(w.expr()) : Types.ERROR;
      good &= !t.isError();
      inference.give(p.name().text(), t);
    }
    return good;
  }

  /** Checks the arguments whose parameters mention a type parameter, and matches their types. */
  private boolean infer(List<@Nullable Argument> slots) {
    List<Integer> later = new ArrayList<>();
    boolean packFirst = decl.pack().filter(this::isMentionedBefore).isPresent();
    if (packFirst && !bindPack(slots)) {
      return false;
    }
    for (int i = 0; i < params.size(); i++) {
      Ast.Param p = params.get(i);
      if (Entity.FunctionDecl.isPack(p)) {
        if (!packFirst && !bindPack(slots)) {
          return false;
        }
      } else if (!p.compileTime() && p.type().filter(this::isOpen).isPresent()) {
        if (p.variadic()) {
          if (!tail(p, slots.subList(Math.min(i, slots.size()), slots.size()))) {
            return false;
          }
        } else if (i < slots.size() && slots.get(i) != null) {
          if (needsExpected(slots.get(i))) {
            later.add(i);
          } else if (!match(i, p, slots.get(i))) {
            return false;
          }
        }
      } else if (isNumberToo(p) && i < slots.size() && slots.get(i) != null) {
        if (needsExpected(slots.get(i))) {
          widen(p, slots.get(i));
        } else if (!match(i, p, slots.get(i))) {
          return false;
        }
      }
    }
    for (int i : later) {
      widen(params.get(i), slots.get(i));
    }
    for (int i : later) {
      if (lambda(slots.get(i)) == null && !matchLater(i, slots.get(i))) {
        return false;
      }
    }
    for (int i : later) {
      if (lambda(slots.get(i)) != null && !matchLater(i, slots.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** A float literal at the start of an array literal is one among other numbers (gen.infer.6). */
  private void widen(Ast.Param p, @Nullable Argument given) {
    if (isNumberToo(p)
        && given instanceof Argument.Written w
        && OrChains.stripped(w.expr()) instanceof Ast.ArrayLit a
        && !a.elements().isEmpty()
        && isFloat(a.elements().getFirst())) {
      inference.argument(p.type().orElseThrow(), new Type.Array(Types.F64, a.elements().size()));
    }
  }

  private static boolean isFloat(Ast.Expr e) {
    return switch (e) {
      case Ast.FloatLit f -> true;
      case Ast.Group g -> isFloat(g.inner());
      case Ast.Unary u -> u.op() == Ast.UnaryOp.NEGATE && isFloat(u.operand());
      default -> false;
    };
  }

  /** An argument that takes its type from its parameter, after the others (gen.infer.9). */
  private boolean matchLater(int i, @Nullable Argument given) {
    Ast.Param p = params.get(i);
    if (p.type().filter(this::isOpen).isEmpty() || !hasOwnType(given)) {
      return true;
    }
    Ast.Function f = lambda(given);
    if (f == null) {
      return match(i, p, given);
    }
    Scope names = decl.scope.inner();
    declarePack(names);
    Tree.Expr v = inference.lambda(c, f, p.type().orElseThrow(), names);
    checked.put(i, v);
    inference.argument(p.type().orElseThrow(), v.type());
    return !v.type().isError();
  }

  private static Ast.@Nullable Function lambda(@Nullable Argument a) {
    return a instanceof Argument.Written w && w.expr() instanceof Ast.Function f ? f : null;
  }

  /** A further argument for a parameter that is bound may still make it a float (gen.infer.6). */
  private boolean isNumberToo(Ast.Param p) {
    return !p.compileTime() && !p.variadic() && p.type().filter(inference::mayWiden).isPresent();
  }

  private boolean match(int i, Ast.Param p, @Nullable Argument given) {
    Ast.Expr pattern = p.type().orElseThrow();
    boolean takesTuple = pattern instanceof Ast.TypeIntro || pattern instanceof Ast.TupleType;
    Tree.Expr v =
        !takesTuple && given instanceof Argument.Written w && w.expr() instanceof Ast.ParenTuple t
            ? c.tuples.misplaced(t)
            : TypeMatches.unboxed(c, c.calls.checked(given, null));
    if (v.type().isError()) {
      return false;
    }
    if (v.type() instanceof Type.Void && !Expressions.isVoidValue(v)) {
      c.error(v.span(), "this has no value");
      return false;
    }
    checked.put(i, v);
    inference.argument(pattern, v.type());
    return true;
  }

  private boolean isOpen(Ast.Expr pattern) {
    return inference.open(pattern)
        || Generics.lists(pattern).stream()
            .anyMatch(n -> inference.list(n) == null && decl.typeLists().contains(n));
  }

  /** Whether an expression takes its type from where it stands. */
  private static boolean needsExpected(@Nullable Argument a) {
    return a instanceof Argument.Written w && needsExpected(w.expr());
  }

  private static boolean needsExpected(Ast.Expr e) {
    return switch (e) {
      case Ast.EnumLit l -> true;
      case Ast.NullLit l -> true;
      case Ast.Undefined u -> true;
      case Ast.Function f -> true;
      case Ast.AggregateLit l -> l.head().isEmpty();
      case Ast.ArrayLit l -> l.head().isEmpty();
      case Ast.Group g -> needsExpected(g.inner());
      case Ast.Call k -> k.callee() instanceof Ast.EnumLit;
      case Ast.Unary u -> u.op() == Ast.UnaryOp.CONVERT;
      default -> false;
    };
  }

  private static boolean hasOwnType(@Nullable Argument a) {
    return a instanceof Argument.Written w
        && (w.expr() instanceof Ast.AggregateLit
            || w.expr() instanceof Ast.ArrayLit
            || w.expr() instanceof Ast.Function
            || w.expr() instanceof Ast.Unary
            || w.expr() instanceof Ast.Group);
  }

  private boolean tail(Ast.Param p, List<@Nullable Argument> given) {
    for (Argument a : given) {
      boolean spread = a instanceof Argument.Written w && w.expr() instanceof Ast.Spread;
      Ast.Expr pattern = p.type().orElseThrow();
      Tree.Expr v =
          a instanceof Argument.Written w && w.expr() instanceof Ast.Spread s
              ? c.expressions.any(s.operand())
              : c.calls.checked(a, null);
      if (v.type().isError()) {
        return false;
      }
      inference.match(
          spread || !(pattern instanceof Ast.SliceType s) ? pattern : s.element(), v.type());
    }
    return true;
  }

  // ------------------------------------------------------------------ packs

  /** Whether a parameter before the pack refers to its types (pack.bind.8). */
  private boolean isMentionedBefore(Ast.Param pack) {
    boolean[] found = {false};
    for (Ast.Param p : params.subList(0, params.size() - 1)) {
      p.type()
          .ifPresent(
              t ->
                  sx.syntax.Children.walk(
                      List.of(t), n -> found[0] |= names(n, pack.name().text())));
    }
    return found[0];
  }

  private static boolean names(Ast node, String name) {
    return switch (node) {
      case Ast.NameExpr n -> n.name().text().equals(name);
      case Ast.PackRef n -> n.name().text().equals(name);
      case Ast.PackIndex n -> n.name().text().equals(name);
      case Ast.TypeIntro n -> n.name().text().equals(name);
      default -> false;
    };
  }

  /** Declares the pack as far as its types go. */
  private void declarePack(Scope to) {
    if (decl.pack().isPresent()) {
      Ast.Param p = decl.pack().get();
      String name = p.name().text();
      List<sx.sema.tree.Local> elements = new ArrayList<>();
      for (Tree.Expr v : packValues) {
        elements.add(new sx.sema.tree.Local(name, v.type(), p.name().span()));
      }
      to.declare(
          name,
          new Entity.Pack(
              name, elements, Packs.constraint(c.analysis, p, decl.scope), FunctionState.none()));
    }
  }

  private boolean bindPack(List<@Nullable Argument> slots) {
    int fixed = params.size() - 1;
    List<@Nullable Argument> given = slots.subList(Math.min(fixed, slots.size()), slots.size());
    Optional<Entity> constraint =
        Packs.constraint(c.analysis, decl.pack().orElseThrow(), decl.scope);
    boolean good = true;
    for (Argument a : given) {
      Tree.Expr v =
          a instanceof Argument.Written w && w.expr() instanceof Ast.ParenTuple p
              ? c.tuples.misplaced(p)
              : c.calls.checked(a, null);
      if (v.type() instanceof Type.Void && !Expressions.isVoidValue(v) && a != null) {
        v = c.bad(a.span(), "this has no value");
      }
      good &= !v.type().isError();
      if (a != null && constraint.isPresent() && !v.type().isError()) {
        Optional<Conformances.Conformance.Fails> refusal =
            Packs.refusal(c.analysis, constraint.get(), v.type());
        refusal.ifPresent(r -> r.report(c, a.span()));
        good &= refusal.isEmpty();
      }
      packValues.add(v);
    }
    String name = decl.pack().orElseThrow().name().text();
    inference.giveList(name, packValues.stream().map(Tree.Expr::type).toList());
    return good;
  }

  // ------------------------------------------------------------------ values

  /** The value of a compile-time value parameter, declared in the scope; null after an error. */
  private @Nullable Object bindValue(Ast.Param p, @Nullable Argument given, int index) {
    String name = p.name().text();
    Type type =
        p.type()
            .map(t -> Checker.of(c.analysis, scope, FunctionState.none()).types.resolve(t))
            .orElse(Types.ERROR);
    if (type.isError()) {
      return null;
    }
    if (type instanceof Type.Enum e
        && c.analysis.types.isTaggedUnion(e)
        && given instanceof Argument.Written w
        && Applications.isVariant(w.expr())) {
      Tree.Expr v = c.value(w.expr(), type);
      if (v.type().isError()) {
        return null;
      }
      if (Folding.constant(v).isEmpty() && v instanceof Tree.Aggregate a) {
        choices.put(index, v);
        Entity.Choice choice = new Entity.Choice(e, a.parts().getLast().index() - 1);
        scope.declare(name, choice);
        return choice;
      }
    }
    Entity.Const bound = inference.value(name);
    Constant k = bound == null ? null : bound.value();
    if (given == null && p.defaultValue().isPresent()) {
      Checker own = Checker.of(c.analysis, scope, FunctionState.none());
      k = own.applications.constant(p.defaultValue().get(), type, name, true);
    } else if (given instanceof Argument.Written w) {
      k = c.applications.constant(w.expr(), type, name, true);
    } else if (given instanceof Argument.Checked v) {
      k = receiver(v, type, name);
    }
    if (k == null) {
      return null;
    }
    Entity.Const parameter = new Entity.Const(name, type, k, Optional.empty());
    scope.declare(name, parameter);
    if (type instanceof Type.Enum) {
      c.analysis.enumParameters.add(parameter);
    }
    return Instances.keyOf(type, k);
  }

  /** A value before the dot or the pipe, for a compile-time parameter. */
  private @Nullable Constant receiver(Argument.Checked v, Type type, String name) {
    Tree.Expr done = c.conversions.convert(v.value(), type, v.span());
    Constant k = Folding.constant(done).orElse(null);
    if (k == null && !done.type().isError()) {
      c.error(v.span(), "the argument for `" + name + "` must be known at compile time");
    }
    return k == null ? null : Templates.normal(type, k);
  }
}
