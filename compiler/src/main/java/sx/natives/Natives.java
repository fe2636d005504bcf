package sx.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.llvm.global.LLVM;

/**
 * Loads LLVM once in a process.
 *
 * <p>JavaCPP's loader takes 70 ms even when all is unpacked, most of it in the table of contents of
 * a jar of 147 MB. So after its first success a mark is left beside the libraries, and from then on
 * they are loaded directly; JavaCPP is told that nothing is left to load.
 */
public final class Natives {
  private static final String MARK = "sx-unpacked";
  private static final String LOAD_LIBRARIES = "org.bytedeco.javacpp.loadlibraries";
  private static final String LIBRARY = "libLLVM.so";

  /** Each is needed by the last one, which is the binding. */
  private static final List<String> LIBRARIES =
      List.of(LIBRARY, "libRemarks.so", "libLTO.so", "libjniLLVM.so");

  private Natives() {}

  /** Holds the result of the one load of this process. */
  private static final class Loaded {
    static final boolean DONE = loadAll();
  }

  /** Makes LLVM's functions callable. */
  public static void load() {
    if (!Loaded.DONE) {
      throw new AssertionError();
    }
  }

  private static boolean loadAll() {
    String platform =
        "linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64");
    Path cache = cache();
    Path llvm = cache.resolve(jar(LLVM.class, platform)).resolve("org/bytedeco/llvm/" + platform);
    Path javacpp =
        cache.resolve(jar(Loader.class, platform)).resolve("org/bytedeco/javacpp/" + platform);
    Path library = llvm.resolve(LIBRARY);
    if (Files.exists(llvm.resolve(MARK)) && loadDirectly(javacpp, llvm)) {
      return true;
    }
    Loader.load(LLVM.class);
    mark(javacpp, llvm, library);
    return true;
  }

  /**
   * The name of the jar with the natives of a class, which JavaCPP's cache uses for a directory.
   */
  private static String jar(Class<?> binding, String platform) {
    String jar = binding.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.substring(jar.lastIndexOf('/') + 1).replace(".jar", "-" + platform + ".jar");
  }

  private static Path cache() {
    String set = System.getProperty("org.bytedeco.javacpp.cachedir", "");
    return set.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".javacpp", "cache")
        : Path.of(set);
  }

  @SuppressWarnings("restricted")
  private static boolean loadDirectly(Path javacpp, Path llvm) {
    System.setProperty(LOAD_LIBRARIES, "false");
    try {
      System.load(javacpp.resolve("libjnijavacpp.so").toString());
      for (String name : LIBRARIES) {
        System.load(llvm.resolve(name).toString());
      }
      return true;
    } catch (UnsatisfiedLinkError e) {
      System.clearProperty(LOAD_LIBRARIES);
      return false;
    }
  }

  private static void mark(Path javacpp, Path llvm, Path library) {
    try {
      if (Files.exists(library) && Files.exists(javacpp.resolve("libjnijavacpp.so"))) {
        Files.write(llvm.resolve(MARK), new byte[0]);
      }
    } catch (IOException e) {
      // the next process loads the slow way again
    }
  }
}
