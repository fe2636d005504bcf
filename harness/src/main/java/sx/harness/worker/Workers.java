package sx.harness.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import sx.harness.process.Limits;

/** Workers that are started when they are needed and kept for those who come later. */
final class Workers implements AutoCloseable {
  private final Path home;
  private final Path directory;
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Set<Worker> busy = ConcurrentHashMap.newKeySet();
  private int started;
  private boolean watched;
  private volatile boolean closed;

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
    busy.add(worker);
    try {
      Reply reply = worker.call(request, limits);
      give(worker);
      return reply;
    } finally {
      busy.remove(worker);
    }
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
    watch();
    return Worker.start(home, own, directory);
  }

  /** From the first worker on a thread sees to the limits of those that work. */
  private synchronized void watch() {
    if (watched) {
      return;
    }
    watched = true;
    Thread.ofPlatform()
        .daemon()
        .name("limits")
        .start(
            () -> {
              while (!closed) {
                busy.forEach(Worker::look);
                LockSupport.parkNanos(LOOK_EVERY_MILLIS * 1_000_000);
              }
            });
  }

  private synchronized void give(Worker worker) {
    idle.push(worker);
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!idle.isEmpty()) {
      idle.pop().close();
    }
  }
}
