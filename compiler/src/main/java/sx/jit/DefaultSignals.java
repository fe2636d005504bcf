package sx.jit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import sx.llvm.LlvmFault;

/**
 * While it is open, signals end the process as they end a program: the JVM's own handlers, which
 * report a crash of the program as one of the JVM, and keep a closed pipe from ending it, are put
 * aside. No Java code may run meanwhile but on threads that wait.
 */
final class DefaultSignals implements AutoCloseable {
  /** ILL, TRAP, BUS, FPE, SEGV, PIPE, XFSZ: what the JVM handles, by the numbers of Linux. */
  private static final List<Integer> SIGNALS = List.of(4, 5, 7, 8, 11, 13, 25);

  /** At least the size of {@code struct sigaction}; all zero it stands for the default action. */
  private static final long ACTION_BYTES = 256;

  private static final FunctionDescriptor SIGACTION =
      FunctionDescriptor.of(
          ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);

  private final Arena arena = Arena.ofConfined();
  private final MethodHandle sigaction = sigaction();
  private final MemorySegment before = arena.allocate(ACTION_BYTES * SIGNALS.size(), Long.BYTES);

  DefaultSignals() {
    MemorySegment byDefault = arena.allocate(ACTION_BYTES, Long.BYTES);
    for (int i = 0; i < SIGNALS.size(); i++) {
      set(SIGNALS.get(i), byDefault, before.asSlice(i * ACTION_BYTES, ACTION_BYTES));
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.size(); i++) {
      set(SIGNALS.get(i), before.asSlice(i * ACTION_BYTES, ACTION_BYTES), MemorySegment.NULL);
    }
    arena.close();
  }

  private void set(int signal, MemorySegment action, MemorySegment old) {
    try {
      var _ = (int) sigaction.invokeExact(signal, action, old);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LlvmFault("sigaction", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle sigaction() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find("sigaction").orElseThrow(), SIGACTION);
  }
}
