package sx.module;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.syntax.Ast;

/** A program: its root file and everything that imports, directly or not (mod.prog.1). */
public final class ModuleGraph {
  /** An item and the file it stands in. */
  public record Placed(Module module, Ast.Stmt item) {}

  /**
   * What was found in the file system besides the modules.
   *
   * @param directories those that were listed, by real path, and how many source files each had
   * @param missing paths at which nothing was found, where a new file could change what an import
   *     means
   * @param links paths that led to a file or directory through symbolic links, and the real paths
   * @param c the units of C
   * @param headers the C headers that were read
   */
  public record Surroundings(
      Map<Path, Integer> directories,
      List<Path> missing,
      Map<Path, Path> links,
      List<CBlock> c,
      Set<Path> headers) {
    public Surroundings {
      directories = Collections.unmodifiableMap(directories);
      missing = List.copyOf(missing);
      links = Collections.unmodifiableMap(links);
      c = List.copyOf(c);
      headers = Collections.unmodifiableSet(headers);
    }
  }

  private final Module root;
  private final List<Module> modules;
  private final List<Placed> items;
  private final Surroundings surroundings;

  ModuleGraph(Module root, Surroundings surroundings) {
    this.root = root;
    this.surroundings = surroundings;
    List<Placed> merged = new ArrayList<>();
    this.modules = merge(root, merged);
    this.items = List.copyOf(merged);
  }

  public Module root() {
    return root;
  }

  /** Every module once, the root first, in the order in which {@link #items} enters them. */
  public List<Module> modules() {
    return modules;
  }

  /**
   * The items of the whole program in one sequence: behind each import, and before what follows it,
   * come the items of the imported file, each file once (ct.run.7).
   */
  public List<Placed> items() {
    return items;
  }

  /** What the program depends on besides its modules. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** What is still to be done, the next on top: enter a file, or take an item of one. */
  private sealed interface Step {}

  private record Enter(Module module) implements Step {}

  private record Take(Placed item) implements Step {}

  private static List<Module> merge(Module root, List<Placed> merged) {
    Set<Module> entered = new LinkedHashSet<>();
    Deque<Step> steps = new ArrayDeque<>(List.of(new Enter(root)));
    while (!steps.isEmpty()) {
      switch (steps.pop()) {
        case Enter(Module module) -> {
          if (entered.add(module)) {
            module.items().reversed().forEach(i -> steps.push(new Take(new Placed(module, i))));
          }
        }
        case Take(Placed placed) -> {
          merged.add(placed);
          Optional<Namespace> target = placed.module().target(placed.item());
          target.ifPresent(t -> t.modules().reversed().forEach(m -> steps.push(new Enter(m))));
        }
      }
    }
    return List.copyOf(entered);
  }
}
