package sx.harness.corpus;

import java.util.List;
import java.util.OptionalInt;

/** The names of Linux's signals. */
public final class Signals {
  private static final List<String> NAMES =
      List.of(
          "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
          "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private Signals() {}

  public static String name(int signal) {
    return signal > 0 && signal < NAMES.size() ? "SIG" + NAMES.get(signal) : "signal " + signal;
  }

  /** The number of a signal by its name, {@code SIGSEGV}. */
  static OptionalInt number(String name) {
    int index = name.startsWith("SIG") ? NAMES.indexOf(name.substring(3)) : -1;
    return index > 0 ? OptionalInt.of(index) : OptionalInt.empty();
  }
}
