package sx.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.type.Target;

/**
 * A directory tree for one test: {@code work} is the working directory, {@code lib/library} the
 * library. Paths given to it are relative to the directory that holds both.
 */
final class Workspace {
  final Path base;
  final ParsedFiles cache = new ParsedFiles();
  Target target = Target.LINUX_X86;
  long maxSourceBytes = 1 << 20;

  Workspace(Path base) {
    try {
      this.base = base.toRealPath();
      Files.createDirectories(base.resolve("work"));
      Files.createDirectories(base.resolve("lib/library"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Workspace file(String path, String text) {
    try {
      Path file = base.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A load and what it reported. */
  record Result(Optional<ModuleGraph> graph, List<Diagnostic> reported) {
    /** The errors in the form {@code file:line:column message}. */
    List<String> errors() {
      return reported.stream()
          .map(d -> d.span().map(s -> s + " ").orElse("") + d.message())
          .toList();
    }

    /** Only the places of the errors. */
    List<String> places() {
      return reported.stream().map(d -> d.span().map(Object::toString).orElse("-")).toList();
    }
  }

  Result load(String root) {
    Diagnostics diagnostics = new Diagnostics();
    LoaderOptions options =
        new LoaderOptions(
            base.resolve("work"),
            List.of(base.resolve("lib/library")),
            target,
            Optional.empty(),
            maxSourceBytes,
            Reading.PLAIN);
    Optional<ModuleGraph> graph = ModuleLoader.load(Path.of(root), options, cache, diagnostics);
    return new Result(graph, diagnostics.all());
  }

  /** Loads {@code work/main.sx}, which has no errors. */
  ModuleGraph graph() {
    Result result = load("main.sx");
    assertEquals(List.of(), result.errors());
    return result.graph().orElseThrow();
  }

  /** Loads {@code work/main.sx}, which fails; the places of its errors. */
  List<String> failure() {
    Result result = load("main.sx");
    assertTrue(result.graph().isEmpty());
    return result.places();
  }

  static Module module(ModuleGraph graph, String name) {
    return graph.modules().stream()
        .filter(m -> m.file().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> names(ModuleGraph graph) {
    return graph.modules().stream().map(Module::toString).toList();
  }
}
