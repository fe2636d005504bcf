package sx.type;

/**
 * The types that have names of their own in the language.
 *
 * <p>They stand apart from {@link Type} so that initialising one kind of type never waits for
 * another: compilations start side by side.
 */
public final class Types {
  public static final Type BOOL = new Type.Bool();
  public static final Type VOID = new Type.Void();
  public static final Type NO_RETURN = new Type.NoReturn();
  public static final Type STRING = new Type.Str();
  public static final Type CSTRING = new Type.CString();
  public static final Type ANY = new Type.Any();
  public static final Type TYPE = new Type.Meta();
  public static final Type ERROR = new Type.Erroneous();

  /** The error set of a bare {@code !}: any tag (err.sig.2). */
  public static final Type.ErrorSet ANY_ERROR = new Type.ErrorSet(-1);

  public static final Type F32 = new Type.Float(32);
  public static final Type F64 = new Type.Float(64);
  public static final Type I8 = new Type.Int(8, true, false);
  public static final Type I32 = new Type.Int(32, true, false);
  public static final Type I64 = new Type.Int(64, true, false);
  public static final Type U8 = new Type.Int(8, false, false);
  public static final Type U16 = new Type.Int(16, false, false);
  public static final Type U32 = new Type.Int(32, false, false);
  public static final Type U64 = new Type.Int(64, false, false);
  public static final Type USIZE = new Type.Int(64, false, true);
  public static final Type ISIZE = new Type.Int(64, true, true);
  public static final Type VOID_POINTER = new Type.Pointer(VOID);
  public static final Type BYTES = new Type.Slice(U8);

  private Types() {}
}
