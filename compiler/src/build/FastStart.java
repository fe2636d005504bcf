import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes the copy of the compiler and its libraries that the launcher starts: the same classes, in
 * the form that the JVM starts soonest ({@link LinkSwitches}, {@link UpgradeClasses}).
 *
 * <p>Arguments: the compiler's jar, beside which its libraries lie in {@code lib}, and the
 * directory to write the same layout to. The jars are on the class path too.
 */
class FastStart {
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Path out = Path.of(args[1]);
    Path libraries = Files.createDirectories(out.resolve("lib"));
    rewrite(jar, out.resolve(jar.getFileName()), LinkSwitches::link);
    try (Stream<Path> list = Files.list(jar.resolveSibling("lib"))) {
      for (Path library : list.toList()) {
        rewrite(library, libraries.resolve(library.getFileName()), UpgradeClasses::upgrade);
      }
    }
  }

  /** Copies a jar with its classes changed; a jar in which none changes is linked to. */
  private static void rewrite(Path from, Path to, UnaryOperator<byte[]> change) throws IOException {
    Map<String, byte[]> changed = changed(from, change);
    if (changed.isEmpty()) {
      Files.createSymbolicLink(to, from.toAbsolutePath());
      return;
    }
    Files.copy(from, to);
    try (FileSystem jar = FileSystems.newFileSystem(to)) {
      for (Map.Entry<String, byte[]> one : changed.entrySet()) {
        Files.write(jar.getPath(one.getKey()), one.getValue());
      }
    }
  }

  private static Map<String, byte[]> changed(Path from, UnaryOperator<byte[]> change)
      throws IOException {
    Map<String, byte[]> changed = new LinkedHashMap<>();
    try (FileSystem jar = FileSystems.newFileSystem(from)) {
      for (Path path : classes(jar)) {
        byte[] before = Files.readAllBytes(path);
        byte[] after = change.apply(before);
        if (after != before) {
          changed.put(path.toString(), after);
        }
      }
    }
    return changed;
  }

  private static List<Path> classes(FileSystem jar) throws IOException {
    try (Stream<Path> walk = Files.walk(jar.getPath("/"))) {
      return walk.filter(path -> path.toString().endsWith(".class")).toList();
    }
  }

  /** A reader and writer of class files that asks the class path for superclasses. */
  static ClassFile classFiles(ClassFile.Option... options) {
    return ClassFile.of(options)
        .withOptions(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }
}
