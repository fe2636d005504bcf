package sx.sema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** The entry of a program whose {@code main} can fail (err.main.2, err.main.3). */
final class Entry {
  private static final int STANDARD_ERROR = 2;
  private final Analysis a;

  Entry(Analysis a) {
    this.a = a;
  }

  /** A function that calls {@code main} and turns its outcome into an exit status. */
  Instance of(Instance main, Failable failable) {
    Type status = failable.isPure() ? Types.I32 : failable.success();
    Span at = main.span();
    return new Instance(
        "entry",
        List.of(),
        status,
        Instance.Convention.SX,
        Optional.empty(),
        Optional.empty(),
        at,
        () -> body(main, failable, status, at));
  }

  private Tree.Block body(Instance main, Failable failable, Type status, Span at) {
    Checker c = Checker.of(a, Scope.of(a.graph.root()), FunctionState.none());
    Local held = new Local("result", main.result(), at);
    Tree.Expr whole = new Tree.LocalRef(at, held);
    Tree.Expr error = failable.error(whole);
    List<Tree.Stmt> failed = new ArrayList<>();
    Local name = new Local("name", Types.STRING, at);
    failed.add(new Tree.Declare(at, name, Optional.of(c.errors.nameOf(error, at))));
    Tree.Expr start = text("error: unhandled error reached main: error.", at);
    for (Tree.Expr text : List.of(start, new Tree.LocalRef(at, name), text("\n", at))) {
      failed.add(new Tree.ExprStmt(at, a.runtime.write(STANDARD_ERROR, text)));
    }
    a.traces.print(at).ifPresent(p -> failed.add(new Tree.ExprStmt(at, p)));
    failed.add(new Tree.Return(at, Optional.of(c.intConst(at, status, 1))));
    Tree.Expr test =
        new Tree.If(
            at,
            Types.VOID,
            new Tree.Truth(at, error),
            new Tree.Block(at, Types.NO_RETURN, failed, Optional.empty()),
            Statements.empty(at));
    Tree.Expr success = failable.isPure() ? c.intConst(at, status, 0) : failable.value(whole);
    return new Tree.Block(
        at,
        Types.VOID,
        List.of(
            new Tree.Declare(
                at, held, Optional.of(new Tree.Call(at, main.result(), main, List.of()))),
            new Tree.ExprStmt(at, test),
            new Tree.Return(at, Optional.of(success))),
        Optional.empty());
  }

  private static Tree.Expr text(String s, Span at) {
    return new Tree.Const(at, Types.STRING, new Constant.Text(s.getBytes(StandardCharsets.UTF_8)));
  }
}
