package sx.type;

import java.util.List;

/** Replaces a nominal type by another type wherever it occurs. */
public final class Replacement {
  private final Type from;
  private final Type to;

  public Replacement(Type from, Type to) {
    this.from = from;
    this.to = to;
  }

  /** A type with the replacement made in all its parts. */
  public Type in(Type type) {
    if (type.equals(from)) {
      return to;
    }
    return switch (type) {
      case Type.Pointer p -> new Type.Pointer(in(p.target()));
      case Type.ManyPointer p -> new Type.ManyPointer(in(p.element()));
      case Type.Slice s -> new Type.Slice(in(s.element()));
      case Type.Array a -> new Type.Array(in(a.element()), a.length());
      case Type.Vector v -> new Type.Vector(in(v.element()), v.lanes());
      case Type.Optional o -> new Type.Optional(in(o.payload()));
      case Type.Function f ->
          new Type.Function(in(f.params()), in(f.result()), f.c(), f.variadic());
      case Type.Closure c -> new Type.Closure(in(c.params()), in(c.result()));
      case Type.Tuple t -> new Type.Tuple(in(t.elements()), t.labels());
      default -> type;
    };
  }

  private List<Type> in(List<Type> types) {
    return types.stream().map(this::in).toList();
  }

  TypeTable.Members in(TypeTable.Members members) {
    return switch (members) {
      case TypeTable.Members.StructMembers s ->
          new TypeTable.Members.StructMembers(fields(s.fields()));
      case TypeTable.Members.UnionMembers u ->
          new TypeTable.Members.UnionMembers(fields(u.fields()));
      case TypeTable.Members.EnumMembers e ->
          new TypeTable.Members.EnumMembers(
              e.backing(),
              e.flags(),
              e.layout(),
              e.variants().stream()
                  .map(v -> new TypeTable.Variant(v.name(), v.value(), in(v.payload())))
                  .toList());
      default -> members;
    };
  }

  private List<TypeTable.Field> fields(List<TypeTable.Field> fields) {
    return fields.stream().map(f -> new TypeTable.Field(f.name(), in(f.type()))).toList();
  }
}
