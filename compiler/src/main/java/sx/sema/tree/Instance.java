package sx.sema.tree;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sx.source.Span;
import sx.type.AsmCode;
import sx.type.Type;

/**
 * A function declaration with its compile-time arguments: what is checked, lowered and emitted
 * once. Its typed body is made when something first reaches it.
 */
public final class Instance {
  /** The start of the symbols of services that only the compile-time engine has (ct.intr.6). */
  public static final String SERVICE = "sx.comptime.";

  /** How it is called. */
  public enum Convention {
    /** That of sx, without the hidden context. */
    SX,
    /** That of sx; the address of the context is the first argument (ctx.abi.2). */
    SX_WITH_CONTEXT,
    C,
    /** A C function with a variadic tail. */
    C_VARIADIC
  }

  private final String name;
  private final List<Local> params;
  private final Type result;
  private final Convention convention;
  private final Optional<String> externSymbol;
  private final Optional<String> exportSymbol;
  private final Span span;
  private final Supplier<Tree.Block> source;
  private final Optional<Supplier<AsmCode>> assemblySource;
  private Optional<AsmCode> assembly = Optional.empty();
  private Optional<Tree.Block> body = Optional.empty();

  /**
   * @param name the display name, not unique
   * @param source checks the body; asked at most once; not asked for extern functions
   */
  public Instance(
      String name,
      List<Local> params,
      Type result,
      Convention convention,
      Optional<String> externSymbol,
      Optional<String> exportSymbol,
      Span span,
      Supplier<Tree.Block> source) {
    this(
        name,
        params,
        result,
        convention,
        externSymbol,
        exportSymbol,
        span,
        source,
        Optional.empty());
  }

  /** Code that is assembly, which {@code source} makes; it is asked at most once. */
  public static Instance ofAssembly(
      String name,
      List<Local> params,
      Type result,
      Convention convention,
      Span span,
      Supplier<AsmCode> source) {
    return new Instance(
        name,
        params,
        result,
        convention,
        Optional.empty(),
        Optional.empty(),
        span,
        () -> new Tree.Block(span, result, List.of(), Optional.empty()),
        Optional.of(source));
  }

  private Instance(
      String name,
      List<Local> params,
      Type result,
      Convention convention,
      Optional<String> externSymbol,
      Optional<String> exportSymbol,
      Span span,
      Supplier<Tree.Block> source,
      Optional<Supplier<AsmCode>> assemblySource) {
    this.name = name;
    this.params = List.copyOf(params);
    this.result = result;
    this.convention = convention;
    this.externSymbol = externSymbol;
    this.exportSymbol = exportSymbol;
    this.span = span;
    this.source = source;
    this.assemblySource = assemblySource;
  }

  public String name() {
    return name;
  }

  public List<Local> params() {
    return params;
  }

  public Type result() {
    return result;
  }

  public boolean c() {
    return convention == Convention.C || convention == Convention.C_VARIADIC;
  }

  public boolean variadic() {
    return convention == Convention.C_VARIADIC;
  }

  /** Whether it takes the hidden context as first argument. */
  public boolean takesContext() {
    return convention == Convention.SX_WITH_CONTEXT;
  }

  public Optional<String> externSymbol() {
    return externSymbol;
  }

  public Optional<String> exportSymbol() {
    return exportSymbol;
  }

  public Span span() {
    return span;
  }

  /** Whether it is assembly and has no body. */
  public boolean isAssembly() {
    return assemblySource.isPresent();
  }

  /** What it consists of, if it is assembly. */
  public AsmCode assembly() {
    if (assembly.isEmpty()) {
      assembly = Optional.of(assemblySource.orElseThrow().get());
    }
    return assembly.get();
  }

  /** The function type of a value that refers to it. */
  public Type.Function type() {
    return new Type.Function(params.stream().map(Local::type).toList(), result, c(), variadic());
  }

  /** The typed body; control leaves it by {@link Tree.Return} or, without result, at its end. */
  public Tree.Block body() {
    if (body.isEmpty()) {
      body = Optional.of(source.get());
    }
    return body.get();
  }
}
