package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** C functions that checked code calls without naming them. */
final class Runtime {
  private static final Type BYTES = new Type.ManyPointer(Types.U8);
  private final Map<String, Instance> functions = new HashMap<>();

  private Instance function(String symbol, Type result, Span at, Type... params) {
    return functions.computeIfAbsent(
        symbol,
        s -> {
          List<Local> locals = new ArrayList<>();
          for (Type p : params) {
            locals.add(new Local("p" + locals.size(), p, at));
          }
          return new Instance(
              s,
              locals,
              result,
              Instance.Convention.C,
              Optional.of(s),
              Optional.empty(),
              at,
              Runtime::body);
        });
  }

  /** Whether any code checked so far calls such a service. */
  boolean usesServices() {
    return functions.keySet().stream().anyMatch(s -> s.startsWith(Instance.SERVICE));
  }

  /** Whether any code checked so far calls the service with a name. */
  boolean uses(String service) {
    return functions.containsKey(Instance.SERVICE + service);
  }

  /** A service of the engine, which exists at compile time only (ct.intr.6). */
  Instance service(String name, Type result, List<Type> params, Span at) {
    return function(Instance.SERVICE + name, result, at, params.toArray(Type[]::new));
  }

  private static Tree.Block body() {
    throw new IllegalStateException("an extern function has no body");
  }

  /**
   * A call that ends the program abnormally; compile-time evaluation fails there (opt.unwrap.2).
   */
  Tree.Expr abort(Span at) {
    Instance abort = function("abort", Types.NO_RETURN, at);
    return new Tree.Call(at, Types.NO_RETURN, abort, List.of());
  }

  /** A call that ends the program at once with a status. */
  Tree.Expr exit(int status, Span at) {
    Instance exit = function("_exit", Types.NO_RETURN, at, Types.I32);
    return new Tree.Call(at, Types.NO_RETURN, exit, List.of(number(status, Types.I32, at)));
  }

  /** A call that writes a string, which is evaluated twice, to a file. */
  Tree.Expr write(int file, Tree.Expr text) {
    Span at = text.span();
    Instance write = function("write", Types.ISIZE, at, Types.I32, BYTES, Types.USIZE);
    Tree.Expr start = new Tree.Field(at, BYTES, text, 0);
    Tree.Expr length =
        new Tree.Convert(
            at, Types.USIZE, Tree.Conversion.INT, new Tree.Field(at, Types.I64, text, 1));
    return new Tree.Call(
        at, Types.ISIZE, write, List.of(number(file, Types.I32, at), start, length));
  }

  private static Tree.Expr number(long n, Type type, Span at) {
    return new Tree.Const(at, type, new Constant.Int(n));
  }
}
