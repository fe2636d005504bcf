package sx.sema;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sx.sema.tree.Instance;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** The results of type functions: one for each function and list of arguments (gen.tfn.3). */
final class TypeFunctions {
  private final Analysis a;
  private final Map<Instances.Key, Type> results = new HashMap<>();
  private final Map<Instances.Key, Construction> running = new HashMap<>();

  TypeFunctions(Analysis a) {
    this.a = a;
  }

  /**
   * The type for a function and its arguments.
   *
   * @param scope where its parameters are declared
   * @param name the display name of the instance
   */
  Type result(Instances.Key key, Scope scope, String name, Span at) {
    Type known = results.get(key);
    if (known != null) {
      return known;
    }
    Construction underway = running.get(key);
    if (underway != null) {
      return underway.use();
    }
    Construction k = new Construction(name, true, a.types);
    running.put(key, k);
    Optional<Instance> made = a.instances.typeFunction(key, scope, name, at);
    Type type = made.map(f -> Applications.run(a, k, f, at)).orElse(Types.ERROR);
    running.remove(key);
    results.put(key, type);
    a.structs.checkContainment();
    return type;
  }

  /** Enters the nominal type that an instance is about to give, so that it can refer to itself. */
  void early(Instances.Key key, Type type) {
    results.putIfAbsent(key, type);
  }
}
