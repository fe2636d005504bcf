package sx.sema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/**
 * Instances of generic structs: one type for each template and list of arguments (gen.struct.2).
 */
final class Templates {
  private static final int LONGEST_NAME = 2000;

  /** A template and its arguments: a {@link Type} or a {@link Constant} for each parameter. */
  record Application(StructTemplate template, List<Object> arguments) {}

  private final Analysis a;
  private final Map<Application, Type> made = new HashMap<>();
  private final Map<Integer, Application> of = new HashMap<>();
  private final Map<Integer, List<Type>> declared = new HashMap<>();

  Templates(Analysis a) {
    this.a = a;
  }

  /** What a struct is an instance of; null for other types. */
  @Nullable Application application(Type type) {
    return type instanceof Type.Struct s ? of.get(s.id()) : null;
  }

  /** The declared types of the parameters that an instance was made with. */
  List<Type> declared(Type instance) {
    return instance instanceof Type.Struct s ? declared.getOrDefault(s.id(), List.of()) : List.of();
  }

  /**
   * The type that a template makes of its arguments.
   *
   * @param types the declared type of each value parameter; the entry of a type parameter is {@link
   *     Types#TYPE}
   */
  Type apply(Application application, List<Type> types, Span at) {
    if (application.arguments().stream()
        .anyMatch(x -> x instanceof Type t && TypeWeight.isTooGreat(t))) {
      a.diagnostics.error(
          at,
          "an argument of `"
              + application.template().name.text()
              + "` is made of more than "
              + TypeWeight.MAX_PARTS
              + " types, the limit");
      return Types.ERROR;
    }
    Type known = made.get(application);
    if (known != null) {
      return known;
    }
    StructTemplate t = application.template();
    String name = name(t.name.text(), application.arguments(), types);
    Optional<Origins.Origin> origin = a.origins.next(name, at);
    if (origin.isEmpty()) {
      made.put(application, Types.ERROR);
      return Types.ERROR;
    }
    Scope scope = t.scope.instance();
    for (int i = 0; i < t.params().size(); i++) {
      String param = t.params().get(i).name().text();
      if (t.params().get(i).variadic()) {
        List<Object> rest = application.arguments().subList(i, application.arguments().size());
        scope.declare(param, new Entity.TypeList(rest.stream().map(Type.class::cast).toList()));
        continue;
      }
      scope.declare(param, entity(param, types.get(i), application.arguments().get(i)));
    }
    a.origins.within(
        origin.get(),
        () ->
            a.structs.declare(
                name,
                t.name.span(),
                t.ast,
                scope,
                e -> {
                  Type.Struct type = (Type.Struct) ((Entity.TypeName) e).type();
                  made.put(application, type);
                  of.put(type.id(), application);
                  declared.put(type.id(), List.copyOf(types));
                  scope.declare(t.name.text(), new Entity.Template(t, Optional.<Type>of(type)));
                }));
    a.structs.checkContainment();
    return made.getOrDefault(application, Types.ERROR);
  }

  static Entity entity(String name, Type type, Object argument) {
    return argument instanceof Type t
        ? new Entity.TypeName(t)
        : new Entity.Const(name, type, (Constant) argument, Optional.empty());
  }

  /** The printed name of an instance (gen.name.1). */
  String name(String template, List<Object> arguments, List<Type> types) {
    StringBuilder out = new StringBuilder(template);
    for (int i = 0; i < arguments.size(); i++) {
      out.append("__").append(text(arguments.get(i), types.get(i)));
      if (out.length() > LONGEST_NAME) {
        out.setLength(LONGEST_NAME);
        return out.append('…').toString();
      }
    }
    return out.toString();
  }

  private String text(Object argument, Type type) {
    return switch (argument) {
      case Type t -> a.typeNames.of(t);
      case Constant.Int n when type instanceof Type.Bool -> n.value() != 0 ? "true" : "false";
      case Constant.Int n when type instanceof Type.Enum e -> variant(e, n.value());
      case Constant.Int n when type instanceof Type.Int i ->
          Integers.value(n.value(), i).toString();
      case Constant.Float f -> String.valueOf(f.value());
      case Constant.Text s -> new String(s.bytes(), java.nio.charset.StandardCharsets.UTF_8);
      default -> "_";
    };
  }

  private String variant(Type.Enum e, long value) {
    return a.types.variants(e).stream()
        .filter(v -> v.value() == value)
        .findFirst()
        .map(v -> v.name())
        .orElse(String.valueOf(value));
  }

  /** Equal values are equal objects, however they were written (gen.val.2). */
  static Constant normal(Type type, Constant k) {
    return k instanceof Constant.Zero && (type.isInt() || type instanceof Type.Bool)
        ? new Constant.Int(0)
        : k;
  }
}
