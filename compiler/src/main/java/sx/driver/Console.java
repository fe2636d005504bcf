package sx.driver;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sx.source.Diagnostic;
import sx.source.DiagnosticRenderer;

/**
 * Where a command writes to.
 *
 * @param out standard output
 * @param err standard error
 * @param colour how diagnostics look
 */
public record Console(PrintStream out, PrintStream err, DiagnosticRenderer.Colour colour) {
  /** Colour is for terminals, and never where NO_COLOR says something. */
  static DiagnosticRenderer.Colour colour(Map<String, String> environment, boolean terminal) {
    boolean refused =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return terminal && !refused ? DiagnosticRenderer.Colour.ANSI : DiagnosticRenderer.Colour.PLAIN;
  }

  /** Whether a file descriptor of this process is a terminal. */
  static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  void show(List<Diagnostic> diagnostics) {
    err.print(DiagnosticRenderer.render(diagnostics, colour));
    err.flush();
  }

  void error(String message) {
    show(List.of(Diagnostic.error(message)));
  }
}
