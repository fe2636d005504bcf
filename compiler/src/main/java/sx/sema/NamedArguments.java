package sx.sema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** Arguments that are given by the names of their parameters (stmt.named). */
final class NamedArguments {
  private final Checker c;

  NamedArguments(Checker c) {
    this.c = c;
  }

  /** The call with some arguments by position and the others by name. */
  Tree.Expr call(
      Entity.FunctionDecl decl,
      List<Argument> positional,
      List<Ast.Arg> named,
      Span call,
      Span callee) {
    List<Ast.Param> params = decl.ast.params();
    @Nullable Argument[] slots = new Argument[params.size()];
    List<Integer> order = c.calls.order(decl, positional, named.size());
    if (positional.size() > order.size()) {
      return c.bad(
          callee,
          Calls.wrongCount(
              Calls.required(params, order), order.size(), positional.size() + named.size()));
    }
    for (int i = 0; i < positional.size(); i++) {
      slots[order.get(i)] = positional.get(i);
    }
    List<Tree.Stmt> before = new ArrayList<>();
    int last = positional.size() - 1;
    boolean reordered = false;
    for (Ast.Arg a : named) {
      String name = a.name().orElseThrow().text();
      int at = -1;
      for (int i = 0; i < params.size(); i++) {
        at = params.get(i).name().text().equals(name) ? i : at;
      }
      if (at < 0) {
        return c.bad(
            a.span(), "`" + decl.name + "` has no parameter `" + name + "`" + close(params, name));
      }
      if (params.get(at).variadic() || params.get(at).compileTime()) {
        return c.bad(a.span(), "the parameter `" + name + "` cannot be named");
      }
      if (slots[at] != null) {
        return c.bad(a.span(), "the parameter `" + name + "` is given twice");
      }
      slots[at] = new Argument.Written(a.value());
      reordered |= at != last + 1; // also when a default would be evaluated in between
      last = Math.max(last, at);
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == null
          && order.contains(i)
          && params.get(i).defaultValue().isEmpty()
          && !params.get(i).variadic()) {
        missing.add(params.get(i).name().text());
      }
    }
    if (!missing.isEmpty()) {
      return c.bad(callee, "missing arguments: " + String.join(", ", missing));
    }
    int fixed = params.getLast().variadic() ? slots.length - 1 : slots.length;
    List<@Nullable Argument> given = Arrays.asList(slots).subList(0, fixed);
    return inOrder(decl, given, named, reordered, before, call, callee);
  }

  /** Evaluates arguments as written, then calls with them in parameter order (stmt.named.2). */
  @SuppressWarnings("ReferenceEquality") // an argument is this node, not one that looks like it
  private Tree.Expr inOrder(
      Entity.FunctionDecl decl,
      List<@Nullable Argument> slots,
      List<Ast.Arg> named,
      boolean reordered,
      List<Tree.Stmt> before,
      Span call,
      Span callee) {
    if (!reordered || decl.isGeneric()) {
      Tree.Expr done = c.calls.boundSlots(decl, slots, call, callee);
      return reordered && done instanceof Tree.Call k ? asWritten(k, decl, slots, named) : done;
    }
    Optional<Instance> instance = c.analysis.instances.plain(decl);
    if (instance.isEmpty()) {
      return c.bad(call);
    }
    List<@Nullable Argument> ready = new ArrayList<>(slots);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      boolean isNamed =
          slots.get(i) instanceof Argument.Written w
              && named.stream().anyMatch(a -> a.value() == w.expr());
      if (slots.get(i) != null && !isNamed) {
        order.add(i);
      }
    }
    for (Ast.Arg a : named) {
      for (int i = 0; i < slots.size(); i++) {
        if (slots.get(i) instanceof Argument.Written w && w.expr() == a.value()) {
          order.add(i);
        }
      }
    }
    for (int i : order) {
      Argument arg = slots.get(i);
      Type type = instance.get().params().get(i).type();
      Tree.Expr v = c.calls.argument(arg, type, call);
      if (v.type().isError()) {
        return v;
      }
      Local temp = new Local("arg", type, arg.span());
      before.add(new Tree.Declare(arg.span(), temp, Optional.of(v)));
      ready.set(i, new Argument.Checked(new Tree.LocalRef(arg.span(), temp), arg.span()));
    }
    Tree.Expr done = c.calls.boundSlots(decl, ready, call, callee);
    return new Tree.Block(call, done.type(), before, Optional.of(done));
  }

  /** The call of a generic instance, its arguments evaluated before it in the order written. */
  @SuppressWarnings("ReferenceEquality") // an argument is this node, not one that looks like it
  private static Tree.Expr asWritten(
      Tree.Call call,
      Entity.FunctionDecl decl,
      List<@Nullable Argument> slots,
      List<Ast.Arg> named) {
    List<Local> params = call.callee().params();
    if (params.size() != call.args().size()) {
      return call;
    }
    List<String> order = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      boolean isNamed =
          slots.get(i) instanceof Argument.Written w
              && named.stream().anyMatch(a -> a.value() == w.expr());
      if (slots.get(i) != null && !isNamed) {
        order.add(decl.ast.params().get(i).name().text());
      }
    }
    named.forEach(a -> order.add(a.name().orElseThrow().text()));
    List<Tree.Expr> args = new ArrayList<>(call.args());
    List<Tree.Stmt> before = new ArrayList<>();
    for (String name : order) {
      for (int i = 0; i < params.size(); i++) {
        if (params.get(i).name().equals(name)) {
          Tree.Expr value = args.get(i);
          Local temp = new Local("arg", value.type(), value.span());
          before.add(new Tree.Declare(value.span(), temp, Optional.of(value)));
          args.set(i, new Tree.LocalRef(value.span(), temp));
        }
      }
    }
    Tree.Expr done = new Tree.Call(call.span(), call.type(), call.callee(), args);
    return Statements.after(call.span(), before, done);
  }

  private static String close(List<Ast.Param> params, String name) {
    for (Ast.Param p : params) {
      String other = p.name().text();
      if (other.length() > 2
          && (other.startsWith(name) || name.startsWith(other) || other.equalsIgnoreCase(name))) {
        return "; did you mean `" + other + "`?";
      }
    }
    return "";
  }
}
