package sx.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /**
     * The shape of a protocol's values.
     *
     * @param inline whether a value holds the method words itself (proto.lay.2)
     * @param slots how many methods can be dispatched
     */
    record ProtocolMembers(boolean inline, int slots) implements Members {}

    record ErrorMembers(List<Integer> tags) implements Members {}

    /** {@code layout} is the struct that lays out the values, where one is given (types.lay). */
    record EnumMembers(
        Type.Int backing, boolean flags, Optional<Type.Struct> layout, List<Variant> variants)
        implements Members {}
  }

  private static final class Nominal {
    String name;
    Members members = new Members.Unknown();

    Nominal(String name) {
      this.name = name;
    }
  }

  private final List<Nominal> nominals = new ArrayList<>();
  private final Set<Integer> tuples = new HashSet<>();
  private final Map<Type, Integer> tags = new HashMap<>();
  private final Map<String, Integer> errorTags = new HashMap<>();
  private final List<String> errorNames = new ArrayList<>();
  private final List<Type> byTag = new ArrayList<>();

  /** Which tags and which nominal types mention a struct that has no members yet. */
  private final Map<Integer, Set<Integer>> openInTags = new HashMap<>();

  private final Map<Integer, Set<Integer>> openInMembers = new HashMap<>();
  private int changes;

  /** Grows whenever the members of some type change. */
  int changes() {
    return changes;
  }

  private void set(int id, Members members) {
    for (Type t : types(members)) {
      noteOpen(t, openInMembers, id); // before: a type may hold itself as its handle
    }
    nominals.get(id).members = members;
    changes++;
  }

  public Type.Struct declareStruct(String name) {
    return new Type.Struct(add(name));
  }

  public Type.Enum declareEnum(String name) {
    return new Type.Enum(add(name));
  }

  public Type.Union declareUnion(String name) {
    return new Type.Union(add(name));
  }

  public Type.Protocol declareProtocol(String name) {
    return new Type.Protocol(add(name));
  }

  public Type.ErrorSet declareErrorSet(String name) {
    return new Type.ErrorSet(add(name));
  }

  /** Gives an error set its tags. */
  public void define(Type.ErrorSet type, List<String> tags) {
    List<Integer> ids = tags.stream().map(this::errorTag).distinct().toList();
    nominals.get(type.id()).members = new Members.ErrorMembers(ids);
  }

  /** The tags of a named error set, by their ids in the order of declaration. */
  public List<Integer> tags(Type.ErrorSet type) {
    return type.id() >= 0 && nominals.get(type.id()).members instanceof Members.ErrorMembers e
        ? e.tags()
        : List.of();
  }

  /** The id of an error tag, which its name alone tells: at least 1 (err.set.5, err.set.6). */
  public int errorTag(String name) {
    Integer known = errorTags.get(name);
    if (known != null) {
      return known;
    }
    errorNames.add(name);
    errorTags.put(name, errorNames.size());
    return errorNames.size();
  }

  /** The name of an error tag; empty for 0 and for what is none. */
  public String errorName(long id) {
    return id >= 1 && id <= errorNames.size() ? errorNames.get((int) id - 1) : "";
  }

  /** How many error tags there are; their ids go up to this number. */
  public int errorTagCount() {
    return errorNames.size();
  }

  private int add(String name) {
    nominals.add(new Nominal(name));
    return nominals.size() - 1;
  }

  public void define(Type.Struct type, List<Field> fields) {
    set(type.id(), new Members.StructMembers(List.copyOf(fields)));
  }

  /**
   * Defines a tuple that refers to itself, which cannot be the list of its elements: a struct with
   * fields named by their numbers, that counts as a tuple (ct.make.7).
   */
  public void defineTuple(Type.Struct type, List<Type> elements) {
    List<Field> fields = new ArrayList<>();
    for (Type t : elements) {
      fields.add(new Field(String.valueOf(fields.size()), t));
    }
    define(type, fields);
    tuples.add(type.id());
  }

  /** Whether a struct stands for a tuple that refers to itself. */
  public boolean isTuple(Type.Struct type) {
    return tuples.contains(type.id());
  }

  public void define(Type.Protocol type, boolean inline, int slots) {
    set(type.id(), new Members.ProtocolMembers(inline, slots));
  }

  /** How many words a protocol value has behind its address and its type (proto.lay). */
  public int methodWords(Type.Protocol type) {
    return nominals.get(type.id()).members instanceof Members.ProtocolMembers p && p.inline()
        ? p.slots()
        : 1;
  }

  public void define(Type.Union type, List<Field> fields) {
    set(type.id(), new Members.UnionMembers(List.copyOf(fields)));
  }

  public void define(Type.Enum type, Type.Int backing, boolean flags, List<Variant> variants) {
    set(
        type.id(),
        new Members.EnumMembers(backing, flags, Optional.empty(), List.copyOf(variants)));
  }

  /**
   * Defines a tagged union whose values are laid out like a struct with an integer field {@code
   * tag} and an array field {@code payload} (types.lay.1).
   */
  public void define(Type.Enum type, Type.Int tag, Type.Struct layout, List<Variant> variants) {
    set(type.id(), new Members.EnumMembers(tag, false, Optional.of(layout), List.copyOf(variants)));
  }

  /** Whether {@code define} has been called for a nominal type. */
  public boolean isDefined(int id) {
    return !(nominals.get(id).members instanceof Members.Unknown);
  }

  /** A struct, enum or union of the table by its display name. */
  public Optional<Type> named(String name) {
    for (int i = 0; i < nominals.size(); i++) {
      if (nominals.get(i).name.equals(name)) {
        int id = i;
        return switch (nominals.get(i).members) {
          case Members.StructMembers s -> Optional.of(new Type.Struct(id));
          case Members.EnumMembers e -> Optional.of(new Type.Enum(id));
          case Members.UnionMembers u -> Optional.of(new Type.Union(id));
          case Members.ErrorMembers e -> Optional.of(new Type.ErrorSet(id));
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }

  /** Gives a nominal type another display name. */
  public void rename(int id, String name) {
    nominals.get(id).name = name;
  }

  /**
   * Puts a type in the place of one that was declared as a struct and turned out to be something
   * else: in all tags and in the members of all types (ct.make.6).
   */
  public void replace(Type.Struct declared, Type made) {
    Replacement r = new Replacement(declared, made);
    for (int i : openInTags.getOrDefault(declared.id(), Set.of())) {
      Type changed = r.in(byTag.get(i));
      if (!changed.equals(byTag.get(i))) {
        byTag.set(i, changed);
        tags.put(changed, i);
      }
    }
    for (int id : openInMembers.getOrDefault(declared.id(), Set.of())) {
      nominals.get(id).members = r.in(nominals.get(id).members);
    }
    changes++;
  }

  private static List<Type> types(Members members) {
    return switch (members) {
      case Members.StructMembers s -> s.fields().stream().map(Field::type).toList();
      case Members.UnionMembers u -> u.fields().stream().map(Field::type).toList();
      case Members.EnumMembers e -> e.variants().stream().map(Variant::payload).toList();
      default -> List.of();
    };
  }

  /** Remembers where a type is used that mentions structs without members. */
  private void noteOpen(Type type, Map<Integer, Set<Integer>> uses, int user) {
    switch (type) {
      case Type.Struct s -> {
        if (!isDefined(s.id())) {
          uses.computeIfAbsent(s.id(), k -> new LinkedHashSet<>()).add(user);
        }
      }
      case Type.Pointer p -> noteOpen(p.target(), uses, user);
      case Type.ManyPointer p -> noteOpen(p.element(), uses, user);
      case Type.Slice s -> noteOpen(s.element(), uses, user);
      case Type.Array a -> noteOpen(a.element(), uses, user);
      case Type.Optional o -> noteOpen(o.payload(), uses, user);
      case Type.Tuple t -> t.elements().forEach(e -> noteOpen(e, uses, user));
      case Type.Function f -> {
        f.params().forEach(e -> noteOpen(e, uses, user));
        noteOpen(f.result(), uses, user);
      }
      case Type.Closure c -> {
        c.params().forEach(e -> noteOpen(e, uses, user));
        noteOpen(c.result(), uses, user);
      }
      default -> {}
    }
  }

  /** The display name of a nominal type (types.name.1). */
  public String nominalName(int id) {
    return id < 0 ? "!" : nominals.get(id).name;
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

  /** The struct that lays out the values of a tagged union, if it was declared with one. */
  public Optional<Type.Struct> layout(Type.Enum type) {
    return enumMembers(type).layout();
  }

  /** Whether some variant has a payload, or a struct gives the layout. */
  public boolean isTaggedUnion(Type.Enum type) {
    if (layout(type).isPresent()) {
      return true;
    }
    for (Variant v : variants(type)) {
      if (!v.payload().equals(Types.VOID)) {
        return true;
      }
    }
    return false;
  }

  private Members.EnumMembers enumMembers(Type.Enum type) {
    return nominals.get(type.id()).members instanceof Members.EnumMembers e
        ? e
        : new Members.EnumMembers((Type.Int) Types.I64, false, Optional.empty(), List.of());
  }

  /** The run-time tag of a type (types.type.4): small, dense, equal for equal types. */
  public int tag(Type type) {
    Integer known = tags.get(type);
    if (known != null) {
      return known;
    }
    tags.put(type, byTag.size());
    noteOpen(type, openInTags, byTag.size());
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
