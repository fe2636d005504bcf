package sx.module;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target of an import: a file, or a directory imported as a unit (mod.dir.1). A program has one
 * object for each, so two names have the same target exactly if their namespaces are identical.
 */
public final class Namespace {
  /** How the path of the prelude ends. */
  static final String PRELUDE = "modules/std.sx";

  private final Path path;
  private final boolean directory;
  private final List<Module> modules;

  Namespace(Path path, boolean directory, List<Module> modules) {
    this.path = path;
    this.directory = directory;
    this.modules = List.copyOf(modules);
  }

  /** The real path of the file or directory. */
  public Path path() {
    return path;
  }

  public boolean isDirectory() {
    return directory;
  }

  /** Whether this is the prelude of the library, {@code modules/std.sx} (std.facade.8). */
  public boolean isPrelude() {
    return !directory
        && path.endsWith(PRELUDE)
        && modules.stream().allMatch(m -> m.file().isLibrary());
  }

  /** The file, or the files of the directory in alphabetical order (mod.dir.1). */
  public List<Module> modules() {
    return modules;
  }

  /** The member of a name, if there is exactly one (mod.ns.1). */
  public Optional<Declaration> member(String name) {
    return find(name) instanceof Lookup.One(Declaration found)
        ? Optional.of(found)
        : Optional.empty();
  }

  /**
   * What {@code ns.name} means: a public declaration authored here, else a namespace alias received
   * by carry (mod.ns.1, mod.carry.3). A directory receives none: what its files import is not part
   * of it (mod.dir.2).
   */
  public Lookup.Found find(String name) {
    Optional<Declaration> authored = authored(name);
    if (authored.isPresent()) {
      return new Lookup.One(authored.get());
    }
    List<Declaration> carried = directory ? List.of() : carried(name);
    boolean isPrivate = modules.stream().anyMatch(m -> m.declarations().containsKey(name));
    return Lookup.of(carried, new Lookup.None(isPrivate, Optional.empty()));
  }

  /** The public declaration of a name; in a directory that of the first file (mod.dir.4). */
  Optional<Declaration> authored(String name) {
    return modules.stream().flatMap(m -> m.publicDeclaration(name).stream()).findFirst();
  }

  private List<Declaration> carried(String name) {
    List<Declaration> found = new ArrayList<>();
    for (Module module : modules) {
      for (Import flat : module.flatImports()) {
        flat.target().authored(name).filter(Declaration::isNamespaceAlias).ifPresent(found::add);
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
