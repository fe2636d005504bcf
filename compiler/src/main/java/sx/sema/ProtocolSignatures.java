package sx.sema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sx.module.Module;
import sx.source.Diagnostic;
import sx.syntax.Ast;
import sx.syntax.Children;

/**
 * Unknown type names in the signatures of protocols and {@code impl} blocks, used or not
 * (proto.decl.6).
 */
final class ProtocolSignatures {
  private final Checker c;
  private final Set<String> bound = new HashSet<>();

  private ProtocolSignatures(Checker c) {
    this.c = c;
  }

  /** Reports the names of one module. */
  static void check(Analysis a, Module m) {
    for (Ast.Stmt item : m.items()) {
      ProtocolSignatures names =
          new ProtocolSignatures(Checker.of(a, Scope.of(m), FunctionState.none()));
      switch (item) {
        case Ast.ConstDecl d when d.value() instanceof Ast.ProtocolType p -> {
          names.protocol(p);
          warn(a, d, p);
        }
        case Ast.Impl i -> names.block(i);
        default -> {}
      }
    }
  }

  /** One name for a type parameter and a method is legal and easily misread (proto.decl.7). */
  private static void warn(Analysis a, Ast.ConstDecl d, Ast.ProtocolType p) {
    for (Ast.ProtocolParam x : p.params()) {
      String name = x.name().text();
      if (p.methods().stream().anyMatch(m -> m.name().text().equals(name))) {
        a.diagnostics.report(
            Diagnostic.warning(
                d.span(),
                "the protocol `"
                    + d.name().text()
                    + "` has a type parameter and a method of the name `"
                    + name
                    + "`; only the position decides which of them a projection `xs."
                    + name
                    + "` means"));
      }
    }
  }

  private void protocol(Ast.ProtocolType p) {
    bound.add("Self");
    p.params().forEach(x -> bound.add(x.name().text()));
    for (Ast.ProtocolMethod m : p.methods()) {
      m.params().forEach(x -> type(x.type()));
      m.returnType().ifPresent(this::type);
    }
  }

  private void block(Ast.Impl i) {
    Children.walk(List.of(i), this::introduced);
    i.typeParams().forEach(n -> bound.add(n.text()));
    for (Ast.ConstDecl d : i.methods()) {
      if (d.value() instanceof Ast.Function f) {
        int before = c.analysis.diagnostics.errorCount();
        f.params().forEach(p -> bound.add(p.name().text()));
        f.params().forEach(p -> p.type().ifPresent(this::type));
        f.returnType().ifPresent(this::type);
        if (c.analysis.diagnostics.errorCount() > before) {
          c.analysis.brokenSignatures.add(f);
        }
      }
    }
  }

  private void introduced(Ast node) {
    if (node instanceof Ast.TypeIntro t) {
      bound.add(t.name().text());
    }
  }

  private void type(Ast.Expr type) {
    TypeNames names = new TypeNames(c);
    names.types(bound);
    names.check(type);
  }
}
