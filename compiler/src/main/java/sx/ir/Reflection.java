package sx.ir;

import java.util.List;
import sx.ir.Inst.ReflectKind;
import sx.type.Layout;
import sx.type.Type;
import sx.type.TypeKind;
import sx.type.TypeTable;
import sx.type.Types;

/**
 * The answers of run-time reflection (ct.rt), from the tables of one program. The one place that
 * both engines ask. An index out of range gives {@code ""}, {@code void} or 0.
 */
public final class Reflection {
  private final Program program;
  private final TypeTable table;
  private final Layout layout;

  public Reflection(Program program) {
    this.program = program;
    this.table = program.types();
    this.layout = program.layout();
  }

  /** Whether a question takes a member index. */
  public static boolean takesIndex(ReflectKind kind) {
    return switch (kind) {
      case FIELD_NAME, FIELD_TYPE, FIELD_OFFSET, VARIANT_VALUE -> true;
      default -> false;
    };
  }

  /** The type of the answer to a question. */
  public static Type resultType(ReflectKind kind) {
    return switch (kind) {
      case TYPE_NAME, FIELD_NAME -> Types.STRING;
      case FIELD_TYPE, POINTEE -> Types.TYPE;
      case IS_UNSIGNED, IS_FLAGS, IS_STRUCT -> Types.BOOL;
      default -> Types.I64;
    };
  }

  /** The answer to a question whose result is a string. */
  public String text(ReflectKind kind, Type type, long index) {
    return kind == ReflectKind.TYPE_NAME ? typeName(type) : memberName(type, index);
  }

  /** The answer to every other question; bools are 0 or 1 and types are given by their tag. */
  @SuppressWarnings("EnumOrdinal") // The ordinal of a TypeKind is what programs see.
  public long number(ReflectKind kind, Type type, long index) {
    return switch (kind) {
      case TYPE_NAME, FIELD_NAME -> throw new IllegalArgumentException(kind + " gives a string");
      case SIZE_OF -> layout.size(type);
      case ALIGN_OF -> layout.align(type);
      case IS_UNSIGNED -> isUnsigned(type) ? 1 : 0;
      case IS_FLAGS -> isFlags(type) ? 1 : 0;
      case IS_STRUCT -> kind(type) == TypeKind.STRUCT ? 1 : 0;
      case KIND -> kind(type).ordinal();
      case STRUCT_FIELD_COUNT -> structFieldCount(type);
      case FIELD_COUNT -> count(type);
      case FIELD_TYPE -> table.tag(memberType(type, index));
      case FIELD_OFFSET -> memberOffset(type, index);
      case VARIANT_COUNT -> variantCount(type);
      case VARIANT_VALUE -> variantValue(type, index);
      case VARIANT_TAG_WIDTH -> variantTagWidth(type);
      case TAG_OFFSET -> tagOffset(type);
      case PAYLOAD_OFFSET -> payloadOffset(type);
      case VECTOR_LANES -> vectorLanes(type);
      case POINTEE -> table.tag(pointee(type));
    };
  }

  /** The text of {@code type_name} (ct.size.5). */
  public String typeName(Type type) {
    return program.typeNames().of(type);
  }

  public boolean isUnsigned(Type type) {
    return type instanceof Type.Int i && !i.signed();
  }

  public boolean isFlags(Type type) {
    return type instanceof Type.Enum e && table.isFlags(e);
  }

  public TypeKind kind(Type type) {
    return TypeKind.of(type, table);
  }

  /** Members of a struct, tuple or untagged union; 0 for other kinds (ct.field.2). */
  public long structFieldCount(Type type) {
    return isRecord(type) ? layout.parts(type).size() : 0;
  }

  /** The wide count of [ct.old.2]. */
  public long count(Type type) {
    return switch (type) {
      case Type.Enum e -> table.variants(e).size();
      case Type.Array a -> a.length();
      case Type.Vector v -> v.lanes();
      default -> structFieldCount(type);
    };
  }

  /** How many members {@link #memberType} knows: the wide count, 1 for slices and optionals. */
  public long memberTypeCount(Type type) {
    return switch (type) {
      case Type.Slice s -> 1;
      case Type.Optional o -> 1;
      case Type.ErrorSet e -> table.errorTagCount() + 1;
      default -> count(type);
    };
  }

  /** The name of a field or variant, the label of a tuple element (ct.field.3, ct.old.3). */
  public String memberName(Type type, long index) {
    return switch (type) {
      case Type.Struct s when table.isTuple(s) -> "";
      case Type.Struct s -> fieldName(table.fields(s), index);
      case Type.Union u -> fieldName(table.fields(u), index);
      case Type.Tuple t -> at(t.labels(), index, "");
      case Type.Enum e when inside(table.variants(e), index) ->
          table.variants(e).get((int) index).name();
      case Type.ErrorSet e -> table.errorName(index);
      default -> "";
    };
  }

  /** The type of a member by the wide rule of [ct.field.5]. */
  public Type memberType(Type type, long index) {
    return switch (type) {
      case Type.Struct s -> fieldType(table.fields(s), index);
      case Type.Union u -> fieldType(table.fields(u), index);
      case Type.Tuple t -> at(t.elements(), index, Types.VOID);
      case Type.Enum e when inside(table.variants(e), index) ->
          table.variants(e).get((int) index).payload();
      case Type.Array a -> a.element();
      case Type.Vector v -> v.element();
      case Type.Slice s -> s.element();
      case Type.Optional o -> o.payload();
      default -> Types.VOID;
    };
  }

  /** The byte offset of a member of a struct, tuple or untagged union; else 0. */
  public long memberOffset(Type type, long index) {
    if (!isRecord(type)) {
      return 0;
    }
    List<Layout.Part> parts = layout.parts(type);
    return inside(parts, index) ? parts.get((int) index).offset() : 0;
  }

  public long variantCount(Type type) {
    return type instanceof Type.Enum e ? table.variants(e).size() : 0;
  }

  /** The tag value of a variant (ct.var.4). */
  public long variantValue(Type type, long index) {
    return type instanceof Type.Enum e && inside(table.variants(e), index)
        ? table.variants(e).get((int) index).value()
        : 0;
  }

  /** The bytes of the tag word, negated when it is signed; 0 for types without one. */
  public long variantTagWidth(Type type) {
    if (!(type instanceof Type.Enum e)) {
      return 0;
    }
    Type.Int backing = table.backing(e);
    return backing.signed() ? -layout.size(backing) : layout.size(backing);
  }

  /** The offset of the tag of an enum or tagged union; 0 for other types. */
  public long tagOffset(Type type) {
    return type instanceof Type.Enum e ? layout.tagOffset(e) : 0;
  }

  /** The offset of the payload area of a tagged union; 0 for other types. */
  public long payloadOffset(Type type) {
    return type instanceof Type.Enum e && table.isTaggedUnion(e) ? layout.payloadOffset(e) : 0;
  }

  public long vectorLanes(Type type) {
    return type instanceof Type.Vector v ? v.lanes() : 0;
  }

  /** What a pointer or many-pointer points to, else void. */
  public Type pointee(Type type) {
    return switch (type) {
      case Type.Pointer p -> p.target();
      case Type.ManyPointer p -> p.element();
      default -> Types.VOID;
    };
  }

  private static boolean isRecord(Type type) {
    return type instanceof Type.Struct || type instanceof Type.Tuple || type instanceof Type.Union;
  }

  private static String fieldName(List<TypeTable.Field> fields, long index) {
    return inside(fields, index) ? fields.get((int) index).name() : "";
  }

  private static Type fieldType(List<TypeTable.Field> fields, long index) {
    return inside(fields, index) ? fields.get((int) index).type() : Types.VOID;
  }

  private static <T> T at(List<T> list, long index, T otherwise) {
    return inside(list, index) ? list.get((int) index) : otherwise;
  }

  private static boolean inside(List<?> list, long index) {
    return index >= 0 && index < list.size();
  }
}
