package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.sema.tree.Tree;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;

/**
 * Struct, union and enum types written without a name: one type for each shape (types.anon.7). One
 * written as the type of a field or payload has a display name that says where (types.name.3); it
 * is then another type of the same shape, and values convert between them as if it were the same.
 */
final class Unnamed {
  static final String NAME = "__anon";

  private record StructShape(List<TypeTable.Field> fields) {}

  private record UnionShape(List<TypeTable.Field> members) {}

  private record EnumShape(Enums.Members members) {}

  private record Key(String name, Object shape) {}

  private final Analysis a;
  private final Map<Key, Type> known = new HashMap<>();
  private final Map<Type, Object> shapes = new HashMap<>();

  Unnamed(Analysis a) {
    this.a = a;
  }

  /** The unnamed struct type with these fields. */
  Type.Struct struct(List<TypeTable.Field> fields) {
    return struct(NAME, fields);
  }

  private Type.Struct struct(String name, List<TypeTable.Field> fields) {
    Object shape = new StructShape(List.copyOf(fields));
    Type type = known.get(new Key(name, shape));
    if (type instanceof Type.Struct s) {
      return s;
    }
    Type.Struct made = a.types.declareStruct(name);
    a.types.define(made, fields);
    enter(name, shape, made);
    return made;
  }

  private void enter(String name, Object shape, Type type) {
    known.put(new Key(name, shape), type);
    shapes.put(type, shape);
  }

  /** Whether two different types are unnamed and of one shape. */
  boolean sameShape(Type x, Type y) {
    Object shape = shapes.get(x);
    return shape != null && !x.equals(y) && shape.equals(shapes.get(y));
  }

  boolean isUnnamed(Type type) {
    return shapes.containsKey(type);
  }

  /** A value of an unnamed type as one of another with the same shape. */
  static Tree.Expr retyped(Tree.Expr e, Type type) {
    return switch (e) {
      case Tree.Const k -> new Tree.Const(k.span(), type, k.value());
      case Tree.Aggregate g -> new Tree.Aggregate(g.span(), type, g.parts());
      default -> new Tree.Convert(e.span(), type, Tree.Conversion.REINTERPRET, e);
    };
  }

  // ------------------------------------------------------------------ written types

  /**
   * The type of a field or payload: an unnamed type written there gets a name from the place.
   *
   * @param owner the display name of the type that the member belongs to
   */
  Type member(Checker k, Ast.Expr type, String owner, String member) {
    String name = owner.equals(NAME) ? NAME : owner + "." + member;
    return switch (type) {
      case Ast.StructType s when !s.hasParams() -> struct(s, k.scope, name);
      case Ast.EnumType e -> enumeration(e, k.scope, name);
      case Ast.UnionType u -> union(u, k.scope, name);
      default -> k.types.resolve(type);
    };
  }

  /** {@code struct { … }} as a type; one with defaults or functions is a type of its own. */
  Type struct(Ast.StructType ast, Scope scope, String name) {
    boolean plain =
        ast.items().stream().allMatch(i -> i instanceof Ast.Fields f && f.defaultValue().isEmpty());
    if (!plain) {
      Object key = ast;
      Type made = known.get(new Key(name, key));
      if (made == null) {
        Entity e = a.structs.declare(name, ast.span(), ast, scope, x -> {});
        made = ((Entity.TypeName) e).type();
        enter(name, key, made);
      }
      return made;
    }
    Checker k = Checker.of(a, scope, FunctionState.none());
    List<TypeTable.Field> fields = new ArrayList<>();
    for (Ast.StructItem i : ast.items()) {
      Ast.Fields f = (Ast.Fields) i;
      Type t = k.types.resolve(f.type());
      for (Ast.Name n : f.names()) {
        String field = n.text().equals("_") ? "_" + fields.size() : n.text();
        fields.add(new TypeTable.Field(field, t));
      }
    }
    return struct(name, fields);
  }

  /** {@code enum { … }} as a type. */
  Type enumeration(Ast.EnumType ast, Scope scope, String name) {
    Enums.Members members = a.enums.members(name, ast, scope);
    Object shape = new EnumShape(members);
    Type type = known.get(new Key(name, shape));
    if (type == null) {
      Type.Enum made = a.types.declareEnum(name);
      a.enums.define(made, members);
      enter(name, shape, made);
      type = made;
    }
    return type;
  }

  /** {@code union { … }} as a type (types.union.8). */
  Type union(Ast.UnionType ast, Scope scope, String name) {
    List<TypeTable.Field> members = unionMembers(ast, scope);
    Object shape = new UnionShape(members);
    Type type = known.get(new Key(name, shape));
    if (type == null) {
      Type.Union made = a.types.declareUnion(name);
      a.types.define(made, members);
      enter(name, shape, made);
      type = made;
    }
    return type;
  }

  /** The members of a union; an unnamed struct arm has an empty name (types.union.3). */
  List<TypeTable.Field> unionMembers(Ast.UnionType ast, Scope scope) {
    Checker k = Checker.of(a, scope, FunctionState.none());
    List<TypeTable.Field> members = new ArrayList<>();
    for (Ast.UnionMember m : ast.members()) {
      Optional<String> name = m.name().map(Ast.Name::text);
      members.add(new TypeTable.Field(name.orElse(""), k.types.resolve(m.type())));
    }
    return List.copyOf(members);
  }
}
