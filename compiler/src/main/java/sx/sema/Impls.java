package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sx.module.Lookup;
import sx.module.Module;
import sx.source.Diagnostic;
import sx.source.SourceFile;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Replacement;
import sx.type.Type;

/** The {@code impl} blocks of a program, found by protocol and type (proto.impl). */
final class Impls {
  /** One block. */
  record Impl(
      Ast.Impl ast, Type.Protocol protocol, Type target, Map<String, Entity.FunctionDecl> methods) {
    Span span() {
      return ast.span();
    }
  }

  record Pair(Type.Protocol protocol, Type target) {}

  private final Analysis a;
  private @Nullable Map<Pair, Impl> known;
  private final Map<Pair, Map<String, Entity.FunctionDecl>> defaults = new HashMap<>();
  private final Map<Impl, List<Impl>> rivals = new HashMap<>();
  private final Map<Module, Set<SourceFile>> reached = new HashMap<>();

  private final ImplTemplates templates;

  /** Blocks whose heads have errors. */
  private final List<Ast.Impl> broken = new ArrayList<>();

  Impls(Analysis a) {
    this.a = a;
    this.templates = new ImplTemplates(a);
  }

  /** Reports what is wrong with blocks, used or not. */
  void check() {
    all();
    templates.check();
  }

  /** Finds all blocks, if that was not done yet. */
  void enter() {
    all();
  }

  /** The block for a protocol and a type, or null. */
  @Nullable Impl find(Type.Protocol protocol, Type target) {
    Impl direct = all().get(new Pair(protocol, target));
    return direct != null
        ? direct
        : templates.of(target).stream()
            .filter(i -> i.protocol().equals(protocol))
            .findFirst()
            .orElse(null);
  }

  /** All blocks for a protocol and a type; several only of protocols with arguments. */
  List<Impl> candidates(Type.Protocol protocol, Type target) {
    Impl first = find(protocol, target);
    return first == null
        ? List.of()
        : Stream.concat(Stream.of(first), rivals.getOrDefault(first, List.of()).stream()).toList();
  }

  /** Whether a block stands in a module or in one that it imports, however far (proto.into.6). */
  boolean isVisible(Impl impl, Module from) {
    return reached.computeIfAbsent(from, Impls::importedBy).contains(impl.span().file());
  }

  private static Set<SourceFile> importedBy(Module from) {
    Set<Module> seen = new LinkedHashSet<>(List.of(from));
    List<Module> open = new ArrayList<>(seen);
    while (!open.isEmpty()) {
      Module m = open.removeLast();
      for (Ast.Stmt item : m.items()) {
        m.target(item).ifPresent(t -> t.modules().stream().filter(seen::add).forEach(open::add));
      }
    }
    return seen.stream().map(Module::file).collect(Collectors.toSet());
  }

  /** The blocks for a type, in the order of the program. */
  List<Impl> of(Type target) {
    return Stream.concat(
            all().values().stream().filter(i -> i.target().equals(target)),
            templates.of(target).stream())
        .toList();
  }

  /** The blocks of a module that are not generic. */
  List<Impl> declaredIn(Module m) {
    return all().values().stream().filter(i -> i.span().file() == m.file()).toList();
  }

  private Map<Pair, Impl> all() {
    if (known == null) {
      Map<Pair, Impl> made = new LinkedHashMap<>();
      known = made;
      enterAll(made, false);
      enterAll(made, true); // the code that makes their types may need the others
    }
    return known;
  }

  private void enterAll(Map<Pair, Impl> to, boolean ofMadeTypes) {
    for (Module m : a.graph.modules()) {
      for (Ast.Stmt item : m.items()) {
        if (item instanceof Ast.Impl i && isOfMadeType(i, m) == ofMadeTypes) {
          if (ImplTemplates.isGeneric(i)) {
            templates.enter(i, m);
          } else {
            enter(i, m, to);
          }
        }
      }
    }
  }

  /** Whether a block is for a type that compile-time code makes, as far as its head shows. */
  private static boolean isOfMadeType(Ast.Impl impl, Module m) {
    return impl.target() instanceof Ast.Call
        || (impl.target() instanceof Ast.NameExpr n
            && Lookup.find(m, n.name().text(), d -> true) instanceof Lookup.One found
            && found.declaration().decl() instanceof Ast.ConstDecl k
            && k.value() instanceof Ast.Call);
  }

  /** Changes the targets of blocks that were found before a type turned out to be another one. */
  void replaceTypes(Replacement r) {
    if (known == null
        || known.keySet().stream().allMatch(p -> r.in(p.target()).equals(p.target()))) {
      return;
    }
    Map<Pair, Impl> made = new LinkedHashMap<>();
    known.forEach(
        (pair, i) -> {
          Type target = r.in(pair.target());
          Impl changed =
              target.equals(pair.target())
                  ? i
                  : new Impl(i.ast(), i.protocol(), target, i.methods());
          made.put(new Pair(pair.protocol(), target), changed);
        });
    known = made;
  }

  private void enter(Ast.Impl ast, Module m, Map<Pair, Impl> to) {
    Checker c = Checker.of(a, Scope.of(m), FunctionState.none());
    Type.Protocol protocol = protocol(c, ast);
    if (protocol == null) {
      broken.add(ast);
      return;
    }
    int before = a.diagnostics.errorCount();
    Type target = inHead(ast, () -> c.types.resolve(ast.target()));
    if (target.isError()) {
      broken.add(ast);
      if (a.diagnostics.errorCount() == before) {
        a.diagnostics.error(ast.span(), "`" + ast.target().span().text() + "` is not a type");
      }
      return;
    }
    Impl made = new Impl(ast, protocol, target, methods(ast, Scope.of(m), Set.of()));
    Impl first = to.putIfAbsent(new Pair(protocol, target), made);
    boolean elsewhere = first != null && !first.span().file().equals(ast.span().file());
    if (elsewhere && !ast.protocolArgs().isEmpty()) {
      rivals.computeIfAbsent(first, k -> new ArrayList<>()).add(made);
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

  /** Errors of a head belong to the whole block (proto.impl.9, proto.par.7). */
  <T> T inHead(Ast.Impl ast, Supplier<T> checks) {
    return a.diagnostics.placing(
        d -> d.span().filter(s -> isWithin(s, ast.span())).isPresent() ? spanning(ast, d) : d,
        checks);
  }

  private static boolean isWithin(Span inner, Span outer) {
    return inner.file().equals(outer.file())
        && inner.start() >= outer.start()
        && inner.end() <= outer.end();
  }

  private static Diagnostic spanning(Ast.Impl ast, Diagnostic d) {
    return new Diagnostic(d.severity(), d.message(), Optional.of(ast.span()), d.attached());
  }

  /**
   * The methods of a block, whose names resolve in a scope.
   *
   * @param bound the names that its head bound, which are no parameters of the methods
   */
  static Map<String, Entity.FunctionDecl> methods(Ast.Impl ast, Scope scope, Set<String> bound) {
    Map<String, Entity.FunctionDecl> methods = new LinkedHashMap<>();
    for (Ast.ConstDecl d : ast.methods()) {
      if (d.value() instanceof Ast.Function f) {
        methods.put(
            d.name().text(),
            Entity.FunctionDecl.withBound(d.name(), f, scope, scope.module(), bound));
      }
    }
    return methods;
  }

  /** The protocol of a block's head; an unknown one is reported over the block (proto.impl.8). */
  Type.@Nullable Protocol protocol(Checker c, Ast.Impl ast) {
    Entity e = head(c, ast);
    if (e instanceof Entity.TypeName t && t.type() instanceof Type.Protocol p) {
      return p;
    }
    if (e instanceof Entity.ProtocolFamily f) {
      List<Type> arguments =
          inHead(ast, () -> ast.protocolArgs().stream().map(c.types::resolve).toList());
      return arguments.stream().noneMatch(Type::isError)
              && a.protocols.apply(f, arguments) instanceof Type.Protocol p
          ? p
          : null;
    }
    return null;
  }

  /** Whether a block with an error in its head may be one for this protocol and type. */
  boolean mayBeMeant(String protocol, String target) {
    return broken.stream()
        .anyMatch(
            i -> i.protocol().text().equals(protocol) || i.target().span().text().equals(target));
  }

  /** Whether a block with an error in its head may give a type more methods. */
  boolean mayBeMeant(Type target) {
    return broken.stream().anyMatch(i -> i.target().span().text().equals(a.typeNames.of(target)));
  }

  /** The protocol, or the family of protocols, that the block names, or null after a report. */
  @Nullable Entity head(Checker c, Ast.Impl ast) {
    Entity e = c.names.find(ast.protocol(), Names.Use.PROTOCOL);
    int given = ast.protocolArgs().size();
    if ((e instanceof Entity.TypeName t && t.type() instanceof Type.Protocol && given == 0)
        || (e instanceof Entity.ProtocolFamily f && f.ast().params().size() == given)) {
      return e;
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
  Entity.@Nullable FunctionDecl provided(Impl impl, ProtocolInfo p, ProtocolInfo.Method m) {
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
}
