package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.syntax.Ast;
import sx.type.AsmCode;

/** The text of an asm expression with references to operands (asm.tmpl). */
final class AsmTemplates {
  /** What is wrong with a template, in the user's words. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  private final Map<String, Integer> operands;
  private final Map<String, String> symbols;
  private final List<AsmCode.Piece> pieces = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  private AsmTemplates(Map<String, Integer> operands, Map<String, String> symbols) {
    this.operands = operands;
    this.symbols = symbols;
  }

  /** The bytes as written, escapes not processed; empty if it is no literal (asm.gram.4). */
  static Optional<String> text(Ast.Expr template) {
    return template instanceof Ast.StringLit literal
        ? Optional.of(literal.written())
        : Optional.empty();
  }

  /**
   * Cuts a template into pieces.
   *
   * @param operands the numbers of operands by effective name
   * @param symbols the C symbols of {@code "s"} operands by name; their text is the symbol's
   */
  static List<AsmCode.Piece> pieces(
      String text, Map<String, Integer> operands, Map<String, String> symbols) throws Wrong {
    AsmTemplates t = new AsmTemplates(operands, symbols);
    int at = 0;
    while (at < text.length()) {
      at = t.step(text, at);
    }
    t.endText();
    return t.pieces;
  }

  private int step(String text, int at) throws Wrong {
    if (text.startsWith("%%", at)) {
      plain.append('%');
      return at + 2;
    }
    if (text.startsWith("%=", at)) {
      endText();
      pieces.add(new AsmCode.Unique());
      return at + 2;
    }
    if (!text.startsWith("%[", at)) {
      plain.append(text.charAt(at));
      return at + 1;
    }
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw new Wrong("`%[` without `]` in the template of `asm`");
    }
    reference(text.substring(at + 2, end));
    return end + 1;
  }

  private void reference(String inside) throws Wrong {
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    String modifier = colon < 0 ? "" : inside.substring(colon + 1);
    String symbol = symbols.get(name);
    Integer number = operands.get(name);
    if (symbol != null) {
      plain.append(symbol);
    } else if (number != null) {
      endText();
      pieces.add(new AsmCode.Reference(number, modifier));
    } else {
      throw new Wrong(
          "the template of `asm` refers to `" + name + "`, and no operand has that name");
    }
  }

  private void endText() {
    if (!plain.isEmpty()) {
      pieces.add(new AsmCode.Text(plain.toString()));
      plain.setLength(0);
    }
  }
}
