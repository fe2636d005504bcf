package sx.c;

import static org.bytedeco.llvm.global.clang.clang_disposeString;
import static org.bytedeco.llvm.global.clang.clang_getCString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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

  /**
   * Has libclang leave the handlers of signals alone. Its crash recovery replaces them, and with
   * that for SIGSEGV the JVM's own, which stands for its tests for null.
   */
  @SuppressWarnings("restricted")
  private static void forbidCrashRecovery() {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          (int)
              setenv.invokeExact(
                  arena.allocateFrom("LIBCLANG_DISABLE_CRASH_RECOVERY"),
                  arena.allocateFrom("1"),
                  1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its libraries need libLLVM, which must be loaded first, and then are told nothing is left. */
  @SuppressWarnings("restricted")
  private static Path loadAll() {
    Natives.load();
    forbidCrashRecovery();
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
