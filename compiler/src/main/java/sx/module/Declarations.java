package sx.module;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.syntax.Ast;

/** Enters what a file declares and flat-imports, when all imports are resolved. */
final class Declarations {
  private Declarations() {}

  /** Completes a module; a second declaration of a name is reported and left out (decl.order.3). */
  static void enter(Module module, List<Module> program, Diagnostics diagnostics) {
    LinkedHashMap<String, Declaration> declared = new LinkedHashMap<>();
    List<Import> flatImports = new ArrayList<>();
    for (Ast.Stmt item : module.items()) {
      Optional<Namespace> target = module.target(item);
      if (item instanceof Ast.FlatImport flat) {
        target.ifPresent(t -> flatImports.add(new Import(flat.span(), t)));
      }
      Declaration.of(module, item, target)
          .ifPresent(
              made -> {
                Declaration first = declared.putIfAbsent(made.name(), made);
                if (first != null) {
                  diagnostics.report(duplicate(made, first));
                }
              });
    }
    module.complete(declared, flatImports, program);
  }

  private static Diagnostic duplicate(Declaration second, Declaration first) {
    return Diagnostic.error(
            second.nameSpan(), "`" + second.name() + "` is declared twice in this file")
        .with(Diagnostic.note(first.nameSpan(), "the first declaration is here"));
  }
}
