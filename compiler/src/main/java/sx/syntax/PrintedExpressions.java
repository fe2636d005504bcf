package sx.syntax;

import java.util.List;
import java.util.Optional;

/** Expressions as text; types and type bodies are in {@link PrintedTypes}. */
final class PrintedExpressions {
  private final Output out;
  private final Printer statements;
  private final PrintedTypes types;

  PrintedExpressions(Output out, Printer statements) {
    this.out = out;
    this.statements = statements;
    this.types = new PrintedTypes(out, statements, this);
  }

  void expr(Ast.Expr e) {
    switch (e) {
      case Ast.IntLit l -> out.add(l.text());
      case Ast.FloatLit l -> out.add(l.text());
      case Ast.CharLit l -> out.add(l.text());
      case Ast.StringLit l -> out.add(l.text());
      case Ast.BoolLit l -> out.add(l.value() ? "true" : "false");
      case Ast.NullLit l -> out.add("null");
      case Ast.Undefined u -> out.add("---");
      case Ast.NameExpr n -> out.add(n.name());
      case Ast.EnumLit l -> out.add(".").add(l.name());
      case Ast.ErrorKeyword k -> out.add("error");
      case Ast.PackRef p -> out.add("$").add(p.name());
      case Ast.PackIndex p -> out.add("$").add(p.name()).add("[").add(p.index().text()).add("]");
      case Ast.CallerLocation c -> out.add("#caller_location");
      case Ast.AggregateLit l -> aggregate(l);
      case Ast.ArrayLit l -> {
        l.head().ifPresent(this::expr);
        out.add(".[").list(l.elements(), ", ", this::expr).add("]");
      }
      case Ast.Group g -> wrapped("(", g.inner(), ")");
      case Ast.ParenTuple t -> out.add("(").list(t.entries(), ", ", this::tupleEntry).add(")");
      case Ast.Spread s -> wrapped("..", s.operand(), "");
      case Ast.Unary u -> unary(u);
      case Ast.Binary b -> {
        expr(b.left());
        wrapped(" " + b.op().text + " ", b.right(), "");
      }
      case Ast.Chain c -> chain(c);
      case Ast.Member m -> {
        expr(m.base());
        out.add(m.chained() ? "?." : ".").add(m.name());
      }
      case Ast.TupleMember m -> {
        expr(m.base());
        boolean number = m.base() instanceof Ast.IntLit || m.base() instanceof Ast.TupleMember;
        out.add(m.chained() ? "?." : number ? " ." : ".").add(m.index().text());
      }
      case Ast.Deref d -> wrapped("", d.base(), ".*");
      case Ast.Cast c -> cast(c);
      case Ast.Index i -> {
        expr(i.base());
        wrapped("[", i.index(), "]");
      }
      case Ast.Slice s -> slice(s);
      case Ast.Unwrap u -> wrapped("", u.base(), "!");
      case Ast.Catch c -> caught(c);
      case Ast.Call c -> call(c);
      case Ast.Block b -> out.braced(b.statements(), statements::statement);
      case Ast.If i -> branch(i);
      case Ast.Match m -> {
        wrapped("if ", m.subject(), " == ");
        matchBody(m);
      }
      case Ast.CategoryPattern p -> out.add(p.word());
      case Ast.While w -> {
        out.add("while ");
        w.binding().ifPresent(n -> out.add(n).add(" := "));
        wrapped("", w.condition(), " ");
        expr(w.body());
      }
      case Ast.For f -> loop(f);
      case Ast.Push p -> {
        wrapped("push ", p.context(), " ");
        expr(p.body());
      }
      case Ast.BreakExpr b -> out.add("break");
      case Ast.ContinueExpr c -> out.add("continue");
      case Ast.ReturnExpr r -> {
        out.add("return");
        r.value().ifPresent(v -> wrapped(" ", v, ""));
      }
      case Ast.Run r -> wrapped("#run ", r.operand(), "");
      case Ast.Asm a -> assembly(a);
      default -> types.type(e);
    }
  }

  private void wrapped(String before, Ast.Expr e, String after) {
    out.add(before);
    expr(e);
    out.add(after);
  }

  private void optional(String before, Optional<Ast.Expr> e, String after) {
    e.ifPresent(value -> wrapped(before, value, after));
  }

  // ---------------------------------------------------------------------------- operators

  private void unary(Ast.Unary u) {
    boolean word = u.op() == Ast.UnaryOp.CONVERT || u.op() == Ast.UnaryOp.TRY;
    boolean doubled = u.operand() instanceof Ast.Unary inner && inner.op() == u.op();
    boolean dashes = u.op() == Ast.UnaryOp.NEGATE && leftmost(u.operand()) instanceof Ast.Undefined;
    out.add(u.op().text).add(word || doubled || dashes ? " " : "");
    expr(u.operand());
  }

  private static Ast.Expr leftmost(Ast.Expr e) {
    return switch (e) {
      case Ast.Member m -> leftmost(m.base());
      case Ast.TupleMember m -> leftmost(m.base());
      case Ast.Deref d -> leftmost(d.base());
      case Ast.Cast c -> leftmost(c.base());
      case Ast.Index i -> leftmost(i.base());
      case Ast.Slice s -> leftmost(s.base());
      case Ast.Unwrap u -> leftmost(u.base());
      case Ast.Catch c -> leftmost(c.base());
      case Ast.Call c -> leftmost(c.callee());
      case Ast.AggregateLit l when l.head().isPresent() -> leftmost(l.head().get());
      case Ast.ArrayLit l when l.head().isPresent() -> leftmost(l.head().get());
      default -> e;
    };
  }

  private void chain(Ast.Chain c) {
    expr(c.operands().getFirst());
    for (int i = 0; i < c.ops().size(); i++) {
      wrapped(" " + c.ops().get(i).text + " ", c.operands().get(i + 1), "");
    }
  }

  // ---------------------------------------------------------------------------- postfix forms

  private void cast(Ast.Cast c) {
    expr(c.base());
    wrapped(c.chained() ? "?.(" : ".(", c.type(), "");
    optional(", ", c.allocator(), "");
    out.add(")");
  }

  private void slice(Ast.Slice s) {
    expr(s.base());
    out.add("[");
    s.range().start().ifPresent(this::expr);
    out.add(s.range().mark().text);
    optional("", s.range().end(), "");
    out.add("]");
  }

  private void caught(Ast.Catch c) {
    wrapped("", c.base(), " catch ");
    c.binding().ifPresent(b -> out.add("(").add(b).add(") "));
    if (c.body() instanceof Ast.Match m
        && c.binding().isPresent()
        && m.subject() instanceof Ast.NameExpr n
        && n.name().text().equals(c.binding().get().text())
        && n.name().raw() == c.binding().get().raw()) {
      out.add("== ");
      matchBody(m);
    } else {
      expr(c.body());
    }
  }

  private void call(Ast.Call c) {
    expr(c.callee());
    out.add("(").list(c.args(), ", ", this::argument).add(")");
    c.trailing().ifPresent(b -> wrapped(" ", b, ""));
  }

  private void argument(Ast.Arg a) {
    a.name().ifPresent(n -> out.add(n).add(" = "));
    expr(a.value());
  }

  private void tupleEntry(Ast.TupleEntry e) {
    e.name().ifPresent(n -> out.add(n).add(": "));
    expr(e.value());
  }

  private void aggregate(Ast.AggregateLit l) {
    l.head().ifPresent(this::expr);
    String space = l.entries().isEmpty() ? "" : " ";
    out.add(".{" + space).list(l.entries(), ", ", this::entry).add(space + "}");
    l.init().ifPresent(b -> wrapped(" ", b, ""));
  }

  private void entry(Ast.FieldInit f) {
    if (f.form() == Ast.EntryForm.NAMED) {
      f.name().ifPresent(n -> out.add(n).add(" = "));
    }
    expr(f.value());
  }

  // ---------------------------------------------------------------------------- branches, loops

  private void branch(Ast.If i) {
    out.add("if ");
    i.binding().ifPresent(n -> out.add(n).add(" := "));
    wrapped("", i.condition(), i.inlineForm() ? " then " : " ");
    expr(i.then());
    optional(" else ", i.otherwise(), "");
  }

  private void matchBody(Ast.Match m) {
    out.add("{").indented(m.arms(), this::arm);
    m.otherwise()
        .ifPresent(
            b ->
                out.indented(
                    List.of(b),
                    x -> out.add("else:").indented(x.statements(), statements::statement)));
    out.line().add("}");
  }

  private void arm(Ast.Arm a) {
    wrapped("case ", a.pattern(), ":");
    a.capture().ifPresent(n -> out.add(" (").add(n).add(")"));
    switch (a.form()) {
      case EMPTY -> out.add(" break;");
      case ARROW -> {
        out.add(" => ");
        statements.statement(a.body().getFirst());
        out.add(";");
      }
      case STATEMENTS -> out.indented(a.body(), statements::statement);
    }
  }

  private void loop(Ast.For f) {
    out.add("for ").list(f.iterables(), ", ", this::iterable);
    if (!f.captures().isEmpty()) {
      out.add(" (")
          .list(f.captures(), ", ", c -> out.add(c.byReference() ? "*" : "").add(c.name()))
          .add(")");
    }
    out.add(f.arrow() ? " => " : " ");
    statements.statement(f.body());
  }

  private void iterable(Ast.Iterable i) {
    expr(i.start());
    i.mark().ifPresent(m -> out.add(m.text));
    optional("", i.end(), "");
  }

  // ---------------------------------------------------------------------------- asm

  private void assembly(Ast.Asm a) {
    wrapped(a.isVolatile() ? "asm volatile { " : "asm { ", a.template(), "");
    for (Ast.AsmOperand o : a.operands()) {
      out.add(", ");
      operand(o);
    }
    if (!a.clobbers().isEmpty()) {
      out.add(", clobbers(").list(a.clobbers(), ", ", n -> out.add(".").add(n)).add(")");
    }
    out.add(" }");
  }

  private void operand(Ast.AsmOperand o) {
    o.name().ifPresent(n -> out.add("[").add(n).add("] "));
    out.add(o.constraint().text());
    optional(" -> ", o.type(), "");
    optional(" -> *", o.place(), "");
    optional(" = ", o.input(), "");
  }
}
