package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.source.Span;

/** What the tests of this package ask of the parser. */
final class Parsed {
  /** Stands in a source directly before the token at which an error is expected. */
  static final String MARK = "§";

  private Parsed() {}

  static Ast.Module module(String text) {
    return module(SourceFile.ofText("test.sx", text));
  }

  static Ast.Module module(SourceFile file) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Ast.Module> module = Parser.parse(file, diagnostics);
    return module.orElseGet(() -> fail(shown(diagnostics) + "\n" + file.text(0, file.length())));
  }

  static List<Ast.Stmt> statements(String text) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceFile.ofText("insert", text);
    return Parser.parseStatements(file, diagnostics)
        .orElseGet(() -> fail(shown(diagnostics) + "\n" + text));
  }

  static Ast.Expr expression(String text) {
    List<Ast.Stmt> list = statements(text + ";");
    if (list.size() == 1 && list.getFirst() instanceof Ast.ExprStmt e) {
      return e.expr();
    }
    return fail("not an expression: " + text);
  }

  static String shown(Diagnostics diagnostics) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic d : diagnostics.all()) {
      text.append(d.span().map(Span::toString).orElse("?")).append(": ").append(d.message());
      text.append('\n');
    }
    return text.toString();
  }

  /** Expects the one syntax error of a module at the mark, with a message that holds the words. */
  static void assertSyntaxError(String marked, String words) {
    int mark = marked.indexOf(MARK);
    String text = marked.replace(MARK, "");
    int expected = marked.substring(0, mark).getBytes(StandardCharsets.UTF_8).length;
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceFile.ofText("test.sx", text);
    if (Parser.parse(file, diagnostics).isPresent()) {
      fail("no error in: " + text);
    }
    assertEquals(1, diagnostics.errorCount());
    Diagnostic d = diagnostics.all().getFirst();
    int found = d.span().orElseThrow().start();
    assertEquals(expected, found, () -> text + "\n" + d.span().get() + ": " + d.message());
    if (!d.message().contains(words)) {
      fail("`" + d.message() + "` does not say `" + words + "` for: " + text);
    }
  }

  /** Expects that the text of a tree reads as that tree again, and its text as itself. */
  static void assertRoundTrip(Ast.Module module) {
    String printed = Printer.print(module);
    Ast.Module again = module(printed);
    AstEquality.difference(module, again).ifPresent(d -> fail(d + "\n" + printed));
    assertEquals(printed, Printer.print(again));
  }
}
