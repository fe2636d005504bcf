package sx.driver;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.comptime.TraceEntry;
import sx.comptime.Vm;
import sx.comptime.VmOptions;
import sx.ir.Function;
import sx.ir.Reflection;
import sx.lower.Lowering;
import sx.sema.Analysis;
import sx.sema.Evaluator;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.type.Target;

/** Lowers an expression to a function without parameters and runs it in the virtual machine. */
final class ComptimeEvaluator implements Evaluator, AutoCloseable {
  private static final int MAX_TRACE_NOTES = 20;

  /** Before the number of an evaluation that listings of frames leave out. */
  static final String NAMELESS = "comptime.";

  private final Lowering lowering;
  private final VmOptions options;
  private final HostUnits units;
  private @Nullable Vm vm;
  private @Nullable Analysis analysis;
  private @Nullable Analysis exporter;
  private int count;

  /**
   * @param foreign the program's C units and libraries
   */
  ComptimeEvaluator(Lowering lowering, OutputStream out, OutputStream err, Foreign foreign) {
    this.lowering = lowering;
    this.units =
        new HostUnits(
            lowering.program(),
            foreign.target(),
            foreign.units(),
            this::exported,
            foreign.libraries(),
            foreign.searchDirs());
    this.options = VmOptions.standard(out, err).withSymbols(units);
  }

  /**
   * What a program has of C.
   *
   * @param target what the program is for
   * @param units its C units, compiled for the host
   * @param libraries the names of its {@code #library}s
   * @param searchDirs where they are looked for first
   */
  record Foreign(
      Target target, HostUnits.Objects units, List<String> libraries, List<Path> searchDirs) {}

  private Optional<Function> exported(String symbol) {
    return exporter == null ? Optional.empty() : exporter.exported(symbol).map(lowering::function);
  }

  /** Says whose types evaluated code may make; to be called before anything is evaluated. */
  void serve(Analysis of) {
    analysis = of;
    callBackTo(of);
  }

  /** Says whose exported functions the C units call (ffi.c.12). */
  void callBackTo(Analysis of) {
    exporter = of;
  }

  /** The machine; made on first use, since most programs evaluate little. */
  Vm vm() {
    if (vm == null) {
      vm = new Vm(lowering.program(), options);
      if (analysis != null) {
        CompilerServices.provide(
            vm, analysis, lowering.program().types(), new Reflection(lowering.program()));
      }
    }
    return vm;
  }

  @Override
  public Evaluator.Outcome evaluate(Tree.Expr expr, String frame) {
    Function thunk = lowering.thunk(frame.isEmpty() ? NAMELESS + count++ : frame, expr);
    if (analysis != null && analysis.listsFrames()) {
      vm().keepFrames();
    }
    return switch (vm().call(thunk)) {
      case sx.comptime.Outcome.Value v ->
          new Evaluator.Outcome.Value(
              v.data().bytes().length == 0
                  ? Constant.ZERO
                  : lowering.decode(expr.type(), v.data()));
      case sx.comptime.Outcome.Failed f ->
          new Evaluator.Outcome.Failure(f.message(), notes(f.trace()), nakedCall(f));
      case sx.comptime.Outcome.Exited e ->
          new Evaluator.Outcome.Failure(
              "it ended the program with status " + e.status(), List.of(), Optional.empty());
    };
  }

  private static Optional<Span> nakedCall(sx.comptime.Outcome.Failed f) {
    return f.trace().stream()
        .filter(t -> f.message().equals(Vm.NAKED_CALL))
        .findFirst()
        .map(TraceEntry::place);
  }

  private static List<Diagnostic> notes(List<TraceEntry> trace) {
    return trace.stream()
        .filter(t -> !t.function().startsWith(NAMELESS) && !t.function().startsWith(RUN_FRAME))
        .limit(MAX_TRACE_NOTES)
        .map(t -> Diagnostic.note(t.place(), "in `" + t.function() + "`"))
        .toList();
  }

  @Override
  public void close() {
    if (vm != null) {
      vm.close();
    }
    units.close();
  }
}
