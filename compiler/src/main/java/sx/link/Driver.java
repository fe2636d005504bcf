package sx.link;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sx.type.Target;

/** Linking by a linker driver such as {@code cc} (cli.link.1). */
final class Driver {
  static final String DEFAULT = "cc";

  private Driver() {}

  static List<String> command(LinkRequest request, Path output) {
    List<String> all = new ArrayList<>(driver(request));
    request.objects().forEach(o -> all.add(o.toString()));
    all.addAll(List.of("-o", output.toString()));
    request.sysroot().ifPresent(root -> all.add("--sysroot=" + root));
    request.searchDirs().forEach(d -> all.add("-L" + d));
    if (request.target().isHost() && !request.libraries().isEmpty()) {
      all.addAll(List.of("-L/usr/local/lib", "-L/usr/lib"));
    }
    request.libraries().forEach(l -> all.add("-l" + l));
    all.addAll(request.flags());
    all.addAll(List.of("-Wl,--as-needed", "-lm", "-Wl,--no-as-needed"));
    return all;
  }

  /** The driver and how it is told of a target that is not the host (cli.link.2). */
  private static List<String> driver(LinkRequest request) {
    Target target = request.target();
    List<String> words = new ArrayList<>(List.of(request.linker().orElse(DEFAULT).split(" +")));
    if (target.isHost()) {
      return words;
    }
    if (words.getFirst().contains("clang")) {
      words.add("--target=" + target.triple());
    } else if (words.getFirst().equals(DEFAULT) || words.getFirst().equals("gcc")) {
      words.set(0, target.triple() + "-gcc");
    }
    return words;
  }
}
