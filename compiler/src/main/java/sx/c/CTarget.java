package sx.c;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.type.Target;

/**
 * What C is compiled for.
 *
 * @param sysroot root of the target's headers, if not that of this machine
 */
public record CTarget(Target target, Optional<Path> sysroot) {
  /** Where Debian and its like keep the headers of other targets. */
  private static final List<String> CROSS_HEADERS = List.of("/usr/<>/include", "/usr/include/<>");

  /** The machine that the compiler runs on. */
  public static CTarget host() {
    return new CTarget(Target.host(), Optional.empty());
  }

  /** What clang is told about it. */
  List<String> arguments() {
    List<String> all = new ArrayList<>(List.of("--target=" + target.triple()));
    if (sysroot.isPresent()) {
      all.add("--sysroot=" + sysroot.get());
    } else if (!target.isHost()) {
      for (String place : CROSS_HEADERS) {
        Path directory = Path.of(place.replace("<>", target.triple()));
        if (Files.isDirectory(directory)) {
          all.addAll(List.of("-isystem", directory.toString()));
        }
      }
    }
    return all;
  }
}
