package sx.sema.tree;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sx.source.Span;
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
    this.name = name;
    this.params = List.copyOf(params);
    this.result = result;
    this.convention = convention;
    this.externSymbol = externSymbol;
    this.exportSymbol = exportSymbol;
    this.span = span;
    this.source = source;
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
