package sx.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of this process alone; it goes when it is closed and when the process is ended. */
final class WorkDirectory implements AutoCloseable {
  private final Path path;
  private final Thread cleaner;
  private boolean kept;

  private WorkDirectory(Path path) {
    this.path = path;
    this.cleaner = new Thread(() -> OutputFiles.deleteTree(path));
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /** One in the cache, so that a program that is kept need only be renamed. */
  static WorkDirectory in(ProgramCache cache) throws IOException {
    return new WorkDirectory(cache.workDirectory());
  }

  /** One among the temporary files of the system. */
  static WorkDirectory temporary() throws IOException {
    return new WorkDirectory(Files.createTempDirectory("sx-"));
  }

  Path path() {
    return path;
  }

  /** Leaves the directory to who runs the program in it. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (!kept) {
      OutputFiles.deleteTree(path);
    }
    OutputFiles.withdraw(cleaner);
  }
}
