package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spans are exactly the source text of their construct (lex.diag.3). */
class SpanTest {
  private static List<String> texts(String source) {
    List<String> texts = new ArrayList<>();
    Children.walk(
        Parsed.module(source).items(),
        n -> texts.add(n.getClass().getSimpleName() + " " + n.span().text()));
    return texts;
  }

  private static void assertSpans(String source, String... wanted) {
    List<String> found = texts(source);
    for (String text : wanted) {
      assertTrue(found.contains(text), () -> text + " is not among " + found);
    }
  }

  @Test
  void declarations() {
    assertSpans("private x := 1; y :: 2 ;", "VarDecl private x := 1;", "ConstDecl y :: 2 ;");
    assertSpans(
        "f :: (a: i64) => a + 1 ;",
        "ConstDecl f :: (a: i64) => a + 1 ;",
        "Function (a: i64) => a + 1");
    assertSpans("f :: ufcs () { }", "Function ufcs () { }");
    assertSpans("S :: struct { a, b: i64 = 2; f :: () { } }", "Fields a, b: i64 = 2;");
    assertSpans("S :: struct { f :: () { } }", "StructConst f :: () { }");
  }

  @Test
  void expressions() {
    assertSpans(
        "x := a + b.c(1) * -d[2..3].(T);",
        "Binary a + b.c(1) * -d[2..3].(T)",
        "Binary b.c(1) * -d[2..3].(T)",
        "Call b.c(1)",
        "Member b.c",
        "Unary -d[2..3].(T)",
        "Cast d[2..3].(T)",
        "Slice d[2..3]");
    assertSpans("x := a ?? b ?? c;", "Binary a ?? b ?? c", "Binary b ?? c");
    assertSpans("x := a < b < c;", "Chain a < b < c");
    assertSpans("x := (a) ;", "Group (a)");
    assertSpans("x := f() { 1 } + 2;", "Call f() { 1 }", "Block { 1 }");
    assertSpans("x := P.{ a = 1, ..b } { };", "AggregateLit P.{ a = 1, ..b } { }", "Spread ..b");
    assertSpans("x := $Ts[0] ;", "PackIndex $Ts[0]");
    assertSpans("x := `if.`else ;", "NameExpr if", "Member if.`else");
    assertSpans("x := .a ;", "EnumLit .a");
    assertSpans("x := if a then b else c ;", "If if a then b else c");
  }

  @Test
  void statements() {
    assertSpans(
        "f :: () { g() ; if a { } ; if b { } else if c { } x = 1 ; inline for p (q) { } }",
        "ExprStmt g() ;",
        "Call g()",
        "ExprStmt if a { } ;",
        "If if a { }",
        "If if b { } else if c { }",
        "If if c { }",
        "Assign x = 1 ;",
        "InlineStmt inline for p (q) { }");
  }

  @Test
  void types() {
    assertSpans(
        "x : ?[4]*Box(i64, N + 1) ;",
        "OptionalType ?[4]*Box(i64, N + 1)",
        "ArrayType [4]*Box(i64, N + 1)",
        "Unary *Box(i64, N + 1)",
        "Call Box(i64, N + 1)",
        "Binary N + 1");
    assertSpans("f :: (x: $T/P) -> (i64, !E) { }", "TypeIntro $T/P", "ResultList (i64, !E)");
    assertSpans("x : (A) -> B abi(.c) ;", "FunctionType (A) -> B abi(.c)");
  }

  @Test
  void semicolonsOfExpressionStatements() {
    List<Ast.Stmt> list = Parsed.statements("a ; if b { } c");
    assertEquals(";", ((Ast.ExprStmt) list.get(0)).semicolon().text());
    assertTrue(((Ast.ExprStmt) list.get(0)).terminated());
    Ast.ExprStmt block = (Ast.ExprStmt) list.get(1);
    assertEquals(block.expr().span().end(), block.semicolon().start());
    assertTrue(!block.terminated());
    assertEquals(14, ((Ast.ExprStmt) list.get(2)).semicolon().start());
  }

  /** The places of stmt.mval.6. */
  @Test
  void bodiesOfArms() {
    Ast.Match match =
        (Ast.Match)
            Parsed.expression(
                "if x == { case 1: (a) { 1 } case 2: => f; case 3: g(); h(); case 4: break;"
                    + " case 5: else: k }");
    List<String> bodies = match.arms().stream().map(a -> a.bodySpan().text()).toList();
    assertEquals(List.of("{ 1 }", "f", "g();", "break", ""), bodies);
    assertEquals("k", match.otherwise().orElseThrow().span().text());
    assertEquals("case 3: g(); h();", match.arms().get(2).span().text());
  }
}
