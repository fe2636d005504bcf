package sx.ir;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sx.type.AsmCode;
import sx.type.Type;

/** A function of the program. Its body is made when something first asks for it. */
public final class Function implements Data.Symbol {
  /** Makes the body of a function on demand. */
  public interface BodySource {
    Body make(Function f);
  }

  private final String name;
  private final List<Type> params;
  private final Type result;
  private final boolean variadic;
  private final Optional<String> externSymbol;
  private final Optional<String> exportSymbol;
  private final BodySource source;
  private final Optional<Supplier<AsmCode>> assembly;
  private Optional<Body> body = Optional.empty();

  /**
   * @param name unique in the program; also the internal linker name
   * @param externSymbol the C symbol of a function defined outside; such a function has the C ABI
   * @param exportSymbol the C symbol under which others call it; such a function has the C ABI
   */
  public Function(
      String name,
      List<Type> params,
      Type result,
      boolean variadic,
      Optional<String> externSymbol,
      Optional<String> exportSymbol,
      BodySource source) {
    this(name, params, result, variadic, externSymbol, exportSymbol, source, Optional.empty());
  }

  /** A function that consists of assembly; its body is empty. */
  public static Function ofAssembly(
      String name,
      List<Type> params,
      Type result,
      Optional<String> exportSymbol,
      BodySource source,
      Supplier<AsmCode> assembly) {
    return new Function(
        name, params, result, false, Optional.empty(), exportSymbol, source, Optional.of(assembly));
  }

  private Function(
      String name,
      List<Type> params,
      Type result,
      boolean variadic,
      Optional<String> externSymbol,
      Optional<String> exportSymbol,
      BodySource source,
      Optional<Supplier<AsmCode>> assembly) {
    this.name = name;
    this.params = List.copyOf(params);
    this.result = result;
    this.variadic = variadic;
    this.externSymbol = externSymbol;
    this.exportSymbol = exportSymbol;
    this.source = source;
    this.assembly = assembly;
  }

  public String name() {
    return name;
  }

  public List<Type> params() {
    return params;
  }

  public Type result() {
    return result;
  }

  /** Whether it takes a C variadic tail. */
  public boolean variadic() {
    return variadic;
  }

  public Optional<String> externSymbol() {
    return externSymbol;
  }

  public Optional<String> exportSymbol() {
    return exportSymbol;
  }

  /** Whether it consists of assembly. */
  public boolean isAssembly() {
    return assembly.isPresent();
  }

  /** Whether it is assembly that stands in for a whole function, called as C does (asm.naked). */
  public boolean isNaked() {
    return isAssembly() && exportSymbol.isPresent();
  }

  /** What it consists of, if it is assembly. */
  public AsmCode assembly() {
    return assembly.orElseThrow().get();
  }

  public boolean isExtern() {
    return externSymbol.isPresent();
  }

  /** The body, lowered now if it was not yet. Not to be called for extern functions. */
  public Body body() {
    if (body.isEmpty()) {
      body = Optional.of(source.make(this));
    }
    return body.get();
  }

  /** Whether the body exists already. */
  public boolean isLowered() {
    return body.isPresent();
  }

  @Override
  public String toString() {
    return "@" + name;
  }
}
