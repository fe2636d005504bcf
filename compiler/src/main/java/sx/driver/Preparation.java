package sx.driver;

import java.io.OutputStream;
import java.util.List;
import sx.comptime.Vm;
import sx.comptime.VmOptions;
import sx.ir.Program;
import sx.natives.Natives;
import sx.type.TypeTable;

/**
 * Loads on other threads what a compile needs late and what is slow to start: LLVM and the
 * machinery of native memory that the compile-time engine stands on. The compile begins at the same
 * time.
 */
final class Preparation {
  private final List<Thread> threads;

  private Preparation(List<Thread> threads) {
    this.threads = threads;
  }

  /** Starts it. What fails here fails again, with a message, where it is needed. */
  static Preparation begin() {
    return new Preparation(
        List.of(start("load LLVM", Natives::load), start("load engine", Preparation::loadEngine)));
  }

  /** Waits until it is done. */
  void await() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void loadEngine() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    VmOptions options = VmOptions.standard(nowhere, nowhere);
    new Vm(new Program(new TypeTable()), options).close();
  }

  private static Thread start(String name, Runnable work) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .uncaughtExceptionHandler((t, fault) -> {})
            .unstarted(work);
    thread.start();
    return thread;
  }
}
