package sx.driver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.ir.Body;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;
import sx.ir.Inst;
import sx.ir.RunTimeFlow;
import sx.sema.tree.Instance;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.Span;

/** Finds operations that run only at compile time where run-time code reaches them (ct.stage.4). */
final class CompileTimeOnly {
  /** From where a function is reached first. */
  private record Edge(Optional<Function> from, Optional<Span> at) {}

  private final Diagnostics diagnostics;
  private final Map<Function, Edge> reached = new LinkedHashMap<>();
  private final Set<Global> globals = new HashSet<>();
  private final Set<Span> places = new HashSet<>();
  private final Deque<Function> work = new ArrayDeque<>();

  private CompileTimeOnly(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Reports the first way from each root to an operation that run-time code cannot do. */
  static void check(List<Function> roots, Diagnostics diagnostics) {
    CompileTimeOnly c = new CompileTimeOnly(diagnostics);
    roots.forEach(f -> c.reach(f, Optional.empty(), Optional.empty()));
    while (!c.work.isEmpty()) {
      c.walk(c.work.remove());
    }
  }

  private void reach(Function f, Optional<Function> from, Optional<Span> at) {
    if (reached.putIfAbsent(f, new Edge(from, at)) != null) {
      return;
    }
    if (f.externSymbol().filter(s -> s.startsWith(Instance.SERVICE)).isPresent()) {
      report(f);
    } else if (!f.isExtern()) {
      work.add(f);
    }
  }

  private void report(Function service) {
    List<String> path = new ArrayList<>();
    Span user = null;
    Span nearest = null;
    Optional<Function> next = Optional.of(service);
    while (next.isPresent()) {
      Function f = next.get();
      Edge edge = reached.getOrDefault(f, new Edge(Optional.empty(), Optional.empty()));
      path.addFirst(
          f.externSymbol()
              .map(symbol -> symbol.substring(Instance.SERVICE.length()))
              .orElse(f.name()));
      Span at = edge.at().orElse(null);
      nearest = nearest == null ? at : nearest;
      user = user == null && at != null && !at.file().isLibrary() ? at : user;
      next = edge.from();
    }
    String message =
        "`"
            + path.getLast()
            + "` runs only at compile time, and run-time code reaches it:\n    "
            + String.join("\n    ", path);
    Span at = user != null ? user : nearest;
    if (at != null && !places.add(at)) {
      return; // one call, which reaches several operations
    }
    diagnostics.report(at == null ? Diagnostic.error(message) : Diagnostic.error(at, message));
  }

  /** Blocks that only the compile-time engine enters are left out (ct.env.10). */
  private void walk(Function f) {
    Body body = f.body();
    RunTimeFlow flow = new RunTimeFlow(body);
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> blocks = new ArrayDeque<>(List.of(0));
    while (!blocks.isEmpty()) {
      int n = blocks.remove();
      if (!seen.add(n)) {
        continue;
      }
      Body.Block b = body.blocks().get(n);
      for (int i = 0; i < b.code().size(); i++) {
        refer(f, b.code().get(i), i < b.spans().size() ? b.spans().get(i) : null);
      }
      blocks.addAll(flow.targets(b.end()));
    }
  }

  private void refer(Function from, Inst inst, @Nullable Span at) {
    Optional<Function> caller = Optional.of(from);
    Optional<Span> place = Optional.ofNullable(at);
    switch (inst) {
      case Inst.Call c -> reach(c.callee(), caller, place);
      case Inst.CallVariadic c -> reach(c.callee(), caller, place);
      case Inst.FunctionAddress a -> reach(a.function(), caller, place);
      case Inst.GlobalAddress g -> refer(g.global(), caller, place);
      default -> {}
    }
  }

  private void refer(Global g, Optional<Function> from, Optional<Span> at) {
    if (!globals.add(g)) {
      return;
    }
    for (Data.Relocation r : g.initial().map(Data::relocations).orElse(List.of())) {
      switch (r.target()) {
        case Function f -> reach(f, from, at);
        case Global other -> refer(other, from, at);
      }
    }
  }
}
