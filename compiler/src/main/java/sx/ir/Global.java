package sx.ir;

import java.util.Optional;
import sx.type.Type;

/**
 * An object that lives as long as the program: a module variable, an aggregate constant, a text.
 */
public final class Global implements Data.Symbol {
  private final String name;
  private final Type type;
  private final boolean mutable;
  private Optional<Data> initial = Optional.empty();
  private Optional<String> externSymbol = Optional.empty();

  /**
   * @param name unique in the program, for printing; not a linker symbol
   */
  public Global(String name, Type type, boolean mutable) {
    this.name = name;
    this.type = type;
    this.mutable = mutable;
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public boolean mutable() {
    return mutable;
  }

  /** Sets the initial content; its length is the size of the type. */
  public void define(Data data) {
    initial = Optional.of(data);
  }

  /** Makes it an object defined outside under a C symbol (decl.global.8). */
  public void external(String symbol) {
    externSymbol = Optional.of(symbol);
  }

  /** The initial content; absent means all zero bytes, or an extern object. */
  public Optional<Data> initial() {
    return initial;
  }

  public Optional<String> externSymbol() {
    return externSymbol;
  }

  @Override
  public String toString() {
    return "@" + name;
  }
}
