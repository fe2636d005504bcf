package sx.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Elements and projections of packs (09-packs.md sections 4 and 5). */
final class Packs {
  private final Checker c;

  Packs(Checker c) {
    this.c = c;
  }

  /** The pack that an expression names, or null. */
  Entity.@Nullable Pack named(Ast.Expr e) {
    return c.names.path(e, Names.Use.VALUE) instanceof Entity.Pack p ? p : null;
  }

  /** Element {@code i}; in a lambda it is captured (pack.use.12). */
  Tree.Expr element(Entity.Pack p, int i, Span at) {
    Entity variable = new Entity.Variable(p.elements().get(i), Entity.Binding.VARIABLE, p.owner());
    return c.expressions.entity(variable, at, null);
  }

  /** All elements in order. */
  List<Tree.Expr> elements(Entity.Pack p, Span at) {
    List<Tree.Expr> out = new ArrayList<>();
    for (int i = 0; i < p.elements().size(); i++) {
      out.add(element(p, i, at));
    }
    return out;
  }

  /** {@code xs[i]} (pack.use.2 to pack.use.4). */
  Tree.Expr index(Ast.Index i, Entity.Pack p) {
    Integer n = number(i, p);
    return n == null ? c.bad(i.span()) : element(p, n, i.span());
  }

  private @Nullable Integer number(Ast.Index i, Entity.Pack p) {
    Tree.Expr at = c.expressions.any(i.index());
    Long n = c.constantInt(at);
    if (n == null) {
      if (!at.type().isError()) {
        c.error(i.index().span(), "a pack is indexed by an integer known at compile time");
      }
      return null;
    }
    if (n < 0 || n >= p.elements().size()) {
      c.error(
          i.index().span(),
          "the index "
              + n
              + " is asked for, and the pack `"
              + p.name()
              + "` has "
              + p.elements().size()
              + " elements");
      return null;
    }
    return n.intValue();
  }

  // ------------------------------------------------------------------ constrained elements

  /** An element that is seen through a protocol; null for every other expression. */
  Entity.@Nullable Element constrained(Ast.Expr e) {
    return switch (e) {
      case Ast.Group g -> constrained(g.inner());
      case Ast.NameExpr n
          when c.scope.find(n.name().text()) instanceof Entity.Element x
              && x.pack().constraint().isPresent() ->
          x;
      case Ast.Index i -> {
        Entity.Pack p = named(i.base());
        Integer n = p == null || p.constraint().isEmpty() ? null : number(i, p);
        yield p == null || n == null ? null : new Entity.Element(p, n);
      }
      default -> null;
    };
  }

  /** The call of a method of the protocol on an element (pack.use.6, pack.use.7). */
  Tree.Expr call(Entity.Element e, Ast.Call call, Ast.Member m) {
    Entity.FunctionDecl f = method(e, m.name().text());
    return f == null
        ? hidden(e, m)
        : c.calls.method(
            f, element(e.pack(), e.index(), m.base().span()), call.args(), call.span(), m.span());
  }

  /** Any other member of a constrained element. */
  Tree.Expr hidden(Entity.Element e, Ast.Member m) {
    return c.bad(
        m.span(),
        "an element of `"
            + e.pack().name()
            + "` is seen through the protocol `"
            + protocolName(e.pack())
            + "`, which has no method `"
            + m.name().text()
            + "`");
  }

  private Entity.@Nullable FunctionDecl method(Entity.Element e, String name) {
    Type type = e.pack().elements().get(e.index()).type();
    for (Type.Protocol p : implemented(e.pack(), type)) {
      if (c.analysis.protocols.info(p).method(name) != null) {
        return c.analysis.impls.inDefault(p, type, name);
      }
    }
    return null;
  }

  private String protocolName(Entity.Pack p) {
    return switch (p.constraint().orElseThrow()) {
      case Entity.ProtocolFamily f -> f.name();
      case Entity.TypeName t -> c.name(t.type());
      default -> "";
    };
  }

  /** The protocols that the constraint means and a type implements. */
  private List<Type.Protocol> implemented(Entity.Pack p, Type type) {
    return implemented(c.analysis, p.constraint().orElseThrow(), type);
  }

  private static List<Type.Protocol> implemented(Analysis a, Entity constraint, Type type) {
    List<Type.Protocol> out = new ArrayList<>();
    if (constraint instanceof Entity.TypeName t && t.type() instanceof Type.Protocol p) {
      if (a.impls.find(p, type) != null) {
        out.add(p);
      }
    } else if (constraint instanceof Entity.ProtocolFamily f) {
      for (Impls.Impl i : a.impls.of(type)) {
        if (a.protocols.application(i.protocol()).filter(x -> x.family().equals(f)).isPresent()) {
          out.add(i.protocol());
        }
      }
    }
    return out;
  }

  // ------------------------------------------------------------------ constraints

  /** The protocol that the type behind a pack's name stands for (pack.form.4). */
  static Optional<Entity> constraint(Analysis a, Ast.Param pack, Scope scope) {
    Checker c = Checker.of(a, scope, FunctionState.none());
    Ast.Expr type = pack.type().orElse(null);
    Entity e =
        switch (type) {
          case Ast.NameExpr n -> c.names.find(n.name(), Names.Use.TYPE);
          case Ast.Member m -> c.names.path(m, Names.Use.TYPE);
          case Ast.Call k
              when c.names.path(k.callee(), Names.Use.TYPE) instanceof Entity.ProtocolFamily f ->
              new Entity.TypeName(c.types.apply(f, k));
          case null, default -> null;
        };
    boolean protocol =
        e instanceof Entity.ProtocolFamily
            || (e instanceof Entity.TypeName t && t.type() instanceof Type.Protocol);
    return protocol ? Optional.ofNullable(e) : Optional.empty();
  }

  /** Why a type is no element of a constrained pack (pack.bind.9); empty if it is one. */
  static Optional<Conformances.Conformance.Fails> refusal(
      Analysis a, Entity constraint, Type type) {
    List<Type.Protocol> found = implemented(a, constraint, type);
    if (found.isEmpty() && constraint instanceof Entity.ProtocolFamily f) {
      return Optional.of(
          new Conformances.Conformance.Fails(
              "`" + a.typeNames.of(type) + "` does not implement `" + f.name() + "`",
              a.impls.mayBeMeant(f.name(), a.typeNames.of(type))));
    }
    if (found.isEmpty() && constraint instanceof Entity.TypeName t) {
      found = List.of((Type.Protocol) t.type());
    }
    for (Type.Protocol p : found) {
      if (a.conformances.conformance(p, type) instanceof Conformances.Conformance.Fails x) {
        return Optional.of(x);
      }
    }
    return Optional.empty();
  }

  // ------------------------------------------------------------------ projections

  /** {@code xs.m} in the place of a value (pack.proj.1). */
  Tree.Expr projection(Entity.Pack p, Ast.Member m) {
    String name = m.name().text();
    if (name.equals("len")) {
      return c.intConst(m.span(), Types.I64, p.elements().size());
    }
    if (p.constraint().isEmpty() || !hasGetter(p, name)) {
      return c.bad(
          m.span(),
          p.constraint().isEmpty()
              ? "the pack `" + p.name() + "` has no protocol whose `" + name + "` could be called"
              : "`"
                  + protocolName(p)
                  + "` has no method `"
                  + name
                  + "` that takes the receiver only");
    }
    List<Tree.Expr> results = new ArrayList<>();
    for (int i = 0; i < p.elements().size(); i++) {
      Entity.FunctionDecl f = method(new Entity.Element(p, i), name);
      if (f == null) {
        return c.bad(m.span());
      }
      results.add(c.calls.method(f, element(p, i, m.span()), List.of(), m.span(), m.span()));
    }
    return tuple(results, m.span());
  }

  private boolean hasGetter(Entity.Pack p, String name) {
    List<Ast.ProtocolMethod> methods =
        switch (p.constraint().orElseThrow()) {
          case Entity.ProtocolFamily f -> f.ast().methods();
          case Entity.TypeName t when t.type() instanceof Type.Protocol x ->
              c.analysis.protocols.info(x).methods().stream()
                  .map(ProtocolInfo.Method::ast)
                  .toList();
          default -> List.of();
        };
    return methods.stream().anyMatch(m -> m.name().text().equals(name) && m.params().isEmpty());
  }

  /** A tuple of values that are evaluated in order; an error if one of them is one. */
  private Tree.Expr tuple(List<Tree.Expr> values, Span at) {
    List<Tree.Part> parts = new ArrayList<>();
    for (Tree.Expr v : values) {
      if (v.type().isError()) {
        return c.bad(at);
      }
      if (v.type() instanceof Type.Void) {
        return c.bad(at, "what is projected has no value");
      }
      parts.add(new Tree.Part(parts.size(), v));
    }
    List<Type> types = values.stream().map(Tree.Expr::type).toList();
    return new Tree.Aggregate(
        at, new Type.Tuple(types, Collections.nCopies(types.size(), "")), parts);
  }

  /** {@code t.f}: the field of every element of a tuple (pack.proj.4); null if one lacks it. */
  Tree.@Nullable Expr fields(Tree.Expr value, Type.Tuple t, String name, Span at) {
    if (t.elements().isEmpty()
        || !t.elements().stream().allMatch(e -> c.members.hasField(e, name))) {
      return null;
    }
    List<Tree.Expr> parts = c.arguments.parts(value, at);
    List<Tree.Expr> out = new ArrayList<>();
    for (Tree.Expr part : parts == null ? List.<Tree.Expr>of() : parts) {
      Tree.Expr field = c.members.ofValue(part, name, at);
      if (field == null) {
        return null;
      }
      out.add(field);
    }
    return tuple(out, at);
  }

  /** {@code xs.A} in a list of types (pack.proj.2); null after an error. */
  @Nullable List<Type> types(Entity.Pack p, Ast.Member m) {
    if (!(p.constraint().orElse(null) instanceof Entity.ProtocolFamily f)) {
      c.error(
          m.span(),
          "the pack `"
              + p.name()
              + "` has no protocol with a type parameter `"
              + m.name().text()
              + "`");
      return null;
    }
    int index = -1;
    for (int i = 0; i < f.ast().params().size(); i++) {
      index = f.ast().params().get(i).name().text().equals(m.name().text()) ? i : index;
    }
    if (index < 0) {
      c.error(m.span(), "`" + f.name() + "` has no type parameter `" + m.name().text() + "`");
      return null;
    }
    List<Type> out = new ArrayList<>();
    for (sx.sema.tree.Local e : p.elements()) {
      List<Type.Protocol> found = implemented(p, e.type());
      if (found.isEmpty()) {
        return null;
      }
      out.add(
          c.analysis.protocols.application(found.getFirst()).orElseThrow().arguments().get(index));
    }
    return out;
  }

  // ------------------------------------------------------------------ slices

  /** {@code xx xs} for a slice of boxed or erased elements (pack.val.2). */
  Tree.Expr slice(Entity.Pack p, Type.Slice target, Span at) {
    List<Tree.Part> parts = new ArrayList<>();
    for (Tree.Expr e : elements(p, at)) {
      Tree.Expr done = c.conversions.convert(e, target.element(), at);
      if (done.type().isError()) {
        return done;
      }
      parts.add(new Tree.Part(parts.size(), done));
    }
    if (parts.isEmpty()) {
      return new Tree.Const(at, target, sx.sema.tree.Constant.ZERO);
    }
    Type.Array array = new Type.Array(target.element(), parts.size());
    return c.conversions.view(new Tree.Aggregate(at, array, parts), target);
  }
}
