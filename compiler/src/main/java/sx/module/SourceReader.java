package sx.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.syntax.Ast;
import sx.syntax.Parser;

/** Turns a path into a parsed file. Library files come from the cache where it has them. */
final class SourceReader {
  sealed interface Result {}

  record Parsed(Ast.Module module) implements Result {}

  /** The file has a syntax error, which was reported in it (mod.path.7). */
  record Malformed() implements Result {}

  /** The file could not be read; nothing was reported yet. */
  record Unreadable(String reason) implements Result {}

  private final LoaderOptions options;
  private final ParsedFiles cache;
  private final Diagnostics diagnostics;
  private final DisplayNames names;

  SourceReader(LoaderOptions options, ParsedFiles cache, Diagnostics diagnostics) {
    this.options = options;
    this.cache = cache;
    this.diagnostics = diagnostics;
    this.names = new DisplayNames(options);
  }

  /** Reads and parses the file at a real path. */
  Result read(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return new Unreadable("it is a directory");
      }
      if (!attributes.isRegularFile()) {
        return new Unreadable("it is not a regular file");
      }
      if (attributes.size() > limit()) {
        return tooLarge();
      }
      String name = names.of(path);
      var stamp = new ParsedFiles.Stamp(attributes.size(), attributes.lastModifiedTime());
      Optional<UnaryOperator<byte[]>> change =
          names.isLibrary(path) ? options.reading().change(path) : Optional.empty();
      if (change.isPresent()) {
        return parse(path, name, change.get(), module -> {});
      }
      Optional<Ast.Module> known = cache.get(path, name, stamp);
      return known.isPresent()
          ? new Parsed(known.get())
          : parse(path, name, bytes -> bytes, module -> cache.put(path, name, stamp, module));
    } catch (IOException | SecurityException e) {
      return new Unreadable(reason(e));
    }
  }

  /** What to say about a file that cannot be opened. */
  static String reason(Exception e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> "reading failed";
    };
  }

  /**
   * Reads and parses a file that is not known yet.
   *
   * @param keep receives what others may use: a library file without errors
   */
  private Result parse(
      Path path, String name, UnaryOperator<byte[]> change, Consumer<Ast.Module> keep)
      throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes((int) limit() + 1);
    }
    if (bytes.length > limit()) { // grown since it was measured
      return tooLarge();
    }
    Diagnostics own = new Diagnostics();
    SourceFile file =
        new SourceFile(name, path.toString(), change.apply(bytes), names.isLibrary(path));
    // A program uses little of the library; the bodies of the rest need not be read.
    Optional<Ast.Module> module =
        file.isLibrary() ? Parser.parseDeferring(file, own) : Parser.parse(file, own);
    own.all().forEach(diagnostics::report);
    if (module.isEmpty()) {
      return new Malformed();
    }
    if (own.all().isEmpty() && names.isLibrary(path)) {
      keep.accept(module.get());
    }
    return new Parsed(module.get());
  }

  private long limit() {
    return Math.min(options.maxSourceBytes(), Integer.MAX_VALUE - 16);
  }

  private Unreadable tooLarge() {
    return new Unreadable("it is larger than the limit of " + limit() + " bytes");
  }
}
