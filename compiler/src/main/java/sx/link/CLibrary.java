package sx.link;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.type.Target;

/**
 * Where the start files and libraries of a target's C library are.
 *
 * @param startFiles the directory of {@code Scrt1.o}, {@code crti.o}, {@code crtn.o}
 * @param searchDirs directories for libraries, that one first
 */
record CLibrary(Path startFiles, List<Path> searchDirs) {
  /**
   * The usual places, in this order; {@code <triple>} stands for the directory name of a target.
   */
  private static final List<String> PLACES =
      List.of("usr/lib/<triple>", "usr/<triple>/lib", "lib/<triple>", "usr/lib/<triple>/lib");

  private static final List<String> HOST_PLACES =
      List.of("usr/lib64", "usr/lib", "usr/local/musl/lib");

  static Optional<CLibrary> find(Target target, Optional<Path> sysroot) {
    Path root = sysroot.orElse(Path.of("/"));
    List<Path> places = new ArrayList<>();
    PLACES.forEach(p -> places.add(root.resolve(p.replace("<triple>", target.triple()))));
    if (sysroot.isPresent() || target.isHost() || hostIs(target)) {
      HOST_PLACES.forEach(p -> places.add(root.resolve(p)));
    }
    for (Path place : places) {
      if (Files.exists(place.resolve("Scrt1.o")) && Files.exists(place.resolve("crti.o"))) {
        List<Path> dirs = new ArrayList<>(List.of(place));
        places.stream().filter(p -> !p.equals(place) && Files.isDirectory(p)).forEach(dirs::add);
        return Optional.of(new CLibrary(place, List.copyOf(dirs)));
      }
    }
    return Optional.empty();
  }

  /** Whether the host's own C library is that of the target: musl systems have its loader. */
  private static boolean hostIs(Target target) {
    return target.musl()
        && target.arch().equals(Target.host().arch())
        && Files.exists(Path.of(loader(target)))
        && !Files.exists(Path.of(loader(Target.host())));
  }

  /** The program interpreter that executables of a target name. */
  static String loader(Target target) {
    if (target.musl()) {
      return "/lib/ld-musl-" + target.arch() + ".so.1";
    }
    return target.arch().equals("aarch64")
        ? "/lib/ld-linux-aarch64.so.1"
        : "/lib64/ld-linux-x86-64.so.2";
  }

  /** The compiler's support library, which objects made by gcc may need; the newest. */
  static Optional<Path> compilerSupport(Target target, Optional<Path> sysroot) {
    Path root = sysroot.orElse(Path.of("/"));
    Optional<Path> best = Optional.empty();
    for (String place : List.of("usr/lib/gcc/", "usr/lib/gcc-cross/")) {
      Path versions = root.resolve(place + target.triple());
      if (!Files.isDirectory(versions)) {
        continue;
      }
      try (DirectoryStream<Path> all = Files.newDirectoryStream(versions)) {
        for (Path version : all) {
          Path library = version.resolve("libgcc.a");
          if (Files.exists(library) && (best.isEmpty() || best.get().compareTo(library) < 0)) {
            best = Optional.of(library);
          }
        }
      } catch (java.io.IOException e) {
        return best;
      }
    }
    return best;
  }
}
