package sx.jit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import sx.llvm.EmittedModule;
import sx.llvm.LlvmFault;
import sx.llvm.LlvmModule;

/** Runs programs in this process (cli.opt, {@code --jit}). */
public final class Jit {
  private static final String MATH = "libm.so.6";
  private static final FunctionDescriptor MAIN =
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

  private Jit() {}

  /**
   * Compiles a module for the host, and calls its C {@code main}. A crash of the program is one of
   * this process, and its output goes straight to the descriptors of the process.
   *
   * @param objects further object files, of C units
   * @param libraries shared libraries by path or name, searched in this order after the objects
   * @param args the arguments of {@code main}, the program's name first
   * @return what {@code main} returned
   * @throws JitFailure if a symbol or library is missing; nothing of the program ran then
   */
  public static int runMain(
      EmittedModule module, List<byte[]> objects, List<String> libraries, List<String> args)
      throws JitFailure {
    byte[] code;
    try (LlvmModule compiled = LlvmModule.of(module)) {
      code = compiled.optimise().object();
    }
    try (JitSession session = new JitSession()) {
      objects.forEach(session::addObject);
      session.addObject(code);
      for (String library : libraries) {
        session.addLibrary(library);
      }
      session.addLibrary(MATH);
      return call(session.lookup("main"), args);
    }
  }

  @SuppressWarnings("restricted")
  private static int call(long main, List<String> args) {
    MethodHandle handle = Linker.nativeLinker().downcallHandle(MAIN);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, args.size() + 1L);
      for (int i = 0; i < args.size(); i++) {
        argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(args.get(i)));
      }
      try (DefaultSignals signals = new DefaultSignals()) {
        return (int) handle.invokeExact(MemorySegment.ofAddress(main), args.size(), argv);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LlvmFault("call of main", e);
    }
  }
}
