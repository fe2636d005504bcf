package sx.type;

/** The kinds that run-time reflection and type matches tell apart (stmt.tmatch.1). */
public enum TypeKind {
  OTHER,
  INT,
  FLOAT,
  BOOL,
  STRING,
  VOID,
  STRUCT,
  ENUM,
  TAGGED_UNION,
  UNION,
  VECTOR,
  ARRAY,
  SLICE,
  POINTER,
  OPTIONAL,
  ERROR_SET,
  CLOSURE,
  TYPE,
  TUPLE,
  FUNCTION,
  PROTOCOL,
  ANY,
  CSTRING;

  /** The number that stands for the kind in tables and matches. */
  @SuppressWarnings("EnumOrdinal")
  public long number() {
    return ordinal();
  }

  public static TypeKind of(Type type, TypeTable table) {
    return switch (type) {
      case Type.Int i -> INT;
      case Type.Float f -> FLOAT;
      case Type.Bool b -> BOOL;
      case Type.Void v -> VOID;
      case Type.NoReturn n -> OTHER;
      case Type.Erroneous e -> OTHER;
      case Type.Str s -> STRING;
      case Type.CString c -> CSTRING;
      case Type.Any a -> ANY;
      case Type.Meta m -> TYPE;
      case Type.Pointer p -> POINTER;
      case Type.ManyPointer p -> POINTER;
      case Type.Slice s -> SLICE;
      case Type.Array a -> ARRAY;
      case Type.Vector v -> VECTOR;
      case Type.Optional o -> OPTIONAL;
      case Type.Function f -> FUNCTION;
      case Type.Closure c -> CLOSURE;
      case Type.Tuple t -> TUPLE;
      case Type.Struct s -> table.isTuple(s) ? TUPLE : STRUCT;
      case Type.Enum e -> table.isTaggedUnion(e) ? TAGGED_UNION : ENUM;
      case Type.Union u -> UNION;
      case Type.ErrorSet e -> ERROR_SET;
      case Type.Protocol p -> PROTOCOL;
    };
  }
}
