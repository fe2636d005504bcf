package sx.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Lookup;
import sx.module.Module;
import sx.module.ModuleGraph;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Layout;
import sx.type.Replacement;
import sx.type.Target;
import sx.type.Type;
import sx.type.TypeNames;
import sx.type.TypeTable;

/**
 * The meaning of one program. Declarations are resolved when something asks for them, bodies are
 * checked once per instance when they are reached (architecture.md, decision 3).
 */
public final class Analysis {
  final ModuleGraph graph;
  final Target target;
  final TypeTable types;
  final Layout layout;
  private boolean hasAssembly;
  final TypeNames typeNames;
  final Diagnostics diagnostics;
  final Evaluator evaluator;
  final Instances instances;
  final Declarations declarations;
  final Structs structs;
  final Contexts contexts;
  final Enums enums;
  final Unnamed unnamed;
  final Runtime runtime = new Runtime();
  final Protocols protocols;
  final Impls impls;
  final Conformances conformances;
  final Origins origins;

  /** The variants of parameters of which no more is known while compiling (gen.val.8). */
  final Map<sx.sema.tree.Local, Integer> variantOf = new HashMap<>();

  /** What the value parameters of enum types are in an instance: each counts as its tag. */
  final Set<Entity.Const> enumParameters = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The parameters, and copies of them in lambdas, that are elements of packs. */
  final java.util.Set<sx.sema.tree.Local> packElements = new java.util.HashSet<>();

  final Templates templates;
  final TypeFunctions typeFunctions;
  final ErrorSets errorSets;
  final NeedlessFailures needlessFailures;
  final Constructions constructions;
  final Traces traces;

  /** What was found of values that are used without proof (err.live.1). */
  final List<Diagnostic> unproven = new ArrayList<>();

  /** Functions with errors in their signatures: calls of them have none of their own. */
  final java.util.Set<Ast.Function> brokenSignatures =
      java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());

  /** How many {@code #insert}s are being compiled, each within the text of the one before. */
  int insertDepth;

  private final Map<Declaration, Entity> entities = new HashMap<>();
  private final List<Declaration> resolving = new ArrayList<>();

  /**
   * @param traces whether compiled code keeps return traces (err.trace.5)
   */
  public Analysis(
      ModuleGraph graph,
      Target target,
      TypeTable types,
      Diagnostics diagnostics,
      Evaluator evaluator,
      boolean traces) {
    this.graph = graph;
    this.target = target;
    this.types = types;
    this.layout = new Layout(types);
    this.typeNames = new TypeNames(types);
    this.diagnostics = diagnostics;
    this.evaluator = evaluator;
    this.instances = new Instances(this);
    this.declarations = new Declarations(this);
    this.structs = new Structs(this);
    this.errorSets = new ErrorSets(this);
    this.needlessFailures = new NeedlessFailures(this);
    this.contexts = new Contexts(this);
    this.enums = new Enums(this);
    this.unnamed = new Unnamed(this);
    this.protocols = new Protocols(this);
    this.impls = new Impls(this);
    this.conformances = new Conformances(this);
    this.origins = new Origins(diagnostics);
    this.templates = new Templates(this);
    this.typeFunctions = new TypeFunctions(this);
    this.constructions = new Constructions(this);
    this.traces = new Traces(this, traces);
  }

  /** The default context (ctx.def.1); empty in a program without a context. */
  public Optional<GlobalVar> defaultContext() {
    return contexts.defaultContext();
  }

  /** What serves compile-time code that makes types. */
  public Constructions constructions() {
    return constructions;
  }

  /** The roots of a checked program. */
  public record Result(Optional<Instance> main, List<Instance> exports) {}

  /**
   * Checks everything that is always checked (decl.order.6) and every body reachable from {@code
   * main} and exported functions; runs the {@code #run} statements (ct.run.7).
   *
   * @param needsMain whether a program without {@code main} is an error (mod.prog.3)
   */
  public Result check(boolean needsMain) {
    List<Module> own = graph.modules().stream().filter(this::isOwn).toList();
    runConstants(own);
    for (Module m : own) {
      for (Declaration d : m.declarations().values()) {
        entity(d);
      }
    }
    structs.checkContainment();
    contexts.check();
    if (own.stream().anyMatch(m -> m.items().stream().anyMatch(i -> i instanceof Ast.Impl))) {
      impls.check();
    }
    for (Module m : own) {
      new Signatures(this, m).check();
      ProtocolSignatures.check(this, m);
    }
    new Foreign(this).check();
    List<Instance> exports = new ArrayList<>();
    Optional<Instance> main = main(needsMain);
    exports((f, name) -> true).forEach(f -> instances.plain(f.decl()).ifPresent(exports::add));
    instances.checkReached();
    errorSets.finish();
    UnreachedBodies.check(this, graph.root());
    if (!diagnostics.hasErrors()) {
      runItems();
      instances.checkReached();
    }
    needlessFailures.warn();
    if (!diagnostics.hasErrors()) {
      own.forEach(m -> UnreachedBodies.checkProofs(this, m));
    }
    return new Result(main, exports);
  }

  /** The functions that the program exports, by those of their declarations that pass. */
  private List<Entity.Fn> exports(BiPredicate<Ast.Function, Ast.Name> passes) {
    List<Entity.Fn> all = new ArrayList<>();
    for (Module m : graph.modules()) {
      for (Declaration d : m.declarations().values()) {
        if (d.decl() instanceof Ast.ConstDecl k) {
          switch (k.value()) {
            case Ast.Function f when isExport(f) && passes.test(f, k.name()) -> {
              if (entity(d) instanceof Entity.Fn e) {
                all.add(e);
              }
            }
            case Ast.StructType s when !s.hasParams() -> exportsOf(d, s, passes, all);
            default -> {}
          }
        }
      }
    }
    return all;
  }

  private void exportsOf(
      Declaration struct,
      Ast.StructType ast,
      BiPredicate<Ast.Function, Ast.Name> passes,
      List<Entity.Fn> to) {
    for (Ast.StructItem item : ast.items()) {
      if (item instanceof Ast.StructConst k
          && k.value() instanceof Ast.Function f
          && isExport(f)
          && passes.test(f, k.name())
          && entity(struct) instanceof Entity.TypeName t
          && t.type() instanceof Type.Struct s) {
        StructInfo info = structs.info(s);
        Checker checker = Checker.of(this, info.scope, FunctionState.none());
        if (checker.members.structMember(info, k.name().text()) instanceof Entity.Fn e) {
          to.add(e);
        }
      }
    }
  }

  private static boolean isExport(Ast.Function f) {
    return f.linkage().filter(l -> !l.isExtern()).isPresent();
  }

  /** The function that the program exports under a C symbol. */
  public Optional<Instance> exported(String symbol) {
    return exports((f, name) -> f.linkage().orElseThrow().symbolOf(name).equals(symbol)).stream()
        .findFirst()
        .flatMap(f -> instances.plain(f.decl()));
  }

  /**
   * Whether all of a module is checked, used or not. Of the library that is done when one of its
   * files is the program; a program that imports it pays for what it uses.
   */
  boolean isOwn(Module m) {
    return !m.file().isLibrary() || m == graph.root();
  }

  private void runItems() {
    int number = 0;
    for (ModuleGraph.Placed p : graph.items()) {
      if (p.item() instanceof Ast.RunItem run && !Constructions.isPart(run, p.module())) {
        Checker c = Checker.of(this, Scope.of(p.module()), FunctionState.none());
        c.failables.accept(run.expr());
        Tree.Expr e = c.statements.discarded(run.expr());
        if (!diagnostics.hasErrors()) {
          Failables.Failing f = e.type().isError() ? null : c.failables.failing(e);
          Tree.Expr whole = f == null ? e : c.failables.withTrace(f, run.span());
          String frame = Evaluator.RUN_FRAME + number++;
          Constant k = evaluate(whole, "a top-level #run", frame, run.span());
          if (f != null && k != null) {
            c.failables.evaluated(f, k, "a top-level `#run`");
          }
        }
      }
    }
  }

  /** Evaluates what is initialised with {@code #run} in the order of the program (ct.run.7). */
  private void runConstants(List<Module> own) {
    Set<Module> checked = Set.copyOf(own);
    for (ModuleGraph.Placed p : graph.items()) {
      if (!checked.contains(p.module())) {
        continue;
      }
      String name =
          switch (p.item()) {
            case Ast.ConstDecl c when c.value() instanceof Ast.Run -> c.name().text();
            case Ast.VarDecl v when v.init().orElse(null) instanceof Ast.Run -> v.name().text();
            default -> "";
          };
      Declaration d = p.module().declarations().get(name);
      if (d != null) {
        entity(d);
      }
    }
  }

  private Optional<Instance> main(boolean needed) {
    Entity.FunctionDecl decl = mainOf(graph.root());
    for (Module m : graph.modules()) {
      if (decl == null) {
        decl = mainOf(m);
      }
    }
    if (decl == null) {
      if (needed && !diagnostics.hasErrors()) {
        diagnostics.report(
            Diagnostic.error(
                "the program has no function `main` to start at: declare main :: () { … }"));
      }
      return Optional.empty();
    }
    if (!decl.ast.params().isEmpty()) {
      diagnostics.error(decl.ast.params().getFirst().name().span(), "`main` takes no parameters");
      return Optional.empty();
    }
    Optional<Instance> made = instances.plain(decl);
    if (made.isPresent()) {
      Type result = made.get().result();
      Failable failable = Failable.of(result);
      if (failable != null
          && (failable.isPure() || (failable.values().size() == 1 && failable.success().isInt()))) {
        return Optional.of(new Entry(this).of(made.get(), failable));
      }
      if (!(result instanceof Type.Void || result.isInt() || result.isError())) {
        Span at = decl.ast.returnType().map(Ast.Expr::span).orElse(decl.nameNode.span());
        diagnostics.error(
            at,
            "`main` returns nothing or an integer exit status, not `" + typeNames.of(result) + "`");
      }
    }
    return made;
  }

  private Entity.@Nullable FunctionDecl mainOf(Module m) {
    Declaration d = m.declarations().get("main");
    return d != null && entity(d) instanceof Entity.Fn f ? f.decl() : null;
  }

  /** What a module-level declaration denotes; resolved now if it was not yet. */
  Entity entity(Declaration d) {
    Entity known = entities.get(d);
    if (known != null) {
      return known;
    }
    int at = resolving.indexOf(d);
    Entity underway = at >= 0 ? constructions.underway(d) : null;
    if (underway != null) {
      return underway;
    }
    if (at >= 0) {
      reportCycle(resolving.subList(at, resolving.size()));
      return Entity.BAD;
    }
    resolving.add(d);
    try {
      Entity made = declarations.resolve(d);
      return entities.computeIfAbsent(d, k -> made);
    } finally {
      resolving.removeLast();
    }
  }

  /** Enters a type before its members are known, so that they may refer to it. */
  void early(Declaration d, Entity e) {
    entities.put(d, e);
  }

  /** Whether asm expressions or naked functions were checked. */
  public boolean hasAssembly() {
    return hasAssembly;
  }

  /** Notes that the program has asm expressions or naked functions. */
  void noteAssembly() {
    hasAssembly = true;
  }

  /** Whether the program contains calls of services that exist at compile time only. */
  public boolean usesServices() {
    return runtime.usesServices();
  }

  /** Whether it calls the one that lists the active functions (ct.env.11). */
  public boolean listsFrames() {
    return runtime.uses("__sx_print_frames");
  }

  /** The type with a display name, made now if it was not yet (ct.raw.2). */
  public Optional<Type> namedType(String name) {
    if (BuiltinTypes.isReserved(name)) {
      return Optional.of(BuiltinTypes.of(name));
    }
    for (Module m : graph.modules()) {
      Declaration d = m.declarations().get(name);
      if (d != null
          && entity(d) instanceof Entity.TypeName t
          && typeNames.of(t.type()).equals(name)) {
        return Optional.of(t.type());
      }
    }
    return types.named(name);
  }

  /** Makes the names of a type mean nothing further, after an error in it (ct.check.11). */
  void spoil(Type type) {
    entities.replaceAll(
        (d, e) -> e instanceof Entity.TypeName t && t.type().equals(type) ? Entity.BAD : e);
  }

  /** Changes the types that names denote, after one of them turned out to be another type. */
  void replaceTypes(Replacement r) {
    entities.replaceAll(
        (d, e) -> e instanceof Entity.TypeName t ? new Entity.TypeName(r.in(t.type())) : e);
    impls.replaceTypes(r);
  }

  private void reportCycle(List<Declaration> cycle) {
    Declaration first = cycle.getFirst();
    for (Declaration d : cycle) {
      entities.put(d, Entity.BAD);
      if (d.author() == first.author() && d.nameSpan().start() < first.nameSpan().start()) {
        first = d;
      }
    }
    List<String> path = new ArrayList<>(cycle.stream().map(Declaration::name).toList());
    path.add(path.getFirst());
    diagnostics.error(
        first.nameSpan(),
        "the definition of `" + first.name() + "` depends on itself: " + String.join(" -> ", path));
  }

  /** Evaluates at compile time; a failure is reported at {@code span} and gives null. */
  @Nullable Constant evaluate(Tree.Expr e, String what, Span span) {
    return evaluate(e, what, "", span);
  }

  private @Nullable Constant evaluate(Tree.Expr e, String what, String frame, Span span) {
    int before = diagnostics.errorCount();
    instances.checkReached();
    structs.checkContainment();
    if (e.type().isError()) {
      return null;
    }
    return constructions.suspended(() -> evaluate(e, what, frame, trace -> span, before));
  }

  /** Evaluates a part of a construction; bodies are checked when they are run. */
  @Nullable Constant evaluatePlaced(
      Tree.Expr e, String what, Function<List<Diagnostic>, Span> place) {
    return evaluate(e, what, "", place, diagnostics.errorCount());
  }

  private @Nullable Constant evaluate(
      Tree.Expr e, String what, String frame, Function<List<Diagnostic>, Span> place, int before) {
    return switch (evaluator.evaluate(e, frame)) {
      case Evaluator.Outcome.Value v -> v.value();
      case Evaluator.Outcome.Failure f -> {
        if (diagnostics.errorCount() == before && !instances.broken()) {
          Diagnostic d =
              Diagnostic.error(
                  f.call().orElseGet(() -> place.apply(f.trace())),
                  "evaluating " + what + " at compile time failed: " + f.reason());
          for (Diagnostic t : f.trace()) {
            d = d.with(t);
          }
          diagnostics.report(d);
        }
        yield null;
      }
    };
  }

  /** Two declarations are one entity if they denote the same thing (mod.ambig.5). */
  @SuppressWarnings("ReferenceEquality") // equal constants of two modules are two entities
  boolean same(Declaration a, Declaration b) {
    Entity x = entity(a);
    Entity y = entity(b);
    if (x == y || (x instanceof Entity.TypeName && x.equals(y))) {
      return true;
    }
    if (x instanceof Entity.Global f && y instanceof Entity.Global g) {
      return isOneSymbol(f.variable().externSymbol(), g.variable().externSymbol());
    }
    return x instanceof Entity.Fn f
        && y instanceof Entity.Fn g
        && (f.decl() == g.decl() || isOneSymbol(f.decl().externSymbol(), g.decl().externSymbol()));
  }

  private static boolean isOneSymbol(Optional<String> one, Optional<String> other) {
    return one.isPresent() && one.equals(other);
  }

  Optional<String> suggestion(Module from, String name) {
    return Lookup.suggestion(from, name);
  }

  /** Structural identity of unnamed types (types.anon.7): one type for each shape. */
  final Map<Object, Type> shapes = new LinkedHashMap<>();
}
