package sx.sema;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sx.module.Module;

/** The names of a block and, through its parents, of everything around it up to the module. */
final class Scope {
  private final @Nullable Scope parent;
  private final Module module;
  private final Map<String, Entity> names = new HashMap<>();
  private boolean ofInstance;

  private Scope(@Nullable Scope parent, Module module) {
    this.parent = parent;
    this.module = module;
  }

  static Scope of(Module module) {
    return new Scope(null, module);
  }

  Scope inner() {
    return new Scope(this, module);
  }

  /** A scope for the compile-time arguments of one instance. */
  Scope instance() {
    Scope s = inner();
    s.ofInstance = true;
    return s;
  }

  /** Whether code here is checked once for each of several instances. */
  boolean isOfInstance() {
    for (Scope s = this; s != null; s = s.parent) {
      if (s.ofInstance) {
        return true;
      }
    }
    return false;
  }

  Module module() {
    return module;
  }

  /** Enters a name; {@code _} keeps nothing and cannot be read (stmt.discard.3). */
  void declare(String name, Entity entity) {
    if (!name.equals("_")) {
      names.put(name, entity);
    }
  }

  /** The innermost local declaration of a name, or null when only the module can know it. */
  @Nullable Entity find(String name) {
    return find(name, e -> true);
  }

  /** The innermost entity of a name that serves. */
  @Nullable Entity find(String name, Predicate<Entity> serves) {
    for (Scope s = this; s != null; s = s.parent) {
      Entity e = s.names.get(name);
      if (e != null && serves.test(e)) {
        return e;
      }
    }
    return null;
  }
}
