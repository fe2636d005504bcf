package sx.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Diagnostics as text, in the form of lex.diag.1 to lex.diag.6. */
public final class DiagnosticRenderer {
  /** Whether the text carries terminal colours. */
  public enum Colour {
    PLAIN,
    ANSI
  }

  /** A span over more lines than this shows its first and its last half of so many. */
  public static final int MAX_EXCERPT_LINES = 64;

  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String BLUE = "\u001b[1;34m";

  private final Colour colour;
  private final StringBuilder out = new StringBuilder();

  private DiagnosticRenderer(Colour colour) {
    this.colour = colour;
  }

  /**
   * All diagnostics of a compilation: in source order for each file, the files in the order in
   * which they were first reported (cli.diag.4), separated by one empty line.
   */
  public static String render(List<Diagnostic> diagnostics, Colour colour) {
    DiagnosticRenderer renderer = new DiagnosticRenderer(colour);
    for (Diagnostic diagnostic : inSourceOrder(diagnostics)) {
      if (!renderer.out.isEmpty()) {
        renderer.out.append('\n');
      }
      renderer.diagnostic(diagnostic);
    }
    return renderer.out.toString();
  }

  /** The order in which {@link #render} shows diagnostics. */
  public static List<Diagnostic> inSourceOrder(List<Diagnostic> diagnostics) {
    Map<Optional<SourceFile>, List<Diagnostic>> byFile = new LinkedHashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      byFile
          .computeIfAbsent(diagnostic.span().map(Span::file), _ -> new ArrayList<>())
          .add(diagnostic);
    }
    List<Diagnostic> ordered = new ArrayList<>(diagnostics.size());
    for (List<Diagnostic> ofFile : byFile.values()) {
      ofFile.sort((a, b) -> Integer.compare(start(a), start(b)));
      ordered.addAll(ofFile);
    }
    return ordered;
  }

  private static int start(Diagnostic diagnostic) {
    return diagnostic.span().map(Span::start).orElse(0);
  }

  private void diagnostic(Diagnostic diagnostic) {
    headline(diagnostic);
    diagnostic
        .span()
        .ifPresent(
            span -> {
              if (diagnostic.severity() != Diagnostic.Severity.HELP) {
                paint(BLUE, "  -->");
                out.append(' ').append(span).append('\n');
              }
              excerpt(span, colourOf(diagnostic.severity()));
            });
    for (Diagnostic attached : diagnostic.attached()) {
      diagnostic(attached);
    }
  }

  private void headline(Diagnostic diagnostic) {
    paint(colourOf(diagnostic.severity()), word(diagnostic.severity()));
    paint(BOLD, ": " + diagnostic.message());
    out.append('\n');
  }

  private void excerpt(Span span, String carets) {
    SourceFile file = span.file();
    int first = span.line();
    int last = file.line(Math.max(span.start(), span.end() - 1));
    int width = Math.max(2, String.valueOf(last).length());
    String blank = " ".repeat(width) + " |";
    paint(BLUE, blank);
    out.append('\n');
    boolean clipped = last - first >= MAX_EXCERPT_LINES;
    for (int line = first; line <= last; line++) {
      if (clipped && line == first + MAX_EXCERPT_LINES / 2) {
        paint(BLUE, "...");
        out.append('\n');
        line = last - MAX_EXCERPT_LINES / 2 + 1;
      }
      ExcerptLine shown = ExcerptLine.of(span, line);
      String number = String.valueOf(line);
      paint(BLUE, " ".repeat(width - number.length()) + number + " |");
      out.append(' ').append(shown.text()).append('\n');
      paint(BLUE, blank);
      out.append(' ').append(shown.indent());
      paint(carets, shown.carets());
      out.append('\n');
    }
  }

  private void paint(String ansi, String text) {
    if (colour == Colour.ANSI) {
      out.append(ansi).append(text).append(RESET);
    } else {
      out.append(text);
    }
  }

  private static String word(Diagnostic.Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "note";
      case HELP -> "help";
    };
  }

  private static String colourOf(Diagnostic.Severity severity) {
    return switch (severity) {
      case ERROR -> "\u001b[1;31m";
      case WARNING -> "\u001b[1;33m";
      case NOTE -> "\u001b[1;36m";
      case HELP -> "\u001b[1;32m";
    };
  }
}
