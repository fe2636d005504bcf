package sx.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of diagnostics, lex.diag.1 to lex.diag.6. */
class DiagnosticRendererTest {
  @Test
  void showsSeverityLocationAndExcerpt() {
    SourceFile file = SourceFile.ofText("a.sx", "main :: () {\n    x := y;\n}\n");

    assertEquals(
        """
        error: unknown name 'y'
          --> a.sx:2:10
           |
         2 |     x := y;
           |          ^
        """,
        plain(Diagnostic.error(at(file, "y"), "unknown name 'y'")));
  }

  @Test
  void showsAMessageWithoutAPlaceAlone() {
    assertEquals("error: no input\n", plain(Diagnostic.error("no input")));
  }

  @Test
  void widensTheGutterForLargeLineNumbers() {
    SourceFile file = SourceFile.ofText("a.sx", "\n".repeat(998) + "ab\ncd\n");

    assertEquals(
        """
        error: long
          --> a.sx:999:2
             |
         999 | ab
             |  ^
        1000 | cd
             | ^
        """,
        plain(Diagnostic.error(at(file, "b\nc"), "long")));
  }

  @Test
  void underlinesEachLineOfASpanWithOneCaretWhereThereIsNothing() {
    SourceFile file = SourceFile.ofText("a.sx", "f(\n\n  1)\n");

    assertEquals(
        """
        error: m
          --> a.sx:1:1
           |
         1 | f(
           | ^^
         2 |\s
           | ^
         3 |   1)
           | ^^^^
        """,
        plain(Diagnostic.error(at(file, "f(\n\n  1)"), "m")));
  }

  @Test
  void ignoresTheCarriageReturnOfALineEnd() {
    SourceFile file = SourceFile.ofText("a.sx", "one\r\ntwo\r\n");

    String text = plain(Diagnostic.error(new Span(file, 0, 7), "m"));

    assertFalse(text.contains("\r"));
    assertTrue(text.contains(" 1 | one\n   | ^^^\n 2 | two\n   | ^^\n"), text);
  }

  @Test
  void showsTheEndOfTheFile() {
    SourceFile file = SourceFile.ofText("a.sx", "x");

    assertTrue(plain(Diagnostic.error(new Span(file, 1, 1), "m")).endsWith(" 1 | x\n   |  ^\n"));
  }

  @Test
  void showsAnEmptyFile() {
    SourceFile file = SourceFile.ofText("a.sx", "");

    assertEquals(
        "error: m\n  --> a.sx:1:1\n   |\n 1 | \n   | ^\n",
        plain(Diagnostic.error(new Span(file, 0, 0), "m")));
  }

  @Test
  void keepsTabsInTheIndentAndBehindCarets() {
    SourceFile file = SourceFile.ofText("a.sx", "\tx\ty z");

    assertTrue(plain(Diagnostic.error(at(file, "x"), "m")).endsWith(" 1 | \tx\ty z\n   | \t^\n"));
    assertTrue(plain(Diagnostic.error(at(file, "x\ty"), "m")).endsWith("   | \t^^\t^\n"));
  }

  @Test
  void startsBelowTheTextBehindWideAndJoiningCharacters() {
    SourceFile file = SourceFile.ofText("a.sx", "\"日e\u0301\" x");

    String text = plain(Diagnostic.error(at(file, "x"), "m"));

    assertTrue(text.contains("a.sx:1:10\n"), text);
    assertTrue(text.endsWith("   |       ^\n"), text);
  }

  @Test
  void hasOneCaretForEachByte() {
    SourceFile file = SourceFile.ofText("a.sx", "é");

    assertTrue(plain(Diagnostic.error(at(file, "é"), "m")).endsWith("   | ^^\n"));
  }

  @Test
  void showsControlsAndInvalidBytesAsPictures() {
    SourceFile file =
        new SourceFile("a.sx", "a.sx", new byte[] {'a', 0, 27, (byte) 0xFF, (byte) 0xC3, 'b'});

    String text = plain(Diagnostic.error(new Span(file, 5, 6), "m"));

    assertTrue(text.endsWith(" 1 | a␀␛��b\n   |      ^\n"), text);
  }

  @Test
  void clipsALineOfManyMegabytes() {
    SourceFile file = SourceFile.ofText("a.sx", "(".repeat(10 << 20));

    String text = plain(Diagnostic.error(new Span(file, 5_000_000, 10 << 20), "m"));

    assertTrue(text.length() < 1000, text);
    assertTrue(text.contains("...((("));
    assertTrue(text.contains("   | " + " ".repeat(43) + "^^^"), text);
  }

  @Test
  void clipsASpanOfManyLines() {
    SourceFile file = SourceFile.ofText("a.sx", "x\n".repeat(1000));

    String text = plain(Diagnostic.error(new Span(file, 0, file.length()), "m"));

    assertEquals(
        3 + 2 * DiagnosticRenderer.MAX_EXCERPT_LINES + 1, text.lines().count(), "lines shown");
    assertTrue(text.contains("\n...\n"));
  }

  @Test
  void showsNotesWithAndHelpsWithoutLocation() {
    SourceFile file = SourceFile.ofText("a.sx", "a b c");
    Diagnostic diagnostic =
        Diagnostic.error(at(file, "a"), "one")
            .with(Diagnostic.note(at(file, "b"), "two"))
            .with(Diagnostic.help(at(file, "c"), "three"));

    assertEquals(
        """
        error: one
          --> a.sx:1:1
           |
         1 | a b c
           | ^
        note: two
          --> a.sx:1:3
           |
         1 | a b c
           |   ^
        help: three
           |
         1 | a b c
           |     ^
        """,
        plain(diagnostic));
  }

  @Test
  void sortsEachFileAndSeparatesByAnEmptyLine() {
    SourceFile a = SourceFile.ofText("a.sx", "a b");
    SourceFile b = SourceFile.ofText("b.sx", "c");
    List<Diagnostic> reported =
        List.of(
            Diagnostic.error(at(a, "b"), "second"),
            Diagnostic.error(at(b, "c"), "third"),
            Diagnostic.error(at(a, "a"), "first"));

    String text = DiagnosticRenderer.render(reported, DiagnosticRenderer.Colour.PLAIN);

    assertEquals(
        List.of("error: first", "error: second", "error: third"),
        text.lines().filter(line -> line.startsWith("error")).toList());
    assertTrue(text.contains("^\n\nerror: second"));
    assertFalse(text.endsWith("\n\n"));
  }

  @Test
  void coloursOnlyWhenAsked() {
    Diagnostic diagnostic = Diagnostic.error("m");

    assertFalse(plain(diagnostic).contains("\u001b"));
    assertTrue(
        DiagnosticRenderer.render(List.of(diagnostic), DiagnosticRenderer.Colour.ANSI)
            .startsWith("\u001b[1;31merror\u001b[0m"));
  }

  private static String plain(Diagnostic diagnostic) {
    return DiagnosticRenderer.render(List.of(diagnostic), DiagnosticRenderer.Colour.PLAIN);
  }

  /** The first place of a text in a file. */
  private static Span at(SourceFile file, String text) {
    String all = file.text(0, file.length());
    int chars = all.indexOf(text);
    int start = all.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return new Span(file, start, start + length);
  }
}
