package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** Functions that take a pointer first and hand the rest of their arguments on to another one. */
final class Forwarders {
  private Forwarders() {}

  /**
   * A function with a pointer {@code first} before the parameters of {@code to}, which it ignores.
   */
  static Instance ignoring(String first, Instance to) {
    return make(to, first, to.params(), pointer -> List.of());
  }

  /** A function with the address of an object in place of the first argument, the object. */
  static Instance loading(String first, Instance to, Type object) {
    Span at = to.span();
    return make(
        to,
        first,
        to.params().subList(1, to.params().size()),
        pointer -> {
          Tree.Expr address =
              new Tree.Convert(
                  at,
                  new Type.Pointer(object),
                  Tree.Conversion.ADDRESS,
                  new Tree.LocalRef(at, pointer));
          return List.of(new Tree.Deref(at, object, address));
        });
  }

  /** A function behind an environment that is the address of the function to call. */
  static Instance calling(Type.Function type, Instance.Convention convention, Span at) {
    Local env = new Local("env", Types.VOID_POINTER, at);
    List<Local> params = new ArrayList<>(List.of(env));
    List<Tree.Expr> args = new ArrayList<>();
    for (Type t : type.params()) {
      Local own = new Local("p" + params.size(), t, at);
      params.add(own);
      args.add(new Tree.LocalRef(at, own));
    }
    Tree.Expr code =
        new Tree.Convert(at, type, Tree.Conversion.ADDRESS, new Tree.LocalRef(at, env));
    Tree.Expr call = new Tree.CallIndirect(at, type.result(), code, args);
    return new Instance(
        "call",
        params,
        type.result(),
        convention,
        Optional.empty(),
        Optional.empty(),
        at,
        () -> new Tree.Block(at, Types.VOID, List.of(result(at, call)), Optional.empty()));
  }

  private static Tree.Stmt result(Span at, Tree.Expr call) {
    return call.type() instanceof Type.Void || call.type() instanceof Type.NoReturn
        ? new Tree.ExprStmt(at, call)
        : new Tree.Return(at, Optional.of(call));
  }

  private static Instance make(
      Instance to, String first, List<Local> same, Function<Local, List<Tree.Expr>> leading) {
    Span at = to.span();
    Local pointer = new Local(first, Types.VOID_POINTER, at);
    List<Local> params = new ArrayList<>(List.of(pointer));
    List<Tree.Expr> args = new ArrayList<>(leading.apply(pointer));
    for (Local p : same) {
      Local own = new Local(p.name(), p.type(), p.span());
      params.add(own);
      args.add(new Tree.LocalRef(at, own));
    }
    Tree.Expr call = new Tree.Call(at, to.result(), to, args);
    Tree.Stmt body = result(at, call);
    return new Instance(
        to.name(),
        params,
        to.result(),
        to.takesContext() ? Instance.Convention.SX_WITH_CONTEXT : Instance.Convention.SX,
        Optional.empty(),
        Optional.empty(),
        at,
        () -> new Tree.Block(at, Types.VOID, List.of(body), Optional.empty()));
  }
}
