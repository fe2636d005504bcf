package sx.harness.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import sx.harness.process.Limits;

/** Workers that are started when they are needed and kept for those who come later. */
final class Workers implements AutoCloseable {
  private final Path home;
  private final Path directory;
  private final Deque<Worker> idle = new ArrayDeque<>();
  private int started;

  /**
   * @param directory where the workers live, and all of the programs that they run
   */
  Workers(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  /** Carries out a request in some worker. */
  Reply call(Request request, Limits limits) throws WorkerDied, IOException, InterruptedException {
    Worker worker = take();
    Reply reply = worker.call(request, limits);
    give(worker);
    return reply;
  }

  private Worker take() throws IOException, InterruptedException {
    Path own;
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
      own = directory.resolve("worker-" + System.identityHashCode(this) + "-" + started++);
    }
    Files.createDirectories(own);
    return Worker.start(home, own, directory);
  }

  private synchronized void give(Worker worker) {
    idle.push(worker);
  }

  @Override
  public synchronized void close() {
    while (!idle.isEmpty()) {
      idle.pop().close();
    }
  }
}
