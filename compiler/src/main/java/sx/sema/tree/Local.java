package sx.sema.tree;

import sx.source.Span;
import sx.type.Type;

/** A variable, parameter, capture or temporary of one function instance. Identity is the object. */
public final class Local {
  private final String name;
  private final Type type;
  private final Span span;

  public Local(String name, Type type, Span span) {
    this.name = name;
    this.type = type;
    this.span = span;
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public Span span() {
    return span;
  }

  @Override
  public String toString() {
    return name;
  }
}
