package sx.driver;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import sx.source.SourceReader;

/**
 * One compile on behalf of a command: it shows what the compile reports and says whether to go on.
 *
 * @param compilation the compile
 * @param console where to show
 * @param time whether to show the time of each stage in the end
 */
record Build(Compilation compilation, Console console, boolean time) {
  /** Checks that the root file is there; without one nothing is compiled (cli.cmd.4). */
  static Optional<Build> of(Path file, CompileOptions options, boolean time, Console console) {
    Path here = Path.of("").toAbsolutePath();
    String name = SourceReader.shownName(file, here, options.libraryPath());
    Optional<String> obstacle = SourceReader.obstacle(file, name);
    obstacle.ifPresent(console::error);
    return obstacle.isPresent()
        ? Optional.empty()
        : Optional.of(new Build(new Compilation(options), console, time));
  }

  /** Takes the program through all checks; false if there were errors. */
  boolean check(Path file) {
    return compilation.check(file) && !failed();
  }

  boolean failed() {
    return compilation.diagnostics().hasErrors();
  }

  /** Shows what there is to show and turns it into an exit status. */
  int finish() {
    console.show(compilation.diagnostics().all());
    if (time) {
      console.err().print(compilation.times().table());
      console.err().flush();
    }
    return failed() ? ExitStatus.ERROR : ExitStatus.OK;
  }

  /**
   * Has a file written under a temporary name beside its place and moves it there when it is whole,
   * so that a failed or killed compile leaves what was there before. What is there and is no
   * regular file, such as a device or a pipe, gets the bytes of the whole file.
   */
  boolean write(Path out, Consumer<Path> writer) {
    try {
      if (Files.isDirectory(out)) {
        console.error("cannot write '" + out + "': it is a directory");
        return false;
      }
      Path place = out.toAbsolutePath();
      if (Files.exists(place) && !Files.isRegularFile(place)) {
        return send(place, writer);
      }
      Path temporary =
          place.resolveSibling(
              "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      Files.createDirectories(temporary.getParent());
      return write(temporary, writer, () -> OutputFiles.moveInto(temporary, place));
    } catch (IOException | UncheckedIOException e) {
      console.error("cannot write '" + out + "': " + OutputFiles.reason(e));
      return false;
    }
  }

  private boolean send(Path place, Consumer<Path> writer) throws IOException {
    Path directory = Files.createTempDirectory("sx-");
    Path temporary = directory.resolve("output");
    try {
      return write(
          temporary,
          writer,
          () -> {
            try (OutputStream device = Files.newOutputStream(place, StandardOpenOption.WRITE)) {
              Files.copy(temporary, device);
            }
          });
    } finally {
      OutputFiles.deleteTree(directory);
    }
  }

  /** What is done with a file that is whole. */
  private interface Finish {
    void run() throws IOException;
  }

  private boolean write(Path temporary, Consumer<Path> writer, Finish finish) throws IOException {
    Thread cleaner = new Thread(() -> temporary.toFile().delete());
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      writer.accept(temporary);
      if (failed()) {
        return false;
      }
      finish.run();
      return true;
    } finally {
      temporary.toFile().delete();
      OutputFiles.withdraw(cleaner);
    }
  }
}
