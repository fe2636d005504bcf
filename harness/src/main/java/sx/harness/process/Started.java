package sx.harness.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts processes behind a {@link Fence}. */
public final class Started {
  private Started() {}

  /** Starts a process, on a thread of its own since that one is behind the fence for ever. */
  public static Process behindFence(List<Path> writable, ProcessBuilder builder)
      throws IOException, InterruptedException {
    FutureTask<Process> started =
        new FutureTask<>(
            () -> {
              Fence.raise(writable);
              return builder.start();
            });
    Thread.ofPlatform().daemon().start(started);
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot start " + builder.command(), e.getCause());
    }
  }
}
