package sx.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.Span;

/**
 * Refuses what parses but stands in the wrong place, or lacks a part, whatever the names mean:
 * module-scope declarations and {@code private} in bodies (decl.item.6, mod.priv.10, mod.import.6),
 * parameters without a type (decl.fn.3), templates that are no literal (asm.gram.4).
 */
public final class StructureCheck {
  private final List<Diagnostic> found = new ArrayList<>();

  private StructureCheck() {}

  /** Reports every misplaced construct of a module, in the order of the source. */
  public static void check(Ast.Module module, Diagnostics diagnostics) {
    StructureCheck check = new StructureCheck();
    Children.walk(module.items(), check::inspect);
    check.report(diagnostics);
  }

  /** The same for the statements of an {@code #insert}, which stand in a body. */
  public static void check(List<Ast.Stmt> statements, Diagnostics diagnostics) {
    StructureCheck check = new StructureCheck();
    statements.forEach(check::inBody);
    Children.walk(statements, check::inspect);
    check.report(diagnostics);
  }

  private void report(Diagnostics diagnostics) {
    found.sort(Comparator.comparingInt(d -> d.span().orElseThrow().start()));
    found.forEach(diagnostics::report);
  }

  private void error(Span span, String message) {
    found.add(Diagnostic.error(span, message));
  }

  /** The first {@code length} bytes of a span: the keyword or directive it starts with. */
  private static Span first(Span span, int length) {
    return new Span(span.file(), span.start(), span.start() + length);
  }

  private void inspect(Ast node) {
    switch (node) {
      case Ast.Block b -> b.statements().forEach(this::inBody);
      case Ast.Match m -> m.arms().forEach(a -> a.body().forEach(this::inBody));
      case Ast.For f -> inBody(f.body());
      case Ast.Function f -> function(f);
      case Ast.Asm a -> template(a.template());
      case Ast.GlobalAsm a -> template(a.template());
      default -> {}
    }
  }

  // ---------------------------------------------------------------------------- bodies

  private void inBody(Ast.Stmt s) {
    switch (s) {
      case Ast.ConstDecl d -> {
        constantInBody(d);
        privateInBody(d.isPrivate(), d.span());
      }
      case Ast.VarDecl d -> privateInBody(d.isPrivate(), d.span());
      case Ast.FlatImport i -> onlyAtModuleScope(first(i.span(), "#import".length()), "`#import`");
      case Ast.FlatCImport i ->
          onlyAtModuleScope(first(i.span(), "#import".length()), "`#import c`");
      case Ast.ContextExtend c ->
          onlyAtModuleScope(first(c.span(), "#context_extend".length()), "`#context_extend`");
      case Ast.Impl i -> onlyAtModuleScope(first(i.span(), "impl".length()), "an `impl` block");
      default -> {}
    }
  }

  private void constantInBody(Ast.ConstDecl d) {
    String what =
        switch (d.value()) {
          case Ast.ProtocolType p -> "a protocol";
          case Ast.ImportExpr i -> "a named import";
          case Ast.CImport i -> "`#import c`";
          case Ast.LibraryExpr l -> "a library";
          default -> "";
        };
    if (!what.isEmpty()) {
      onlyAtModuleScope(d.name().span(), what);
    }
  }

  private void privateInBody(boolean isPrivate, Span declaration) {
    if (isPrivate) {
      error(
          first(declaration, "private".length()),
          "`private` cannot stand in a body; a local name is visible nowhere else anyway");
    }
  }

  private void onlyAtModuleScope(Span span, String what) {
    error(span, what + " can be declared only at module scope");
  }

  // ---------------------------------------------------------------------------- missing parts

  private void function(Ast.Function f) {
    if (f.isLambda()) {
      return;
    }
    for (Ast.Param p : f.params()) {
      if (p.type().isEmpty() && !p.compileTime()) {
        error(
            p.name().span(),
            "the parameter `" + p.name().text() + "` of a named function needs a type");
      }
    }
  }

  private void template(Ast.Expr template) {
    if (!(template instanceof Ast.StringLit)) {
      error(template.span(), "the template of `asm` must be a string literal");
    }
  }
}
