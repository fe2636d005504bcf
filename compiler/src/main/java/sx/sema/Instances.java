package sx.sema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.SourceFile;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Returns;
import sx.type.AsmCode;
import sx.type.Type;
import sx.type.Types;

/** Function instances: one for each declaration and list of compile-time arguments (gen.mono.1). */
final class Instances {
  /** What a compile-time argument is, for identity. */
  record Key(Entity.FunctionDecl decl, List<Object> arguments) {}

  private final Analysis a;
  private final Map<Key, Optional<Instance>> known = new HashMap<>();
  private final Set<Key> madeAnew = new HashSet<>();
  private final Set<Key> making = new HashSet<>();
  private final Map<Instance, Instance> promoted = new HashMap<>();
  private final Map<Type.Function, Instance> calling = new HashMap<>();
  private boolean broken;
  private final List<Instance> reached = new ArrayList<>();

  /** How many of them were reached before the body that is being checked, and wait for it. */
  private int waiting;

  Instances(Analysis a) {
    this.a = a;
  }

  /** Says that a body depends on the construction that runs it. */
  void makeAnew(Entity.FunctionDecl decl) {
    madeAnew.add(new Key(decl, List.of()));
  }

  /** Makes such instances again for the next construction that calls them (ct.make.8). */
  void forgetMadeAnew() {
    madeAnew.forEach(known::remove);
    madeAnew.clear();
  }

  /** The one instance of a function without compile-time parameters; empty after an error. */
  Optional<Instance> plain(Entity.FunctionDecl decl) {
    return plain(decl, decl.nameNode.span());
  }

  /** The same, asked for by the code at {@code at}. */
  Optional<Instance> plain(Entity.FunctionDecl decl, Span at) {
    if (decl.isGeneric()) {
      return Optional.empty();
    }
    if (decl.isExtern()) {
      Optional<Instance> own = decl.externSymbol().flatMap(a.traces::behind);
      if (own.isPresent()) {
        return own;
      }
    }
    return instance(new Key(decl, List.of()), decl.scope, List.of(), name(decl), at);
  }

  /** The instance of a type function; {@code name} is what the type is called that it makes. */
  Optional<Instance> typeFunction(Key key, Scope scope, String name, Span at) {
    return instance(key, scope, List.of(), name, at);
  }

  /**
   * The instance of a key.
   *
   * @param scope where its compile-time parameters are declared
   * @param pack the element types of its pack, if it has one
   * @param what the instance in words
   * @param at the call that asks for it
   */
  Optional<Instance> instance(Key key, Scope scope, List<Type> pack, String what, Span at) {
    Optional<Instance> found = known.get(key);
    if (found != null) {
      if (found.isEmpty() && making.contains(key)) {
        a.diagnostics.error(
            key.decl().nameNode.span(),
            "the result type of `"
                + key.decl().name
                + "` cannot be inferred, because it calls itself; declare it with `->`");
      }
      return found;
    }
    known.put(key, Optional.empty());
    boolean repeated = key.decl().isGeneric() || scope.isOfInstance();
    Optional<Origins.Origin> origin = Optional.empty();
    if (repeated) {
      origin = a.origins.next(what, at);
      if (origin.isEmpty()) {
        return Optional.empty();
      }
    }
    making.add(key);
    Optional<Origins.Origin> from = origin;
    Optional<Instance> made =
        within(from, () -> make(new Made(key, what, at, from), scope.inner(), pack));
    known.put(key, made);
    making.remove(key);
    return made;
  }

  /** An instance that is being made. */
  private record Made(Key key, String what, Span call, Optional<Origins.Origin> origin) {}

  private <T> T within(Optional<Origins.Origin> origin, java.util.function.Supplier<T> checks) {
    return origin.isPresent() ? a.origins.within(origin.get(), checks) : a.origins.outside(checks);
  }

  private Optional<Instance> make(Made made, Scope scope, List<Type> pack) {
    Entity.FunctionDecl decl = made.key().decl();
    Ast.Function f = decl.ast;
    Scope named = scope.inner();
    Signatures.declareTypeValues(f, named);
    Checker signature = Checker.of(a, named, FunctionState.none());
    Signatures.checkNames(f.params(), a.diagnostics);
    List<Local> params = new ArrayList<>();
    List<Local> elements = elements(decl, pack);
    Optional<Entity> constraint = decl.pack().flatMap(p -> Packs.constraint(a, p, decl.scope));
    decl.pack().ifPresent(p -> declare(p, elements, constraint, named, FunctionState.none()));
    boolean bad = false;
    boolean cVariadic = false;
    List<Local> choices = new ArrayList<>();
    for (Ast.Param p : f.params()) {
      if (p.compileTime() && !p.variadic()) {
        if (scope.find(p.name().text()) instanceof Entity.Choice k) {
          Local local = new Local(p.name().text(), k.type(), p.name().span());
          a.variantOf.put(local, k.variant());
          params.add(local);
          choices.add(local);
        }
        continue;
      }
      if (Entity.FunctionDecl.isPack(p)) {
        params.addAll(elements);
        continue;
      }
      if (p.variadic() && decl.isExtern()) {
        cVariadic = true;
        continue;
      }
      if (p.type().isEmpty()) {
        a.diagnostics.error(
            p.name().span(), "the parameter `" + p.name().text() + "` needs a type");
        return Optional.empty();
      }
      Type t = signature.types.resolve(p.type().get());
      bad |= t.isError();
      params.add(new Local(p.name().text(), t, p.name().span()));
    }
    boolean open = decl.pack().isPresent() && isOpen(decl, scope);
    Type declared = open ? null : f.returnType().map(signature.types::result).orElse(null);
    if (bad || (declared != null && declared.isError())) {
      return Optional.empty();
    }
    if (decl.isExtern() && declared != null) {
      declared = ForeignCalls.inC(declared);
    }
    if (declared == null && !open && !infers(f)) {
      declared = Types.VOID;
    }
    boolean makesType = Applications.isTypeFunction(decl);
    FunctionState state = new FunctionState(makesType ? made.what() : decl.name, declared);
    state.typeFunction = makesType ? made.key() : null;
    state.declaration = Optional.of(decl);
    state.open = open;
    state.returnsValue = state.infers && f.form() == Ast.BodyForm.BLOCK && infers(f);
    decl.pack().ifPresent(p -> declare(p, elements, constraint, scope, state));
    for (Local p : params) {
      if (!elements.contains(p)) {
        Entity.Binding binding =
            choices.contains(p) ? Entity.Binding.CONSTANT : Entity.Binding.VARIABLE;
        scope.declare(p.name(), new Entity.Variable(p, binding, state));
      }
    }
    state.failable = Failable.of(declared);
    state.several = f.returnType().filter(r -> r instanceof Ast.ResultList).isPresent();
    state.results = Results.declare(a, f, declared, scope, state);
    return Optional.of(finish(made, scope, state, params, cVariadic));
  }

  private List<Local> elements(Entity.FunctionDecl decl, List<Type> pack) {
    List<Local> elements = new ArrayList<>();
    for (int i = 0; i < pack.size(); i++) {
      Ast.Name name = decl.pack().orElseThrow().name();
      elements.add(new Local(name.text() + "." + i, pack.get(i), name.span()));
    }
    a.packElements.addAll(elements);
    return elements;
  }

  private static void declare(
      Ast.Param p,
      List<Local> elements,
      Optional<Entity> constraint,
      Scope scope,
      FunctionState state) {
    String name = p.name().text();
    scope.declare(name, new Entity.Pack(name, elements, constraint, state));
  }

  /** Whether {@code -> $R} leaves the result of a pack function to its body (pack.bind.6). */
  private static boolean isOpen(Entity.FunctionDecl decl, Scope scope) {
    return decl.ast.returnType().orElse(null) instanceof Ast.TypeIntro t
        && !(scope.find(t.name().text()) instanceof Entity.TypeName);
  }

  /** Whether the result comes from the body: an arrow's expression or a value it returns. */
  private static boolean infers(Ast.Function f) {
    return f.form() == Ast.BodyForm.ARROW
        || (f.body().isPresent() && Returns.valueIn(f.body().get()));
  }

  private Instance finish(
      Made origin, Scope scope, FunctionState state, List<Local> params, boolean cVariadic) {
    Entity.FunctionDecl decl = origin.key().decl();
    Ast.Function f = decl.ast;
    if (decl.isNaked()) {
      return naked(decl, scope, state, params);
    }
    Tree.@Nullable Block early = state.infers ? body(origin, scope, state) : null;
    Optional<String> external = decl.externSymbol();
    Optional<String> exported =
        f.linkage().filter(l -> !l.isExtern()).map(l -> l.symbolOf(decl.nameNode));
    boolean c =
        external.isPresent()
            || exported.isPresent()
            || f.abi().filter(n -> n.text().equals("c")).isPresent();
    Type result = state.result == null ? Types.VOID : state.result;
    Instance made =
        new Instance(
            name(decl),
            params,
            result,
            convention(decl, c, cVariadic),
            external,
            exported,
            decl.nameNode.span(),
            () ->
                early != null ? early : within(origin.origin(), () -> body(origin, scope, state)));
    if (state.failable != null) {
      a.errorSets.bind(made, state.raised);
      a.needlessFailures.add(decl, state);
    }
    if (external.isEmpty()) {
      reached.add(made);
    }
    return made;
  }

  /** A function whose code is exactly its assembly (asm.naked.1). */
  private Instance naked(
      Entity.FunctionDecl decl, Scope scope, FunctionState state, List<Local> params) {
    Instance made =
        Instance.ofAssembly(
            name(decl),
            params,
            state.result == null ? Types.VOID : state.result,
            Instance.Convention.C,
            decl.nameNode.span(),
            () -> {
              Checker c = Checker.of(a, scope, state);
              Ast.Asm body = Assembly.bodyOf(c, decl);
              return body == null
                  ? new AsmCode(List.of(), List.of(), List.of(), true)
                  : Assembly.naked(c, body);
            });
    reached.add(made);
    return made;
  }

  private Instance.Convention convention(Entity.FunctionDecl decl, boolean c, boolean cVariadic) {
    if (c || cVariadic) {
      return cVariadic ? Instance.Convention.C_VARIADIC : Instance.Convention.C;
    }
    return a.contexts.exists() && !isMain(decl)
        ? Instance.Convention.SX_WITH_CONTEXT
        : Instance.Convention.SX;
  }

  /** A module-level {@code main}: programs are entered there without a context (ctx.abi.3). */
  private static boolean isMain(Entity.FunctionDecl decl) {
    Declaration d = decl.module.declarations().get("main");
    return decl.name.equals("main")
        && decl.owner == null
        && d != null
        && d.nameSpan().equals(decl.nameNode.span());
  }

  private static String name(Entity.FunctionDecl decl) {
    return decl.owner == null ? decl.name : decl.owner.name + "." + decl.name;
  }

  /** The code of a lambda, whose body is checked already. */
  Instance lambda(FunctionState state, List<Local> params, boolean isC, Span at, Tree.Block body) {
    Instance.Convention convention =
        isC
            ? Instance.Convention.C
            : a.contexts.exists() ? Instance.Convention.SX_WITH_CONTEXT : Instance.Convention.SX;
    Instance made =
        new Instance(
            state.name,
            params,
            state.result == null ? Types.VOID : state.result,
            convention,
            Optional.empty(),
            Optional.empty(),
            at,
            () -> body);
    if (state.failable != null) {
      a.errorSets.bind(made, state.raised);
      a.errorSets.used(made, state.failable.set());
    }
    return made;
  }

  /** A function with the arguments of another behind an environment that it ignores. */
  Instance ignoringEnvironment(Instance function) {
    return promoted.computeIfAbsent(function, f -> Forwarders.ignoring("env", f));
  }

  /** The code of closures that call the function whose address is their environment. */
  Instance callingEnvironment(Type.Function type, Span at) {
    return calling.computeIfAbsent(
        type,
        t ->
            Forwarders.calling(
                t,
                a.contexts.exists() ? Instance.Convention.SX_WITH_CONTEXT : Instance.Convention.SX,
                at));
  }

  /** An error in a generic function of a library is one of the call that asks for it. */
  private Tree.Block body(Made made, Scope scope, FunctionState state) {
    Entity.FunctionDecl decl = made.key().decl();
    SourceFile file = decl.nameNode.span().file();
    if (!file.isLibrary() || made.call().file().isLibrary()) {
      return body(decl, scope, state);
    }
    return a.diagnostics.placing(
        d ->
            d.span().filter(s -> s.file() == file).isPresent()
                ? d.movedTo(made.call(), "found in the library, for this call")
                : d,
        () -> body(decl, scope, state));
  }

  /** A body with errors ends whatever would run it while compiling: they say why. */
  private Tree.Block body(Entity.FunctionDecl decl, Scope scope, FunctionState state) {
    int before = a.diagnostics.errorCount();
    Tree.Block made = checked(decl, scope, state);
    if (a.diagnostics.errorCount() == before) {
      return made;
    }
    broken = true;
    state.raised.spoil();
    Tree.Stmt end = new Tree.ExprStmt(made.span(), a.runtime.abort(made.span()));
    return new Tree.Block(made.span(), made.type(), List.of(end), Optional.empty());
  }

  /** Whether some body had errors, so that a failure to evaluate needs no report of its own. */
  boolean broken() {
    return broken;
  }

  private Tree.Block checked(Entity.FunctionDecl decl, Scope scope, FunctionState state) {
    Checker c = Checker.of(a, scope, state);
    Ast.Expr body = decl.ast.body().orElseThrow();
    return decl.ast.form() == Ast.BodyForm.ARROW
        ? c.statements.arrowBody(body)
        : c.statements.functionBody((Ast.Block) body);
  }

  /**
   * Checks the bodies of all instances reached so far, and those that they reach, in that order.
   * While a body is being checked, only of those that it reached: the others have their turn after
   * it, so that what they run at compile time comes after (ct.run.8).
   */
  void checkReached() {
    int base = waiting;
    try {
      while (reached.size() > base) {
        Instance next = reached.remove(base);
        waiting = reached.size();
        if (next.isAssembly()) {
          next.assembly();
        } else {
          next.body();
        }
      }
    } finally {
      waiting = base;
    }
  }

  /** Makes nothing of instances that were asked for since the last check of what is reached. */
  void forgetReached() {
    reached.clear();
  }

  /** The identity of a compile-time value. */
  static Object keyOf(Type type, Constant value) {
    return value instanceof Constant.Text t
        ? new String(t.bytes(), StandardCharsets.ISO_8859_1)
        : List.of(type, value);
  }
}
