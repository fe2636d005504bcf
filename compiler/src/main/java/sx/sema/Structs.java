package sx.sema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Declares structs and unions: members, defaults, methods (02-types.md). */
final class Structs {
  private final Analysis a;
  private final Map<Integer, StructInfo> infos = new HashMap<>();
  private final Map<Type, Span> toCheck = new LinkedHashMap<>();

  /** The constants of structs whose values are being found, each needed by the one before. */
  final Deque<Ast.StructConst> resolving = new ArrayDeque<>();

  Structs(Analysis a) {
    this.a = a;
  }

  StructInfo info(Type.Struct type) {
    return infos.computeIfAbsent(type.id(), id -> anonymousInfo(type));
  }

  /** Drops what was assumed of a struct before it had its fields. */
  void forget(Type.Struct type) {
    infos.remove(type.id());
  }

  private StructInfo anonymousInfo(Type.Struct type) {
    StructInfo info =
        new StructInfo(a.types.nominalName(type.id()), type, Scope.of(a.graph.root()));
    for (int i = 0; i < a.types.fields(type).size(); i++) {
      info.defaults.add(new StructInfo.FieldDefault(Optional.empty(), info.scope));
    }
    return info;
  }

  Entity declare(String name, Span at, Ast.StructType ast, Scope scope, Declarations.Early early) {
    Type.Struct type = a.types.declareStruct(name);
    Entity entity = new Entity.TypeName(type);
    early.accept(entity);
    Scope inner = scope.inner();
    inner.declare("Self", entity);
    StructInfo info = new StructInfo(name, type, inner);
    ast.params().forEach(p -> info.header.add(p.name().text()));
    infos.put(type.id(), info);
    toCheck.put(type, at);
    enterMembers(info, ast);
    a.types.define(
        type, a.contexts.isDeclaredBy(ast) ? a.contexts.fields(info) : fields(info, ast));
    toCheck.put(type, at); // again: an instance that its fields need has had everything checked
    return entity;
  }

  /** Reports a constant that is needed for its own value (decl.cexpr.6). */
  void reportCycle(Ast.StructConst needed) {
    List<Ast.StructConst> path = new ArrayList<>(resolving);
    if (!path.contains(needed)) {
      return; // an error elsewhere, which is reported
    }
    List<Ast.StructConst> cycle = path.subList(path.indexOf(needed), path.size());
    Ast.StructConst first = needed;
    StringBuilder names = new StringBuilder();
    for (Ast.StructConst k : cycle) {
      names.append(k.name().text()).append(" -> ");
      boolean before = k.span().file().equals(first.span().file());
      first = before && k.span().start() < first.span().start() ? k : first;
    }
    a.diagnostics.error(
        first.name().span(),
        "the definition of `"
            + first.name().text()
            + "` depends on itself: "
            + names
            + needed.name().text());
  }

  private void enterMembers(StructInfo info, Ast.StructType ast) {
    for (Ast.StructItem item : ast.items()) {
      if (!(item instanceof Ast.StructConst c)) {
        continue;
      }
      if (c.value() instanceof Ast.Function f && !f.isLambda()) {
        Entity.FunctionDecl decl =
            new Entity.FunctionDecl(c.name(), f, info.scope, info.scope.module(), info);
        switch (f.accessor()) {
          case GET -> info.getters.put(c.name().text(), decl);
          case SET -> info.setters.put(c.name().text(), decl);
          case NONE -> info.members.put(c.name().text(), new Entity.Fn(decl));
        }
      } else {
        info.constants.put(c.name().text(), c);
      }
    }
  }

  private List<TypeTable.Field> fields(StructInfo info, Ast.StructType ast) {
    List<TypeTable.Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Checker k = Checker.of(a, info.scope, FunctionState.none());
    for (Ast.StructItem item : ast.items()) {
      switch (item) {
        case Ast.Fields f -> {
          String owner = info.name.contains(".") ? Unnamed.NAME : info.name;
          if (GenericSignatures.foreign(k, f.type(), new TypeNames(k))) {
            continue;
          }
          Type type = a.unnamed.member(k, f.type(), owner, f.names().getFirst().text());
          for (Ast.Name n : f.names()) {
            addField(info, fields, seen, n, n.text(), type, f.defaultValue(), info.scope);
          }
        }
        case Ast.Using u -> using(info, fields, seen, u, k);
        case Ast.StructConst c -> {}
      }
    }
    return fields;
  }

  private void addField(
      StructInfo info,
      List<TypeTable.Field> fields,
      Set<String> seen,
      Ast.Name at,
      String name,
      Type type,
      Optional<Ast.Expr> value,
      Scope scope) {
    if (!name.equals("_") && !seen.add(name)) {
      a.diagnostics.error(
          at.span(), "the struct `" + info.name + "` has a field `" + name + "` already");
      return;
    }
    fields.add(new TypeTable.Field(name.equals("_") ? "_" + fields.size() : name, type));
    info.defaults.add(new StructInfo.FieldDefault(value, scope));
  }

  private void using(
      StructInfo info, List<TypeTable.Field> fields, Set<String> seen, Ast.Using u, Checker k) {
    Entity e = k.names.entity(u.target(), Names.Use.TYPE);
    if (e instanceof Entity.TypeName t && t.type() instanceof Type.Struct s) {
      StructInfo base = info(s);
      List<TypeTable.Field> baseFields = a.types.fields(s);
      for (int i = 0; i < baseFields.size(); i++) {
        StructInfo.FieldDefault d = base.defaults.get(i);
        TypeTable.Field f = baseFields.get(i);
        addField(info, fields, seen, u.target(), f.name(), f.type(), d.value(), d.scope());
      }
    } else if (!(e instanceof Entity.Bad)) {
      a.diagnostics.error(
          u.target().span(),
          "`" + u.target().text() + "` is not a struct whose fields could be used");
    }
  }

  /** Declares a named untagged union (types.union); {@code at} is its name. */
  Entity declareUnion(
      String name, Span at, Ast.UnionType ast, Scope scope, Declarations.Early early) {
    Type.Union type = a.types.declareUnion(name);
    Entity entity = new Entity.TypeName(type);
    early.accept(entity);
    checkLater(type, at);
    a.types.define(type, a.unnamed.unionMembers(ast, scope));
    checkLater(type, at); // again, like a struct
    return entity;
  }

  /** {@code OS}, {@code ARCH} and {@code POINTER_SIZE} (cli.const); null for other names. */
  @Nullable Entity targetConstant(String name) {
    return switch (name) {
      case "POINTER_SIZE" -> constant(name, Types.I64, 8);
      case "OS" -> constant(name, targetEnum("OperatingSystem", SYSTEMS), SYSTEMS.indexOf("linux"));
      case "ARCH" ->
          constant(
              name,
              targetEnum("Architecture", ARCHITECTURES),
              ARCHITECTURES.indexOf(a.target.arch()));
      default -> null;
    };
  }

  private static final List<String> SYSTEMS =
      List.of("macos", "linux", "windows", "wasm", "ios", "android", "unknown");
  private static final List<String> ARCHITECTURES =
      List.of("aarch64", "x86_64", "wasm32", "wasm64", "unknown");

  private static Entity constant(String name, Type type, long value) {
    return new Entity.Const(name, type, new Constant.Int(value), Optional.empty());
  }

  private Type targetEnum(String name, List<String> variants) {
    return a.shapes.computeIfAbsent(
        name,
        key -> {
          Type.Enum e = a.types.declareEnum(name);
          List<TypeTable.Variant> all = new ArrayList<>();
          variants.forEach(v -> all.add(new TypeTable.Variant(v, all.size(), Types.VOID)));
          a.types.define(e, (Type.Int) Types.I64, false, all);
          return e;
        });
  }

  /** Registers a declared type for {@link #checkContainment}; {@code at} is its name. */
  void checkLater(Type type, Span at) {
    toCheck.put(type, at);
  }

  /** Reports types that contain themselves by value (types.tag.13), once per cycle. */
  void checkContainment() {
    Set<Type> done = new HashSet<>();
    for (Map.Entry<Type, Span> e : List.copyOf(toCheck.entrySet())) {
      walk(e.getKey(), e.getValue(), new ArrayList<>(), done);
    }
    toCheck.clear();
  }

  private void walk(Type t, @Nullable Span at, List<Type> path, Set<Type> done) {
    if (done.contains(t)) {
      return;
    }
    if (path.contains(t)) {
      Type first = firstDeclared(path.subList(path.indexOf(t), path.size()), t);
      Span own = at != null ? at : toCheck.getOrDefault(t, a.graph.root().ast().span());
      a.diagnostics.error(
          toCheck.getOrDefault(first, own),
          "`"
              + a.typeNames.of(first)
              + "` contains itself and would have infinite size; use a pointer to it instead");
      poison(t);
      a.spoil(t);
      return;
    }
    path.add(t);
    for (Type part : List.copyOf(contained(t))) {
      walk(part, toCheck.get(part), path, done);
    }
    path.removeLast();
    done.add(t);
  }

  /** The type of a cycle whose declaration stands before those of the others in its file. */
  private Type firstDeclared(List<Type> cycle, Type found) {
    Type first = found;
    for (Type t : cycle) {
      Span at = toCheck.get(t);
      Span least = toCheck.get(first);
      if (at != null
          && least != null
          && at.file().equals(least.file())
          && at.start() < least.start()) {
        first = t;
      }
    }
    return first;
  }

  private void poison(Type t) {
    switch (t) {
      case Type.Struct s -> a.types.define(s, List.of());
      case Type.Union u -> a.types.define(u, List.of());
      case Type.Enum e -> a.types.define(e, a.types.backing(e), false, List.of());
      default -> {}
    }
  }

  private List<Type> contained(Type t) {
    return switch (t) {
      case Type.Struct s -> a.types.fields(s).stream().map(TypeTable.Field::type).toList();
      case Type.Union u -> a.types.fields(u).stream().map(TypeTable.Field::type).toList();
      case Type.Enum e -> a.types.variants(e).stream().map(TypeTable.Variant::payload).toList();
      case Type.Array r -> List.of(r.element());
      case Type.Optional o -> List.of(o.payload());
      case Type.Tuple u -> u.elements();
      default -> List.of();
    };
  }
}
