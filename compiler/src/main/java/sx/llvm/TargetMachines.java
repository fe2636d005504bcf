package sx.llvm;

import static org.bytedeco.llvm.global.LLVM.*;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.llvm.LLVM.LLVMTargetMachineRef;
import org.bytedeco.llvm.LLVM.LLVMTargetRef;
import sx.type.Target;

/** LLVM target machines; only the back end that is asked for is initialised. */
final class TargetMachines {
  private TargetMachines() {}

  /** LLVM's data layout of a target, which modules and target machines must agree on. */
  static String dataLayout(Target target) {
    return isArm(target)
        ? "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128"
            + "-Fn32"
        : "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128";
  }

  private static boolean isArm(Target target) {
    return target.arch().equals("aarch64");
  }

  /** Initialises a back end; LLVM takes repeated and concurrent calls through the lock here. */
  private static synchronized void initialise(Target target) {
    if (isArm(target)) {
      LLVMInitializeAArch64TargetInfo();
      LLVMInitializeAArch64Target();
      LLVMInitializeAArch64TargetMC();
      LLVMInitializeAArch64AsmPrinter();
      LLVMInitializeAArch64AsmParser();
    } else {
      LLVMInitializeX86TargetInfo();
      LLVMInitializeX86Target();
      LLVMInitializeX86TargetMC();
      LLVMInitializeX86AsmPrinter();
      LLVMInitializeX86AsmParser();
    }
  }

  /** A new target machine for position-independent code; the caller disposes of it. */
  static LLVMTargetMachineRef create(CodeOptions options) {
    Target target = options.target();
    initialise(target);
    LLVMTargetRef found = new LLVMTargetRef();
    try (BytePointer triple = new BytePointer(target.triple());
        BytePointer cpu = new BytePointer(options.cpu().isEmpty() ? "generic" : options.cpu());
        BytePointer features = new BytePointer("")) {
      BytePointer error = new BytePointer();
      if (LLVMGetTargetFromTriple(triple, found, error) != 0) {
        throw new LlvmFault("target " + target.triple(), LlvmModule.take(error));
      }
      LLVMTargetMachineRef machine =
          LLVMCreateTargetMachine(
              found,
              triple,
              cpu,
              features,
              PassPipelines.codeGeneration(options.level()),
              LLVMRelocPIC,
              LLVMCodeModelDefault);
      if (options.level() == OptLevel.NONE) {
        LLVMSetTargetMachineFastISel(machine, 1);
      }
      return machine;
    }
  }
}
