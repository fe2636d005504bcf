package sx.sema;

import sx.type.Type;
import sx.type.Types;

/** The types that the language names itself (lex.reserved.1, types.prim). */
final class BuiltinTypes {
  private BuiltinTypes() {}

  /** Whether a bare spelling always means the built-in in type position. */
  static boolean isReserved(String name) {
    return switch (name) {
      case "bool", "string", "cstring", "void", "usize", "isize", "any", "f32", "f64" -> true;
      default -> width(name) > 0;
    };
  }

  /** The type of a reserved spelling. */
  static Type of(String name) {
    return switch (name) {
      case "bool" -> Types.BOOL;
      case "string" -> Types.STRING;
      case "cstring" -> Types.CSTRING;
      case "void" -> Types.VOID;
      case "usize" -> Types.USIZE;
      case "isize" -> Types.ISIZE;
      case "any" -> Types.ANY;
      case "f32" -> Types.F32;
      case "f64" -> Types.F64;
      default -> new Type.Int(width(name), name.charAt(0) == 'i', false);
    };
  }

  private static int width(String name) {
    int n = name.length();
    if (n < 2 || n > 3 || (name.charAt(0) != 'i' && name.charAt(0) != 'u')) {
      return 0;
    }
    int width = 0;
    for (int i = 1; i < n; i++) {
      char d = name.charAt(i);
      if (d < '0' || d > '9' || (i == 1 && d == '0')) {
        return 0;
      }
      width = width * 10 + d - '0';
    }
    return width <= 64 ? width : 0;
  }
}
