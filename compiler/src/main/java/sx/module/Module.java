package sx.module;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.source.SourceFile;
import sx.syntax.Ast;

/**
 * A source file as part of one program: its items for the target, and what its names mean.
 *
 * <p>The loader makes modules in two steps, since they may import each other in cycles
 * (mod.cycle.1): first the items, then, when all imports are resolved, the declarations. A module
 * that was handed out does not change any more.
 */
public final class Module {
  private final Ast.Module ast;
  private final Path path;
  private final List<Ast.Stmt> items;
  private final Set<Ast.Stmt> derived;
  private final IdentityHashMap<Ast.Stmt, Namespace> targets = new IdentityHashMap<>();
  private Map<String, Declaration> declarations = Map.of();
  private List<Import> flatImports = List.of();
  private List<Module> program = List.of();

  /**
   * @param items those of the file for the target
   * @param derived the declarations that C headers add to them (ffi.c.1)
   */
  Module(Ast.Module ast, Path path, List<Ast.Stmt> items, List<Ast.Stmt> derived) {
    this.ast = ast;
    this.path = path;
    List<Ast.Stmt> all = new ArrayList<>(items);
    all.addAll(derived);
    this.items = List.copyOf(all);
    this.derived = Collections.newSetFromMap(new IdentityHashMap<>());
    this.derived.addAll(derived);
  }

  /** The file as it was parsed, branches not taken included. */
  public Ast.Module ast() {
    return ast;
  }

  public SourceFile file() {
    return ast.file();
  }

  /** The real path of the file: what makes a module one module (mod.path.6). */
  public Path path() {
    return path;
  }

  /**
   * Everything the file declares itself, in source order; of duplicates the first (decl.order.3).
   */
  public Map<String, Declaration> declarations() {
    return declarations;
  }

  /**
   * The items in source order, those of taken branches in place of their {@code inline if}
   * (mod.iif.1). Behind them come those that C headers declare.
   */
  public List<Ast.Stmt> items() {
    return items;
  }

  /** Whether an item is not of the source but made of what a C header declares. */
  public boolean isDerived(Ast.Stmt item) {
    return derived.contains(item);
  }

  /** What is visible here without qualification besides the own declarations (mod.vis.1). */
  public List<Import> flatImports() {
    return flatImports;
  }

  /** What a flat or named import among the items refers to; empty for any other item. */
  public Optional<Namespace> target(Ast.Stmt item) {
    return Optional.ofNullable(targets.get(item));
  }

  /** The own declaration of a name, if files other than this one may use it. */
  Optional<Declaration> publicDeclaration(String name) {
    return Optional.ofNullable(declarations.get(name)).filter(d -> !d.isPrivate());
  }

  /** All modules of the program, in the order of the graph. */
  List<Module> program() {
    return program;
  }

  /** The directory whose files this one may import by bare file name (mod.path.1). */
  Path directory() {
    return path.resolveSibling("");
  }

  void bind(Ast.Stmt item, Namespace target) {
    targets.put(item, target);
  }

  void complete(
      Map<String, Declaration> declarations, List<Import> flatImports, List<Module> program) {
    this.declarations = Collections.unmodifiableMap(declarations);
    this.flatImports = List.copyOf(flatImports);
    this.program = program;
  }

  @Override
  public String toString() {
    return file().name();
  }
}
