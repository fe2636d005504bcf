package sx.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The nodes directly below a node, and walks over whole trees that need no stack of their own. */
public final class Children {
  private Children() {}

  /** Calls {@code visit} with every node under the roots, in no particular order. */
  public static void walk(List<? extends Ast> roots, Consumer<Ast> visit) {
    walkInto(
        roots,
        node -> {
          visit.accept(node);
          return true;
        });
  }

  /** The same without the nodes below those for which {@code visit} answers false. */
  public static void walkInto(List<? extends Ast> roots, Predicate<Ast> visit) {
    Deque<Ast> open = new ArrayDeque<>(roots);
    List<Ast> below = new ArrayList<>();
    while (!open.isEmpty()) {
      Ast node = open.pop();
      if (!visit.test(node)) {
        continue;
      }
      below.clear();
      of(node, below);
      for (int i = 0; i < below.size(); i++) {
        open.push(below.get(i));
      }
    }
  }

  /** Adds the statements, expressions, types and struct items directly under {@code node}. */
  static void of(Ast node, List<Ast> to) {
    switch (node) {
      case Ast.NameExpr n -> {} // far the most frequent of all
      case Ast.Name n -> {}
      case Ast.Module m -> to.addAll(m.items());
      case Ast.Stmt s -> ofStatement(s, to);
      case Ast.StructItem i -> ofItem(i, to);
      case Ast.Expr e -> ofExpression(e, to);
    }
  }

  private static void ofStatement(Ast.Stmt s, List<Ast> to) {
    switch (s) {
      case Ast.ConstDecl d -> {
        d.type().ifPresent(to::add);
        to.add(d.value());
      }
      case Ast.VarDecl d -> {
        d.type().ifPresent(to::add);
        d.init().ifPresent(to::add);
      }
      case Ast.Destructure d -> to.add(d.value());
      case Ast.Assign a -> addAll(to, a.target(), a.value());
      case Ast.MultiAssign m -> {
        to.addAll(m.targets());
        to.addAll(m.values());
      }
      case Ast.Return r -> r.items().forEach(i -> to.add(i.value()));
      case Ast.Defer d -> to.add(d.body());
      case Ast.OnFail o -> to.add(o.body());
      case Ast.Raise r -> to.add(r.value());
      case Ast.ExprStmt e -> to.add(e.expr());
      case Ast.InlineStmt i -> to.add(i.expr());
      case Ast.Insert i -> to.add(i.text());
      case Ast.FlatCImport i -> to.add(i.block());
      case Ast.GlobalAsm a -> to.add(a.template());
      case Ast.RunItem r -> to.add(r.expr());
      case Ast.ContextExtend c -> {
        to.add(c.type());
        c.init().ifPresent(to::add);
      }
      case Ast.Impl i -> {
        to.addAll(i.protocolArgs());
        to.add(i.target());
        to.addAll(i.methods());
      }
      case Ast.ModuleIf m -> {
        to.add(m.condition());
        to.addAll(m.then());
        to.addAll(m.otherwise());
      }
      case Ast.ModuleMatch m -> {
        to.add(m.subject());
        for (Ast.ModuleArm arm : m.arms()) {
          to.add(arm.pattern());
          to.addAll(arm.items());
        }
        m.otherwise().ifPresent(to::addAll);
      }
      case Ast.Break b -> {}
      case Ast.Continue c -> {}
      case Ast.ErrorDirective e -> {}
      case Ast.FlatImport i -> {}
      case Ast.Framework f -> {}
    }
  }

  private static void ofItem(Ast.StructItem item, List<Ast> to) {
    switch (item) {
      case Ast.Using u -> {}
      case Ast.StructConst c -> {
        c.type().ifPresent(to::add);
        to.add(c.value());
      }
      case Ast.Fields f -> {
        to.add(f.type());
        f.defaultValue().ifPresent(to::add);
      }
    }
  }

  private static void ofExpression(Ast.Expr e, List<Ast> to) {
    switch (e) {
      case Ast.AggregateLit l -> {
        l.head().ifPresent(to::add);
        l.entries().forEach(i -> to.add(i.value()));
        l.init().ifPresent(to::add);
      }
      case Ast.ArrayLit l -> {
        l.head().ifPresent(to::add);
        to.addAll(l.elements());
      }
      case Ast.Group g -> to.add(g.inner());
      case Ast.ParenTuple t -> t.entries().forEach(i -> to.add(i.value()));
      case Ast.Spread s -> to.add(s.operand());
      case Ast.Unary u -> to.add(u.operand());
      case Ast.Binary b -> addAll(to, b.left(), b.right());
      case Ast.Chain c -> to.addAll(c.operands());
      case Ast.Member m -> to.add(m.base());
      case Ast.TupleMember m -> to.add(m.base());
      case Ast.Deref d -> to.add(d.base());
      case Ast.Cast c -> {
        addAll(to, c.base(), c.type());
        c.allocator().ifPresent(to::add);
      }
      case Ast.Index i -> addAll(to, i.base(), i.index());
      case Ast.Slice s -> {
        to.add(s.base());
        s.range().start().ifPresent(to::add);
        s.range().end().ifPresent(to::add);
      }
      case Ast.Unwrap u -> to.add(u.base());
      case Ast.Catch c -> addAll(to, c.base(), c.body());
      case Ast.Call c -> {
        to.add(c.callee());
        c.args().forEach(a -> to.add(a.value()));
        c.trailing().ifPresent(to::add);
      }
      case Ast.Block b -> to.addAll(b.statements());
      case Ast.If i -> {
        addAll(to, i.condition(), i.then());
        i.otherwise().ifPresent(to::add);
      }
      case Ast.Match m -> {
        to.add(m.subject());
        for (Ast.Arm arm : m.arms()) {
          to.add(arm.pattern());
          to.addAll(arm.body());
        }
        m.otherwise().ifPresent(to::add);
      }
      case Ast.While w -> addAll(to, w.condition(), w.body());
      case Ast.For f -> {
        for (Ast.Iterable i : f.iterables()) {
          to.add(i.start());
          i.end().ifPresent(to::add);
        }
        to.add(f.body());
      }
      case Ast.Push p -> addAll(to, p.context(), p.body());
      case Ast.ReturnExpr r -> r.value().ifPresent(to::add);
      case Ast.Run r -> to.add(r.operand());
      case Ast.Asm a -> {
        to.add(a.template());
        a.operands().forEach(o -> addPresent(to, o.type(), o.place(), o.input()));
      }
      default -> ofType(e, to);
    }
  }

  private static void ofType(Ast.Expr e, List<Ast> to) {
    switch (e) {
      case Ast.Function f -> {
        f.params().forEach(p -> addPresent(to, p.type(), p.defaultValue()));
        addPresent(to, f.returnType(), f.body());
      }
      case Ast.StructType t -> {
        t.params().forEach(p -> to.add(p.type()));
        to.addAll(t.items());
      }
      case Ast.EnumType t -> {
        t.backing().ifPresent(to::add);
        t.variants().forEach(v -> addPresent(to, v.value(), v.payload()));
      }
      case Ast.UnionType t -> t.members().forEach(m -> to.add(m.type()));
      case Ast.ProtocolType t -> {
        t.params().forEach(p -> to.add(p.type()));
        for (Ast.ProtocolMethod m : t.methods()) {
          m.params().forEach(p -> to.add(p.type()));
          m.returnType().ifPresent(to::add);
          m.body().ifPresent(to::add);
        }
      }
      case Ast.ArrayType t -> addAll(to, t.length(), t.element());
      case Ast.SliceType t -> to.add(t.element());
      case Ast.ManyPointerType t -> to.add(t.element());
      case Ast.SentinelType t -> to.add(t.element());
      case Ast.OptionalType t -> to.add(t.payload());
      case Ast.FunctionType t -> {
        t.params().forEach(p -> to.add(p.type()));
        to.add(t.result());
      }
      case Ast.ResultList t ->
          t.items()
              .forEach(
                  i -> {
                    to.add(i.type());
                    i.defaultValue().ifPresent(to::add);
                  });
      case Ast.TupleType t -> t.slots().forEach(s -> to.add(s.type()));
      case Ast.ClosureType t -> {
        t.params().forEach(p -> to.add(p.type()));
        t.result().ifPresent(to::add);
      }
      case Ast.IntrinsicExpr i -> i.expr().ifPresent(to::add);
      default -> {
        // names, literals and directives have nothing below them
      }
    }
  }

  private static void addAll(List<Ast> to, Ast first, Ast second) {
    to.add(first);
    to.add(second);
  }

  @SafeVarargs
  private static void addPresent(List<Ast> to, Optional<Ast.Expr>... nodes) {
    for (Optional<Ast.Expr> node : nodes) {
      node.ifPresent(to::add);
    }
  }
}
