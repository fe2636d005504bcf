package sx.comptime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The error number that evaluated code sees. The one of the thread is not its own: the JVM makes
 * system calls of its own between those of the program.
 */
final class Errno {
  static final String LOCATION = "__errno_location";

  private final MemorySegment own = Arena.global().allocate(ValueLayout.JAVA_INT);
  private final ThreadLocal<MemorySegment> ofThread = ThreadLocal.withInitial(Errno::locate);

  /** Where the program finds it. */
  long address() {
    return own.address();
  }

  /** What makes a call leave its error number in the program's place. */
  Linker.Option option() {
    return Linker.Option.captureCallState("errno");
  }

  /** A handle of a call with that option, without the parameter that the option adds. */
  MethodHandle bind(MethodHandle handle) {
    boolean allocates =
        handle.type().parameterCount() > 0
            && handle.type().parameterType(0).equals(SegmentAllocator.class);
    return MethodHandles.insertArguments(handle, allocates ? 1 : 0, own);
  }

  /** Before a call: one that succeeds leaves the error number as it is. */
  void restore() {
    ofThread.get().set(ValueLayout.JAVA_INT, 0, own.get(ValueLayout.JAVA_INT, 0));
  }

  private static MemorySegment locate() {
    Linker linker = Linker.nativeLinker();
    MethodHandle location =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow(LOCATION),
            FunctionDescriptor.of(ValueLayout.ADDRESS));
    try {
      MemorySegment found = (MemorySegment) location.invokeExact();
      return found.reinterpret(ValueLayout.JAVA_INT.byteSize());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }
}
