package sx.type;

import java.util.List;

/**
 * A type. Structural types are equal when their parts are; nominal ones carry the id under which
 * the {@link TypeTable} knows their members (types.*, gen.struct.2).
 *
 * <p>Hashes are written out where there is one component only, which would be the hash otherwise:
 * tables hold, with a struct, its pointer, its slice and its optional, and enums of the same ids.
 */
public sealed interface Type {
  /**
   * {@code iN}, {@code uN}; {@code pointerSized} tells {@code usize}/{@code isize} from u64/i64.
   */
  record Int(int bits, boolean signed, boolean pointerSized) implements Type {}

  record Float(int bits) implements Type {}

  record Bool() implements Type {}

  record Void() implements Type {}

  /** The type of an expression that never completes. */
  record NoReturn() implements Type {}

  /** {@code string}: {@code {ptr: [*]u8, len: i64}}. */
  record Str() implements Type {}

  record CString() implements Type {}

  /** {@code any}: {@code {data: *void, type: Type}}. */
  record Any() implements Type {}

  /** {@code Type}: a type as a value, represented by its run-time tag. */
  record Meta() implements Type {}

  record Pointer(Type target) implements Type {
    @Override
    public int hashCode() {
      return target.hashCode() * 31 + 1;
    }
  }

  record ManyPointer(Type element) implements Type {
    @Override
    public int hashCode() {
      return element.hashCode() * 31 + 2;
    }
  }

  record Slice(Type element) implements Type {
    @Override
    public int hashCode() {
      return element.hashCode() * 31 + 3;
    }
  }

  record Array(Type element, long length) implements Type {}

  record Vector(Type element, long lanes) implements Type {}

  record Optional(Type payload) implements Type {
    @Override
    public int hashCode() {
      return payload.hashCode() * 31 + 4;
    }
  }

  /** A code address. {@code variadic} only for C functions with a variadic tail. */
  record Function(List<Type> params, Type result, boolean c, boolean variadic) implements Type {}

  record Closure(List<Type> params, Type result) implements Type {}

  /** Labels are {@code ""} where a slot has none. */
  record Tuple(List<Type> elements, List<String> labels) implements Type {}

  /** A struct of the table. */
  record Struct(int id) implements Type {
    @Override
    public int hashCode() {
      return id * 31 + 5;
    }
  }

  /** An enum without payloads, or a tagged union, of the table. */
  record Enum(int id) implements Type {
    @Override
    public int hashCode() {
      return id * 31 + 6;
    }
  }

  /** An untagged union of the table. */
  record Union(int id) implements Type {
    @Override
    public int hashCode() {
      return id * 31 + 7;
    }
  }

  record ErrorSet(int id) implements Type {
    @Override
    public int hashCode() {
      return id * 31 + 8;
    }
  }

  record Protocol(int id) implements Type {
    @Override
    public int hashCode() {
      return id * 31 + 9;
    }
  }

  /** Stands for a type in which an error was reported; fits everywhere (lex.diag.9). */
  record Erroneous() implements Type {}

  default boolean isInt() {
    return this instanceof Int;
  }

  default boolean isFloat() {
    return this instanceof Float;
  }

  default boolean isNumeric() {
    return isInt() || isFloat();
  }

  default boolean isError() {
    return this instanceof Erroneous;
  }

  /** Whether values are one machine address: pointers, many-pointers, cstring, functions. */
  default boolean isAddress() {
    return this instanceof Pointer
        || this instanceof ManyPointer
        || this instanceof CString
        || this instanceof Function;
  }
}
