package sx.sema;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/**
 * The return traces that checked code records (err.trace): calls of the library's functions for
 * them, which a program without the library's core does not have.
 */
final class Traces {
  private static final String PREFIX = "__";

  /** The C symbols that programs may declare (err.trace.11). */
  private static final Set<String> SYMBOLS =
      Set.of(
          "sx_trace_push",
          "sx_trace_clear",
          "sx_trace_len",
          "sx_trace_truncated",
          "sx_trace_frame_at");

  /** The layout of the library's {@code TraceFrame}. */
  private static final Type FRAME =
      new Type.Tuple(
          List.of(Types.STRING, Types.I32, Types.I32, Types.STRING, Types.STRING),
          List.of("", "", "", "", ""));

  private final Analysis a;
  private final boolean compiled;
  private final Map<String, Optional<Instance>> functions = new HashMap<>();

  /**
   * @param compiled whether compiled code keeps traces; evaluated code always does (err.trace.5)
   */
  Traces(Analysis a, boolean compiled) {
    this.a = a;
    this.compiled = compiled;
  }

  /** A call that records a frame for a place; empty where no traces are kept. */
  Optional<Tree.Expr> push(Checker c, Span at) {
    return library("sx_trace_push").map(f -> kept(call(f, at, List.of(frame(c, at)))));
  }

  /** A call that writes what is recorded to standard error; empty where no traces are kept. */
  Optional<Tree.Expr> print(Span at) {
    return library("sx_trace_print").map(f -> kept(call(f, at, List.of())));
  }

  /** A call that gives what is recorded as text, a line for each frame; empty without traces. */
  Optional<Tree.Expr> calls(Span at) {
    return library("sx_trace_calls").map(f -> call(f, at, List.of()));
  }

  /** A call that drops what is recorded; empty where no traces are kept. */
  Optional<Tree.Expr> clear(Span at) {
    return library("sx_trace_clear").map(f -> kept(call(f, at, List.of())));
  }

  /** The function of the library behind one of the C symbols, if it is one. */
  Optional<Instance> behind(String symbol) {
    return SYMBOLS.contains(symbol) ? library(symbol) : Optional.empty();
  }

  private Tree.Expr kept(Tree.Expr call) {
    Span at = call.span();
    return compiled
        ? call
        : new Tree.If(at, Types.VOID, new Tree.IsComptime(at), call, Statements.empty(at));
  }

  private static Tree.Expr call(Instance f, Span at, List<Tree.Expr> args) {
    return new Tree.Call(at, f.result(), f, args);
  }

  private Optional<Instance> library(String symbol) {
    Optional<Instance> known = functions.get(symbol);
    if (known == null) {
      known = find(PREFIX + symbol);
      functions.put(symbol, known);
    }
    return known;
  }

  private Optional<Instance> find(String name) {
    for (Module m : a.graph.modules()) {
      Declaration d = m.file().isLibrary() ? m.declarations().get(name) : null;
      if (d != null && a.entity(d) instanceof Entity.Fn f) {
        return a.instances.plain(f.decl());
      }
    }
    return Optional.empty();
  }

  /** The address of the frame for a place, as a number. */
  private static Tree.Expr frame(Checker c, Span at) {
    GlobalVar frame = new GlobalVar("frame", FRAME, false, at, Optional.empty());
    SourceFile file = at.file();
    int line = at.line();
    Path name = Path.of(file.name()).getFileName();
    frame.initial(
        new Constant.Aggregate(
            List.of(
                text(name == null ? file.name() : name.toString()),
                new Constant.Int(line),
                new Constant.Int(at.column()),
                text(c.function.name),
                text(file.text(file.lineStart(line), file.lineEnd(line))))));
    Tree.Expr address = new Tree.Const(at, Types.VOID_POINTER, new Constant.GlobalAddress(frame));
    return new Tree.Convert(at, Types.U64, Tree.Conversion.ADDRESS, address);
  }

  private static Constant text(String s) {
    return new Constant.Text(s.getBytes(StandardCharsets.UTF_8));
  }
}
