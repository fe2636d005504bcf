package sx.sema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Replacement;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Types that compile-time code makes (12-comptime.md section 22). */
public final class Constructions {
  /** Why an operation on types is refused, in words for the user. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message, null, false, false);
    }

    /** The reason. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** A field, variant or element of a type to be made. */
  public record Member(String name, Type type) {}

  private final Analysis a;
  private final Deque<Optional<Construction>> running = new ArrayDeque<>();
  private final Map<Declaration, Construction> bindings = new HashMap<>();
  private final Map<Integer, Optional<Type>> handles = new HashMap<>();

  Constructions(Analysis a) {
    this.a = a;
  }

  // ------------------------------------------------------------------ operations

  /**
   * {@code raw_declare_type} (ct.make.5, ct.make.11).
   *
   * @throws Refused outside of a construction
   */
  public Type declare(String name) {
    Construction k = current();
    Type.Struct made = k.declare(name);
    handles.putIfAbsent(made.id(), Optional.empty());
    return handles.get(made.id()).orElse(made);
  }

  /**
   * {@code raw_register_type} (ct.make.7, ct.make.11): gives a declared type its shape.
   *
   * @return the type with that shape
   * @throws Refused if the handle or the shape is wrong (ct.check)
   */
  public Type register(Type handle, long kind, List<Member> members) {
    Construction k = current();
    String name = a.typeNames.of(handle);
    if (!(handle instanceof Type.Struct s) || !handles.containsKey(s.id())) {
      boolean made = handle instanceof Type.Enum e && handles.containsKey(e.id());
      throw refuse(
          k,
          Construction.Refusal.CALL,
          made
              ? "`" + name + "` is defined already"
              : "`" + name + "` is not a type that `declare` made");
    }
    if (handles.get(s.id()).isPresent()) {
      throw refuse(k, Construction.Refusal.CALL, "`" + name + "` is defined already");
    }
    checkMembers(k, name, kind, members);
    Type made = shape(s, kind, members);
    handles.put(s.id(), Optional.of(made));
    if (!made.equals(s)) {
      a.types.replace(s, made);
      a.replaceTypes(new Replacement(s, made));
    }
    a.structs.forget(s);
    return made;
  }

  private Construction current() {
    Optional<Construction> k = running.isEmpty() ? Optional.empty() : running.peek();
    return k.orElseThrow(
        () ->
            new Refused(
                "types are made only by the right side of `Name :: …` and by type functions"));
  }

  private static Refused refuse(Construction k, Construction.Refusal where, String why) {
    k.refusal = where;
    return new Refused(why);
  }

  private static void checkMembers(Construction k, String name, long kind, List<Member> members) {
    Construction.Refusal whole = Construction.Refusal.WHOLE;
    if (kind < 1 || kind > 4) {
      throw refuse(
          k,
          whole,
          "`" + name + "` cannot be made: only enums, structs and tuples can (ct.make.7)");
    }
    Set<String> seen = new HashSet<>();
    for (Member m : members) {
      if (kind != 4 && !m.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw refuse(
            k, whole, "`" + m.name() + "` cannot be the name of a member of `" + name + "`");
      }
      if (kind != 4 && !seen.add(m.name())) {
        throw refuse(k, whole, "`" + name + "` has two members named `" + m.name() + "`");
      }
      if (kind == 2 && !m.type().equals(Types.VOID)) {
        throw refuse(
            k,
            whole,
            "the variant `" + m.name() + "` of the plain enum `" + name + "` has a payload");
      }
    }
  }

  private Type shape(Type.Struct handle, long kind, List<Member> members) {
    if (kind == 4 && members.stream().anyMatch(m -> mentions(m.type(), handle))) {
      a.types.defineTuple(handle, members.stream().map(Member::type).toList());
      return handle;
    }
    if (kind == 4) {
      return new Type.Tuple(
          members.stream().map(Member::type).toList(), members.stream().map(m -> "").toList());
    }
    if (kind == 1) {
      a.types.define(
          handle, members.stream().map(m -> new TypeTable.Field(m.name(), m.type())).toList());
      return handle;
    }
    Type.Enum made = new Type.Enum(handle.id());
    List<TypeTable.Variant> variants = new ArrayList<>();
    for (Member m : members) {
      variants.add(new TypeTable.Variant(m.name(), variants.size(), m.type()));
    }
    a.types.define(made, (Type.Int) Types.I64, false, variants);
    return made;
  }

  private static boolean mentions(Type type, Type.Struct handle) {
    return !new Replacement(handle, Types.VOID).in(type).equals(type);
  }

  // ------------------------------------------------------------------ constructions

  /** The type that a name being bound stands for; null if it is not being bound (ct.make.8). */
  @Nullable Entity underway(Declaration d) {
    Construction k = bindings.get(d);
    if (k == null) {
      return null;
    }
    Type.Struct own = k.use();
    return new Entity.TypeName(handles.getOrDefault(own.id(), Optional.empty()).orElse(own));
  }

  /** Whether a type was declared and has no shape yet. */
  boolean isOpen(Type type) {
    return type instanceof Type.Struct s && !a.types.isDefined(s.id());
  }

  /**
   * What a name without declaration denotes that the code of the running construction gives by a
   * literal {@code declare("Name")}; null if it does not (ct.make.8).
   */
  @Nullable Entity named(String name, FunctionState function) {
    Construction k = running.isEmpty() ? null : running.peek().orElse(null);
    if (k == null) {
      return null;
    }
    FunctionState outermost = function;
    while (outermost.enclosing.isPresent()) {
      outermost = outermost.enclosing.get();
    }
    Optional<Ast.Expr> body =
        outermost.declaration.isPresent()
            ? outermost.declaration.get().ast.body()
            : Optional.ofNullable(k.expression);
    List<String> declared = body.map(LiteralDeclares::in).orElse(List.of());
    if (!declared.contains(name)) {
      return null;
    }
    outermost.declaration.ifPresent(a.instances::makeAnew);
    declared.forEach(this::declare);
    return new Entity.TypeName(declare(name));
  }

  /** Why a type cannot be asked about now, for the code of a construction (ct.check.5). */
  public Optional<String> refusal(Type type) {
    Optional<Construction> k = running.isEmpty() ? Optional.empty() : running.peek();
    Optional<Type> open = k.flatMap(x -> openIn(type));
    open.ifPresent(t -> k.get().refusal = Construction.Refusal.CALL);
    return open.map(t -> "`" + a.typeNames.of(t) + "` is still under construction");
  }

  /** The type without shape that a value of a type would hold, if there is one. */
  private Optional<Type> openIn(Type type) {
    return switch (type) {
      case Type.Struct s -> isOpen(s) ? Optional.of(s) : Optional.empty();
      case Type.Array x -> openIn(x.element());
      case Type.Optional x -> openIn(x.payload());
      case Type.Tuple t -> t.elements().stream().flatMap(e -> openIn(e).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  /** Runs something that may make no types, though a construction needs it (ct.make.2). */
  <T> T suspended(Supplier<T> work) {
    return with(Optional.empty(), work);
  }

  private <T> T with(Optional<Construction> k, Supplier<T> work) {
    running.push(k);
    try {
      return work.get();
    } finally {
      running.pop();
    }
  }

  /** Whether a call as the right side of a binding constructs a type (ct.make.1). */
  static boolean constructs(Ast.Expr value, Checker c) {
    if (!(value instanceof Ast.Call call)) {
      return false;
    }
    Entity callee =
        call.callee() instanceof Ast.NameExpr n
            ? c.names.find(n.name(), Names.Use.CALL)
            : call.callee() instanceof Ast.Member
                ? c.names.path(call.callee(), Names.Use.CALL)
                : null;
    return switch (callee) {
      case Entity.Fn f ->
          Generics.isType(f.decl().ast.returnType()) && !c.applications.isTypeCall(f.decl(), call);
      case Entity.Intrinsic i ->
          i.name().equals("raw_declare_type") || i.name().equals("raw_register_type");
      case null, default -> false;
    };
  }

  /** A module-level binding. */
  Entity module(Declaration d, Ast.ConstDecl decl, Scope scope) {
    Construction k = begin(decl);
    bindings.put(d, k);
    try {
      return bound(k, decl, scope, definitions(decl.name().text(), scope.module()));
    } finally {
      bindings.remove(d);
    }
  }

  /** A binding in a block; null if it is an ordinary call after all (ct.const.2). */
  @Nullable Entity local(Ast.ConstDecl decl, Scope scope) {
    Construction k = begin(decl);
    Scope inner = scope.inner();
    inner.declare(k.name, new Entity.TypeName(k.own()));
    if (RuntimeNames.in(Checker.of(a, inner, FunctionState.none()).expressions.any(decl.value()))) {
      return null;
    }
    return bound(k, decl, inner, List.of());
  }

  private Construction begin(Ast.ConstDecl decl) {
    a.instances.forgetMadeAnew();
    Construction k = new Construction(decl.name().text(), false, a.types);
    k.expression = decl.value();
    return k;
  }

  private Entity bound(
      Construction k, Ast.ConstDecl decl, Scope scope, List<Ast.Call> definitions) {
    Span at = decl.value().span();
    Checker c = Checker.of(a, scope, FunctionState.none());
    c.computing = k.name;
    Tree.Expr e = with(Optional.of(k), () -> c.expressions.any(decl.value()));
    Type made = run(k, e, new Places(at, at, at));
    for (Ast.Call call : definitions) {
      if (made.isError()) {
        break;
      }
      Tree.Expr define = c.expressions.any(call);
      if (run(k, define, new Places(call.span(), at, call.span())).isError()) {
        made = Types.ERROR;
      }
    }
    made = finish(k, made, decl.name().span(), at);
    if (made.isError() && !a.diagnostics.hasErrors()) {
      a.diagnostics.error(at, "the type `" + k.name + "` cannot be made");
    }
    return made.isError() ? Entity.BAD : new Entity.TypeName(made);
  }

  /** The statements {@code define(Name, …)} of a module that complete a name (ct.make.9). */
  private static List<Ast.Call> definitions(String name, Module m) {
    List<Ast.Call> found = new ArrayList<>();
    for (Ast.Stmt item : m.items()) {
      if (item instanceof Ast.RunItem r && defined(r).filter(name::equals).isPresent()) {
        found.add((Ast.Call) r.expr());
      }
    }
    return found;
  }

  /** The name that a module-level statement completes, if it is a {@code define} of one. */
  private static Optional<String> defined(Ast.RunItem r) {
    return r.expr() instanceof Ast.Call call
            && isDefine(call.callee())
            && call.args().size() == 2
            && call.args().getFirst().value() instanceof Ast.NameExpr n
        ? Optional.of(n.name().text())
        : Optional.empty();
  }

  private static boolean isDefine(Ast.Expr callee) {
    return switch (callee) {
      case Ast.NameExpr n -> n.name().text().equals("define");
      case Ast.Member m -> m.name().text().equals("define");
      default -> false;
    };
  }

  /** Whether a module-level statement is part of the construction of a binding of its file. */
  static boolean isPart(Ast.RunItem r, Module m) {
    Optional<Declaration> d = defined(r).map(n -> m.declarations().get(n));
    return d.isPresent()
        && d.get().decl() instanceof Ast.ConstDecl c
        && c.value() instanceof Ast.Call;
  }

  /** Where things are reported: a failure, a wrong shape, a wrong call without user's frames. */
  record Places(Span failure, Span whole, Span call) {}

  /** Evaluates a part of a construction; the error type after a reported error. */
  Type run(Construction k, Tree.Expr e, Places places) {
    if (e.type().isError()) {
      return Types.ERROR;
    }
    k.refusal = Construction.Refusal.NONE;
    Constant value =
        Folding.constant(e)
            .orElseGet(
                () ->
                    with(
                        Optional.of(k),
                        () ->
                            a.evaluatePlaced(
                                e, "the type `" + k.name + "`", trace -> place(k, places, trace))));
    return value instanceof Constant.TypeValue t ? t.type() : Types.ERROR;
  }

  private static Span place(Construction k, Places places, List<Diagnostic> trace) {
    return switch (k.refusal) {
      case NONE -> places.failure();
      case WHOLE -> places.whole();
      case CALL ->
          trace.stream()
              .flatMap(d -> d.span().stream())
              .filter(s -> !s.file().isLibrary())
              .findFirst()
              .orElse(places.call());
    };
  }

  /**
   * Ends a construction: everything declared is defined, and the result has its name.
   *
   * @param name where the type is declared
   * @param whole the expression that constructs
   */
  Type finish(Construction k, Type result, Span name, Span whole) {
    if (result.isError()) {
      return result;
    }
    Type made = result;
    for (Map.Entry<Type.Struct, String> e : k.declared.entrySet()) {
      Type.Struct s = e.getKey();
      Optional<Type> shape = handles.getOrDefault(s.id(), Optional.empty());
      if (shape.isEmpty()) {
        a.diagnostics.error(
            whole, "the type `" + a.types.nominalName(s.id()) + "` is declared and never defined");
        return Types.ERROR;
      }
      if (result.equals(s) || result.equals(shape.get())) {
        made = shape.get();
        if (k.instance || e.getValue().isEmpty()) {
          a.types.rename(s.id(), k.name);
        }
      } else if (e.getValue().isEmpty()) {
        a.types.rename(s.id(), k.name + "." + s.id());
      }
      a.structs.checkLater(shape.get(), name);
    }
    Type.Struct own = k.own();
    if (k.isUsed() && !made.equals(handles.getOrDefault(own.id(), Optional.empty()).orElse(own))) {
      a.diagnostics.error(
          whole,
          "`"
              + k.name
              + "` is used as the type under construction, and the result is another type");
      return Types.ERROR;
    }
    return made;
  }
}
