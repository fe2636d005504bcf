package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and the values of literals (01-lexical.md). */
class LexerTest {
  private static List<TokenKind> kinds(String text) {
    Tokens tokens = Lexer.lex(text.getBytes(StandardCharsets.UTF_8), 100);
    List<TokenKind> kinds = new ArrayList<>();
    for (int i = 0; TokenKind.ALL[tokens.kinds()[i]] != TokenKind.END; i++) {
      kinds.add(TokenKind.ALL[tokens.kinds()[i]]);
    }
    return kinds;
  }

  @Test
  void everyTokenAlone() {
    for (TokenKind kind : TokenKind.ALL) {
      if (kind.isFixed()) {
        assertEquals(List.of(kind), kinds(kind.text), kind.text);
        assertEquals(List.of(kind, TokenKind.NAME), kinds(kind.text + " x"), kind.text);
      }
    }
  }

  @Test
  void thereAreFortyKeywordsAndNineRangeMarks() {
    int keywords = 0;
    int marks = 0;
    for (TokenKind kind : TokenKind.ALL) {
      keywords += kind.isKeyword() ? 1 : 0;
      marks += kind.isRangeMark() ? 1 : 0;
    }
    assertEquals(40, keywords);
    assertEquals(Ast.RangeMark.values().length, marks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "a<=b # NAME LESS_EQUALS NAME",
        "1... # INT RANGE DOT",
        "1..5 # INT RANGE INT",
        "56.(i8) # INT DOT PAREN_OPEN NAME PAREN_CLOSE",
        "3.foo # INT DOT NAME",
        "1.5.x # FLOAT DOT NAME",
        "t.0.1 # NAME DOT FLOAT",
        "x!=y # NAME NOT_EQUALS NAME",
        "a <..b # NAME EX_RANGE NAME",
        "a < ..b # NAME LESS RANGE NAME",
        ".. = # RANGE ASSIGN",
        "a --b # NAME MINUS MINUS NAME",
        "---- # UNDEFINED MINUS",
        "--> # MINUS ARROW",
        "** # STAR STAR",
        "/* # SLASH STAR",
        "??? # QUESTION_QUESTION QUESTION",
        "?.? # QUESTION_DOT QUESTION",
        ":::= # COLON_COLON COLON_EQUALS",
        "<<== # SHIFT_LEFT_ASSIGN ASSIGN",
        ">>>= # SHIFT_RIGHT GREATER_EQUALS",
        "=== # EQUALS ASSIGN",
        "=..<= # IN_RANGE_EX ASSIGN",
        "0b12 # INT INT",
        "0o8 # INVALID INT",
        "10u8 # INT NAME",
        "017 # INT",
        "0x_ff__ # INT",
        "1_000_ # INT",
        "_1 # NAME",
        "0_x1 # INT NAME",
        "`if # RAW_NAME",
        "`u8(1) # RAW_NAME PAREN_OPEN INT PAREN_CLOSE",
        "If iff # NAME NAME",
        "a // b # NAME",
      })
  void sequences(String text, String wanted) {
    assertEquals(wanted, String.join(" ", kinds(text).stream().map(Enum::name).toList()));
  }

  @Test
  void commentsInQuotes() {
    assertEquals(List.of(TokenKind.STRING, TokenKind.CHAR), kinds("\"// no\" '/'"));
    assertEquals(List.of(TokenKind.BLOCK_STRING, TokenKind.SEMICOLON), kinds("#string E\n//\nE;"));
  }

  @Test
  void integers() {
    assertEquals(17, integer("017").value());
    assertEquals(255, integer("0xF_f").value());
    assertEquals(15, integer("0O17").value());
    assertEquals(10, integer("0b1010").value());
    assertEquals(-1, integer("0xFFFF_FFFF_FFFF_FFFF").value());
    assertTrue(integer("18446744073709551615").fits());
    assertTrue(!integer("18446744073709551616").fits());
    assertTrue(!integer("0x1_0000_0000_0000_0000").fits());
    assertTrue(!integer("99999999999999999999999").fits());
    assertTrue(integer("0000000000000000000000000001").fits());
  }

  private static Ast.IntLit integer(String text) {
    return (Ast.IntLit) Parsed.expression(text);
  }

  @Test
  void characters() {
    assertEquals('A', character("'A'"));
    assertEquals(10, character("'\\n'"));
    assertEquals(0, character("'\\0'"));
    assertEquals('\'', character("'\\''"));
    assertEquals('\\', character("'\\\\'"));
    assertEquals(7, character("'\\x7'"));
    assertEquals(0xFF, character("'\\xfF'"));
    assertEquals(0x3B1, character("'\\u{3b1}'"));
    assertEquals(0x10FFFF, character("'\\u{10FFFF}'"));
    assertEquals(0x263A, character("'☺'"));
    assertEquals('"', character("'\"'"));
  }

  private static int character(String text) {
    return ((Ast.CharLit) Parsed.expression(text)).codePoint();
  }

  @Test
  void strings() {
    assertArrayEquals(bytes("a\n\t\r\\\"\0q'x41"), string("\"a\\n\\t\\r\\\\\\\"\\0\\q\\'\\x41\""));
    assertArrayEquals(bytes("a\nb"), string("\"a\nb\""));
    assertArrayEquals(bytes("né"), string("\"né\""));
    assertArrayEquals(bytes(""), string("\"\""));
    assertArrayEquals(
        bytes("a \"b\" \\n\n  FIN\n"), string("#string FIN x\na \"b\" \\n\n  FIN\nFIN"));
    assertArrayEquals(bytes(""), string("#string\tE\nE"));
    assertArrayEquals(bytes("E1\n\n"), string("#string E\nE1\n\nE"));
  }

  /** No escape of an import path is decoded (mod.syntax.3). */
  @Test
  void paths() {
    Ast.Module module = Parsed.module("#import \"a\\n\";");
    assertArrayEquals(bytes("a\\n"), ((Ast.FlatImport) module.items().getFirst()).path().value());
  }

  private static byte[] string(String text) {
    return ((Ast.StringLit) Parsed.expression(text)).value();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void equalNamesShareTheirText() {
    Ast.Binary sum = (Ast.Binary) Parsed.expression("some_name + some_name");
    assertSame(name(sum.left()), name(sum.right()));
  }

  private static String name(Ast.Expr e) {
    return ((Ast.NameExpr) e).name().text();
  }

  @Test
  void manyNames() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("name").append(i).append(" := name").append(i / 2).append(";\n");
    }
    List<Ast.Stmt> items = Parsed.module(text.toString()).items();
    for (int i = 0; i < 5000; i++) {
      Ast.VarDecl d = (Ast.VarDecl) items.get(i);
      assertEquals("name" + i, d.name().text());
      assertEquals("name" + i / 2, name(d.init().orElseThrow()));
    }
  }
}
