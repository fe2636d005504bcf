package sx.comptime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Runs work on a thread with a stack for deep recursion, while the caller waits. */
final class DeepStack {
  private static final long STACK = 1L << 30;

  /** A thread that has such a stack already. */
  private static final class Deep extends Thread {
    Deep(Runnable work) {
      super(null, work, "sx-evaluation", STACK);
    }
  }

  private DeepStack() {}

  static <T> T call(Supplier<T> work) {
    if (Thread.currentThread() instanceof Deep) {
      return work.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Deep(
            () -> {
              try {
                result.complete(work.get());
              } catch (Throwable t) {
                result.completeExceptionally(t);
              }
            });
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException x -> throw x;
        case Error x -> throw x;
        case null, default -> throw e;
      }
    }
  }
}
