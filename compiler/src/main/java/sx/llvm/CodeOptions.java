package sx.llvm;

import sx.type.Target;

/**
 * What code to make.
 *
 * @param cpu processor model as LLVM names it; empty for the generic one (cli.opt)
 * @param debugInfo whether to describe functions and lines for debuggers (cli.opt.2)
 */
public record CodeOptions(Target target, OptLevel level, String cpu, boolean debugInfo) {
  /** Options without debug information for the generic processor. */
  public static CodeOptions of(Target target, OptLevel level) {
    return new CodeOptions(target, level, "", false);
  }
}
