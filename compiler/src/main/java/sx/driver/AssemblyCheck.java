package sx.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.ir.Function;
import sx.ir.Program;
import sx.llvm.CodeOptions;
import sx.llvm.Emitter;
import sx.llvm.LlvmFault;
import sx.llvm.LlvmModule;
import sx.lower.Lowering;
import sx.module.ModuleGraph;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.TypeTable;

/**
 * Shows what the assembler says of the assembly of a program at the place it stands (asm.expr.6):
 * each piece is assembled by itself, since of a whole module's messages the places are not known.
 */
final class AssemblyCheck {
  private final CodeOptions options;
  private final Diagnostics diagnostics;

  AssemblyCheck(CodeOptions options, Diagnostics diagnostics) {
    this.options = options;
    this.diagnostics = diagnostics;
  }

  /** Assembles each function of a program that consists of assembly. */
  void functions(Program program, Lowering lowering) {
    List<Function> all = program.functions().stream().filter(Function::isAssembly).toList();
    for (Function f : all) {
      Program alone = new Program(program.types());
      assemble(alone, List.of(f)).ifPresent(said -> report(lowering.placeOf(f), said));
    }
  }

  /** Assembles the blocks of global assembly; the first after which it fails is at fault. */
  void global(ModuleGraph graph) {
    Program alone = new Program(new TypeTable());
    for (ModuleGraph.Placed placed : graph.items()) {
      if (placed.item() instanceof Ast.GlobalAsm a) {
        alone.addAssembly(((Ast.StringLit) a.template()).written());
        Optional<String> said = assemble(alone, List.of());
        if (said.isPresent()) {
          report(a.span(), said.get());
          return;
        }
      }
    }
  }

  private void report(Span at, String said) {
    List<String> lines = new ArrayList<>(said.lines().toList());
    diagnostics.report(
        Diagnostic.error(at, "the assembler refuses this: " + String.join("; ", lines)));
  }

  private Optional<String> assemble(Program program, List<Function> roots) {
    try (LlvmModule module =
        LlvmModule.of(Emitter.emit(program, Optional.empty(), roots, options))) {
      module.object();
      return Optional.empty();
    } catch (LlvmFault e) {
      return Optional.of(e.said());
    }
  }
}
