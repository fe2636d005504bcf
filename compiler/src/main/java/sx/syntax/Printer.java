package sx.syntax;

import java.util.List;
import java.util.Optional;

/**
 * Writes trees as canonical source text. What the parser reads from it is the tree again, spans
 * apart; literals keep their spelling. Recursion is as deep as the tree, which the limits of {@link
 * Parser} bound.
 */
public final class Printer {
  private final Output out = new Output();
  private final PrintedExpressions expressions = new PrintedExpressions(out, this);

  private Printer() {}

  /** The text of a module, one item a line, with a line end behind the last. */
  public static String print(Ast.Module module) {
    Printer printer = new Printer();
    for (Ast.Stmt item : module.items()) {
      printer.statement(item);
      printer.out.add("\n");
    }
    return printer.out.toString();
  }

  /** The text of an expression or type. */
  public static String print(Ast.Expr expr) {
    Printer printer = new Printer();
    printer.expressions.expr(expr);
    return printer.out.toString();
  }

  /** The text of statements, such as those of an {@code #insert}, one a line. */
  public static String print(List<Ast.Stmt> statements) {
    Printer printer = new Printer();
    for (Ast.Stmt s : statements) {
      printer.statement(s);
      printer.out.add("\n");
    }
    return printer.out.toString();
  }

  // ---------------------------------------------------------------------------- statements

  void statement(Ast.Stmt s) {
    switch (s) {
      case Ast.ConstDecl d -> constant(d);
      case Ast.VarDecl d -> variable(d);
      case Ast.Destructure d -> ended(out.names(d.names(), ", ").add(" := "), d.value());
      case Ast.Assign a -> assign(a);
      case Ast.MultiAssign m -> {
        out.list(m.targets(), ", ", expressions::expr).add(" = ");
        out.list(m.values(), ", ", expressions::expr).add(";");
      }
      case Ast.Return r -> {
        out.add(r.items().isEmpty() ? "return" : "return ");
        out.list(r.items(), ", ", this::returnItem).add(";");
      }
      case Ast.Defer d -> cleanup(out.add("defer "), d.body());
      case Ast.OnFail o -> {
        out.add("onfail ");
        o.binding().ifPresent(b -> out.add("(").add(b).add(") "));
        cleanup(out, o.body());
      }
      case Ast.Raise r -> ended(out.add("raise "), r.value());
      case Ast.Break b -> out.add("break;");
      case Ast.Continue c -> out.add("continue;");
      case Ast.ExprStmt e -> {
        expressions.expr(e.expr());
        out.add(e.terminated() ? ";" : "");
      }
      case Ast.InlineStmt i -> {
        out.add("inline ");
        expressions.expr(i.expr());
        out.add(i.terminated() ? ";" : "");
      }
      case Ast.Insert i -> ended(out.add("#insert "), i.text());
      case Ast.ErrorDirective e -> out.add("#error(").add(e.literal().text()).add(");");
      case Ast.FlatImport i -> out.add("#import ").add(i.path().text()).add(";");
      case Ast.FlatCImport i -> expressions.expr(i.block());
      case Ast.Framework f -> out.add("#framework ").add(f.name().text()).add(";");
      case Ast.GlobalAsm a -> {
        out.add("asm { ");
        expressions.expr(a.template());
        out.add(" };");
      }
      case Ast.RunItem r -> ended(out.add(r.directive() ? "#run " : ""), r.expr());
      case Ast.ContextExtend c -> {
        out.add("#context_extend ").add(c.name()).add(": ");
        expressions.expr(c.type());
        initialiser(" = ", c.init());
        out.add(";");
      }
      case Ast.Impl i -> impl(i);
      case Ast.ModuleIf m -> moduleIf(out.add("inline "), m);
      case Ast.ModuleMatch m -> moduleMatch(m);
    }
  }

  private void ended(Output before, Ast.Expr e) {
    expressions.expr(e);
    before.add(";");
  }

  private void cleanup(Output before, Ast.Expr body) {
    expressions.expr(body);
    before.add(body instanceof Ast.Block ? "" : ";");
  }

  private void initialiser(String mark, Optional<Ast.Expr> value) {
    value.ifPresent(
        v -> {
          out.add(mark);
          expressions.expr(v);
        });
  }

  private void assign(Ast.Assign a) {
    expressions.expr(a.target());
    out.add(" ").add(a.op().map(op -> op.text).orElse("")).add("= ");
    ended(out, a.value());
  }

  private void returnItem(Ast.ReturnItem item) {
    item.name().ifPresent(n -> out.add(n).add(" = "));
    expressions.expr(item.value());
  }

  // ---------------------------------------------------------------------------- declarations

  private void variable(Ast.VarDecl d) {
    out.add(d.isPrivate() ? "private " : "").add(d.name());
    out.add(d.type().isPresent() ? " : " : " :");
    d.type().ifPresent(expressions::expr);
    initialiser(d.type().isPresent() ? " = " : "= ", d.init());
    d.linkage().ifPresent(l -> linkage(l));
    out.add(";");
  }

  private void constant(Ast.ConstDecl d) {
    out.add(d.isPrivate() ? "private " : "").add(d.name());
    if (d.type().isPresent()) {
      out.add(" : ");
      expressions.expr(d.type().get());
      out.add(" : ");
      ended(out, d.value());
      return;
    }
    out.add(" :: ");
    expressions.expr(d.value());
    out.add(endsInBrace(d.value()) ? "" : ";");
  }

  /** Whether a declaration with this value takes no semicolon (decl.item.3, decl.item.4). */
  static boolean endsInBrace(Ast.Expr value) {
    return switch (value) {
      case Ast.Function f -> !f.isLambda() && f.form() == Ast.BodyForm.BLOCK;
      case Ast.StructType t -> true;
      case Ast.EnumType t -> true;
      case Ast.UnionType t -> true;
      case Ast.ErrorSetType t -> true;
      case Ast.ProtocolType t -> true;
      case Ast.CImport i -> true;
      default -> false;
    };
  }

  void linkage(Ast.Linkage l) {
    out.add(l.isExtern() ? " extern" : " export");
    l.library().ifPresent(n -> out.add(" ").add(n));
    l.symbol().ifPresent(s -> out.add(" ").add(s.text()));
  }

  private void impl(Ast.Impl i) {
    out.add("impl ").add(i.protocol());
    if (!i.protocolArgs().isEmpty()) {
      out.add("(").list(i.protocolArgs(), ", ", expressions::expr).add(")");
    }
    out.add(" for ");
    expressions.expr(i.target());
    if (!i.typeParams().isEmpty()) {
      out.add("(").list(i.typeParams(), ", ", n -> out.add("$").add(n)).add(")");
    }
    out.add(" ").braced(i.methods(), this::constant);
  }

  // ---------------------------------------------------------------------------- inline if

  private void moduleIf(Output before, Ast.ModuleIf m) {
    before.add("if ");
    expressions.expr(m.condition());
    out.add(" ").braced(m.then(), this::statement);
    if (m.otherwise().isEmpty()) {
      return;
    }
    out.add(" else ");
    if (m.otherwise().size() == 1 && m.otherwise().getFirst() instanceof Ast.ModuleIf next) {
      moduleIf(out, next);
    } else {
      out.braced(m.otherwise(), this::statement);
    }
  }

  private void moduleMatch(Ast.ModuleMatch m) {
    out.add("inline if ");
    expressions.expr(m.subject());
    out.add(" == {").indented(m.arms(), this::moduleArm);
    m.otherwise()
        .ifPresent(
            items ->
                out.indented(List.of(items), i -> out.add("else:").indented(i, this::statement)));
    out.line().add("}");
  }

  private void moduleArm(Ast.ModuleArm arm) {
    out.add("case ");
    expressions.expr(arm.pattern());
    out.add(":").indented(arm.items(), this::statement);
  }
}
