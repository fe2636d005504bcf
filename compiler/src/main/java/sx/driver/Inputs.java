package sx.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a program depends on in the file system; a compile that finds the same makes the same.
 *
 * @param sources every file that was read, the library's included
 * @param missing every path at which an import was looked up in vain
 * @param links paths that led through symbolic links, and the real paths that they led to
 * @param directories the directories that were listed, and how many source files were in each
 */
public record Inputs(
    List<Source> sources,
    List<Path> missing,
    Map<Path, Path> links,
    Map<Path, Integer> directories) {

  /** A file by its real path, with the bytes that were compiled: the file may change meanwhile. */
  public record Source(Path path, byte[] bytes) {}

  /** Every path that is named. */
  List<Path> paths() {
    List<Path> all = new ArrayList<>(sources.stream().map(Source::path).toList());
    all.addAll(missing);
    all.addAll(links.keySet());
    all.addAll(links.values());
    all.addAll(directories.keySet());
    return all;
  }
}
