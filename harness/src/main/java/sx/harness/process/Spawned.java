package sx.harness.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that heads a session of its own, with pipes for what it writes. Java's own processes
 * need a thread for each stream and one for the end, and start through two programs more.
 *
 * @param pid its id
 * @param out where its standard output is read
 * @param err where its standard error is read
 * @param ended becomes readable when it has ended
 */
record Spawned(int pid, int out, int err, int ended) implements AutoCloseable {
  private static final MethodHandle SPAWN = Libc.find("posix_spawn");
  private static final MethodHandle ACTIONS = Libc.find("posix_spawn_file_actions_init");
  private static final MethodHandle NO_ACTIONS = Libc.find("posix_spawn_file_actions_destroy");
  private static final MethodHandle ADD_DUP2 = Libc.find("posix_spawn_file_actions_adddup2");
  private static final MethodHandle ADD_OPEN = Libc.find("posix_spawn_file_actions_addopen");
  private static final MethodHandle ADD_CHDIR = Libc.find("posix_spawn_file_actions_addchdir_np");
  private static final MethodHandle ADD_CLOSE_FROM =
      Libc.find("posix_spawn_file_actions_addclosefrom_np");
  private static final MethodHandle ATTRIBUTES = Libc.find("posix_spawnattr_init");
  private static final MethodHandle NO_ATTRIBUTES = Libc.find("posix_spawnattr_destroy");
  private static final MethodHandle SET_FLAGS = Libc.find("posix_spawnattr_setflags");
  private static final MethodHandle SET_DEFAULTS = Libc.find("posix_spawnattr_setsigdefault");
  private static final MethodHandle FILL_SET = Libc.find("sigfillset");
  private static final MethodHandle PIPE = Libc.find("pipe2");
  private static final MethodHandle WAIT = Libc.find("waitpid");
  private static final MethodHandle READ = Libc.find("read");
  private static final MethodHandle POLL = Libc.find("poll");

  private static final long PIDFD_OPEN = 434;

  /** A session of its own; the usual signals, none of them blocked. */
  private static final int FLAGS = 0x80 | 0x04 | 0x08;

  /** More than the C library's opaque structures need. */
  private static final int OPAQUE = 1024;

  private static final int POLL_ENTRY = 8;
  private static final short READABLE = 1;

  /**
   * Starts a process.
   *
   * @param words the first is the path of the program
   * @param env the whole environment
   * @throws IOException if that cannot be
   */
  static Spawned start(List<String> words, Path directory, Path stdin, Map<String, String> env)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int[] out = pipe(arena);
      int[] err = pipe(arena);
      MemorySegment actions = actions(arena, directory, stdin, out[1], err[1]);
      MemorySegment attributes = attributes(arena);
      MemorySegment pid = arena.allocate(8);
      int error =
          (int)
              Libc.call(
                  SPAWN,
                  pid.address(),
                  arena.allocateFrom(words.getFirst()).address(),
                  actions.address(),
                  attributes.address(),
                  texts(arena, words),
                  texts(
                      arena,
                      env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()));
      Libc.call(NO_ACTIONS, actions.address());
      Libc.call(NO_ATTRIBUTES, attributes.address());
      Libc.close(out[1]);
      Libc.close(err[1]);
      if (error != 0) {
        Libc.close(out[0]);
        Libc.close(err[0]);
        throw new IOException("cannot start " + words + ": error " + error);
      }
      int id = pid.get(ValueLayout.JAVA_INT, 0);
      return new Spawned(id, out[0], err[0], (int) Libc.syscall(PIDFD_OPEN, id, 0));
    }
  }

  private static MemorySegment actions(Arena arena, Path directory, Path stdin, int out, int err) {
    MemorySegment actions = arena.allocate(OPAQUE, 16);
    long all = actions.address();
    Libc.call(ACTIONS, all);
    long path = arena.allocateFrom(stdin.toString()).address();
    Libc.call(ADD_OPEN, all, 0, path, Libc.O_RDONLY, 0);
    Libc.call(ADD_DUP2, all, out, 1);
    Libc.call(ADD_DUP2, all, err, 2);
    Libc.call(ADD_CLOSE_FROM, all, 3);
    Libc.call(ADD_CHDIR, all, arena.allocateFrom(directory.toString()).address());
    return actions;
  }

  private static MemorySegment attributes(Arena arena) {
    MemorySegment attributes = arena.allocate(OPAQUE, 16);
    MemorySegment signals = arena.allocate(OPAQUE, 16);
    Libc.call(ATTRIBUTES, attributes.address());
    Libc.call(FILL_SET, signals.address());
    Libc.call(SET_DEFAULTS, attributes.address(), signals.address());
    Libc.call(SET_FLAGS, attributes.address(), FLAGS);
    return attributes;
  }

  /** The two ends of a new pipe, that for reading first. */
  private static int[] pipe(Arena arena) throws IOException {
    MemorySegment ends = arena.allocate(8);
    if ((int) Libc.call(PIPE, ends.address(), Libc.O_CLOEXEC) != 0) {
      throw new IOException("there is no pipe to be had");
    }
    return new int[] {ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4)};
  }

  /** The address of an array of texts. */
  private static long texts(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(8L * (texts.size() + 1), 8);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ValueLayout.JAVA_LONG, i, arena.allocateFrom(texts.get(i)).address());
    }
    return array.address();
  }

  /** Waits until one of some descriptors can be read; which can. Negative ones are left out. */
  static boolean[] await(Arena arena, long millis, int... descriptors) {
    MemorySegment entries = arena.allocate((long) POLL_ENTRY * descriptors.length, 8);
    for (int i = 0; i < descriptors.length; i++) {
      entries.set(ValueLayout.JAVA_INT, (long) POLL_ENTRY * i, descriptors[i]);
      entries.set(ValueLayout.JAVA_SHORT, (long) POLL_ENTRY * i + 4, READABLE);
    }
    int ready = (int) Libc.call(POLL, entries.address(), descriptors.length, millis);
    boolean[] readable = new boolean[descriptors.length];
    for (int i = 0; ready > 0 && i < descriptors.length; i++) {
      readable[i] = entries.get(ValueLayout.JAVA_SHORT, (long) POLL_ENTRY * i + 6) != 0;
    }
    return readable;
  }

  /** Reads what there is; 0 at the end. */
  static int read(int descriptor, MemorySegment buffer) {
    return Math.max(0, (int) Libc.call(READ, descriptor, buffer.address(), buffer.byteSize()));
  }

  /** Waits for the end; the exit status, or {@code 128 + n} for signal n. */
  int reap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(8);
      Libc.call(WAIT, pid, status.address(), 0);
      int word = status.get(ValueLayout.JAVA_INT, 0);
      int signal = word & 0x7f;
      return signal != 0 ? 128 + signal : (word >> 8) & 0xff;
    }
  }

  /** Gives the descriptors back; the process is not ended by it. */
  @Override
  public void close() {
    Libc.close(out);
    Libc.close(err);
    Libc.close(ended);
  }
}
