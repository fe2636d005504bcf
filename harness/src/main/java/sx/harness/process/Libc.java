package sx.harness.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The few functions of the C library that Java has no word for. All are called in one form, since
 * every form costs its time at the start: on the machines of sx integers and addresses go through
 * the same registers, whatever their width, and what a function does not ask for it does not see.
 */
public final class Libc {
  private static final int PARAMETERS = 6;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final FunctionDescriptor FORM = form();

  private static final MethodHandle KILL = find("kill");
  private static final MethodHandle DUP2 = find("dup2");
  private static final MethodHandle CLOSE = find("close");
  private static final MethodHandle OPEN = find("open");
  private static final MethodHandle CHDIR = find("chdir");
  private static final MethodHandle SETENV = find("setenv");
  private static final MethodHandle UNSETENV = find("unsetenv");
  private static final MethodHandle FFLUSH = find("fflush");
  private static final MethodHandle SYSCALL = find("syscall");

  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_APPEND = 0x400;
  static final int O_PATH = 0x200000;
  static final int O_CLOEXEC = 0x80000;

  private Libc() {}

  /** Sends a signal; negative ids are process groups. False if there is no such process. */
  public static boolean kill(long id, int signal) {
    return (int) call(KILL, id, signal) == 0;
  }

  public static int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) call(OPEN, arena.allocateFrom(path).address(), flags);
    }
  }

  public static void close(int descriptor) {
    call(CLOSE, descriptor);
  }

  public static int dup2(int from, int to) {
    return (int) call(DUP2, from, to);
  }

  public static int chdir(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) call(CHDIR, arena.allocateFrom(path).address());
    }
  }

  public static void setenv(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      long text = arena.allocateFrom(value).address();
      call(SETENV, arena.allocateFrom(name).address(), text, 1);
    }
  }

  public static void unsetenv(String name) {
    try (Arena arena = Arena.ofConfined()) {
      call(UNSETENV, arena.allocateFrom(name).address());
    }
  }

  /** Writes out what the C library's streams hold back. */
  public static void flush() {
    call(FFLUSH, 0);
  }

  static long syscall(long number, long... arguments) {
    long[] words = new long[arguments.length + 1];
    words[0] = number;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return call(SYSCALL, words);
  }

  /** A function of the C library, for {@link #call}. */
  static MethodHandle find(String name) {
    MemorySegment address =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
    return LINKER.downcallHandle(address, FORM);
  }

  /** Calls a function with integers and addresses; of a narrower result the rest is undefined. */
  static long call(MethodHandle function, long... arguments) {
    try {
      return (long)
          function.invokeExact(
              word(arguments, 0),
              word(arguments, 1),
              word(arguments, 2),
              word(arguments, 3),
              word(arguments, 4),
              word(arguments, 5));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static long word(long[] words, int index) {
    return index < words.length ? words[index] : 0;
  }

  private static FunctionDescriptor form() {
    ValueLayout[] parameters = new ValueLayout[PARAMETERS];
    java.util.Arrays.fill(parameters, ValueLayout.JAVA_LONG);
    return FunctionDescriptor.of(ValueLayout.JAVA_LONG, parameters);
  }
}
