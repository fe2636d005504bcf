package sx.module;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sx.syntax.Ast;

/**
 * Parsed library files, shared by the compilations of one JVM. A file counts as the same while its
 * real path, size and time of modification are; the name it has in diagnostics belongs to the key,
 * since the spans of its nodes show it.
 */
public final class ParsedFiles {
  /** The state of a file when it was read. */
  record Stamp(long size, FileTime modified) {}

  private record Key(Path path, String name) {}

  private record Entry(Stamp stamp, Ast.Module module) {}

  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

  Optional<Ast.Module> get(Path path, String name, Stamp stamp) {
    return Optional.ofNullable(entries.get(new Key(path, name)))
        .filter(e -> e.stamp.equals(stamp))
        .map(Entry::module);
  }

  void put(Path path, String name, Stamp stamp, Ast.Module module) {
    entries.put(new Key(path, name), new Entry(stamp, module));
  }
}
