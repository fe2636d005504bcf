package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.module.Module;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** The {@code impl} blocks of a program, and whether a type conforms to a protocol (proto.impl). */
final class Impls {
  /** One block. */
  record Impl(
      Ast.Impl ast, Type.Protocol protocol, Type target, Map<String, Entity.FunctionDecl> methods) {
    Span span() {
      return ast.span();
    }
  }

  /** What a type does for a protocol: a function for each method, or why it does not conform. */
  sealed interface Conformance {
    /** The functions stand in the order of the protocol's methods. */
    record Conforms(Impl impl, List<Instance> methods) implements Conformance {}

    record Fails(String reason) implements Conformance {}
  }

  private record Pair(Type.Protocol protocol, Type target) {}

  /** A block for every instance of a generic struct (proto.impl.6). */
  private record Family(
      Ast.Impl ast, Type.Protocol protocol, StructTemplate template, Module module) {}

  private final List<Family> families = new ArrayList<>();
  private final Analysis a;
  private @Nullable Map<Pair, Impl> known;
  private final Map<Pair, Conformance> conformances = new HashMap<>();
  private final Map<Pair, Map<String, Entity.FunctionDecl>> defaults = new HashMap<>();
  private final Map<Instance, Instance> thunks = new HashMap<>();
  private final Map<Impl, Impl> rivals = new HashMap<>();
  private final Map<Pair, GlobalVar> tables = new HashMap<>();

  Impls(Analysis a) {
    this.a = a;
  }

  /** Reports what is wrong with blocks, used or not. */
  void check() {
    all();
  }

  /** The block for a protocol and a type, or null. */
  @Nullable Impl find(Type.Protocol protocol, Type target) {
    all();
    instantiate(target);
    return all().get(new Pair(protocol, target));
  }

  /** A second block for the same pair in another file, or null (proto.into.7). */
  @Nullable Impl rival(Impl impl) {
    return rivals.get(impl);
  }

  /** The blocks for a type, in the order of the program. */
  List<Impl> of(Type target) {
    all();
    instantiate(target);
    return all().values().stream().filter(i -> i.target().equals(target)).toList();
  }

  private Map<Pair, Impl> all() {
    if (known == null) {
      Map<Pair, Impl> made = new LinkedHashMap<>();
      known = made;
      for (Module m : a.graph.modules()) {
        for (Ast.Stmt item : m.items()) {
          if (item instanceof Ast.Impl i) {
            enter(i, m, made);
          }
        }
      }
    }
    return known;
  }

  private void enter(Ast.Impl ast, Module m, Map<Pair, Impl> to) {
    Checker c = Checker.of(a, Scope.of(m), FunctionState.none());
    Type.Protocol protocol = protocol(c, ast);
    if (protocol == null) {
      return;
    }
    if (!ast.typeParams().isEmpty()) {
      enterFamily(c, ast, protocol, m);
      return;
    }
    int before = a.diagnostics.errorCount();
    Type target = c.types.resolve(ast.target());
    if (target.isError()) {
      if (a.diagnostics.errorCount() == before) {
        a.diagnostics.error(ast.span(), "`" + ast.target().span().text() + "` is not a type");
      }
      return;
    }
    Impl made = new Impl(ast, protocol, target, methods(ast, Scope.of(m)));
    Impl first = to.putIfAbsent(new Pair(protocol, target), made);
    boolean elsewhere = first != null && !first.span().file().equals(ast.span().file());
    if (elsewhere && !ast.protocolArgs().isEmpty()) {
      rivals.putIfAbsent(first, made);
    } else if (first != null) {
      a.diagnostics.report(
          Diagnostic.error(
                  ast.span(),
                  "`"
                      + a.typeNames.of(target)
                      + "` implements `"
                      + a.typeNames.of(protocol)
                      + "` already")
              .with(Diagnostic.note(first.span(), "here")));
    }
  }

  private static Map<String, Entity.FunctionDecl> methods(Ast.Impl ast, Scope scope) {
    Map<String, Entity.FunctionDecl> methods = new LinkedHashMap<>();
    for (Ast.ConstDecl d : ast.methods()) {
      if (d.value() instanceof Ast.Function f) {
        methods.put(
            d.name().text(), new Entity.FunctionDecl(d.name(), f, scope, scope.module(), null));
      }
    }
    return methods;
  }

  private void enterFamily(Checker c, Ast.Impl ast, Type.Protocol protocol, Module m) {
    Entity head =
        ast.target() instanceof Ast.NameExpr n
            ? c.names.find(n.name(), Names.Use.HEAD)
            : c.names.path(ast.target(), Names.Use.HEAD);
    String name = ast.target().span().text();
    if (!(head instanceof Entity.Template t)) {
      a.diagnostics.error(ast.span(), "`" + name + "` is not a generic struct");
      return;
    }
    if (t.template().params().size() != ast.typeParams().size()) {
      int wanted = t.template().params().size();
      a.diagnostics.error(
          ast.span(),
          "`" + name + "`: " + Calls.wrongCount(wanted, wanted, ast.typeParams().size()));
      return;
    }
    for (Family f : families) {
      if (f.template() == t.template() && f.protocol().equals(protocol)) {
        a.diagnostics.report(
            Diagnostic.error(
                    ast.span(),
                    "`" + name + "` implements `" + a.typeNames.of(protocol) + "` already")
                .with(Diagnostic.note(f.ast().span(), "here")));
        return;
      }
    }
    families.add(new Family(ast, protocol, t.template(), m));
  }

  /** Makes the blocks for generic structs that an instance needs. */
  private void instantiate(Type target) {
    Templates.Application made = a.templates.application(target);
    if (made == null) {
      return;
    }
    for (Family f : families) {
      Pair pair = new Pair(f.protocol(), target);
      if (f.template() != made.template() || all().containsKey(pair)) {
        continue;
      }
      Scope scope = Scope.of(f.module()).instance();
      for (int i = 0; i < f.ast().typeParams().size(); i++) {
        String name = f.ast().typeParams().get(i).text();
        Type type = a.templates.argumentTypes(target).get(i);
        scope.declare(name, Templates.entity(name, type, made.arguments().get(i)));
      }
      all().put(pair, new Impl(f.ast(), f.protocol(), target, methods(f.ast(), scope)));
    }
  }

  /** The protocol of a block's head; an unknown one is reported over the block (proto.impl.8). */
  private Type.@Nullable Protocol protocol(Checker c, Ast.Impl ast) {
    Entity e = c.names.find(ast.protocol(), Names.Use.TYPE);
    Type found = null;
    if (e instanceof Entity.TypeName t && ast.protocolArgs().isEmpty()) {
      found = t.type();
    } else if (e instanceof Entity.ProtocolFamily f
        && f.ast().params().size() == ast.protocolArgs().size()) {
      List<Type> arguments = ast.protocolArgs().stream().map(c.types::resolve).toList();
      if (arguments.stream().anyMatch(Type::isError)) {
        return null;
      }
      found = a.protocols.apply(f, arguments);
    }
    if (found instanceof Type.Protocol p) {
      return p;
    }
    if (!(e instanceof Entity.Bad)) {
      a.diagnostics.error(
          ast.span(),
          "`"
              + ast.protocol().text()
              + "` is not a protocol that is declared or imported in this file");
    }
    return null;
  }

  // ------------------------------------------------------------------ methods

  /** A method that blocks give a type for direct calls (proto.impl.2), or null. */
  Entity.@Nullable FunctionDecl method(Type target, String name) {
    for (Impl i : of(target)) {
      Entity.FunctionDecl own = i.methods().get(name);
      if (own != null) {
        return own;
      }
    }
    for (Impl i : of(target)) {
      ProtocolInfo p = a.protocols.info(i.protocol());
      ProtocolInfo.Method m = p.method(name);
      if (m != null && !m.isRequired()) {
        return defaultMethod(p, m, target);
      }
    }
    return null;
  }

  /** The method that {@code self.name} means in a default body for a type (proto.dflt.2). */
  Entity.@Nullable FunctionDecl inDefault(Type.Protocol protocol, Type target, String name) {
    Impl impl = find(protocol, target);
    ProtocolInfo p = a.protocols.info(protocol);
    ProtocolInfo.Method m = p.method(name);
    return impl == null || m == null ? null : provided(impl, p, m);
  }

  /** What an implementing type has for a method: its own, the default, or what it has anyway. */
  private Entity.@Nullable FunctionDecl provided(Impl impl, ProtocolInfo p, ProtocolInfo.Method m) {
    Entity.FunctionDecl own = impl.methods().get(m.name());
    if (own != null) {
      return own;
    }
    if (!m.isRequired()) {
      return defaultMethod(p, m, impl.target());
    }
    if (impl.target() instanceof Type.Struct s
        && a.structs.info(s).members.get(m.name()) instanceof Entity.Fn f) {
      return f.decl();
    }
    return of(impl.target()).stream()
        .map(other -> other.methods().get(m.name()))
        .filter(d -> d != null)
        .findFirst()
        .orElse(null);
  }

  private Entity.FunctionDecl defaultMethod(ProtocolInfo p, ProtocolInfo.Method m, Type self) {
    return defaults
        .computeIfAbsent(new Pair(p.type(), self), k -> new HashMap<>())
        .computeIfAbsent(
            m.name(),
            k ->
                new Entity.FunctionDecl(
                    m.ast().name(),
                    m.function(),
                    Protocols.scopeFor(p, self),
                    p.scope().module(),
                    null,
                    Optional.of(new Entity.DefaultOf(p.type(), self))));
  }

  // ------------------------------------------------------------------ conformance

  /** Whether a type conforms to a protocol (proto.conf). */
  Conformance conformance(Type.Protocol protocol, Type target) {
    Pair pair = new Pair(protocol, target);
    Conformance done = conformances.get(pair);
    if (done == null) {
      done = verify(a.protocols.info(protocol), target);
      conformances.put(pair, done);
    }
    return done;
  }

  private Conformance verify(ProtocolInfo p, Type target) {
    String type = a.typeNames.of(target);
    Impl impl = find(p.type(), target);
    if (impl == null) {
      return new Conformance.Fails(
          "`"
              + type
              + "` does not implement `"
              + p.name()
              + "`: there is no `impl "
              + p.name()
              + " for "
              + type
              + "`");
    }
    List<Instance> methods = new ArrayList<>();
    for (ProtocolInfo.Method m : p.methods()) {
      Entity.FunctionDecl decl = provided(impl, p, m);
      if (decl == null) {
        return new Conformance.Fails(
            "`"
                + type
                + "` does not implement `"
                + p.name()
                + "`: the method `"
                + m.name()
                + "` is missing");
      }
      if (decl.isGeneric()) {
        return new Conformance.Fails(
            "`"
                + type
                + "` does not implement `"
                + p.name()
                + "`: its method `"
                + m.name()
                + "` has type parameters of its own");
      }
      Optional<Instance> made = a.instances.plain(decl);
      if (made.isEmpty()) {
        return new Conformance.Fails("the method `" + m.name() + "` of `" + type + "` has errors");
      }
      String difference = difference(p, m, target, made.get());
      if (difference != null) {
        return new Conformance.Fails(
            "`" + type + "` does not implement `" + p.name() + "`: " + difference);
      }
      methods.add(made.get());
    }
    return new Conformance.Conforms(impl, methods);
  }

  /**
   * What stands in a slot for a method: a function that takes the object's address. One that takes
   * the object by value gets a thunk that loads it (proto.lay.6).
   */
  Instance slot(Instance method, Type object) {
    boolean byValue = method.params().getFirst().type().equals(object);
    return byValue ? thunks.computeIfAbsent(method, m -> thunk(m, object)) : method;
  }

  private static Instance thunk(Instance method, Type object) {
    Span at = method.span();
    List<Local> params = new ArrayList<>();
    params.add(new Local("ctx", Types.VOID_POINTER, at));
    List<Tree.Expr> args = new ArrayList<>();
    Tree.Expr address =
        new Tree.Convert(
            at,
            new Type.Pointer(object),
            Tree.Conversion.ADDRESS,
            new Tree.LocalRef(at, params.getFirst()));
    args.add(new Tree.Deref(at, object, address));
    for (Local p : method.params().subList(1, method.params().size())) {
      Local same = new Local(p.name(), p.type(), p.span());
      params.add(same);
      args.add(new Tree.LocalRef(at, same));
    }
    Tree.Expr call = new Tree.Call(at, method.result(), method, args);
    Tree.Stmt body =
        method.result() instanceof Type.Void || method.result() instanceof Type.NoReturn
            ? new Tree.ExprStmt(at, call)
            : new Tree.Return(at, Optional.of(call));
    return new Instance(
        method.name(),
        params,
        method.result(),
        method.takesContext() ? Instance.Convention.SX_WITH_CONTEXT : Instance.Convention.SX,
        Optional.empty(),
        Optional.empty(),
        at,
        () -> new Tree.Block(at, Types.VOID, List.of(body), Optional.empty()));
  }

  /** The one table of a protocol and a type (proto.lay.5). */
  GlobalVar table(Type.Protocol protocol, Type object, List<Constant> slots) {
    return tables.computeIfAbsent(
        new Pair(protocol, object),
        k -> {
          Type type = new Type.Array(Types.VOID_POINTER, slots.size());
          GlobalVar made =
              new GlobalVar(
                  a.typeNames.of(protocol) + "." + a.typeNames.of(object),
                  type,
                  false,
                  a.protocols.info(protocol).scope().module().ast().span(),
                  Optional.empty());
          made.initial(slots.isEmpty() ? Constant.ZERO : new Constant.Aggregate(slots));
          return made;
        });
  }

  /** How an implementing function differs from the protocol's signature (proto.conf.3), or null. */
  private @Nullable String difference(
      ProtocolInfo p, ProtocolInfo.Method m, Type target, Instance f) {
    Checker c = Checker.of(a, Protocols.scopeFor(p, target), FunctionState.none());
    List<Ast.ProtocolParam> wanted = m.ast().params();
    List<Local> given = f.params();
    if (given.size() != wanted.size() + 1) {
      return "its method `"
          + m.name()
          + "` takes "
          + Math.max(0, given.size() - 1)
          + " parameters besides `self`, the protocol's "
          + wanted.size();
    }
    for (int i = 0; i < wanted.size(); i++) {
      Type type = c.types.resolve(wanted.get(i).type());
      Type other = given.get(i + 1).type();
      if (!type.isError() && !type.equals(other)) {
        return mismatch("the parameter `" + wanted.get(i).name().text() + "`", m, type, other);
      }
    }
    Type result = m.ast().returnType().map(c.types::result).orElse(Types.VOID);
    return result.isError() || result.equals(f.result())
        ? null
        : mismatch("the result", m, result, f.result());
  }

  private String mismatch(String what, ProtocolInfo.Method m, Type wanted, Type given) {
    String one = a.typeNames.of(wanted);
    String other = a.typeNames.of(given);
    return what
        + " of its method `"
        + m.name()
        + "` is `"
        + other
        + "`, the protocol says `"
        + one
        + "`"
        + (one.equals(other) ? "; these are different declarations of one name" : "");
  }
}
