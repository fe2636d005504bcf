package sx.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.source.Span;
import sx.syntax.Ast;

/**
 * Reads a program: the root file and everything it imports, each file once (mod.cycle.1).
 *
 * <p>Imports are followed with a work list, so that neither cycles nor long chains matter. When all
 * are resolved, the declarations of each file are entered.
 */
public final class ModuleLoader {
  /** An import that is still to be followed; {@code span} is the directive. */
  private record Pending(Module importer, Ast.Stmt item, Span span, Ast.StringLit path) {}

  /** What became of a file. */
  private sealed interface Opened {}

  private record Loaded(Module module) implements Opened {}

  private record Malformed() implements Opened {}

  private record Unreadable(String reason) implements Opened {}

  private final LoaderOptions options;
  private final Diagnostics diagnostics;
  private final ImportPaths paths;
  private final SourceReader reader;
  private final TargetConditions conditions;
  private final CBlocks c;

  /** Errors that are only worth reporting if all files could be read and parsed (mod.prog.8). */
  private final List<Diagnostic> conditionErrors = new ArrayList<>();

  private final Map<Path, Opened> files = new LinkedHashMap<>();
  private final Map<Path, Namespace> namespaces = new HashMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  /** The prelude, unless it is the root itself: its parts are followed last. */
  private @Nullable Module prelude;

  private boolean failed;

  private ModuleLoader(LoaderOptions options, ParsedFiles cache, Diagnostics diagnostics) {
    this.options = options;
    this.diagnostics = diagnostics;
    this.paths = new ImportPaths(options);
    this.reader = new SourceReader(options, cache, diagnostics);
    this.c = new CBlocks(options, paths, diagnostics);
    this.conditions = new TargetConditions(options.target(), conditionErrors);
  }

  /**
   * Loads a program.
   *
   * @param root the root file; relative to the working directory
   * @return the program, or nothing if a file could not be read or parsed, an import could not be
   *     resolved, or the condition of an {@code inline if} could not be decided; all of that, and
   *     duplicate declarations, which do not prevent a result, are reported
   */
  public static Optional<ModuleGraph> load(
      Path root, LoaderOptions options, ParsedFiles cache, Diagnostics diagnostics) {
    return new ModuleLoader(options, cache, diagnostics).load(root);
  }

  private Optional<ModuleGraph> load(Path root) {
    Optional<Module> module = openRoot(root);
    if (module.isEmpty()) {
      return Optional.empty();
    }
    followAll();
    if (prelude != null) {
      followParts(prelude);
    }
    if (failed || c.failed()) {
      return Optional.empty();
    }
    ModuleGraph.Surroundings surroundings =
        new ModuleGraph.Surroundings(
            paths.listed(), paths.missing(), paths.links(), c.blocks(), c.files());
    ModuleGraph graph = new ModuleGraph(module.get(), surroundings);
    conditionErrors.forEach(diagnostics::report);
    graph.modules().forEach(m -> Declarations.enter(m, graph.modules(), diagnostics));
    return conditionErrors.isEmpty() ? Optional.of(graph) : Optional.empty();
  }

  private void followAll() {
    while (!pending.isEmpty()) {
      follow(pending.pop());
    }
  }

  /** Follows the imports of the prelude's parts that the program can name (std.facade.12). */
  private void followParts(Module prelude) {
    Path parts = prelude.path().resolveSibling("std");
    List<SourceFile> program = new ArrayList<>();
    for (Opened opened : files.values()) {
      if (opened instanceof Loaded(Module m) && m != prelude && !m.path().startsWith(parts)) {
        program.add(m.file());
      }
    }
    Set<Ast.Stmt> needed = new PreludeParts(prelude.items()).needed(program);
    for (Ast.Stmt item : prelude.items().reversed()) {
      if (PreludeParts.isPart(item)) {
        Ast.ImportExpr part = (Ast.ImportExpr) ((Ast.ConstDecl) item).value();
        if (needed.contains(item) || isOpen(prelude, part)) {
          pending.push(new Pending(prelude, item, part.span(), part.path()));
        } else {
          prelude.bind(item, new Namespace(Path.of(written(part.path())), false, List.of()));
        }
      }
    }
    followAll();
  }

  /** Whether another file led to a part. */
  private boolean isOpen(Module prelude, Ast.ImportExpr part) {
    Path modules = prelude.path().getParent();
    Path library = modules == null ? null : modules.getParent();
    return library != null && files.containsKey(library.resolve(written(part.path())));
  }

  /** Errors of reading the root have no place in a source; they name the file (cli.cmd.4). */
  private Optional<Module> openRoot(Path root) {
    Opened opened;
    try {
      opened = open(paths.followed(options.workingDirectory().resolve(root)));
    } catch (IOException e) {
      opened = new Unreadable(SourceReader.reason(e));
    }
    return switch (opened) {
      case Loaded(Module module) -> Optional.of(module);
      case Malformed _ -> Optional.empty();
      case Unreadable(String reason) -> {
        diagnostics.report(Diagnostic.error("cannot read '" + root + "': " + reason));
        yield Optional.empty();
      }
    };
  }

  /** Opens a file at its real path, the first time by reading it (mod.path.6). */
  private Opened open(Path path) {
    Opened known = files.get(path);
    if (known != null) {
      return known;
    }
    Opened opened =
        switch (reader.read(path)) {
          case SourceReader.Parsed(Ast.Module ast) -> new Loaded(enter(ast, path));
          case SourceReader.Malformed _ -> new Malformed();
          case SourceReader.Unreadable(String reason) -> new Unreadable(reason);
        };
    failed |= !(opened instanceof Loaded);
    files.put(path, opened);
    return opened;
  }

  /** Selects the items for the target and notes the imports among them, to be followed in order. */
  private Module enter(Ast.Module ast, Path path) {
    List<Ast.Stmt> items = conditions.select(ast.items());
    Module module = new Module(ast, path, items, c.flat(path, items));
    c.named(module);
    boolean inParts =
        !files.isEmpty() && ast.file().isLibrary() && path.endsWith(Namespace.PRELUDE);
    if (inParts) {
      prelude = module;
    }
    for (Ast.Stmt item : module.items().reversed()) {
      switch (item) {
        case Ast.FlatImport flat ->
            pending.push(new Pending(module, item, flat.span(), flat.path()));
        case Ast.ConstDecl(_, _, _, _, Ast.ImportExpr(Span span, Ast.StringLit target))
            when !inParts ->
            pending.push(new Pending(module, item, span, target));
        default -> {}
      }
    }
    return module;
  }

  private void follow(Pending next) {
    String text = written(next.path());
    switch (paths.resolve(next.importer().path(), text)) {
      case ImportPaths.File(Path path) -> bind(next, path, false, List.of(path));
      case ImportPaths.Directory(Path path, List<Path> members) -> bind(next, path, true, members);
      case ImportPaths.Unresolved(String message) -> fail(next, message);
    }
  }

  private void bind(Pending next, Path path, boolean directory, List<Path> members) {
    List<Module> modules = new ArrayList<>();
    boolean complete = true;
    for (Path member : members) {
      switch (open(member)) {
        case Loaded(Module module) -> modules.add(module);
        case Malformed _ -> complete = false;
        case Unreadable(String reason) -> {
          complete = false;
          String name = directory ? path.relativize(member).toString() : written(next.path());
          fail(next, "cannot read '" + name + "': " + reason);
        }
      }
    }
    if (complete) {
      Namespace target =
          namespaces.computeIfAbsent(path, p -> new Namespace(p, directory, modules));
      next.importer().bind(next.item(), target);
    }
  }

  private void fail(Pending at, String message) {
    failed = true;
    diagnostics.error(at.span(), message);
  }

  /** The path character for character, escapes not processed (mod.syntax.3). */
  private static String written(Ast.StringLit path) {
    return path.written();
  }
}
