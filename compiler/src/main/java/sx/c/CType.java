package sx.c;

/**
 * A type as functions of headers are declared with (ffi.c.7).
 *
 * @param name a builtin type of sx; {@code void} stands for no result, and behind a pointer for
 *     anything
 */
public record CType(Form form, String name) {
  /** What stands before the name. */
  public enum Form {
    /** Nothing: a value. */
    PLAIN,
    /** {@code *} */
    POINTER,
    /** {@code [*]} */
    MANY_POINTER
  }

  static final CType VOID = plain("void");

  static CType plain(String name) {
    return new CType(Form.PLAIN, name);
  }

  static CType pointer(String name) {
    return new CType(Form.POINTER, name);
  }

  /** Whether this is the result of a function that returns nothing. */
  public boolean isVoid() {
    return equals(VOID);
  }
}
