package sx.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sizes, alignments and offsets of types in bytes (types.prim, types.struct, types.layout), the
 * same on every target. Driven by the table only, never by the syntax that made a type.
 */
public final class Layout {
  private final TypeTable table;

  /** What is known of a type that holds others. */
  private static final class Known {
    long size = -1;
    long align = -1;
    @Nullable List<Part> parts;
  }

  /** What was found, as long as the table does not change. */
  private final Map<Type, Known> found = new HashMap<>();

  private int changes;

  public Layout(TypeTable table) {
    this.table = table;
  }

  /** Where one part of an aggregate lies. */
  public record Part(Type type, long offset) {}

  /** The size of a type; of one that holds others it is computed once. */
  public long size(Type type) {
    return switch (type) {
      case Type.Struct s -> remembered(s);
      case Type.Tuple t -> remembered(t);
      case Type.Union u -> remembered(u);
      case Type.Enum e -> remembered(e);
      case Type.Optional o -> remembered(o);
      default -> computed(type);
    };
  }

  private Known known(Type type) {
    if (changes != table.changes()) {
      changes = table.changes();
      found.clear();
    }
    Known known = found.get(type);
    if (known == null) {
      known = new Known();
      found.put(type, known);
    }
    return known;
  }

  private long remembered(Type type) {
    Known known = known(type);
    if (known.size < 0) {
      known.size = computed(type);
    }
    return known.size;
  }

  private long computed(Type type) {
    return switch (type) {
      case Type.Int i -> intSize(i.bits());
      case Type.Float f -> f.bits() / 8;
      case Type.Bool b -> 1;
      case Type.Void v -> 0;
      case Type.NoReturn n -> 0;
      case Type.Erroneous e -> 0;
      case Type.Str s -> 16;
      case Type.Any a -> 16;
      case Type.Slice s -> 16;
      case Type.Closure c -> 16;
      case Type.CString c -> 8;
      case Type.Meta m -> 8;
      case Type.Pointer p -> 8;
      case Type.ManyPointer p -> 8;
      case Type.Function f -> 8;
      case Type.Protocol p -> 16 + 8L * table.methodWords(p);
      case Type.ErrorSet e -> 4;
      case Type.Array a -> size(a.element()) * a.length();
      case Type.Vector v -> Math.max(1, Long.highestOneBit(lanesSize(v) * 2 - 1));
      case Type.Optional o ->
          isNullable(o.payload())
              ? size(o.payload())
              : roundUp(size(o.payload()) + 1, align(o.payload()));
      case Type.Tuple t -> structSize(parts(t), t);
      case Type.Struct s -> structSize(parts(s), s);
      case Type.Union u ->
          roundUp(
              table.fields(u).stream().mapToLong(f -> size(f.type())).max().orElse(0), align(u));
      case Type.Enum e ->
          table.layout(e).isPresent()
              ? size(table.layout(e).get())
              : table.isTaggedUnion(e)
                  ? roundUp(payloadOffset(e) + payloadSize(e), align(e))
                  : size(table.backing(e));
    };
  }

  /** The alignment of a type. */
  public long align(Type type) {
    return switch (type) {
      case Type.Struct s -> rememberedAlign(s);
      case Type.Tuple t -> rememberedAlign(t);
      case Type.Union u -> rememberedAlign(u);
      case Type.Enum e -> rememberedAlign(e);
      default -> computedAlign(type);
    };
  }

  private long rememberedAlign(Type type) {
    Known known = known(type);
    if (known.align < 0) {
      known.align = computedAlign(type);
    }
    return known.align;
  }

  private long computedAlign(Type type) {
    return switch (type) {
      case Type.Array a -> align(a.element());
      case Type.Void v -> 1;
      case Type.NoReturn n -> 1;
      case Type.Erroneous e -> 1;
      case Type.Optional o -> align(o.payload());
      case Type.Tuple t -> maxAlign(t.elements());
      case Type.Struct s -> maxAlign(table.fields(s).stream().map(TypeTable.Field::type).toList());
      case Type.Union u -> maxAlign(table.fields(u).stream().map(TypeTable.Field::type).toList());
      case Type.Enum e ->
          table.layout(e).isPresent()
              ? align(table.layout(e).get())
              : table.isTaggedUnion(e) ? Math.max(8, payloadAlign(e)) : align(table.backing(e));
      case Type.Str s -> 8;
      case Type.Any a -> 8;
      case Type.Slice s -> 8;
      case Type.Closure c -> 8;
      case Type.Protocol p -> 8;
      default -> Math.max(1, size(type));
    };
  }

  /** The offset of the tag of a tagged union: 0, or that of the layout struct (types.lay.2). */
  public long tagOffset(Type.Enum type) {
    return table.layout(type).map(s -> offset(s, "tag")).orElse(0L);
  }

  private long offset(Type.Struct type, String field) {
    List<TypeTable.Field> fields = table.fields(type);
    List<Part> parts = parts(type);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return parts.get(i).offset();
      }
    }
    return 0;
  }

  /** The offset of the payload area of a tagged union (types.tag.2, types.lay.2). */
  public long payloadOffset(Type.Enum type) {
    if (table.layout(type).isPresent()) {
      return offset(table.layout(type).get(), "payload");
    }
    return roundUp(size(table.backing(type)), payloadAlign(type));
  }

  private long payloadSize(Type.Enum type) {
    return Math.max(
        8, table.variants(type).stream().mapToLong(v -> size(v.payload())).max().orElse(0));
  }

  private long payloadAlign(Type.Enum type) {
    return table.variants(type).stream().mapToLong(v -> align(v.payload())).max().orElse(1);
  }

  /**
   * The parts of a struct, tuple or two-word value, with their offsets; empty for other types.
   * Those of an untagged union lie over each other; a tagged union has its tag as part 0 and behind
   * it the payloads of all variants, over each other.
   */
  public List<Part> parts(Type type) {
    Known known = known(type);
    List<Part> parts = known.parts;
    if (parts == null) {
      parts = computedParts(type);
      known.parts = parts;
    }
    return parts;
  }

  private List<Part> computedParts(Type type) {
    return switch (type) {
      case Type.Struct s -> place(table.fields(s).stream().map(TypeTable.Field::type).toList());
      case Type.Tuple t -> place(t.elements());
      case Type.Union u -> table.fields(u).stream().map(f -> new Part(f.type(), 0)).toList();
      case Type.Enum e when table.isTaggedUnion(e) -> choices(e);
      case Type.Str s -> place(List.of(new Type.ManyPointer(Types.U8), Types.I64));
      case Type.Slice s -> place(List.of(new Type.ManyPointer(s.element()), Types.I64));
      case Type.Any a -> place(List.of(Types.VOID_POINTER, Types.TYPE));
      case Type.Closure c -> place(List.of(Types.VOID_POINTER, Types.VOID_POINTER));
      case Type.Protocol p -> place(protocolWords(p));
      default -> List.of();
    };
  }

  private List<Part> choices(Type.Enum type) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(table.backing(type), tagOffset(type)));
    long payload = payloadOffset(type);
    table.variants(type).forEach(v -> parts.add(new Part(v.payload(), payload)));
    return parts;
  }

  /** Data address, type, and the table or the method words (proto.lay.1, proto.lay.2). */
  private List<Type> protocolWords(Type.Protocol type) {
    List<Type> words = new ArrayList<>(List.of(Types.VOID_POINTER, Types.TYPE));
    words.addAll(Collections.nCopies(table.methodWords(type), Types.VOID_POINTER));
    return words;
  }

  private List<Part> place(List<Type> types) {
    List<Part> parts = new ArrayList<>(types.size());
    long at = 0;
    for (Type t : types) {
      at = roundUp(at, align(t));
      parts.add(new Part(t, at));
      at += size(t);
    }
    return parts;
  }

  private long structSize(List<Part> parts, Type whole) {
    if (parts.isEmpty()) {
      return 0;
    }
    Part last = parts.getLast();
    return roundUp(last.offset() + size(last.type()), align(whole));
  }

  private long maxAlign(List<Type> types) {
    long max = 1;
    for (Type t : types) {
      max = Math.max(max, align(t));
    }
    return max;
  }

  private long lanesSize(Type.Vector v) {
    return size(v.element()) * v.lanes();
  }

  private static long intSize(int bits) {
    return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
  }

  /**
   * Whether an optional of this type uses a null word instead of a presence byte (types.layout.2).
   */
  public static boolean isNullable(Type payload) {
    return payload.isAddress()
        || payload instanceof Type.Closure
        || payload instanceof Type.Protocol;
  }

  /** Whether a value is held in one register: numbers, bools, addresses, plain enums, types. */
  public boolean isScalar(Type type) {
    return switch (type) {
      case Type.Int i -> true;
      case Type.Float f -> true;
      case Type.Bool b -> true;
      case Type.Meta m -> true;
      case Type.ErrorSet e -> true;
      case Type.Enum e -> !table.isTaggedUnion(e);
      case Type.Optional o -> isNullable(o.payload()) && isScalar(o.payload());
      default -> type.isAddress();
    };
  }

  /**
   * The machine view of a scalar: an {@link Type.Int}, {@link Type.Float}, {@link Type.Bool} or
   * {@link Types#VOID_POINTER}. Other types are returned as they are.
   */
  public Type machine(Type type) {
    return switch (type) {
      case Type.Meta m -> Types.I64;
      case Type.ErrorSet e -> Types.U32;
      case Type.Enum e -> table.isTaggedUnion(e) ? type : table.backing(e);
      case Type.Optional o -> isScalar(o) ? Types.VOID_POINTER : type;
      default -> type.isAddress() ? Types.VOID_POINTER : type;
    };
  }

  private static long roundUp(long n, long align) {
    return (n + align - 1) / align * align;
  }
}
