package sx.sema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;

/** The making of a type by one binding or one instance of a type function (ct.make.2). */
final class Construction {
  /** Where a refused operation is reported. */
  enum Refusal {
    /** Nothing was refused: a failure is one of the evaluation. */
    NONE,
    /** At the call of the operation. */
    CALL,
    /** At the expression that constructs. */
    WHOLE
  }

  final String name;
  final boolean instance;

  /** The types declared so far and the names that they were given, which may be empty. */
  final Map<Type.Struct, String> declared = new LinkedHashMap<>();

  Refusal refusal = Refusal.NONE;

  /** The right side of the binding, if it is one of a binding. */
  Ast.@Nullable Expr expression;

  private final Map<String, Type.Struct> byName = new HashMap<>();
  private final TypeTable types;
  private Type.@Nullable Struct own;
  private boolean used;

  /**
   * @param instance whether it is one of a type function
   */
  Construction(String name, boolean instance, TypeTable types) {
    this.name = name;
    this.instance = instance;
    this.types = types;
  }

  /** What the name being bound denotes while the construction runs (ct.make.8). */
  Type.Struct own() {
    if (own == null) {
      own = types.declareStruct(name);
    }
    return own;
  }

  /** The same, for code that uses the name. */
  Type.Struct use() {
    used = true;
    return own();
  }

  /** Whether code used the name that is being bound. */
  boolean isUsed() {
    return used;
  }

  /** A new handle, or that of the name, if the construction has declared one (ct.make.5). */
  Type.Struct declare(String given) {
    Type.Struct known = given.isEmpty() ? null : byName.get(given);
    if (known != null) {
      return known;
    }
    boolean first = declared.isEmpty();
    Type.Struct made =
        first ? own() : types.declareStruct(given.isEmpty() ? name + "." + declared.size() : given);
    if (!given.isEmpty()) {
      types.rename(made.id(), given);
      byName.put(given, made);
    }
    declared.put(made, given);
    return made;
  }
}
