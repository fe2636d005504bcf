package sx.sema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.syntax.Ast;
import sx.syntax.Parser;
import sx.type.Type;
import sx.type.Types;

/** What a body decides or inserts at compile time (ct.if, ct.insert). */
final class CompileTimeStatements {
  /** How deep inserted text may insert text itself (ct.env.9). */
  private static final int MAX_INSERT_DEPTH = 100;

  private final Checker c;

  CompileTimeStatements(Checker c) {
    this.c = c;
  }

  void inline(Ast.InlineStmt s, List<Tree.Stmt> out) {
    switch (s.expr()) {
      case Ast.If i -> inlineIf(i, out);
      case Ast.Match m -> out.add(new Tree.ExprStmt(s.span(), c.matches.inline(m)));
      case Ast.For f -> c.loops.inlineFor(f, out);
      default -> c.error(s.span(), "`inline` applies to `if` and `for`");
    }
  }

  private void inlineIf(Ast.If i, List<Tree.Stmt> out) {
    Tree.Expr cond = folded(i.condition());
    if (!(cond instanceof Tree.Const k)) {
      out.add(new Tree.ExprStmt(i.span(), c.conditionals.effect(i)));
      return;
    }
    boolean taken = k.value() instanceof Constant.Int n && n.value() != 0;
    if (taken) {
      out.add(new Tree.ExprStmt(i.span(), c.scoped(() -> c.statements.discarded(i.then()))));
    } else if (i.otherwise().isPresent()) {
      Ast.Expr e = i.otherwise().get();
      if (e instanceof Ast.If next) {
        inlineIf(next, out);
      } else {
        out.add(new Tree.ExprStmt(i.span(), c.scoped(() -> c.statements.discarded(e))));
      }
    }
  }

  /** The value of a body that ends in what is chosen at compile time (ct.if.5); null without. */
  Tree.@Nullable Expr inlineTail(Ast.InlineStmt s, List<Tree.Stmt> out, @Nullable Type expected) {
    Tree.Expr v =
        switch (s.expr()) {
          case Ast.If i -> chosen(i, expected);
          case Ast.Match m -> c.matches.inline(m, b -> branch(Arms.withValue(b), expected));
          default -> null;
        };
    if (v == null) {
      c.statements.statement(s, out);
      return null;
    }
    if (v.type() instanceof Type.Void || v.type() instanceof Type.NoReturn) {
      out.add(new Tree.ExprStmt(v.span(), v));
      return null;
    }
    return v;
  }

  private Tree.Expr chosen(Ast.If i, @Nullable Type expected) {
    Tree.Expr cond = folded(i.condition());
    if (!(cond instanceof Tree.Const k)) {
      return c.statements.tail(i, expected);
    }
    if (k.value() instanceof Constant.Int n && n.value() != 0) {
      return branch(i.then(), expected);
    }
    return switch (i.otherwise().orElse(null)) {
      case null -> Statements.empty(i.span());
      case Ast.If next -> chosen(next, expected);
      case Ast.Expr e -> branch(e, expected);
    };
  }

  /** A branch at the end of a body, with a value of whatever type; of type void without one. */
  private Tree.Expr branch(Ast.Expr e, @Nullable Type expected) {
    if (!(e instanceof Ast.Block b)) {
      return c.statements.tail(e, expected);
    }
    Flow.State before = c.flow.now();
    c.statements.acceptTail(b.statements());
    Tree.Expr v = c.scoped(() -> c.statements.open(b.statements(), b.span(), expected, true));
    c.flow.leave(before);
    return v;
  }

  /** A condition; a left operand that decides makes the right one irrelevant (ct.if.2). */
  private Tree.Expr folded(Ast.Expr e) {
    if (e instanceof Ast.Group g) {
      return folded(g.inner());
    }
    if (!(e instanceof Ast.Binary b) || (b.op() != Ast.BinaryOp.AND && b.op() != Ast.BinaryOp.OR)) {
      return c.operators.condition(e);
    }
    Tree.Expr left = folded(b.left());
    if (left.type().isError()) {
      return left;
    }
    if (left instanceof Tree.Const k && left.type().equals(Types.BOOL)) {
      boolean holds = k.value() instanceof Constant.Int n && n.value() != 0;
      return holds == (b.op() == Ast.BinaryOp.OR) ? left : folded(b.right());
    }
    return c.operators.condition(e);
  }

  /** Compiles inserted text in the scope of the directive (ct.insert.1). */
  Tree.@Nullable Expr insert(
      Ast.Insert i,
      List<Tree.Stmt> out,
      @Nullable Type expected,
      boolean wantsValue,
      boolean endsBody) {
    if (c.analysis.insertDepth >= MAX_INSERT_DEPTH) {
      c.error(
          i.span(),
          "the limit of " + MAX_INSERT_DEPTH + " `#insert`s within inserted text is exceeded");
      return null;
    }
    Checker inner = Checker.of(c.analysis, c.scope, FunctionState.none());
    Tree.Expr text = inner.value(i.text(), Types.STRING);
    if (text.type().isError()) {
      return null;
    }
    Constant k = Folding.constant(text).orElse(null);
    if (k == null && RuntimeNames.in(text)) {
      c.error(i.text().span(), "the inserted text must be known at compile time");
      return null;
    }
    if (k == null) {
      k = c.analysis.evaluate(text, "the inserted text", i.text().span());
    }
    if (!(k instanceof Constant.Text t)) {
      return null;
    }
    SourceFile file = new SourceFile("inserted text", "inserted text", t.bytes());
    Diagnostics problems = new Diagnostics();
    Optional<List<Ast.Stmt>> parsed = Parser.parseStatements(file, problems);
    if (parsed.isEmpty()) {
      Diagnostic first = problems.all().getFirst();
      c.error(
          i.span(),
          "the inserted text does not parse at "
              + first.span().map(s -> s.line() + ":" + s.column()).orElse("?")
              + ": "
              + first.message());
      return null;
    }
    c.analysis.insertDepth++;
    try {
      return c.analysis.diagnostics.placing(
          d ->
              d.span().filter(s -> s.file() == file).isPresent()
                  ? d.movedTo(i.span(), "in the inserted text")
                  : d,
          () -> c.statements.statements(parsed.get(), out, expected, wantsValue, endsBody));
    } finally {
      c.analysis.insertDepth--;
    }
  }
}
