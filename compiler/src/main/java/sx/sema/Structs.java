package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Declares structs, enums and unions: members, defaults, methods (02-types.md). */
final class Structs {
  private final Analysis a;
  private final Map<Integer, StructInfo> infos = new HashMap<>();
  private final Map<Type, Span> toCheck = new LinkedHashMap<>();

  Structs(Analysis a) {
    this.a = a;
  }

  StructInfo info(Type.Struct type) {
    return infos.computeIfAbsent(type.id(), id -> anonymousInfo(type));
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
    infos.put(type.id(), info);
    toCheck.put(type, at);
    enterMembers(info, ast);
    a.types.define(
        type, a.contexts.isDeclaredBy(ast) ? a.contexts.fields(info) : fields(info, ast));
    return entity;
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
          Type type = k.types.resolve(f.type());
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

  Entity declareUnion(
      String name, Span at, Ast.UnionType ast, Scope scope, Declarations.Early early) {
    Type.Union type = a.types.declareUnion(name);
    Entity entity = new Entity.TypeName(type);
    early.accept(entity);
    toCheck.put(type, at);
    Checker k = Checker.of(a, scope, FunctionState.none());
    List<TypeTable.Field> fields = new ArrayList<>();
    for (Ast.UnionMember m : ast.members()) {
      fields.add(
          new TypeTable.Field(m.name().map(Ast.Name::text).orElse(""), k.types.resolve(m.type())));
    }
    a.types.define(type, fields);
    return entity;
  }

  Entity declareEnum(
      String name, Span at, Ast.EnumType ast, Scope scope, Declarations.Early early) {
    Type.Enum type = a.types.declareEnum(name);
    Entity entity = new Entity.TypeName(type);
    early.accept(entity);
    toCheck.put(type, at);
    defineEnum(name, ast, scope, type);
    return entity;
  }

  private void defineEnum(String name, Ast.EnumType ast, Scope scope, Type.Enum type) {
    Checker k = Checker.of(a, scope, FunctionState.none());
    Type backing = ast.backing().map(k.types::resolve).orElse(Types.I64);
    if (!(backing instanceof Type.Int)) {
      if (!backing.isError()) {
        a.diagnostics.error(
            ast.backing().orElseThrow().span(), "the backing type of an enum is an integer type");
      }
      backing = Types.I64;
    }
    List<TypeTable.Variant> variants = new ArrayList<>();
    for (int i = 0; i < ast.variants().size(); i++) {
      Ast.Variant v = ast.variants().get(i);
      long value = ast.flags() ? 1L << i : i;
      if (v.value().isPresent()) {
        value = variantValue(k, v.value().get(), backing, name);
      }
      Type payload = v.payload().map(k.types::resolve).orElse(Types.VOID);
      variants.add(new TypeTable.Variant(v.name().text(), value, payload));
    }
    a.types.define(type, (Type.Int) backing, ast.flags(), variants);
  }

  private long variantValue(Checker k, Ast.Expr e, Type backing, String name) {
    Tree.Expr v = k.folding(Checker.Constants.COUNT, () -> k.value(e, backing));
    Optional<Constant> c = Folding.constant(v);
    if (c.isPresent() && c.get() instanceof Constant.Int n) {
      return n.value();
    }
    if (!v.type().isError()) {
      a.diagnostics.error(
          e.span(), "a variant of `" + name + "` needs an integer known at compile time");
    }
    return 0;
  }

  /** The anonymous struct type with these fields: one type for each shape (types.anon.7). */
  Type.Struct anonymous(List<TypeTable.Field> fields) {
    return (Type.Struct)
        a.shapes.computeIfAbsent(
            List.copyOf(fields),
            key -> {
              Type.Struct s = a.types.declareStruct("__anon");
              a.types.define(s, fields);
              return s;
            });
  }

  /** An unnamed {@code struct { … }} written as a type; plain ones are shared by shape. */
  Type inline(Ast.StructType ast, Scope scope) {
    Checker k = Checker.of(a, scope, FunctionState.none());
    boolean plain =
        ast.items().stream().allMatch(i -> i instanceof Ast.Fields f && f.defaultValue().isEmpty());
    if (!plain) {
      return ((Entity.TypeName) declare("__anon", ast.span(), ast, scope, e -> {})).type();
    }
    List<TypeTable.Field> fields = new ArrayList<>();
    for (Ast.StructItem i : ast.items()) {
      Ast.Fields f = (Ast.Fields) i;
      Type t = k.types.resolve(f.type());
      f.names().forEach(n -> fields.add(new TypeTable.Field(n.text(), t)));
    }
    return anonymous(fields);
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
      a.diagnostics.error(
          at != null ? at : toCheck.getOrDefault(t, a.graph.root().ast().span()),
          "`"
              + a.typeNames.of(t)
              + "` contains itself and would have infinite size; use a pointer to it instead");
      poison(t);
      return;
    }
    path.add(t);
    for (Type part : List.copyOf(contained(t))) {
      walk(part, toCheck.get(part), path, done);
    }
    path.removeLast();
    done.add(t);
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
