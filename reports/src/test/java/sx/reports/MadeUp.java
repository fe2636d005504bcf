package sx.reports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sx.harness.results.RunRecord;
import sx.harness.results.RunRecord.CaseRecord;
import sx.harness.results.RunRecord.EngineRecord;
import sx.harness.results.RunRecord.FaultRecord;
import sx.harness.results.RunRecord.RuleRecord;

/**
 * A run that never was, with everything in it that a report has to show, and with hostile text in
 * every field.
 */
final class MadeUp {
  /** Text that breaks out of an element, an attribute or a script where it is not escaped. */
  static final String HOSTILE =
      "</code></pre><script>alert('x')</script>\"'><img src=x onerror=alert(1)>&amp;";

  private final Path home;
  private final List<CaseRecord> cases = new ArrayList<>();

  private MadeUp(Path home) {
    this.home = home;
  }

  /**
   * Writes sources and goldens below a directory.
   *
   * @return the run over them: two green cases, a red one, one marked xfail and passing, one marked
   *     xfail, one with two rounds that disagree
   */
  static RunRecord in(Path home) throws IOException {
    MadeUp made = new MadeUp(home);
    made.add("01-basic", "0001-hello", "passed", 1, "");
    made.add("01-basic", "0002-code", "passed", 1, "");
    made.add("01-basic", "0003-red", "failed", 1, HOSTILE + "\nsecond line");
    made.add("05-statements", "0001-early", "xpassed", 1, "passes, though marked xfail");
    made.add("05-statements", "0002-open", "xfailed", 1, "other output");
    made.add("05-statements", "0003-flaky", "passed", 1, "");
    made.add("05-statements", "0003-flaky", "failed", 2, "other output");
    made.add("05-statements", "0004 odd#name?%41", "passed", 1, "");
    return made.record("2026-01-02T03:04:05Z");
  }

  /** The same with another start and any number of cases. */
  static RunRecord large(Path home, int count) throws IOException {
    MadeUp made = new MadeUp(home);
    for (int i = 0; i < count; i++) {
      String area = String.format(Locale.ROOT, "%02d-area", 1 + i % 20);
      made.add(area, String.format(Locale.ROOT, "%04d-case", i), "passed", 1, "");
    }
    return made.record("2026-01-01T00:00:00Z");
  }

  private void add(String area, String slug, String verdict, int round, String message)
      throws IOException {
    String file = "corpus/" + area + "/" + slug + ".sx";
    boolean rejected = slug.equals("0003-red");
    String golden = "corpus/" + area + "/expected/" + slug;
    List<String> goldens = new ArrayList<>();
    write(file, "//! rules: lex.src.1\nmain :: () {\n    print(\"" + HOSTILE + "\\n\");\n}\n");
    goldens.add(
        write(golden + (rejected ? ".errors" : ".stdout"), rejected ? "3:5\n" : HOSTILE + "\n"));
    if (slug.equals("0002-code")) {
      goldens.add(
          write(golden + ".x86_64.ir", "define i64 @f() {\n  ret i64 1 ; " + HOSTILE + "\n}\n"));
      goldens.add(write(golden + ".aarch64.ir", "define i64 @f() {\n  ret i64 2\n}\n"));
    }
    Map<String, String> header = new LinkedHashMap<>();
    header.put("rules", "lex.src.1");
    header.put("stdin", HOSTILE);
    cases.add(
        new CaseRecord(
            area + "/" + slug,
            area,
            slug,
            slug.replace('-', ' ') + (rejected ? HOSTILE : ""),
            file,
            List.of(file, "corpus/gone.sx"),
            round,
            verdict,
            rejected ? "reject" : "run",
            List.of("lex.src.1"),
            header,
            goldens,
            List.of(
                new EngineRecord(
                    "vm",
                    "x86_64",
                    verdict.equals("passed") ? "passed" : "failed",
                    message,
                    0,
                    2.5),
                new EngineRecord("emulated", "aarch64", "not_run", "not in the fast set", 0, 0)),
            message,
            "harness/harness run '" + area + "/" + slug + "'",
            cases.size() * 3.0));
  }

  private String write(String path, String text) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return path;
  }

  private RunRecord record(String started) {
    String first = cases.getFirst().name();
    return new RunRecord(
        RunRecord.FORMAT,
        new RunRecord.Run(
            started, "0123456789abcdef", false, "x86_64", 2, "sx", "fast", "", 0, true),
        new RunRecord.Figures(cases.size(), 1, 1, 1, 1234, 500, 400, 30, 900, 3.3, 10),
        List.of("corpus/01-basic/x.sx:1: " + HOSTILE),
        cases,
        List.of(
            new RuleRecord(
                "lex.src.1", "01-lexical", 3, false, "A `source` is " + HOSTILE, List.of(first)),
            new RuleRecord("lex.src.2", "01-lexical", 5, true, "ERROR. Not `closed", List.of()),
            new RuleRecord("stmt.if.1", "05-statements", 7, true, "ERROR. No.", List.of())),
        List.of(
            new FaultRecord(
                "swapped",
                "operands " + HOSTILE,
                "ir",
                List.of(first),
                Map.of(first, HOSTILE),
                true),
            new FaultRecord("dropped-defer", "no defer", "tree", List.of(first), Map.of(), true)));
  }
}
