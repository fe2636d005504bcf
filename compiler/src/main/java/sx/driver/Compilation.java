package sx.driver;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sx.comptime.EvaluationError;
import sx.ir.Function;
import sx.ir.IrPrinter;
import sx.ir.Program;
import sx.ir.Verifier;
import sx.jit.Jit;
import sx.jit.JitFailure;
import sx.link.LinkFailure;
import sx.link.LinkRequest;
import sx.link.Linker;
import sx.llvm.CodeOptions;
import sx.llvm.EmittedModule;
import sx.llvm.Emitter;
import sx.llvm.LlvmModule;
import sx.llvm.OptLevel;
import sx.lower.Lowering;
import sx.module.CBlock;
import sx.module.Import;
import sx.module.LoaderOptions;
import sx.module.Module;
import sx.module.ModuleGraph;
import sx.module.ModuleLoader;
import sx.module.ParsedFiles;
import sx.sema.Analysis;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.source.SourceReader;
import sx.syntax.Ast;
import sx.syntax.LateSyntaxError;
import sx.syntax.Parser;
import sx.syntax.Printer;
import sx.syntax.ReservedNames;
import sx.syntax.StructureCheck;
import sx.type.TypeTable;

/**
 * One compile as a value: options and a root file in, artifacts and diagnostics out.
 *
 * <p>Nothing here prints or exits but the program's own compile-time code, and nothing is shared
 * between two compilations except parsed library files where the caller hands in a cache.
 */
public final class Compilation {
  private final CompileOptions options;
  private final ParsedFiles parsedFiles;
  private final Seams seams;
  private final Diagnostics diagnostics;
  private final StageTimes times = new StageTimes();
  private final OutputStream out;
  private final OutputStream programErrors = new FileOutputStream(FileDescriptor.err);
  private Optional<ModuleGraph> graph = Optional.empty();
  private CUnits c = CUnits.none();
  private Optional<Checked> checked = Optional.empty();

  /** A program without errors: what the engines need. */
  private record Checked(
      Program program, Lowering lowering, Analysis analysis, Analysis.Result roots) {
    Optional<Function> main() {
      return roots.main().map(lowering::function);
    }

    List<Function> exports() {
      return roots.exports().stream().map(lowering::function).toList();
    }
  }

  /** A compilation whose compile-time output goes to the process's standard output. */
  public Compilation(CompileOptions options) {
    this(options, new ParsedFiles(), new FileOutputStream(FileDescriptor.out));
  }

  /**
   * @param parsedFiles parsed library files that several compilations may share
   * @param out receives what compile-time code prints (ct.env.6)
   */
  public Compilation(CompileOptions options, ParsedFiles parsedFiles, OutputStream out) {
    this(options, parsedFiles, out, Seams.NONE);
  }

  /** A compilation with something between its stages. */
  public Compilation(
      CompileOptions options, ParsedFiles parsedFiles, OutputStream out, Seams seams) {
    this.seams = seams;
    this.diagnostics = new Diagnostics(seams.heeds());
    this.options = options;
    this.parsedFiles = parsedFiles;
    this.out = out;
  }

  public CompileOptions options() {
    return options;
  }

  public Diagnostics diagnostics() {
    return diagnostics;
  }

  public StageTimes times() {
    return times;
  }

  /** Reads and parses the root file and all that it imports; false if there were errors. */
  public boolean parse(Path root) {
    try (StageTimes.Running stage = times.start("parse")) {
      LoaderOptions loader =
          new LoaderOptions(
              Path.of("").toAbsolutePath(),
              options.libraryPath(),
              options.target(),
              options.link().sysroot(),
              SourceReader.MAX_SOURCE_BYTES,
              seams.reading());
      graph = ModuleLoader.load(root, loader, parsedFiles, diagnostics);
      graph.ifPresent(
          g -> {
            for (Module m : g.modules()) {
              // The library's own files are checked when one of them is the program.
              if (!m.file().isLibrary() || m == g.root()) {
                ReservedNames.check(m.ast(), diagnostics);
                StructureCheck.check(m.ast(), diagnostics);
              }
            }
          });
    }
    return graph.isPresent() && !diagnostics.hasErrors();
  }

  /** What the root file declares for the target; the file was parsed. */
  public List<Ast.Stmt> rootItems() {
    return graph
        .orElseThrow(() -> new IllegalStateException("the program was not read"))
        .root()
        .items();
  }

  /** The syntax tree of one file, printed; empty if it has errors. */
  public Optional<String> ast(Path file) {
    Path here = Path.of("").toAbsolutePath();
    String name = SourceReader.shownName(file, here, options.libraryPath());
    return switch (SourceReader.read(file, name)) {
      case SourceReader.Read read -> printed(read.file());
      case SourceReader.Failed failed -> {
        diagnostics.report(failed.diagnostic());
        yield Optional.empty();
      }
    };
  }

  private Optional<String> printed(SourceFile file) {
    return Parser.parse(file, diagnostics).map(Printer::print);
  }

  /** Parses and checks the program, and runs its {@code #run}s; false if there were errors. */
  public boolean check(Path root) {
    return check(root, false);
  }

  private boolean check(Path root, boolean needsMain) {
    parse(root);
    if (graph.isEmpty() || !compileC(graph.get().surroundings().c())) {
      return false;
    }
    try (StageTimes.Running stage = times.start("check")) {
      Program program = new Program(new TypeTable());
      Lowering lowering = new Lowering(program, seams.rewrite());
      try (ComptimeEvaluator evaluator =
          new ComptimeEvaluator(lowering, out, programErrors, foreign())) {
        Analysis analysis =
            new Analysis(
                graph.get(),
                options.target(),
                program.types(),
                diagnostics,
                evaluator,
                options.traces());
        lowering.defaultContext(analysis::defaultContext);
        evaluator.serve(analysis);
        Analysis.Result roots = analysis.check(needsMain);
        if (!diagnostics.hasErrors()) {
          c.compareWith(roots.exports(), diagnostics);
          roots.main().ifPresent(main -> c.compareWith("main", main, diagnostics));
        }
        checked = Optional.of(new Checked(program, lowering, analysis, roots));
        assemble(program, lowering, analysis);
        if (!diagnostics.hasErrors() && analysis.usesServices()) {
          List<Function> all = new ArrayList<>(checked().exports());
          checked().main().ifPresent(all::addFirst);
          CompileTimeOnly.check(all, diagnostics);
        }
      } catch (LateSyntaxError e) {
        diagnostics.report(e.diagnostic());
      }
    }
    return !diagnostics.hasErrors();
  }

  /** Takes the global assembly in, and has all assembly that is reached assembled. */
  private void assemble(Program program, Lowering lowering, Analysis analysis) {
    for (ModuleGraph.Placed placed : graph.orElseThrow().items()) {
      if (placed.item() instanceof Ast.GlobalAsm a && a.template() instanceof Ast.StringLit text) {
        program.addAssembly(text.written());
      }
    }
    if (diagnostics.hasErrors() || (program.assembly().isEmpty() && !analysis.hasAssembly())) {
      return;
    }
    reach();
    CodeOptions plain = new CodeOptions(options.target(), OptLevel.NONE, "", false);
    AssemblyCheck check = new AssemblyCheck(plain, diagnostics);
    check.global(graph.orElseThrow());
    check.functions(program, lowering);
  }

  private boolean compileC(List<CBlock> blocks) {
    if (!blocks.isEmpty()) {
      try (StageTimes.Running stage = times.start("C units")) {
        int before = diagnostics.errorCount();
        c = CUnits.compile(blocks, options, diagnostics);
        return diagnostics.errorCount() == before;
      }
    }
    return true;
  }

  private ComptimeEvaluator.Foreign foreign() {
    return new ComptimeEvaluator.Foreign(
        options.target(),
        () -> c.forHost(graph.orElseThrow().surroundings().c(), options),
        libraries(),
        options.link().searchDirs());
  }

  private Checked checked() {
    return checked.orElseThrow(() -> new IllegalStateException("the program was not checked"));
  }

  /** Whether the checked program has a {@code main}; reports an error if not (cli.run.2). */
  public boolean requireMain() {
    boolean found = checked().main().isPresent();
    if (!found && !diagnostics.hasErrors()) {
      diagnostics.report(
          Diagnostic.error(
              "the program has no function `main` to start at: declare main :: () { … }"));
    }
    return found;
  }

  /** The IR of the checked program, printed. */
  public String irText() {
    reach();
    return IrPrinter.print(checked().program());
  }

  /** Lowers everything that the roots reach. */
  private void reach() {
    try (StageTimes.Running stage = times.start("lower")) {
      checked().main().ifPresent(Function::body);
      checked().exports().forEach(Function::body);
      // The list grows while bodies are made.
      List<Function> all = checked().program().functions();
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).isExtern()) {
          all.get(i).body();
        }
      }
    }
  }

  /** What the verifier finds wrong in the lowered program; empty if all is well. For tests. */
  public List<String> verify() {
    reach();
    return Verifier.verify(checked().program());
  }

  /** The checked program as LLVM assembly text, before any pass. */
  public EmittedModule emit() {
    try (StageTimes.Running stage = times.start("emit")) {
      CodeOptions code = new CodeOptions(options.target(), options.opt(), "", options.emitDebug());
      Checked c = checked();
      return Emitter.emit(c.program(), c.main(), c.exports(), code);
    }
  }

  private LlvmModule llvm() {
    EmittedModule emitted = emit();
    try (StageTimes.Running stage = times.start("llvm")) {
      return LlvmModule.of(emitted).optimise();
    }
  }

  /** The LLVM module of the checked program, printed (cli.out.1). */
  public String llvmText() {
    try (LlvmModule module = llvm()) {
      return module.text();
    }
  }

  /** Writes the assembly of the checked program. */
  public void assembly(Path file) {
    try (LlvmModule module = llvm()) {
      Files.writeString(file, module.assembly(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the object file of the checked program. */
  public void object(Path file) {
    try (LlvmModule module = llvm();
        StageTimes.Running stage = times.start("code")) {
      module.writeObject(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links the checked program; failures are in {@link #diagnostics()}. */
  public void executable(Path file) {
    List<Path> objects = new ArrayList<>();
    Path own = file.resolveSibling("." + file.getFileName() + ".o");
    objects.add(own);
    object(own);
    try (StageTimes.Running stage = times.start("link")) {
      LinkOptions link = options.link();
      objects.addAll(c.write(file));
      Linker.link(
          new LinkRequest(
              options.target(),
              objects,
              file,
              libraries(),
              link.searchDirs(),
              link.flags(),
              link.linker(),
              link.sysroot()));
    } catch (LinkFailure e) {
      diagnostics.report(Diagnostic.error("linking failed: " + e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      objects.forEach(o -> o.toFile().delete());
    }
  }

  /** The libraries that the program declares, once each, without those of C itself (ffi.lib.2). */
  private List<String> libraries() {
    return graph.stream()
        .flatMap(g -> g.modules().stream())
        .flatMap(m -> m.items().stream())
        .filter(i -> i instanceof Ast.ConstDecl d && d.value() instanceof Ast.LibraryExpr)
        .map(i -> (Ast.LibraryExpr) ((Ast.ConstDecl) i).value())
        .map(l -> new String(l.name().value(), java.nio.charset.StandardCharsets.UTF_8))
        .filter(name -> !name.equals("c") && !name.equals("m"))
        .distinct()
        .toList();
  }

  /**
   * Whether executables for the target can be linked here at all: linker and C library are found.
   */
  public boolean canLink() {
    return options.link().linker().isPresent()
        || options.link().sysroot().isPresent()
        || Linker.canLink(options.target());
  }

  /** Runs the checked program in this process; the answer is its exit status. */
  public int runJit(List<String> args) {
    List<String> argv = new ArrayList<>();
    argv.add(graph.orElseThrow().root().file().name());
    argv.addAll(args);
    List<String> loadable = new ArrayList<>();
    for (String name : libraries()) {
      Optional<String> library = HostLibraries.locate(name, options.link().searchDirs());
      library.ifPresent(loadable::add);
      if (library.isEmpty()) {
        String text = "the library `" + name + "` cannot be loaded";
        diagnostics.report(
            new Diagnostic(Diagnostic.Severity.WARNING, text, Optional.empty(), List.of()));
      }
    }
    try {
      return Jit.runMain(emit(), c.bytes(), loadable, argv);
    } catch (JitFailure e) {
      diagnostics.report(Diagnostic.error(String.valueOf(e.getMessage())));
      return ExitStatus.ERROR;
    }
  }

  /**
   * Runs the program in the compile-time machine.
   *
   * @return what it printed
   * @throws EvaluationError if it cannot go on
   */
  public VmRun runInVm(Path root) {
    if (!check(root, true)) {
      return new VmRun(-1, new byte[0]);
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (ComptimeEvaluator machine =
        new ComptimeEvaluator(checked().lowering(), printed, programErrors, foreign())) {
      machine.callBackTo(checked().analysis());
      int status = machine.vm().runMain(checked().main().orElseThrow());
      return new VmRun(status, printed.toByteArray());
    }
  }

  /** How a program ended in the compile-time machine; status -1 if it has errors. */
  public record VmRun(int status, byte[] output) {}

  /** Everything in the file system that the program depends on, as it was found. */
  public Inputs inputs() throws IOException {
    ModuleGraph g = graph.orElseThrow(() -> new IllegalStateException("the program was not read"));
    List<Inputs.Source> sources = new ArrayList<>();
    g.modules().forEach(m -> sources.add(new Inputs.Source(m.path(), m.file().bytes())));
    Set<Path> ofC = new LinkedHashSet<>(g.surroundings().headers());
    ofC.addAll(c.files());
    for (Path file : ofC) {
      sources.add(new Inputs.Source(file, Files.readAllBytes(file)));
    }
    return new Inputs(
        sources,
        g.surroundings().missing(),
        g.surroundings().links(),
        g.surroundings().directories());
  }

  /**
   * Whether the result may be reused while its inputs are unchanged (cli.opt.4). One with warnings
   * is made anew, so that they are seen each time.
   */
  public boolean cacheable() {
    return graph.isPresent()
        && diagnostics.all().isEmpty()
        && graph.get().items().stream().noneMatch(p -> p.item() instanceof Ast.RunItem);
  }

  /**
   * Whether {@code --- build done ---} separates compile-time output from the program's
   * (cli.run.6).
   */
  public boolean hasFlatRunStatement() {
    return graph.isPresent() && hasRun(graph.get().root(), new HashSet<>());
  }

  private static boolean hasRun(Module m, Set<Module> seen) {
    if (!seen.add(m)) {
      return false;
    }
    if (m.items().stream().anyMatch(i -> i instanceof Ast.RunItem r && r.directive())) {
      return true;
    }
    for (Import i : m.flatImports()) {
      for (Module target : i.target().modules()) {
        if (hasRun(target, seen)) {
          return true;
        }
      }
    }
    return false;
  }
}
