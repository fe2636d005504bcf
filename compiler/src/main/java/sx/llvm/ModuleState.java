package sx.llvm;

import sx.ir.Program;
import sx.ir.Reflection;

/** What the emission of one module shares between its functions. */
final class ModuleState {
  final Program program;
  final CodeOptions options;
  final Shapes shapes;
  final Symbols symbols = new Symbols();
  final CAbi abi;
  final DebugInfo debug;
  final ReflectionTables tables;

  ModuleState(Program program, CodeOptions options) {
    this.program = program;
    this.options = options;
    this.shapes = new Shapes(program.layout());
    this.abi = new CAbi(program.layout(), program.types(), options.target());
    this.debug = new DebugInfo(options);
    this.tables = new ReflectionTables(program, new Reflection(program));
  }
}
