package sx.llvm;

/** How much LLVM optimises (cli.opt.1). */
public enum OptLevel {
  NONE,
  LESS,
  DEFAULT,
  AGGRESSIVE;

  /** Whether code is made for speed of compilation, and kept close to the source. */
  boolean isLow() {
    return this == NONE || this == LESS;
  }
}
