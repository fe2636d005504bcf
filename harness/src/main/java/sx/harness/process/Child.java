package sx.harness.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program in a process group of its own, within limits. Whatever it starts ends with it: the
 * group is killed, and who left the group is found by a mark in the environment.
 */
public final class Child {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
  private static final int ERROR_TAIL = 16 << 10;
  private static final int BUFFER = 1 << 16;
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final long GRACE_MILLIS = 300;

  private final Limits limits;
  private final Spawned process;
  private final Descendants descendants;
  private final Tail out;
  private final Tail err = new Tail(ERROR_TAIL, false);
  private final List<String> troubles = new ArrayList<>();
  private final long start = System.nanoTime();
  private long lookedAt = start;
  private boolean outOpen = true;
  private boolean errOpen = true;
  private boolean running = true;
  private int status;

  /** When the process had ended, and then until when its streams are waited for. */
  private long end;

  private Child(Command command, Limits limits) throws IOException {
    this.limits = limits;
    this.out = new Tail(limits.output(), true);
    String mark = ProcessHandle.current().pid() + "." + COUNT.incrementAndGet();
    this.process =
        Spawned.start(
            words(command, limits), command.directory(), command.stdin(), env(command, mark));
    this.descendants = new Descendants(process.pid(), mark);
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException if it cannot be started
   */
  public static Ended run(Command command, Limits limits) throws IOException {
    Child child = new Child(command, limits);
    try (Spawned process = child.process) {
      return child.run();
    }
  }

  private static List<String> words(Command command, Limits limits) {
    String memory = limits.memory() == 0 ? "" : "ulimit -v " + limits.memory() * 1024L + "; ";
    List<String> words = new ArrayList<>();
    words.add("/bin/sh");
    words.add("-c");
    words.add("ulimit -c 0; ulimit -f " + Limits.FILE_BLOCKS + "; " + memory + "exec \"$@\"");
    words.add("sh");
    words.addAll(command.words());
    return words;
  }

  private static Map<String, String> env(Command command, String mark) {
    Map<String, String> env = new TreeMap<>();
    env.put("PATH", PATH);
    env.put("HOME", command.directory().toString());
    env.put("TMPDIR", command.directory().toString());
    env.putAll(command.env());
    env.put(Descendants.MARK, mark);
    return env;
  }

  private Ended run() {
    long deadline = start + limits.time().toNanos();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER);
      while (running
          || ((outOpen || errOpen) && System.nanoTime() - end < GRACE_MILLIS * 1_000_000)) {
        look(arena, buffer, deadline);
      }
    }
    if (tooMuch()) {
      troubles.add("wrote more than " + limits.output() + " bytes: killed");
    }
    String said = new String(err.bytes(), StandardCharsets.UTF_8);
    return new Ended(status, out.bytes(), said, List.copyOf(troubles), end - start);
  }

  /** Takes what was written, notes the end, and sees to the limits. */
  private void look(Arena arena, MemorySegment buffer, long deadline) {
    boolean[] ready =
        Spawned.await(
            arena,
            LOOK_EVERY_MILLIS,
            outOpen ? process.out() : -1,
            errOpen ? process.err() : -1,
            running ? process.ended() : -1);
    outOpen = outOpen && (!ready[0] || take(process.out(), buffer, out));
    errOpen = errOpen && (!ready[1] || take(process.err(), buffer, err));
    if (running && ready[2]) {
      finish();
    } else if (running && tooMuch()) {
      kill();
    } else if (running && System.nanoTime() > deadline) {
      trouble("did not end within " + limits.time().toSeconds() + " s: killed with all it started");
    } else if (running && isTimeToCount() && descendants.exceed(Limits.TASKS)) {
      trouble("had more than " + Limits.TASKS + " processes: killed with all it started");
    }
  }

  private boolean isTimeToCount() {
    long now = System.nanoTime();
    boolean due = now - lookedAt > LOOK_EVERY_MILLIS * 1_000_000;
    lookedAt = due ? now : lookedAt;
    return due;
  }

  private boolean take(int stream, MemorySegment buffer, Tail tail) {
    int length = Spawned.read(stream, buffer);
    tail.add(buffer, length);
    return length > 0;
  }

  private boolean tooMuch() {
    return out.all() > limits.output() || err.all() > limits.output();
  }

  private void trouble(String text) {
    if (troubles.isEmpty()) {
      troubles.add(text);
    }
    kill();
  }

  private boolean kill() {
    boolean inGroup = Libc.kill(-process.pid(), 9);
    return descendants.kill() || inGroup;
  }

  /** Takes the process's leave, and that of what it left behind. */
  private void finish() {
    end = System.nanoTime();
    status = process.reap();
    running = false;
    if (kill() && troubles.isEmpty() && !tooMuch()) {
      troubles.add("left processes running: they were killed");
    }
  }
}
