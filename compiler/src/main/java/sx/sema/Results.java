package sx.sema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Functions with several results: lists of values, and results with names (stmt.multi). */
final class Results {
  private final Checker c;

  Results(Checker c) {
    this.c = c;
  }

  /** A result that is a variable of the body; of a list without name for it, no error slot. */
  record Named(Local local, Optional<Ast.Expr> defaultValue) {}

  /** Whether two function or closure types differ in the names of their results alone. */
  static boolean differInNames(Type from, Type to) {
    return switch (from) {
      case Type.Function a when to instanceof Type.Function b ->
          a.params().equals(b.params())
              && a.c() == b.c()
              && a.variadic() == b.variadic()
              && !a.result().equals(b.result())
              && areSame(a.result(), b.result());
      case Type.Closure a when to instanceof Type.Closure b ->
          a.params().equals(b.params())
              && !a.result().equals(b.result())
              && areSame(a.result(), b.result());
      default -> false;
    };
  }

  /** Whether two result types are the same but for the names of several results (types.fn.8). */
  static boolean areSame(Type a, Type b) {
    return a.equals(b)
        || (a instanceof Type.Tuple x
            && b instanceof Type.Tuple y
            && x.elements().equals(y.elements()));
  }

  // ------------------------------------------------------------------ declaration

  /**
   * The named results of a signature, which the scope of the parameters then knows.
   *
   * @param type the result type that the list resolved to
   */
  static List<Named> declare(
      Analysis a, Ast.Function f, @Nullable Type type, Scope scope, FunctionState state) {
    if (!(f.returnType().orElse(null) instanceof Ast.ResultList list)
        || !(type instanceof Type.Tuple t)) {
      return List.of();
    }
    List<Named> named = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    f.params().forEach(p -> taken.add(p.name().text()));
    Failable failable = Failable.of(type);
    int count = failable == null ? t.elements().size() : failable.values().size();
    for (int i = 0; i < count; i++) {
      Optional<Ast.Name> name = list.items().get(i).name();
      if (name.isEmpty()) {
        continue;
      }
      String text = name.get().text();
      if (!text.equals("_") && !taken.add(text)) {
        a.diagnostics.error(
            list.span(),
            "the name `" + text + "` of a result is taken by a parameter or another result");
        state.clashes = true;
      }
      Local local = new Local(text, t.elements().get(i), name.get().span());
      named.add(new Named(local, list.items().get(i).defaultValue()));
    }
    if (named.size() != count) {
      return List.of();
    }
    if (failable != null) {
      errorSlot(list.items().getLast(), failable).ifPresent(named::add);
    }
    for (Named n : named) {
      scope.declare(
          n.local().name(), new Entity.Variable(n.local(), Entity.Binding.VARIABLE, state));
    }
    return named;
  }

  /** The error slot as a variable, if the list ends in a set with a name (err.sig.7). */
  private static Optional<Named> errorSlot(Ast.ResultItem item, Failable failable) {
    return item.name()
        .map(n -> new Named(new Local(n.text(), failable.set(), n.span()), item.defaultValue()));
  }

  /** Brings the named results to life at the entry of the body, with their defaults. */
  void enter(List<Tree.Stmt> out) {
    for (Named n : c.function.results) {
      Local local = n.local();
      Optional<Tree.Expr> value =
          n.defaultValue().map(e -> c.value(e, local.type())).filter(v -> !v.type().isError());
      if (n.defaultValue().isEmpty() && isErrorSlot(n)) {
        value = Optional.of(new Tree.Const(local.span(), local.type(), new Constant.Int(0)));
      }
      out.add(new Tree.Declare(local.span(), local, value));
    }
  }

  /** Whether a named result is the error slot of its function, which is 0 unless it is assigned. */
  private boolean isErrorSlot(Named n) {
    Failable failable = c.function.failable;
    return failable != null && c.function.results.indexOf(n) == failable.values().size();
  }

  /** Whether the last statement of a body is an expression whose value is returned. */
  static boolean endsInValue(Ast.Block b) {
    return !b.statements().isEmpty()
        && b.statements().getLast() instanceof Ast.ExprStmt e
        && !e.terminated()
        && !(e.expr() instanceof Ast.If
            || e.expr() instanceof Ast.Match
            || e.expr() instanceof Ast.Block
            || e.expr() instanceof Ast.While
            || e.expr() instanceof Ast.For
            || e.expr() instanceof Ast.Push);
  }

  /** Leaves the function with what the named results hold (stmt.multi.7). */
  Tree.Stmt current(Span at) {
    List<Tree.Part> parts = new ArrayList<>();
    for (Named n : c.function.results) {
      parts.add(new Tree.Part(parts.size(), new Tree.LocalRef(at, n.local())));
    }
    Failable failable = c.function.failable;
    if (failable != null && parts.size() == failable.values().size()) {
      parts.add(new Tree.Part(parts.size(), failable.noError(at)));
    }
    Tree.Return made = new Tree.Return(at, Optional.of(new Tree.Aggregate(at, result(), parts)));
    c.function.currentReturns.add(made);
    return made;
  }

  private Type result() {
    return c.function.result == null ? Types.VOID : c.function.result;
  }

  /** Reports results that some path to the end of the body leaves without value (stmt.multi.8). */
  void checkAssigned(Ast.Block body, List<Tree.Stmt> statements) {
    if (c.function.clashes) {
      return;
    }
    List<Local> wanted = new ArrayList<>();
    for (Named n : c.function.results) {
      if (n.defaultValue().isEmpty()
          && !(n.local().type() instanceof Type.Void)
          && !isErrorSlot(n)) {
        wanted.add(n.local());
      }
    }
    DefiniteAssignment flow = new DefiniteAssignment(wanted, c.function.currentReturns);
    for (Local missing : flow.missingIn(statements)) {
      c.error(
          body.span(),
          "the result `"
              + missing.name()
              + "` has no value on some path to the end of `"
              + c.function.name
              + "`; assign it there, or give it a default");
    }
  }

  // ------------------------------------------------------------------ return

  /** {@code return a, b;} and {@code return y = b, x = a;} (stmt.multi.3, stmt.multi.5). */
  Tree.Stmt list(Ast.Return r) {
    if (c.function.result == null) {
      return inferred(r);
    }
    if (!c.function.several || !(c.function.result instanceof Type.Tuple t)) {
      return bad(r, "the function `" + c.function.name + "` has no list of results");
    }
    Failable failable = c.function.failable;
    if (failable != null && r.items().size() != t.elements().size()) {
      return success(r, failable);
    }
    int[] slots = slots(r, t);
    if (slots.length == 0) {
      return failed(r);
    }
    List<Tree.Part> parts = new ArrayList<>();
    boolean bad = false;
    for (int i = 0; i < slots.length; i++) {
      Tree.Expr v = c.value(r.items().get(i).value(), t.elements().get(slots[i]));
      bad |= v.type().isError();
      parts.add(new Tree.Part(slots[i], v));
    }
    return bad
        ? failed(r)
        : new Tree.Return(r.span(), Optional.of(new Tree.Aggregate(r.span(), t, parts)));
  }

  /** A list of the values of a failable function; its error slot is 0 (err.ret.2). */
  private Tree.Stmt success(Ast.Return r, Failable failable) {
    Type.Tuple values = new Type.Tuple(failable.values(), failable.labels());
    int[] slots = slots(r, values);
    if (slots.length == 0) {
      return failed(r);
    }
    List<Tree.Part> parts = new ArrayList<>();
    boolean bad = false;
    for (int i = 0; i < slots.length; i++) {
      Tree.Expr v = c.value(r.items().get(i).value(), values.elements().get(slots[i]));
      bad |= v.type().isError();
      parts.add(new Tree.Part(slots[i], v));
    }
    parts.add(new Tree.Part(slots.length, failable.noError(r.span())));
    return bad
        ? failed(r)
        : new Tree.Return(
            r.span(), Optional.of(new Tree.Aggregate(r.span(), failable.full(), parts)));
  }

  /** The slot of each value of a list; none after a reported error. */
  private int[] slots(Ast.Return r, Type.Tuple t) {
    int[] slots = new int[r.items().size()];
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < slots.length; i++) {
      Optional<Ast.Name> name = r.items().get(i).name();
      slots[i] = name.isPresent() ? t.labels().indexOf(name.get().text()) : i;
      if (slots[i] < 0) {
        c.error(r.span(), "`" + c.function.name + "` has no result `" + name.get().text() + "`");
        return new int[0];
      }
      if (slots[i] >= t.elements().size() || !given.add(slots[i])) {
        c.error(
            r.span(),
            name.isPresent()
                ? "the result `" + name.get().text() + "` is given twice"
                : wrongLength(t, slots.length));
        return new int[0];
      }
    }
    if (given.size() != t.elements().size()) {
      c.error(r.span(), wrongLength(t, slots.length));
      return new int[0];
    }
    return slots;
  }

  private String wrongLength(Type.Tuple t, int given) {
    return "`"
        + c.function.name
        + "` has "
        + t.elements().size()
        + " results, and "
        + given
        + " are returned";
  }

  /** The first list of a function without a declared result tells what it returns. */
  private Tree.Stmt inferred(Ast.Return r) {
    List<Tree.Part> parts = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Ast.ReturnItem i : r.items()) {
      if (i.name().isPresent()) {
        return bad(
            r, "`" + c.function.name + "` declares no result `" + i.name().get().text() + "`");
      }
      Tree.Expr v = c.expressions.any(i.value());
      if (v.type().isError()) {
        return failed(r);
      }
      parts.add(new Tree.Part(parts.size(), v));
      types.add(v.type());
      labels.add("");
    }
    Type.Tuple type = new Type.Tuple(types, labels);
    c.function.result = type;
    c.function.several = true;
    return new Tree.Return(r.span(), Optional.of(new Tree.Aggregate(r.span(), type, parts)));
  }

  private Tree.Stmt bad(Ast.Return r, String message) {
    c.error(r.span(), message);
    return failed(r);
  }

  private Tree.Stmt failed(Ast.Return r) {
    return new Tree.Return(r.span(), Optional.of(c.bad(r.span())));
  }
}
