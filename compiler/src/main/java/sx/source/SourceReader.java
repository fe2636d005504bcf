package sx.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings source files into memory. */
public final class SourceReader {
  /** A larger file is not read at all: places in it would not fit the positions of a program. */
  public static final int MAX_SOURCE_BYTES = 64 << 20;

  /** What became of reading a file. */
  public sealed interface Result {}

  /** The file, valid UTF-8 (lex.src.1). */
  public record Read(SourceFile file) implements Result {}

  /**
   * Why there is no file.
   *
   * @param message names the file
   * @param span the first byte that is not UTF-8, where that is the reason
   */
  public record Failed(String message, Optional<Span> span) implements Result {
    public Diagnostic diagnostic() {
      return new Diagnostic(Diagnostic.Severity.ERROR, message, span, List.of());
    }
  }

  private SourceReader() {}

  /** Reads a file that diagnostics show as {@code name}. */
  public static Result read(Path path, String name) {
    Optional<String> obstacle = obstacle(path, name);
    if (obstacle.isPresent()) {
      return new Failed(obstacle.get(), Optional.empty());
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_SOURCE_BYTES + 1);
    } catch (IOException e) {
      return new Failed(cannotRead(name, reason(e)), Optional.empty());
    }
    if (bytes.length > MAX_SOURCE_BYTES) {
      return new Failed(tooLarge(name), Optional.empty());
    }
    SourceFile file = new SourceFile(name, path.toAbsolutePath().normalize().toString(), bytes);
    int invalid = Utf8.firstInvalid(bytes);
    if (invalid >= 0) {
      String message =
          String.format("invalid UTF-8: byte 0x%02X cannot stand here", bytes[invalid] & 0xFF);
      return new Failed(message, Optional.of(new Span(file, invalid, invalid + 1)));
    }
    return new Read(file);
  }

  /** Why a file cannot be read, as far as that shows without opening it. */
  public static Optional<String> obstacle(Path path, String name) {
    if (Files.isDirectory(path)) {
      return Optional.of(cannotRead(name, "it is a directory"));
    }
    if (!Files.exists(path)) {
      return Optional.of(cannotRead(name, "no such file"));
    }
    if (!Files.isRegularFile(path)) {
      return Optional.of(cannotRead(name, "it is not a regular file"));
    }
    if (!Files.isReadable(path)) {
      return Optional.of(cannotRead(name, "permission denied"));
    }
    try {
      return Files.size(path) > MAX_SOURCE_BYTES ? Optional.of(tooLarge(name)) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(cannotRead(name, reason(e)));
    }
  }

  /**
   * How diagnostics show a file (cli.diag.3): below the current directory relative to it, library
   * files from the library root on, all else absolute.
   */
  public static String shownName(Path path, Path currentDirectory, List<Path> libraryPath) {
    Path absolute = path.toAbsolutePath().normalize();
    if (absolute.startsWith(currentDirectory)) {
      return currentDirectory.relativize(absolute).toString();
    }
    for (Path library : libraryPath) {
      if (absolute.startsWith(library) && library.getFileName() != null) {
        return library.getFileName().resolve(library.relativize(absolute)).toString();
      }
    }
    return absolute.toString();
  }

  private static String cannotRead(String name, String reason) {
    return "cannot read '" + name + "': " + reason;
  }

  private static String tooLarge(String name) {
    return cannotRead(
        name, "it is larger than MAX_SOURCE_BYTES, the limit of " + MAX_SOURCE_BYTES + " bytes");
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
