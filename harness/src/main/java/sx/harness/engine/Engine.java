package sx.harness.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import sx.harness.corpus.Header.Arch;

/** The ways in which a case is tried. */
public enum Engine {
  /** The compile-time machine. */
  VM("vm"),
  /** Compiled and run in the compiler's process. */
  JIT("jit"),
  /** Compiled to an executable without optimization. */
  O0("o0"),
  /** Compiled to an optimized executable. */
  O2("o2"),
  /** An executable of the architecture that the machine is not, under an emulator. */
  EMULATED("emulated"),
  /** No run: the compiler's verdict on the source. */
  CHECK("check"),
  /** No run: the code made for a machine. */
  IR_X86_64("ir-x86_64"),
  IR_AARCH64("ir-aarch64");

  /** Those that run programs. */
  public static final Set<Engine> RUNNING =
      Collections.unmodifiableSet(EnumSet.of(VM, JIT, O0, O2, EMULATED));

  /** Those that run the machine's own code. */
  public static final Set<Engine> NATIVE = Collections.unmodifiableSet(EnumSet.of(O0, O2, JIT));

  private final String label;

  Engine(String label) {
    this.label = label;
  }

  /** The machine that this engine compiles for. */
  public Arch arch() {
    return switch (this) {
      case IR_X86_64 -> Arch.X86_64;
      case IR_AARCH64 -> Arch.AARCH64;
      case EMULATED -> Arch.host() == Arch.AARCH64 ? Arch.X86_64 : Arch.AARCH64;
      default -> Arch.host();
    };
  }

  /** The name in headers, options and results. */
  @Override
  public String toString() {
    return label;
  }
}
