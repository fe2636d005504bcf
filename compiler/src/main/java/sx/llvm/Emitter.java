package sx.llvm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;
import sx.ir.Program;
import sx.llvm.Shapes.Shape;
import sx.type.Target;
import sx.type.Type;

/**
 * Writes what is reached of a program as one LLVM module, in a deterministic order. Bodies are made
 * on demand, so that emission is what drives the lowering of code for run time.
 */
public final class Emitter {
  private static final String ENTRY = "main";
  private static final int PIECE = 1 << 16;

  private final ModuleState module;
  private final StringBuilder out = new StringBuilder(2 * PIECE);

  /** What was taken out of {@link #out}, so that it need not hold, and move, the whole text. */
  private final ByteArrayOutputStream written = new ByteArrayOutputStream(PIECE);

  private boolean hasAssembly;

  private Emitter(Program program, CodeOptions options) {
    this.module = new ModuleState(program, options);
  }

  /**
   * Emits everything that the given functions reach.
   *
   * @param main what C's {@code main} is to call: without parameters, with no result or an integer
   *     one, whose low 32 bits are returned; empty makes a module without entry
   * @param roots further functions to emit, such as exported ones
   */
  public static EmittedModule emit(
      Program program, Optional<Function> main, List<Function> roots, CodeOptions options) {
    Emitter emitter = new Emitter(program, options);
    return emitter.run(main, roots);
  }

  /**
   * Emits an asm expression alone, as a C function of addresses.
   *
   * @param symbol its symbol
   */
  public static EmittedModule assembly(
      Function f, Program program, String symbol, CodeOptions options) {
    Emitter emitter = new Emitter(program, options);
    emitter.head();
    boolean x86 = options.target().arch().equals("x86_64");
    Assembly assembly = new Assembly(program.layout(), x86);
    emitter.out.append(assembly.function("@" + symbol, f.assembly(), ""));
    emitter.out.append("attributes #0 = { nounwind }\n");
    emitter.write();
    return new EmittedModule(emitter.written.toByteArray(), Set.of(), options);
  }

  private void head() {
    Target target = module.options.target();
    out.append("target datalayout = \"").append(TargetMachines.dataLayout(target));
    out.append("\"\ntarget triple = \"").append(target.triple()).append("\"\n\n");
  }

  private EmittedModule run(Optional<Function> main, List<Function> roots) {
    head();
    module.program.assembly().forEach(this::globalAssembly);
    main.ifPresent(this::entry);
    roots.forEach(module.symbols::of);
    emitReached();
    module.tables.appendTo(out);
    emitReached();
    Map<String, Data.Symbol> undefined = module.symbols.undefined();
    undefined.values().forEach(this::declare);
    // To follow null is a fault of the machine [types.ptr.6], and not what may be assumed not to
    // happen.
    // Assembly may call and push, over what a function without calls keeps below its stack pointer.
    String redZone = hasAssembly ? "noredzone " : "";
    out.append("attributes #0 = { nounwind ").append(redZone).append("null_pointer_is_valid }\n");
    out.append("attributes #1 = { nounwind noreturn ").append(redZone);
    out.append("null_pointer_is_valid }\n");
    module.debug.appendTo(out);
    write();
    return new EmittedModule(
        written.toByteArray(), Collections.unmodifiableSet(undefined.keySet()), module.options);
  }

  private void globalAssembly(String text) {
    text.lines().forEach(l -> out.append("module asm ").append(Assembly.quoted(l)).append('\n'));
  }

  private void emitReached() {
    Constants constants = new Constants(module.program.layout(), module.symbols);
    Optional<Function> function = module.symbols.nextFunction();
    Optional<Global> global = module.symbols.nextGlobal();
    while (function.isPresent() || global.isPresent()) {
      function.ifPresent(this::define);
      global.ifPresent(g -> constants.define(g, out));
      if (out.length() > PIECE) {
        write();
      }
      function = module.symbols.nextFunction();
      global = module.symbols.nextGlobal();
    }
  }

  private void define(Function f) {
    if (!f.isAssembly()) {
      new FunctionEmitter(f, f.body(), module).emit(out);
      return;
    }
    hasAssembly = true;
    boolean x86 = module.options.target().arch().equals("x86_64");
    Assembly assembly = new Assembly(module.program.layout(), x86);
    if (f.isNaked()) {
      out.append(new FunctionEmitter(f, f.body(), module).header());
      out.append(" naked noinline {\n").append(assembly.naked(f.assembly())).append("}\n\n");
    } else {
      String name = module.symbols.of(f);
      out.append(assembly.function(name, f.assembly(), "internal fastcc "));
    }
  }

  private void write() {
    written.writeBytes(out.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.setLength(0);
  }

  private void declare(Data.Symbol symbol) {
    switch (symbol) {
      case Function f ->
          out.append(Calls.declaration(f, module.symbols.of(f), module.abi)).append('\n');
      case Global g -> out.append(module.symbols.of(g)).append(" = external global i8, align 1\n");
    }
  }

  /** The C entry point: calls {@code main} and gives its result to C. */
  private void entry(Function main) {
    if (main.exportSymbol().filter(ENTRY::equals).isPresent()) {
      module.symbols.of(main);
      return;
    }
    module.symbols.define(ENTRY);
    out.append("define i32 @main(i32 %0, ptr %1) #0 {\n");
    Shape result = module.shapes.of(main.result());
    String call = Calls.isC(main) ? "call " : "call fastcc ";
    String name = module.symbols.of(main);
    if (result.leaves().isEmpty()) {
      out.append("  ")
          .append(call)
          .append("void ")
          .append(name)
          .append("() #0\n  ret i32 0\n}\n\n");
      return;
    }
    Type machine = result.leaves().getFirst().machine();
    String type = Calls.isC(main) ? Shapes.memoryType(machine) : Shapes.registerType(machine);
    out.append("  %3 = ").append(call).append(type).append(' ').append(name).append("() #0\n");
    int bits = Integer.parseInt(type.substring(1));
    String status = "%3";
    if (bits != 32) {
      status = "%4";
      out.append("  %4 = ")
          .append(bits > 32 ? "trunc " : Shapes.isSigned(machine) ? "sext " : "zext ");
      out.append(type).append(" %3 to i32\n");
    }
    out.append("  ret i32 ").append(status).append("\n}\n\n");
  }
}
