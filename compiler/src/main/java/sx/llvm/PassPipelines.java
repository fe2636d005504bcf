package sx.llvm;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.llvm.LLVM.LLVMPassBuilderOptionsRef;
import org.bytedeco.llvm.global.LLVM;

/** Which passes and which code generator each optimisation level stands for. */
final class PassPipelines {
  /**
   * A load in the head of a loop is made at the end of the iteration before, where what it gives
   * the first time is known already: 15 % of loops that go through an array from both ends.
   */
  private static final String LOADS_OVER_BACK_EDGES = "-enable-split-backedge-in-load-pre";

  private PassPipelines() {}

  /** What LLVM takes as options of a process only; set once, when passes are first asked for. */
  private static final class ProcessOptions {
    static final boolean SET = set("sx", LOADS_OVER_BACK_EDGES);

    private static boolean set(String... arguments) {
      BytePointer[] texts = new BytePointer[arguments.length];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = new BytePointer(arguments[i]);
      }
      try (PointerPointer<BytePointer> array = new PointerPointer<>(texts)) {
        LLVM.LLVMParseCommandLineOptions(texts.length, array, new BytePointer(""));
      }
      return true;
    }
  }

  /** Sets the passes up as clang does; the caller disposes of the result. */
  static LLVMPassBuilderOptionsRef options() {
    if (!ProcessOptions.SET) {
      throw new AssertionError();
    }
    LLVMPassBuilderOptionsRef passes = LLVM.LLVMCreatePassBuilderOptions();
    LLVM.LLVMPassBuilderOptionsSetSLPVectorization(passes, 1);
    return passes;
  }

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
