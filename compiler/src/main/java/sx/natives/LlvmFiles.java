package sx.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.llvm.global.LLVM;

/**
 * Files of the LLVM jar, each unpacked once into JavaCPP's cache, where the programs find the
 * libraries beside them. To load the jar's class {@code program.llvm} would unpack all 500 MB.
 */
public final class LlvmFiles {
  /** What the names by which programs look for the libraries end in. */
  private static final String VERSION = ".20.1";

  private static final String CLANG_HEADERS = "lib/clang/20/";

  private LlvmFiles() {}

  /**
   * The path of a program, ready to be started.
   *
   * @param libraries the names of the libraries it needs, such as {@code libLLVM.so}
   * @throws IOException if it cannot be unpacked
   */
  public static Path program(String name, List<String> libraries) throws IOException {
    for (String library : libraries) {
      library(library);
    }
    Path known = directory().resolve(name);
    if (Files.isExecutable(known)) {
      return known;
    }
    Path unpacked = unpack(name);
    if (!unpacked.toFile().setExecutable(true) || !unpacked.equals(known)) {
      throw new IOException(unpacked + " is not where " + known + " was expected");
    }
    return unpacked;
  }

  /** The path of a library, which its versioned name leads to as well. */
  public static Path library(String name) throws IOException {
    Path known = directory().resolve(name);
    Path versioned = directory().resolve(name + VERSION);
    if (Files.exists(known) && Files.exists(versioned)) {
      return known;
    }
    Path unpacked = unpack(name);
    try {
      Files.createSymbolicLink(versioned, unpacked.getFileName());
    } catch (FileAlreadyExistsException e) {
      // made before, perhaps by another process just now
    }
    return unpacked;
  }

  /** The directory of the headers that belong to clang itself, {@code -resource-dir}. */
  public static Path clangResources() throws IOException {
    Path directory = directory().resolve(CLANG_HEADERS);
    Path done = directory.resolve("sx-unpacked");
    if (!Files.exists(done)) {
      String prefix = "org/bytedeco/llvm/" + Loader.getPlatform() + "/" + CLANG_HEADERS;
      try (JarFile jar = new JarFile(jar().toFile())) {
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
          JarEntry entry = entries.nextElement();
          if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
            copy(jar, entry, directory.resolve(entry.getName().substring(prefix.length())));
          }
        }
      }
      Files.write(done, new byte[0]);
    }
    return directory;
  }

  /** Whole under its name or not there at all, also if several processes unpack at once. */
  private static void copy(JarFile jar, JarEntry entry, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Path temporary =
        to.resolveSibling("." + to.getFileName() + "." + ProcessHandle.current().pid());
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path unpack(String name) throws IOException {
    try {
      String resource = "/org/bytedeco/llvm/" + Loader.getPlatform() + "/" + name;
      return Loader.cacheResource(LLVM.class, resource).toPath();
    } catch (RuntimeException e) {
      throw new IOException(name + " of LLVM cannot be unpacked: " + e.getMessage(), e);
    }
  }

  /** Where JavaCPP unpacks the jar with the natives. */
  private static Path directory() throws IOException {
    return Loader.getCacheDir()
        .toPath()
        .resolve(nativesJar() + "/org/bytedeco/llvm/" + Loader.getPlatform());
  }

  /** The jar with the natives lies beside that of the binding. */
  private static Path jar() {
    String binding = LLVM.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(binding).resolveSibling(nativesJar());
  }

  private static String nativesJar() {
    String jar = LLVM.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.substring(jar.lastIndexOf('/') + 1)
        .replace(".jar", "-" + Loader.getPlatform() + ".jar");
  }
}
