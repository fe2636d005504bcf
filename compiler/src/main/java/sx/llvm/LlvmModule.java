package sx.llvm;

import static org.bytedeco.llvm.global.LLVM.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.llvm.LLVM.LLVMContextRef;
import org.bytedeco.llvm.LLVM.LLVMDiagnosticHandler;
import org.bytedeco.llvm.LLVM.LLVMDiagnosticInfoRef;
import org.bytedeco.llvm.LLVM.LLVMErrorRef;
import org.bytedeco.llvm.LLVM.LLVMMemoryBufferRef;
import org.bytedeco.llvm.LLVM.LLVMModuleRef;
import org.bytedeco.llvm.LLVM.LLVMPassBuilderOptionsRef;
import org.bytedeco.llvm.LLVM.LLVMTargetDataRef;
import org.bytedeco.llvm.LLVM.LLVMTargetMachineRef;
import sx.natives.Natives;

/**
 * A verified module inside LLVM, with a context of its own. To be used by one thread at a time;
 * different modules are independent of each other.
 */
public final class LlvmModule implements AutoCloseable {
  private final CodeOptions options;
  private final LLVMContextRef context;
  private final LLVMTargetMachineRef machine;
  private final LLVMModuleRef module = new LLVMModuleRef();
  private final List<String> errors = new ArrayList<>();
  private final LLVMDiagnosticHandler handler;
  private boolean open = true;

  private LlvmModule(CodeOptions options) {
    Natives.load();
    this.options = options;
    this.context = LLVMContextCreate();
    this.handler = new Errors(errors);
    LLVMContextSetDiagnosticHandler(context, handler, new Pointer());
    this.machine = TargetMachines.create(options);
  }

  /** Collects diagnostics of severity error; without a handler LLVM would end the process. */
  private static final class Errors extends LLVMDiagnosticHandler {
    private final transient List<String> errors;

    Errors(List<String> errors) {
      this.errors = errors;
    }

    @Override
    public void call(LLVMDiagnosticInfoRef info, Pointer unused) {
      if (LLVMGetDiagInfoSeverity(info) == LLVMDSError) {
        errors.add(take(LLVMGetDiagInfoDescription(info)));
      }
    }
  }

  /**
   * Takes an emitted module in and verifies it.
   *
   * @throws LlvmFault if LLVM does not accept the text
   */
  public static LlvmModule of(EmittedModule emitted) {
    LlvmModule result = new LlvmModule(emitted.options());
    try {
      result.parse(emitted.text());
      return result;
    } catch (RuntimeException e) {
      result.close();
      throw e;
    }
  }

  /** The data layout that the back end itself states, to compare with {@link TargetMachines}. */
  static String dataLayoutOf(CodeOptions options) {
    try (LlvmModule module = new LlvmModule(options)) {
      LLVMTargetDataRef data = LLVMCreateTargetDataLayout(module.machine);
      String text = take(LLVMCopyStringRepOfTargetData(data));
      LLVMDisposeTargetData(data);
      return text;
    }
  }

  private void parse(byte[] text) {
    try (BytePointer bytes = new BytePointer(text.length + 1L);
        BytePointer name = new BytePointer("sx")) {
      bytes.put(text, 0, text.length).put(text.length, (byte) 0);
      LLVMMemoryBufferRef buffer =
          LLVMCreateMemoryBufferWithMemoryRange(bytes, text.length, name, 1);
      BytePointer error = new BytePointer();
      if (LLVMParseIRInContext(context, buffer, module, error) != 0) {
        throw new LlvmFault("emitted text", take(error));
      }
    }
    verify("emitted module");
  }

  private void verify(String step) {
    BytePointer error = new BytePointer();
    int bad = LLVMVerifyModule(module, LLVMReturnStatusAction, error);
    String text = take(error);
    if (bad != 0) {
      throw new LlvmFault(step, text);
    }
  }

  /** Runs the passes of the optimisation level; does nothing at level none. */
  public LlvmModule optimise() {
    String pipeline = PassPipelines.of(options.level());
    if (!pipeline.isEmpty()) {
      LLVMPassBuilderOptionsRef passes = PassPipelines.options();
      try {
        check("passes", LLVMRunPasses(module, pipeline, machine, passes));
      } finally {
        LLVMDisposePassBuilderOptions(passes);
      }
      checkDiagnostics("passes");
    }
    return this;
  }

  /** The module as LLVM assembly text. */
  public String text() {
    return take(LLVMPrintModuleToString(module));
  }

  /** The object file. Code generation changes the module: only one of the outputs can be made. */
  public byte[] object() {
    return generate(LLVMObjectFile);
  }

  /** The target's assembly text. */
  public String assembly() {
    return new String(generate(LLVMAssemblyFile), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Writes the object file; the path then holds all of it or what it held before. */
  public void writeObject(Path path) throws IOException {
    writeWhole(path, object());
  }

  private static void writeWhole(Path path, byte[] bytes) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(directory, ".sx", ".tmp");
    try {
      Files.write(temporary, bytes);
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private byte[] generate(int kind) {
    BytePointer error = new BytePointer();
    LLVMMemoryBufferRef buffer = new LLVMMemoryBufferRef();
    if (LLVMTargetMachineEmitToMemoryBuffer(machine, module, kind, error, buffer) != 0) {
      throw new LlvmFault("code generation", take(error));
    }
    try {
      checkDiagnostics("code generation");
      byte[] bytes = new byte[Math.toIntExact(LLVMGetBufferSize(buffer))];
      LLVMGetBufferStart(buffer).get(bytes);
      return bytes;
    } finally {
      LLVMDisposeMemoryBuffer(buffer);
    }
  }

  private void checkDiagnostics(String step) {
    if (!errors.isEmpty()) {
      throw new LlvmFault(step, String.join("\n", errors));
    }
  }

  /** Throws what an LLVM error says, if it is one. */
  public static void check(String step, LLVMErrorRef error) {
    if (error != null && !error.isNull()) {
      BytePointer message = LLVMGetErrorMessage(error);
      String text = message.getString();
      LLVMDisposeErrorMessage(message);
      throw new LlvmFault(step, text);
    }
  }

  /** The text of a message that LLVM hands over. */
  static String take(BytePointer message) {
    if (message == null || message.isNull()) {
      return "";
    }
    String text = message.getString();
    LLVMDisposeMessage(message);
    return text;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      if (!module.isNull()) {
        LLVMDisposeModule(module);
      }
      LLVMDisposeTargetMachine(machine);
      LLVMContextDispose(context);
      handler.close();
    }
  }
}
