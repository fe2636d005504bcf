package sx.c;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One {@code #import c} block with its paths resolved. Blocks that say the same are one unit, which
 * is compiled and linked once (ffi.c.10).
 *
 * @param headers whose functions are declared, in order
 * @param sources what is compiled, in order
 * @param defines {@code K} or {@code K=V}
 * @param flags for the C compiler, already split at spaces
 */
public record CUnit(
    List<Path> headers, List<Path> sources, List<String> defines, List<String> flags) {
  public CUnit {
    headers = List.copyOf(headers);
    sources = List.copyOf(sources);
    defines = List.copyOf(defines);
    flags = List.copyOf(flags);
  }

  /** What the C compiler is told about each file of the unit (ffi.c.3). */
  List<String> arguments() {
    List<String> all = new ArrayList<>();
    Set<Path> directories = new LinkedHashSet<>();
    headers.forEach(h -> directories.add(h.resolveSibling("")));
    directories.forEach(d -> all.add("-I" + d));
    defines.forEach(d -> all.add("-D" + d));
    all.addAll(flags);
    return all;
  }
}
