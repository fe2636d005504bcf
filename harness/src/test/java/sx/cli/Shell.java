package sx.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Shell commands in a directory of their own; {@code sx} is a function that starts the launcher.
 */
final class Shell {
  private static final long TIMEOUT_SECONDS = 60;

  private final Path base;
  private final Path work;
  private final Map<String, String> environment = new TreeMap<>();

  /** How a command ended; {@code 128 + n} stands for signal n. */
  record Ended(int status, String out, String err) {}

  /**
   * @param base an empty directory: commands run in {@code work} below it, the cache and temporary
   *     files are beside that
   */
  Shell(Path base) throws IOException {
    this.base = base.toRealPath();
    this.work = Files.createDirectory(this.base.resolve("work"));
    environment.put("SX", Installation.sx().toString());
    environment.put("HOME", this.base.toString());
    environment.put("XDG_CACHE_HOME", this.base.resolve("cache").toString());
    environment.put("TMPDIR", Files.createDirectory(this.base.resolve("tmp")).toString());
    environment.put("LC_ALL", "C.UTF-8");
  }

  Path work() {
    return work;
  }

  Path base() {
    return base;
  }

  Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Shell file(String name, String text) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** A program that prints a text. */
  Shell prints(String name, String text) throws IOException {
    return file(name, program(text));
  }

  static String program(String text) {
    return "#import \"modules/std.sx\";\nmain :: () { print(\"" + text + "\\n\"); }\n";
  }

  /** Runs a script; what it says on standard error is not mixed with its output. */
  Ended run(String script) throws IOException, InterruptedException {
    Path out = base.resolve("stdout");
    Path err = base.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "sx() { \"$SX\" \"$@\"; }\n" + script)
            .directory(work.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("SX") || name.startsWith("JAVA_TOOL") || name.equals("NO_COLOR"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "hangs: " + script);
    } finally {
      process.destroyForcibly().waitFor();
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  /** The names in a directory below the base; none if it does not exist. */
  List<String> names(String directory) throws IOException {
    Path path = base.resolve(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
