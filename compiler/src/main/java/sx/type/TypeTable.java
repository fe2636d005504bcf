package sx.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nominal types of one compilation and the numbering of all its types.
 *
 * <p>A nominal type is made in two steps, so that types can refer to each other: {@code declare}
 * gives its identity, {@code define} its members. Tags are given in the order of first request and
 * are therefore deterministic for one input.
 */
public final class TypeTable {
  /** A field of a struct or a member of an untagged union. */
  public record Field(String name, Type type) {}

  /** A variant; {@code payload} is {@link Types#VOID} where there is none. */
  public record Variant(String name, long value, Type payload) {}

  /** Members of a nominal type, once they are known. */
  public sealed interface Members {
    record Unknown() implements Members {}

    record StructMembers(List<Field> fields) implements Members {}

    record UnionMembers(List<Field> fields) implements Members {}

    record EnumMembers(Type.Int backing, boolean flags, List<Variant> variants)
        implements Members {}
  }

  private static final class Nominal {
    final String name;
    Members members = new Members.Unknown();

    Nominal(String name) {
      this.name = name;
    }
  }

  private final List<Nominal> nominals = new ArrayList<>();
  private final Map<Type, Integer> tags = new HashMap<>();
  private final List<Type> byTag = new ArrayList<>();

  public Type.Struct declareStruct(String name) {
    return new Type.Struct(add(name));
  }

  public Type.Enum declareEnum(String name) {
    return new Type.Enum(add(name));
  }

  public Type.Union declareUnion(String name) {
    return new Type.Union(add(name));
  }

  private int add(String name) {
    nominals.add(new Nominal(name));
    return nominals.size() - 1;
  }

  public void define(Type.Struct type, List<Field> fields) {
    nominals.get(type.id()).members = new Members.StructMembers(List.copyOf(fields));
  }

  public void define(Type.Union type, List<Field> fields) {
    nominals.get(type.id()).members = new Members.UnionMembers(List.copyOf(fields));
  }

  public void define(Type.Enum type, Type.Int backing, boolean flags, List<Variant> variants) {
    nominals.get(type.id()).members =
        new Members.EnumMembers(backing, flags, List.copyOf(variants));
  }

  /** Whether {@code define} has been called for a nominal type. */
  public boolean isDefined(int id) {
    return !(nominals.get(id).members instanceof Members.Unknown);
  }

  /** The display name of a nominal type (types.name.1). */
  public String nominalName(int id) {
    return nominals.get(id).name;
  }

  /** The fields of a struct in layout order. */
  public List<Field> fields(Type.Struct type) {
    return nominals.get(type.id()).members instanceof Members.StructMembers s
        ? s.fields()
        : List.of();
  }

  public List<Field> fields(Type.Union type) {
    return nominals.get(type.id()).members instanceof Members.UnionMembers u
        ? u.fields()
        : List.of();
  }

  public List<Variant> variants(Type.Enum type) {
    return enumMembers(type).variants();
  }

  public Type.Int backing(Type.Enum type) {
    return enumMembers(type).backing();
  }

  public boolean isFlags(Type.Enum type) {
    return enumMembers(type).flags();
  }

  /** Whether some variant has a payload. */
  public boolean isTaggedUnion(Type.Enum type) {
    return variants(type).stream().anyMatch(v -> !v.payload().equals(Types.VOID));
  }

  private Members.EnumMembers enumMembers(Type.Enum type) {
    return nominals.get(type.id()).members instanceof Members.EnumMembers e
        ? e
        : new Members.EnumMembers((Type.Int) Types.I64, false, List.of());
  }

  /** The run-time tag of a type (types.type.4): small, dense, equal for equal types. */
  public int tag(Type type) {
    Integer known = tags.get(type);
    if (known != null) {
      return known;
    }
    tags.put(type, byTag.size());
    byTag.add(type);
    return byTag.size() - 1;
  }

  /** The type of a tag given out before. */
  public Type ofTag(int tag) {
    return byTag.get(tag);
  }

  /** How many tags have been given out. */
  public int tagCount() {
    return byTag.size();
  }
}
