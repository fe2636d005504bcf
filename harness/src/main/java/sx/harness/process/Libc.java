package sx.harness.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The few functions of the C library that Java has no word for. */
public final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle KILL = find("kill", ints(2));
  private static final MethodHandle DUP2 = find("dup2", ints(2));
  private static final MethodHandle CLOSE = find("close", ints(1));
  private static final MethodHandle OPEN =
      find(
          "open",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CHDIR =
      find("chdir", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  private static final MethodHandle SETENV =
      find(
          "setenv",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle UNSETENV =
      find("unsetenv", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  private static final MethodHandle FFLUSH =
      find("fflush", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  private static final MethodHandle SYSCALL =
      find(
          "syscall",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  static final int O_PATH = 0x200000;
  static final int O_CLOEXEC = 0x80000;

  private Libc() {}

  /** Sends a signal; negative ids are process groups. False if there is no such process. */
  public static boolean kill(long id, int signal) {
    try {
      return (int) KILL.invokeExact((int) id, signal) == 0;
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  public static int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) call(OPEN, arena.allocateFrom(path), flags, 0);
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
      return (int) call(CHDIR, arena.allocateFrom(path));
    }
  }

  public static void setenv(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      call(SETENV, arena.allocateFrom(name), arena.allocateFrom(value), 1);
    }
  }

  public static void unsetenv(String name) {
    try (Arena arena = Arena.ofConfined()) {
      call(UNSETENV, arena.allocateFrom(name));
    }
  }

  /** Writes out what the C library's streams hold back. */
  public static void flush() {
    call(FFLUSH, MemorySegment.NULL);
  }

  static long syscall(long number, long a, long b, long c, long d) {
    try {
      return (long) SYSCALL.invokeExact(number, a, b, c, d);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static FunctionDescriptor ints(int count) {
    ValueLayout[] parameters = new ValueLayout[count];
    java.util.Arrays.fill(parameters, ValueLayout.JAVA_INT);
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters);
  }

  private static MethodHandle find(String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type, options);
  }

  private static Object call(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(Throwable e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
