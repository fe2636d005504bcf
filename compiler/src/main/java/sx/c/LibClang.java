package sx.c;

import static org.bytedeco.llvm.global.clang.clang_disposeString;
import static org.bytedeco.llvm.global.clang.clang_getCString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.llvm.clang.CXString;
import sx.natives.LlvmFiles;
import sx.natives.Natives;

/** The library that reads C. */
final class LibClang {
  private LibClang() {}

  /** Holds the result of the one load of this process. */
  private static final class Loaded {
    static final Path RESOURCES = loadAll();
  }

  /**
   * Makes its functions callable.
   *
   * @throws IOException if it cannot be unpacked
   */
  static void load() throws IOException {
    resources();
  }

  /** The directory of clang's own headers. */
  static Path resources() throws IOException {
    try {
      return Loaded.RESOURCES;
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      Throwable cause = e.getCause();
      String reason = cause instanceof UncheckedIOException ? cause.getMessage() : null;
      throw new IOException(reason == null ? "libclang could not be loaded" : reason, e);
    }
  }

  /** Its libraries need libLLVM, which must be loaded first, and then are told nothing is left. */
  @SuppressWarnings("restricted")
  private static Path loadAll() {
    Natives.load();
    try {
      System.load(LlvmFiles.library("libclang.so").toString());
      System.load(LlvmFiles.library("libjniclang.so").toString());
      return LlvmFiles.clangResources();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a string of the library, which is given back. */
  static String text(CXString string) {
    BytePointer bytes = clang_getCString(string);
    String text = bytes == null ? "" : bytes.getString();
    clang_disposeString(string);
    return text;
  }
}
