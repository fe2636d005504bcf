package sx.driver;

import java.util.List;
import java.util.Optional;
import sx.source.Diagnostic;
import sx.source.InternalFault;
import sx.source.Span;

/** Faults of the compiler, as the user sees them (cli.diag.5). */
final class Faults {
  /**
   * Set to anything, this variable of the environment adds the stack trace that users never see.
   */
  private static final String TRACE = "SX_TRACE";

  private Faults() {}

  static void report(Throwable fault, Console console) {
    Optional<Span> span =
        fault instanceof InternalFault internal ? internal.span() : Optional.empty();
    console.show(
        List.of(
            new Diagnostic(
                Diagnostic.Severity.ERROR, "internal error: " + describe(fault), span, List.of())));
    if (System.getenv(TRACE) != null) {
      fault.printStackTrace(console.err());
      console.err().flush();
    }
  }

  private static String describe(Throwable fault) {
    return switch (fault) {
      case StackOverflowError _ ->
          "the program nests deeper than the compiler's stack of "
              + (Main.COMPILE_STACK_BYTES >> 20)
              + " MB allows";
      case OutOfMemoryError _ ->
          "the compiler needs more memory than the "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB it may use";
      default -> {
        String message = fault.getMessage();
        String kind = fault.getClass().getSimpleName();
        yield message == null || message.isBlank()
            ? kind
            : fault instanceof InternalFault
                ? firstLine(message)
                : kind + ": " + firstLine(message);
      }
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
