package sx.module;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a bare name of module scope means in a file (mod.vis, "Summary of lookup"). */
public final class Lookup {
  private Lookup() {}

  /** The result of a lookup. */
  public sealed interface Found {}

  /** The name means this. */
  public record One(Declaration declaration) implements Found {}

  /**
   * The name means nothing here.
   *
   * @param privateElsewhere whether some other file declares it as private (mod.priv.3)
   * @param declaredInHiddenModule the file that declares it and would have to be imported
   *     (mod.vis.3)
   */
  public record None(boolean privateElsewhere, Optional<String> declaredInHiddenModule)
      implements Found {}

  /**
   * Several imports provide the name (mod.ambig.1, mod.carry.5). Whether some of them are the same
   * entity through an alias (mod.ambig.5) is for the asker to decide.
   */
  public record Ambiguous(List<Declaration> declarations) implements Found {}

  /**
   * Looks a bare name up, local scopes aside. The own declaration wins (mod.vis.2), namespace
   * aliases over carried ones too (mod.carry.4); then come the public declarations of the direct
   * flat imports, carried aliases among them (mod.carry.1).
   *
   * @param serves tells which declarations can serve the use (mod.vis.5). If none can, an own
   *     declaration of the name is found all the same, for the sake of a better message.
   */
  public static Found find(Module from, String name, Predicate<Declaration> serves) {
    Optional<Declaration> own = Optional.ofNullable(from.declarations().get(name));
    if (own.filter(serves).isPresent()) {
      return new One(own.get());
    }
    List<Declaration> imported = new ArrayList<>();
    for (Import flat : from.flatImports()) {
      flat.target().authored(name).filter(serves).ifPresent(imported::add);
    }
    return of(imported, own.<Found>map(One::new).orElseGet(() -> none(from, name, serves)));
  }

  /** Every declaration of a name that is visible bare: the own one and the imported ones. */
  public static List<Declaration> visible(Module from, String name) {
    List<Declaration> all = new ArrayList<>();
    Optional.ofNullable(from.declarations().get(name)).ifPresent(all::add);
    for (Import flat : from.flatImports()) {
      flat.target().authored(name).filter(d -> !all.contains(d)).ifPresent(all::add);
    }
    return all;
  }

  /** Every declaration of a name in the program, those private to other files left out. */
  public static List<Declaration> everywhere(Module from, String name) {
    List<Declaration> all = new ArrayList<>();
    for (Module module : from.program()) {
      Optional.ofNullable(module.declarations().get(name))
          .filter(d -> module == from || !d.isPrivate())
          .ifPresent(all::add);
    }
    return all;
  }

  /** A visible name spelled almost alike (decl.order.4). */
  public static Optional<String> suggestion(Module from, String name) {
    Set<String> visible = new LinkedHashSet<>(from.declarations().keySet());
    for (Import flat : from.flatImports()) {
      for (Module module : flat.target().modules()) {
        module.declarations().values().stream()
            .filter(d -> !d.isPrivate())
            .map(Declaration::name)
            .forEach(visible::add);
      }
    }
    return Spelling.closest(name, visible);
  }

  /** The answer for a list of candidates, equal ones counted once. */
  static Found of(List<Declaration> candidates, Found otherwise) {
    List<Declaration> distinct = new ArrayList<>();
    for (Declaration candidate : candidates) {
      if (distinct.stream().noneMatch(candidate::isSame)) {
        distinct.add(candidate);
      }
    }
    return switch (distinct.size()) {
      case 0 -> otherwise;
      case 1 -> new One(distinct.getFirst());
      default -> new Ambiguous(List.copyOf(distinct));
    };
  }

  private static None none(Module from, String name, Predicate<Declaration> serves) {
    List<Declaration> elsewhere =
        from.program().stream()
            .flatMap(m -> Optional.ofNullable(m.declarations().get(name)).stream())
            .filter(serves)
            .toList();
    return new None(
        elsewhere.stream().anyMatch(Declaration::isPrivate),
        elsewhere.stream()
            .filter(d -> !d.isPrivate())
            .map(d -> d.author().file().name())
            .findFirst());
  }
}
