package sx.c;

import static org.bytedeco.llvm.global.clang.CXCursor_FunctionDecl;
import static org.bytedeco.llvm.global.clang.CXDiagnostic_Error;
import static org.bytedeco.llvm.global.clang.CXLinkage_External;
import static org.bytedeco.llvm.global.clang.CXTranslationUnit_SkipFunctionBodies;
import static org.bytedeco.llvm.global.clang.clang_Location_isFromMainFile;
import static org.bytedeco.llvm.global.clang.clang_createIndex;
import static org.bytedeco.llvm.global.clang.clang_defaultDiagnosticDisplayOptions;
import static org.bytedeco.llvm.global.clang.clang_disposeDiagnostic;
import static org.bytedeco.llvm.global.clang.clang_disposeIndex;
import static org.bytedeco.llvm.global.clang.clang_disposeTranslationUnit;
import static org.bytedeco.llvm.global.clang.clang_formatDiagnostic;
import static org.bytedeco.llvm.global.clang.clang_getCursorKind;
import static org.bytedeco.llvm.global.clang.clang_getCursorLinkage;
import static org.bytedeco.llvm.global.clang.clang_getCursorLocation;
import static org.bytedeco.llvm.global.clang.clang_getCursorSpelling;
import static org.bytedeco.llvm.global.clang.clang_getDiagnostic;
import static org.bytedeco.llvm.global.clang.clang_getDiagnosticSeverity;
import static org.bytedeco.llvm.global.clang.clang_getFileName;
import static org.bytedeco.llvm.global.clang.clang_getInclusions;
import static org.bytedeco.llvm.global.clang.clang_getNumDiagnostics;
import static org.bytedeco.llvm.global.clang.clang_getTranslationUnitCursor;
import static org.bytedeco.llvm.global.clang.clang_parseTranslationUnit2;
import static org.bytedeco.llvm.global.clang.clang_visitChildren;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.llvm.clang.CXClientData;
import org.bytedeco.llvm.clang.CXCursor;
import org.bytedeco.llvm.clang.CXCursorVisitor;
import org.bytedeco.llvm.clang.CXDiagnostic;
import org.bytedeco.llvm.clang.CXFile;
import org.bytedeco.llvm.clang.CXInclusionVisitor;
import org.bytedeco.llvm.clang.CXIndex;
import org.bytedeco.llvm.clang.CXSourceLocation;
import org.bytedeco.llvm.clang.CXTranslationUnit;
import org.bytedeco.llvm.clang.CXUnsavedFile;

/**
 * What a header declares.
 *
 * @param functions those that the header itself declares and that are visible to other units, in
 *     its order; without names that begin with an underscore, and without those whose signature has
 *     a type that sx has no counterpart for or a struct by value (ffi.c.2, ffi.c.8)
 * @param files the header and all that it includes
 */
public record CHeader(List<CFunction> functions, Set<Path> files) {
  private static final int NEXT_SIBLING = 1;

  /**
   * Reads a header.
   *
   * @throws CRejected if it is not C
   */
  public static CHeader read(Path header, CUnit unit, CTarget target) throws CRejected {
    List<String> arguments = new ArrayList<>(List.of("-x", "c"));
    try {
      LibClang.load();
      arguments.addAll(List.of("-resource-dir", LibClang.resources().toString()));
    } catch (IOException e) {
      throw new CRejected("the C compiler cannot be unpacked: " + e.getMessage());
    }
    arguments.addAll(target.arguments());
    arguments.addAll(unit.arguments());
    CXIndex index = clang_createIndex(0, 0);
    try {
      return read(index, header, arguments);
    } finally {
      clang_disposeIndex(index);
    }
  }

  private static CHeader read(CXIndex index, Path header, List<String> arguments) throws CRejected {
    CXTranslationUnit unit = new CXTranslationUnit();
    try (BytePointer file = new BytePointer(header.toString());
        PointerPointer<BytePointer> words =
            new PointerPointer<>(arguments.toArray(String[]::new))) {
      int error =
          clang_parseTranslationUnit2(
              index,
              file,
              words,
              arguments.size(),
              (CXUnsavedFile) null,
              0,
              CXTranslationUnit_SkipFunctionBodies,
              unit);
      if (error != 0) {
        throw new CRejected("libclang cannot read the header: error " + error);
      }
      List<String> errors = errors(unit);
      if (!errors.isEmpty()) {
        throw new CRejected(String.join("\n", errors));
      }
      return new CHeader(functions(unit), files(unit));
    } finally {
      if (!unit.isNull()) {
        clang_disposeTranslationUnit(unit);
      }
    }
  }

  private static List<String> errors(CXTranslationUnit unit) {
    List<String> errors = new ArrayList<>();
    for (int i = 0; i < clang_getNumDiagnostics(unit); i++) {
      CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
      if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
        errors.add(
            LibClang.text(
                clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions())));
      }
      clang_disposeDiagnostic(diagnostic);
    }
    return errors;
  }

  private static List<CFunction> functions(CXTranslationUnit unit) {
    Map<String, CFunction> found = new LinkedHashMap<>();
    CXCursorVisitor visitor =
        new CXCursorVisitor() {
          @Override
          public int call(CXCursor cursor, CXCursor parent, CXClientData data) {
            if (isDeclared(cursor)) {
              String name = LibClang.text(clang_getCursorSpelling(cursor));
              if (!name.startsWith("_")) {
                Prototypes.of(name, cursor).ifPresent(f -> found.putIfAbsent(name, f));
              }
            }
            return NEXT_SIBLING;
          }
        };
    clang_visitChildren(clang_getTranslationUnitCursor(unit), visitor, null);
    visitor.close();
    return List.copyOf(found.values());
  }

  private static boolean isDeclared(CXCursor cursor) {
    return clang_getCursorKind(cursor) == CXCursor_FunctionDecl
        && clang_getCursorLinkage(cursor) == CXLinkage_External
        && clang_Location_isFromMainFile(clang_getCursorLocation(cursor)) != 0;
  }

  private static Set<Path> files(CXTranslationUnit unit) {
    Set<Path> files = new LinkedHashSet<>();
    CXInclusionVisitor visitor =
        new CXInclusionVisitor() {
          @Override
          public void call(CXFile file, CXSourceLocation stack, int depth, CXClientData data) {
            files.add(Path.of(LibClang.text(clang_getFileName(file))));
          }
        };
    clang_getInclusions(unit, visitor, null);
    visitor.close();
    return files;
  }
}
