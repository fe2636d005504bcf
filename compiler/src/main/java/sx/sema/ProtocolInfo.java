package sx.sema;

import java.util.List;
import sx.syntax.Ast;
import sx.type.Type;

/**
 * A protocol as declared, with its parameters bound (proto.decl, proto.par.1).
 *
 * @param scope where its names resolve; {@code Self} is declared per implementing type
 * @param identity whether its values only borrow (proto.own.1)
 * @param inline whether its values hold the method words themselves (proto.lay.2)
 */
record ProtocolInfo(
    String name,
    Type.Protocol type,
    Scope scope,
    boolean inline,
    boolean identity,
    List<Method> methods) {
  /**
   * A method.
   *
   * @param function the method in the form of a function declaration; without a body if required
   * @param slot its number among the dispatchable methods (proto.lay.3), or -1 (proto.self.2)
   */
  record Method(Ast.ProtocolMethod ast, Ast.Function function, int slot) {
    String name() {
      return ast.name().text();
    }

    boolean isDispatchable() {
      return slot >= 0;
    }

    boolean isRequired() {
      return ast.body().isEmpty();
    }
  }

  /** The method of a name, or null. */
  @org.jspecify.annotations.Nullable
  Method method(String name) {
    for (Method m : methods) {
      if (m.name().equals(name)) {
        return m;
      }
    }
    return null;
  }

  int slots() {
    return (int) methods.stream().filter(Method::isDispatchable).count();
  }
}
