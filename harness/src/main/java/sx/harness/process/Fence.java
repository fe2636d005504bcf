package sx.harness.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Keeps what is started behind it from writing outside of some directories, by Linux's Landlock. It
 * cannot be lifted again, so behind it is a thread of its own, which starts with the first call.
 */
public final class Fence implements AutoCloseable {
  private static final long CREATE_RULESET = 444;
  private static final long ADD_RULE = 445;
  private static final long RESTRICT_SELF = 446;
  private static final long PRCTL_X86_64 = 157;
  private static final long PRCTL_AARCH64 = 167;
  private static final long NO_NEW_PRIVILEGES = 38;
  private static final long VERSION_FLAG = 1;
  private static final long PATH_BENEATH = 1;

  private static final long WRITE_FILE = 1 << 1;
  private static final long REMOVE_AND_MAKE = 0x1ff0;
  private static final long REFER = 1 << 13;
  private static final long TRUNCATE = 1 << 14;

  /** What the kernel can keep from happening; 0 if nothing. */
  private static final long RIGHTS = rights();

  private final List<Path> writable;
  private final ExecutorService behind;

  /**
   * @param writable the directories that can be written to, besides devices
   */
  public Fence(List<Path> writable) {
    this.writable = List.copyOf(writable);
    this.behind = Executors.newSingleThreadExecutor(this::thread);
  }

  private Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .unstarted(
            () -> {
              raise();
              work.run();
            });
  }

  /** Whether this machine has fences; where not, writes outside are not prevented. */
  public static boolean isAvailable() {
    return RIGHTS != 0;
  }

  /**
   * Does something behind the fence, as does every process that it starts; one at a time.
   *
   * @throws IOException what the work throws
   */
  public <T> T call(Callable<T> work) throws IOException, InterruptedException {
    try {
      return behind.submit(work).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InterruptedException stopped -> throw stopped;
        case null, default -> throw new IOException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  @Override
  public void close() {
    behind.shutdownNow();
  }

  private static long rights() {
    long version = Libc.syscall(CREATE_RULESET, 0, 0, VERSION_FLAG);
    if (version < 1) {
      return 0;
    }
    return WRITE_FILE
        | REMOVE_AND_MAKE
        | (version >= 2 ? REFER : 0)
        | (version >= 3 ? TRUNCATE : 0);
  }

  /** Does nothing where there are no fences. */
  private void raise() {
    if (RIGHTS == 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(8);
      attributes.set(ValueLayout.JAVA_LONG, 0, RIGHTS);
      int ruleset = (int) Libc.syscall(CREATE_RULESET, attributes.address(), 8, 0);
      allow(arena, ruleset, Path.of("/dev"), WRITE_FILE | (RIGHTS & TRUNCATE));
      allow(arena, ruleset, Path.of("/dev/shm"), RIGHTS);
      for (Path directory : writable) {
        allow(arena, ruleset, directory, RIGHTS);
      }
      boolean arm = System.getProperty("os.arch").equals("aarch64");
      Libc.syscall(arm ? PRCTL_AARCH64 : PRCTL_X86_64, NO_NEW_PRIVILEGES, 1);
      long status = Libc.syscall(RESTRICT_SELF, ruleset, 0);
      Libc.close(ruleset);
      if (status != 0) {
        throw new IllegalStateException("the kernel refuses a fence that it offers");
      }
    }
  }

  private static void allow(Arena arena, int ruleset, Path directory, long rights) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    int descriptor = Libc.open(directory.toString(), Libc.O_PATH | Libc.O_CLOEXEC);
    MemorySegment rule = arena.allocate(12, 8);
    rule.set(ValueLayout.JAVA_LONG, 0, rights);
    rule.set(ValueLayout.JAVA_INT, 8, descriptor);
    Libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule.address(), 0);
    Libc.close(descriptor);
  }
}
