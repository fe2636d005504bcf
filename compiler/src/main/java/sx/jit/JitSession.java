package sx.jit;

import static org.bytedeco.llvm.global.LLVM.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.llvm.LLVM.LLVMErrorRef;
import org.bytedeco.llvm.LLVM.LLVMMemoryBufferRef;
import org.bytedeco.llvm.LLVM.LLVMOrcDefinitionGeneratorRef;
import org.bytedeco.llvm.LLVM.LLVMOrcErrorReporterFunction;
import org.bytedeco.llvm.LLVM.LLVMOrcJITDylibRef;
import org.bytedeco.llvm.LLVM.LLVMOrcLLJITRef;
import org.bytedeco.llvm.LLVM.LLVMOrcSymbolPredicate;
import sx.llvm.LlvmFault;
import sx.llvm.LlvmModule;
import sx.natives.Natives;

/**
 * An ORC session of this process. Objects that are added see each other, the libraries added in
 * order, and what the process itself has, the C library above all. Thread-local objects do not work
 * in it. Closing it unmaps all code.
 */
public final class JitSession implements AutoCloseable {
  private final LLVMOrcLLJITRef jit = new LLVMOrcLLJITRef();
  private final LLVMOrcJITDylibRef symbols;
  private final Reporter reporter = new Reporter();
  private boolean sealed;

  /** Starts a session for the host. */
  public JitSession() {
    Natives.load();
    Targets.initialise();
    LlvmModule.check("JIT", LLVMOrcCreateLLJIT(jit, LLVMOrcCreateLLJITBuilder()));
    LLVMOrcExecutionSessionSetErrorReporter(
        LLVMOrcLLJITGetExecutionSession(jit), reporter, new Pointer());
    symbols = LLVMOrcLLJITGetMainJITDylib(jit);
  }

  /** Keeps what ORC reports besides the errors that its functions return. */
  private static final class Reporter extends LLVMOrcErrorReporterFunction {
    final transient List<String> errors = new ArrayList<>();

    @Override
    public void call(Pointer unused, LLVMErrorRef error) {
      BytePointer message = LLVMGetErrorMessage(error);
      errors.add(message.getString());
      LLVMDisposeErrorMessage(message);
    }
  }

  /** ORC detects the host through the back end, which must be there first. */
  private static final class Targets {
    static synchronized void initialise() {
      if (System.getProperty("os.arch").equals("aarch64")) {
        LLVMInitializeAArch64TargetInfo();
        LLVMInitializeAArch64Target();
        LLVMInitializeAArch64TargetMC();
      } else {
        LLVMInitializeX86TargetInfo();
        LLVMInitializeX86Target();
        LLVMInitializeX86TargetMC();
      }
    }
  }

  /** Adds an object file. Its code is linked when a symbol of it is first looked up. */
  public void addObject(byte[] object) {
    try (BytePointer bytes = new BytePointer(object);
        BytePointer name = new BytePointer("sx")) {
      LLVMMemoryBufferRef buffer =
          LLVMCreateMemoryBufferWithMemoryRangeCopy(bytes, object.length, name);
      LlvmModule.check("JIT object", LLVMOrcLLJITAddObjectFile(jit, symbols, buffer));
    }
  }

  /**
   * Adds a shared library by path or by the name under which the system's loader knows it.
   *
   * @throws JitFailure if it cannot be loaded
   */
  public void addLibrary(String library) throws JitFailure {
    LLVMOrcDefinitionGeneratorRef generator = new LLVMOrcDefinitionGeneratorRef();
    try (BytePointer path = new BytePointer(library)) {
      LLVMErrorRef error =
          LLVMOrcCreateDynamicLibrarySearchGeneratorForPath(
              generator, path, (byte) 0, (LLVMOrcSymbolPredicate) null, null);
      LlvmModule.check("library", error);
      LLVMOrcJITDylibAddGenerator(symbols, generator);
    } catch (LlvmFault e) {
      throw new JitFailure(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The address of a symbol; everything it needs is linked now.
   *
   * @throws JitFailure naming the symbols that nothing defines
   */
  public long lookup(String symbol) throws JitFailure {
    if (!sealed) {
      sealed = true;
      addProcess();
    }
    long[] address = new long[1];
    LLVMErrorRef error = LLVMOrcLLJITLookup(jit, address, symbol);
    if (error != null && !error.isNull()) {
      BytePointer message = LLVMGetErrorMessage(error);
      String text = message.getString();
      LLVMDisposeErrorMessage(message);
      throw new JitFailure(reporter.errors.isEmpty() ? text : String.join("\n", reporter.errors));
    }
    return address[0];
  }

  /** The process comes last, so that objects and libraries win over it (ffi.lib.6). */
  private void addProcess() {
    LLVMOrcDefinitionGeneratorRef generator = new LLVMOrcDefinitionGeneratorRef();
    LlvmModule.check(
        "JIT",
        LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
            generator, (byte) 0, (LLVMOrcSymbolPredicate) null, null));
    LLVMOrcJITDylibAddGenerator(symbols, generator);
  }

  @Override
  public void close() {
    LlvmModule.check("JIT", LLVMOrcDisposeLLJIT(jit));
    reporter.close();
  }
}
