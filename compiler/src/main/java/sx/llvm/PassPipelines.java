package sx.llvm;

import org.bytedeco.llvm.global.LLVM;

/** Which passes and which code generator each optimisation level stands for. */
final class PassPipelines {
  private PassPipelines() {}

  /** The pipeline in the syntax of {@code opt -passes}; empty for none at all. */
  static String of(OptLevel level) {
    return switch (level) {
      case NONE -> "";
      case LESS -> "default<O1>";
      case DEFAULT -> "default<O2>";
      case AGGRESSIVE -> "default<O3>";
    };
  }

  static int codeGeneration(OptLevel level) {
    return switch (level) {
      case NONE -> LLVM.LLVMCodeGenLevelNone;
      case LESS -> LLVM.LLVMCodeGenLevelLess;
      case DEFAULT -> LLVM.LLVMCodeGenLevelDefault;
      case AGGRESSIVE -> LLVM.LLVMCodeGenLevelAggressive;
    };
  }
}
