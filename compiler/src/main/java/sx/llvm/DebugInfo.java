package sx.llvm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sx.ir.Body;
import sx.ir.Function;
import sx.source.SourceFile;
import sx.source.Span;

/**
 * Where functions and instructions come from, as LLVM metadata (DWARF 5: functions and lines).
 * Gives empty text when debug information is off.
 */
final class DebugInfo {
  /** Columns beyond it cannot be told; 0 says that there is none. */
  private static final int LAST_COLUMN = 0xFFFF;

  private static final String FLAGS =
      """
      !llvm.module.flags = !{!0, !1}
      !llvm.dbg.cu = !{!2}
      !0 = !{i32 7, !"Dwarf Version", i32 5}
      !1 = !{i32 2, !"Debug Info Version", i32 3}
      """;

  private final boolean enabled;
  private final boolean optimised;
  private final StringBuilder nodes = new StringBuilder();
  private int next = SIGNATURE + 1;
  private final Map<SourceFile, Integer> files = new HashMap<>();
  private static final int UNIT = 2;
  private static final int SIGNATURE = 3;

  DebugInfo(CodeOptions options) {
    this.enabled = options.debugInfo();
    this.optimised = options.level() != OptLevel.NONE;
  }

  /** The lines of one function. */
  final class Scope {
    private final int program;
    private final Span whole;
    private final Map<Long, Integer> known = new HashMap<>();
    private int last;
    private @Nullable Span lastSpan;

    /** The line that was asked for last, and where it starts and ends. */
    private int line;

    private int lineStart = 1;
    private int lineEnd;

    private Scope(int program, Span whole) {
      this.program = program;
      this.whole = whole;
    }

    /** The attachment of the function's header. */
    String attachment() {
      return program < 0 ? "" : " !dbg !" + program;
    }

    /** The place of code that sets the function up; 0 is none, here and below. */
    int start() {
      return program < 0 ? 0 : at(whole);
    }

    /** The place of an instruction. Another file's lines are shown at the place before. */
    int at(List<Span> spans, int index) {
      if (program < 0) {
        return 0;
      }
      Span span = index < spans.size() ? spans.get(index) : null;
      if (span != null && span.equals(lastSpan)) {
        return last;
      }
      if (span == null || span.file() != whole.file()) {
        return last == 0 ? start() : last;
      }
      return at(span);
    }

    private int at(Span span) {
      findLine(span);
      int column = span.start() - lineStart + 1;
      if (column > LAST_COLUMN) {
        column = 0;
      }
      lastSpan = span;
      long key = (long) line << 20 | column;
      Integer location = known.get(key);
      if (location == null) {
        location = location(column);
        known.put(key, location);
      }
      last = location;
      return location;
    }

    private int location(int column) {
      nodes.append('!').append(next).append(" = !DILocation(line: ").append(line);
      nodes.append(", column: ").append(column).append(", scope: !").append(program);
      nodes.append(")\n");
      return next++;
    }

    /** Code goes on in the same line more often than not. */
    private void findLine(Span span) {
      if (span.start() < lineStart || span.start() > lineEnd) {
        line = span.line();
        lineStart = span.file().lineStart(line);
        lineEnd = span.file().lineEnd(line);
      }
    }
  }

  Scope function(Function function, Body body) {
    if (!enabled || body.span() == null) {
      return new Scope(-1, body.span());
    }
    int file = file(body.span().file());
    int line = body.span().line();
    String linkage = function.exportSymbol().orElse("sx." + function.name());
    int program =
        node(
            "distinct !DISubprogram(name: "
                + string(function.name())
                + ", linkageName: "
                + string(linkage)
                + ", scope: !"
                + file
                + ", file: !"
                + file
                + ", line: "
                + line
                + ", type: !"
                + SIGNATURE
                + ", scopeLine: "
                + line
                + ", spFlags: DISPFlagDefinition"
                + (optimised ? " | DISPFlagOptimized" : "")
                + ", unit: !"
                + UNIT
                + ")");
    return new Scope(program, body.span());
  }

  private int file(SourceFile file) {
    Integer known = files.get(file);
    if (known != null) {
      return known;
    }
    String path = file.path();
    int slash = path.lastIndexOf('/');
    String directory = slash > 0 ? path.substring(0, slash) : ".";
    int number =
        node(
            "!DIFile(filename: "
                + string(path.substring(slash + 1))
                + ", directory: "
                + string(directory)
                + ")");
    files.put(file, number);
    return number;
  }

  private int node(String text) {
    nodes.append('!').append(next).append(" = ").append(text).append('\n');
    return next++;
  }

  private static String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      Symbols.escape(out, b & 0xff);
    }
    return out.append('"').toString();
  }

  void appendTo(StringBuilder out) {
    if (!enabled || next == SIGNATURE + 1) {
      return;
    }
    int file = files.values().iterator().next();
    for (int f : files.values()) {
      file = Math.min(file, f);
    }
    out.append(FLAGS);
    out.append("!2 = distinct !DICompileUnit(language: DW_LANG_C99, file: !").append(file);
    out.append(", producer: \"sx\", isOptimized: ").append(optimised);
    out.append(", runtimeVersion: 0, emissionKind: LineTablesOnly)\n");
    out.append("!3 = !DISubroutineType(types: !{null})\n");
    out.append(nodes);
  }
}
