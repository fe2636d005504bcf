package sx.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.natives.LlvmFiles;
import sx.type.Target;

/** The linker in the LLVM jar, called as {@code ld.lld} with the start files named by hand. */
final class Lld {
  /** Inputs below this many bytes link faster without threads. */
  private static final long THREADS_FROM = 8L << 20;

  private Lld() {}

  /** The path of the linker, unpacked once. */
  static Path executable() throws LinkFailure {
    try {
      return LlvmFiles.program("lld", List.of("libLLVM.so"));
    } catch (IOException e) {
      throw new LinkFailure(
          LinkFailure.Kind.NO_LINKER, "cannot unpack the linker of LLVM: " + e.getMessage());
    }
  }

  /** The command that links a request to {@code output}. */
  static List<String> command(LinkRequest request, CLibrary c, Path output) throws LinkFailure {
    List<String> all = new ArrayList<>(List.of(executable().toString(), "-flavor", "gnu"));
    if (isSmall(request.objects())) {
      all.add("--threads=1");
    }
    all.addAll(List.of("-pie", "--eh-frame-hdr", "-dynamic-linker"));
    all.add(CLibrary.loader(request.target()));
    all.addAll(List.of("-o", output.toString()));
    request.sysroot().ifPresent(root -> all.add("--sysroot=" + root));
    all.add(c.startFiles().resolve("Scrt1.o").toString());
    all.add(c.startFiles().resolve("crti.o").toString());
    request.objects().forEach(o -> all.add(o.toString()));
    request.searchDirs().forEach(d -> all.add("-L" + d));
    if (request.target().isHost() && !request.libraries().isEmpty()) {
      all.addAll(List.of("-L/usr/local/lib", "-L/usr/lib"));
    }
    c.searchDirs().forEach(d -> all.add("-L" + d));
    request.libraries().forEach(l -> all.add("-l" + l));
    for (String flag : request.flags()) {
      all.addAll(direct(flag));
    }
    all.add("--as-needed");
    if (hasLibrary(c, "libm")) {
      all.add("-lm");
    }
    if (request.objects().size() > 1) {
      CLibrary.compilerSupport(request.target(), request.sysroot())
          .ifPresent(library -> all.add(library.toString()));
    }
    all.addAll(List.of("--no-as-needed", "-lc"));
    all.add(c.startFiles().resolve("crtn.o").toString());
    return all;
  }

  /** The command that links a shared library of the host. */
  static List<String> sharedCommand(List<Path> objects, Path output) throws LinkFailure {
    List<String> all = new ArrayList<>(List.of(executable().toString(), "-flavor", "gnu"));
    all.addAll(List.of("-shared", "-Bsymbolic", "-o", output.toString()));
    objects.forEach(o -> all.add(o.toString()));
    CLibrary.compilerSupport(Target.host(), Optional.empty())
        .ifPresent(library -> all.add(library.toString()));
    return all;
  }

  private static boolean isSmall(List<Path> objects) {
    return objects.stream().mapToLong(o -> o.toFile().length()).sum() < THREADS_FROM;
  }

  private static boolean hasLibrary(CLibrary c, String name) {
    return c.searchDirs().stream()
        .anyMatch(
            d -> Files.exists(d.resolve(name + ".so")) || Files.exists(d.resolve(name + ".a")));
  }

  /** A driver's flag as the linker itself takes it. */
  private static List<String> direct(String flag) {
    if (flag.startsWith("-Wl,")) {
      return List.of(flag.substring("-Wl,".length()).split(","));
    }
    return flag.equals("-rdynamic") ? List.of("--export-dynamic") : List.of(flag);
  }

  /** Whether these flags mean to {@link #command} what they mean to a driver. */
  static boolean understands(List<String> flags) {
    return flags.stream()
        .allMatch(
            f ->
                f.startsWith("-l")
                    || f.startsWith("-L")
                    || f.startsWith("-Wl,")
                    || f.equals("-s")
                    || f.equals("-rdynamic")
                    || !f.startsWith("-"));
  }
}
