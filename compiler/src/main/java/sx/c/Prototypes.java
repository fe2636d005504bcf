package sx.c;

import static org.bytedeco.llvm.global.clang.CXType_Bool;
import static org.bytedeco.llvm.global.clang.CXType_Char_S;
import static org.bytedeco.llvm.global.clang.CXType_Char_U;
import static org.bytedeco.llvm.global.clang.CXType_Double;
import static org.bytedeco.llvm.global.clang.CXType_Enum;
import static org.bytedeco.llvm.global.clang.CXType_Float;
import static org.bytedeco.llvm.global.clang.CXType_FunctionNoProto;
import static org.bytedeco.llvm.global.clang.CXType_Int;
import static org.bytedeco.llvm.global.clang.CXType_Long;
import static org.bytedeco.llvm.global.clang.CXType_LongLong;
import static org.bytedeco.llvm.global.clang.CXType_Pointer;
import static org.bytedeco.llvm.global.clang.CXType_SChar;
import static org.bytedeco.llvm.global.clang.CXType_Short;
import static org.bytedeco.llvm.global.clang.CXType_UChar;
import static org.bytedeco.llvm.global.clang.CXType_UInt;
import static org.bytedeco.llvm.global.clang.CXType_ULong;
import static org.bytedeco.llvm.global.clang.CXType_ULongLong;
import static org.bytedeco.llvm.global.clang.CXType_UShort;
import static org.bytedeco.llvm.global.clang.CXType_Void;
import static org.bytedeco.llvm.global.clang.clang_Cursor_getArgument;
import static org.bytedeco.llvm.global.clang.clang_getArgType;
import static org.bytedeco.llvm.global.clang.clang_getCanonicalType;
import static org.bytedeco.llvm.global.clang.clang_getCursorSpelling;
import static org.bytedeco.llvm.global.clang.clang_getCursorType;
import static org.bytedeco.llvm.global.clang.clang_getNumArgTypes;
import static org.bytedeco.llvm.global.clang.clang_getPointeeType;
import static org.bytedeco.llvm.global.clang.clang_getResultType;
import static org.bytedeco.llvm.global.clang.clang_isFunctionTypeVariadic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.llvm.clang.CXCursor;
import org.bytedeco.llvm.clang.CXType;

/** The signatures of C functions in types of sx (ffi.c.7). */
final class Prototypes {
  private Prototypes() {}

  /** The function at a cursor; empty if a type of it has no counterpart. */
  static Optional<CFunction> of(String name, CXCursor cursor) {
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    boolean prototype = type.kind() != CXType_FunctionNoProto;
    Optional<CType> result = value(clang_getResultType(type));
    List<CFunction.Param> params = new ArrayList<>();
    for (int i = 0; prototype && i < clang_getNumArgTypes(type); i++) {
      Optional<CType> param = value(clang_getArgType(type, i));
      if (param.isEmpty()) {
        return Optional.empty();
      }
      params.add(new CFunction.Param(paramName(cursor, i), param.get()));
    }
    boolean variadic = prototype && clang_isFunctionTypeVariadic(type) != 0;
    return result.map(r -> new CFunction(name, List.copyOf(params), r, variadic));
  }

  private static String paramName(CXCursor function, int index) {
    String name = LibClang.text(clang_getCursorSpelling(clang_Cursor_getArgument(function, index)));
    return name.isEmpty() ? "p" + index : name;
  }

  private static Optional<CType> value(CXType of) {
    CXType type = clang_getCanonicalType(of);
    int kind = type.kind();
    if (kind == CXType_Void) {
      return Optional.of(CType.VOID);
    }
    return kind == CXType_Pointer
        ? Optional.of(pointer(clang_getCanonicalType(clang_getPointeeType(type)).kind()))
        : scalar(kind).map(CType::plain);
  }

  private static CType pointer(int target) {
    if (isCharacter(target)) {
      return new CType(CType.Form.MANY_POINTER, "u8");
    }
    return CType.pointer(scalar(target).orElse("void"));
  }

  private static boolean isCharacter(int kind) {
    return kind == CXType_Char_S
        || kind == CXType_Char_U
        || kind == CXType_SChar
        || kind == CXType_UChar;
  }

  private static Optional<String> scalar(int kind) {
    if (kind == CXType_Bool || isCharacter(kind)) {
      return Optional.of("u8");
    }
    if (kind == CXType_Short) {
      return Optional.of("i16");
    }
    if (kind == CXType_UShort) {
      return Optional.of("u16");
    }
    if (kind == CXType_Int || kind == CXType_Enum) {
      return Optional.of("i32");
    }
    if (kind == CXType_UInt) {
      return Optional.of("u32");
    }
    if (kind == CXType_Long || kind == CXType_LongLong) {
      return Optional.of("i64");
    }
    if (kind == CXType_ULong || kind == CXType_ULongLong) {
      return Optional.of("u64");
    }
    if (kind == CXType_Float) {
      return Optional.of("f32");
    }
    return kind == CXType_Double ? Optional.of("f64") : Optional.empty();
  }
}
