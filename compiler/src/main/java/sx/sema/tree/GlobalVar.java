package sx.sema.tree;

import java.util.Optional;
import sx.source.Span;
import sx.type.Type;

/** A module variable, or the storage of an aggregate constant. Identity is the object. */
public final class GlobalVar {
  private final String name;
  private final Type type;
  private final boolean mutable;
  private final Span span;
  private final Optional<String> externSymbol;
  private Constant initial = Constant.ZERO;

  public GlobalVar(
      String name, Type type, boolean mutable, Span span, Optional<String> externSymbol) {
    this.name = name;
    this.type = type;
    this.mutable = mutable;
    this.span = span;
    this.externSymbol = externSymbol;
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

  public Span span() {
    return span;
  }

  public Optional<String> externSymbol() {
    return externSymbol;
  }

  public Constant initial() {
    return initial;
  }

  public void initial(Constant value) {
    initial = value;
  }
}
