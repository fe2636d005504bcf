package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sx.source.Diagnostics;
import sx.source.SourceFile;

/** The place of every syntax error: the mark stands before the token that cannot be accepted. */
class SyntaxErrorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // lex.src.1, lex.tok.6, lex.raw.2, lex.err.1
        "x := §é;",
        "x := §@;",
        "x := §\\;",
        "x := §` a;",
        "x := §`1;",
        "x := §\u0001;",
        "x := a &§& b;",
        "x := a |§| b;",
        "x := a +§+ b;",
        // lex.tok.3, 4
        "x := a[1.. §= 2];",
        "x : §??T;",
        "x := §??T;",
        // lex.kw.3
        "§if := 1;",
        "§true :: 1;",
        "§f32 :: 1;",
        "§Type : i64;",
        "f :: (§while: i64) { }",
        "f :: () { §defer := 1; }",
        "f :: () { for xs (§in) { } }",
        "f :: () { g() catch (§or) { } }",
        "f :: () { onfail (§or) { } }",
        "f :: () { a, §if := g(); }",
        "S :: struct ($§if: Type) { }",
        "x := (§null) => 1;",
        // lex.member.2, 4, 6
        "S :: struct { §inline: i64; }",
        "E :: enum { a; §inline; }",
        "P :: protocol { §inline :: (self: Self) }",
        "impl P for T { §inline :: () { } }",
        "x := .{ for §};",
        "U :: union { §if: i64; }",
        "U :: union { §struct: i64; }",
        "E :: error { A, §if }",
        // lex.int.3, 4, 6
        "x := §0x;",
        "x := §0b_;",
        "x := 0b1§2;",
        "x := §0o8;",
        "x := 10§u8;",
        // lex.float.4 and neighbours
        "x := t.§0.1;",
        "x := 1.§;",
        "x := .§5;",
        // lex.char.5, 6
        "x := §'';",
        "x := §'ab';",
        "x := §'\\q';",
        "x := §'\\\"';",
        "x := §'\\x';",
        "x := §'\\xg';",
        "x := §'\\x123';",
        "x := §'\\u{}';",
        "x := §'\\u{1234567}';",
        "x := §'\\u{110000}';",
        "x := §'\\u{d800}';",
        "x := §'\\u12';",
        "x := §'a;\n y := 1;",
        "x := §'\\nn';",
        // lex.str.7 to 9
        "x := §\"abc;",
        "x := \"a\" §\"b\";",
        "#import §#string E\na\nE;",
        "m :: #library §#string E\na\nE;",
        "#error(§#string E\na\nE);",
        "f :: () extern l §#string E\na\nE;",
        // lex.here.7
        "x := §#string\nEND;",
        "x := §#string 1\n1;",
        "x := §#string E\nabc\n E;",
        // lex.dir.2 to 4
        "§#foo;",
        "x := §# run f();",
        "x := §#stringE;",
        "§#library \"m\";",
        "x := §#import \"a\";",
        "f :: () { §#framework \"a\"; }",
        "f :: () { §#using A; }",
        "f :: () §#intrinsic;",
        "f :: () { x := §#insert \"a\"; }",
        "§#get;",
        // expr.prec.8, 9; expr.other.5
        "x := §+1;",
        "f :: () { x := a §= 1; }",
        "f :: () { g(a §+= 1); }",
        "f :: () { if a then b §= 1; }",
        "x := §raise error.A;",
        "x := a or §raise e;",
        "f :: () { x := §onfail g(); }",
        // gram.paren.3, expr.group.2
        "x := (§);",
        "x := (a§, b);",
        "x := (§a: 1);",
        "x := (§..xs);",
        "f :: () { g((x,§)); }",
        "f :: () { g((§)); }",
        // gram.trail.1, stmt.trail.7
        "x := f() { 1 }§.y;",
        "f :: () { g() { }\n§.y(); }",
        "x := f() { }§(1);",
        // gram.catch.1
        "x := f() catch §e { 1 };",
        "x := f() catch §0;",
        "x := f() catch (§1) 2;",
        "x := f() catch§;",
        "x := f() catch (e)§;",
        // gram.onfail.1, err.onfail.8
        "f :: () { onfail §e { } }",
        "§onfail f();",
        // gram.type.2, 4, decl.ret.4
        "f :: () -> i64 §! { }",
        "x : Closure() -> i64 §!;",
        "x := () -> i64 §! { };",
        "F :: () -> i64 §!;",
        "x : Tuple(i64) §-> i64;",
        "x := Tuple(i64) §-> i64;",
        // types.syn.5, stmt.multi.1
        "x : (i64,§);",
        "f :: () -> (a: i64§) { }",
        "f :: () -> (!, §i64) { }",
        // gram.semi, stmt.semi
        "f :: () { a §b; }",
        "f :: () { x := 1 §y := 2; }",
        "f :: () { g();§; }",
        "§;",
        "x := 1;§;",
        "f :: () { if a then b else c §d; }",
        "f :: () { return 1 §}",
        "f :: () { x = 1 §}",
        "f :: () { break §}",
        "f :: () { raise e §}",
        "f :: () { defer g() §}",
        "f :: () { a, b = 1, 2 §}",
        "f :: () { x := () { } §y; }",
        "x := P.{ 1 } { } §y := 2;",
        "f :: () { g() catch { } §h(); }",
        "f :: () { (if a { }) §b; }",
        "f :: () { if x == { case 1: a §case 2: } }",
        "f :: () { if x == { case 1 §=> 1; } }",
        "f :: () { if x == { case 1: => 2 §} }",
        "f :: () { for xs => x = 1 §}",
        // decl.item
        "§1 + 2;",
        "§if a { }",
        "§while a { }",
        "§return;",
        "§{ }",
        "f §();",
        "x §= 1;",
        "x §y;",
        "f :: () { }§;",
        "S :: struct { }§;",
        "E :: enum { }§;",
        "U :: union { }§;",
        "P :: protocol { }§;",
        "impl P for T { }§;",
        "f :: { }§;",
        "ns§.x := 1;",
        "§}",
        // decl.fn
        "f :: (..a: []T, b: i64§) { }",
        "x := (..a, b§) => 1;",
        "S :: struct (..$T: []Type, §$U: Type) { }",
        "f :: () abi(.§fast) { }",
        "f :: () extern §export;",
        "f :: () export §extern;",
        "f :: () extern l \"s\" §export;",
        "f :: () extern §{ }",
        "f :: (a: i64, §1) { }",
        "f :: (self: *S) -> i64 #set §{ }",
        "f :: (self: *S) #set §{ }",
        "f :: (a: i64) -> i64 #get§;",
        "f :: (x: T §/ P) { }",
        "f :: ($T: Type / §1) { }",
        "x : $T/§f32;",
        "x : $Ts[§n];",
        // decl.private, mod.priv
        "private §#import \"a\";",
        "private §asm { \"x\" };",
        "private §#run f();",
        "private §impl P for T { }",
        "private §#error(\"x\");",
        "private §#framework \"x\";",
        "private §#context_extend a: i64;",
        "private §inline if A == .b { }",
        "private §private x := 1;",
        "S :: struct { private §x: i64; }",
        "S :: struct { private §#using B; }",
        "E :: enum { private :: §; }",
        "E :: error { §private A }",
        "f :: (§private a: i64) { }",
        "impl P for T { private §f :: () { } }",
        "P :: protocol { private §f :: (self: Self) }",
        "f :: () { private §if a { } }",
        // stmt.if, opt.bind.2, err.syntax.9
        "f :: () { if a §?? b { } }",
        "f :: () { if a §|> b { } }",
        "f :: () { if a §return 1; }",
        "f :: () { if v := g() §then 1; }",
        "f :: () { if a { } else §b; }",
        "f :: () { §else { } }",
        "f :: () { if a then §raise e; }",
        // stmt.massign, stmt.destr
        "f :: () { a, b = 1§; }",
        "f :: () { a, b = 1, 2, 3§; }",
        "f :: () { a, b §+= 1, 2; }",
        "f :: () { a, b.c §:= g(); }",
        "f :: () { a.b §:= g(); }",
        "f :: () { a, 1 §:= g(); }",
        "f :: () { a, b §; }",
        "f :: () { x = 1§, 2; }",
        // stmt.for, stmt.range
        "f :: () { for xs (a, b) §{ } }",
        "f :: () { for xs, ys (a) §{ } }",
        "f :: () { for 0.. (i) §{ } }",
        "f :: () { for 0.. §{ } }",
        "f :: () { for 0..3 (*i) §=> g(); }",
        "f :: () { for g(§) { } }",
        "f :: () { for xs §: x { } }",
        "f :: () { for 0..= §(i) { } }",
        "f :: () { for 0..< §{ } }",
        "f :: () { for xs, 0<..= §(x, i) { } }",
        "f :: () { for xs (x) §g(); }",
        "f :: () { inline for 0.. (i) §{ } }",
        "x := a[1..=§];",
        "x := a[..<§];",
        "x := a[§];",
        // stmt.match
        "f :: () { if x == { else: §(e) { } } }",
        "f :: () { if x == { case §-1: } }",
        "f :: () { if x == { case a§.b: } }",
        "f :: () { if x == { case 1: break; §g(); } }",
        "f :: () { if x == { else: 1; §case 2: } }",
        "f :: () { if x == { §g(); } }",
        "f :: () { §case 1: }",
        // err.cleanup.1, stmt.defer.6
        "f :: () { defer { §return; } }",
        "f :: () { onfail { for xs { §break; } } }",
        "f :: () { defer §try g(); }",
        "f :: () { defer { x := a ?? §return; } }",
        "f :: () { defer { g() catch (e) { §raise e; }; } }",
        "f :: () { onfail (e) { if a { §continue; } } }",
        // aggregates, calls, casts
        "x := .{ 1 §2 };",
        "x := .[1 §2];",
        "x := f(1 §2);",
        "x := f(1,§, 2);",
        "x := v.(P, a§, b);",
        "x := error§;",
        "x := a.§;",
        "x := a?.§{ };",
        "x := (a §b);",
        "x := f(x = §);",
        // closures, protocols, impl
        "x : Closure(..Ts§, i64);",
        "x : Closure(..Ts§,);",
        "P :: protocol #inline §#inline { }",
        "P :: protocol { f :: () §-> i64 }",
        "P :: protocol { f :: (a: i64)§; }",
        "P :: protocol { f :: (self: i64) §}",
        "P :: protocol { f :: (self: *Self, n: i64 §= 1) }",
        "impl P §{ }",
        "impl P for §*T { }",
        "impl P for T { f §: i64; }",
        "impl §1 for T { }",
        // types
        "x : §1;",
        "x : [4§;",
        "x : Box(i64,§);",
        "x : [:§a]u8;",
        "E :: enum flags { a§: i64; }",
        "E :: enum { a§, b }",
        "S :: struct { a §= 1; }",
        "S :: struct (§T: Type) { }",
        "S :: struct { f :: () { } §1 }",
        "x : *§;",
        "f :: () -> §{ }",
        // #error, #insert, inline, asm, imports
        "#error(§1);",
        "#error §\"x\";",
        "#error(\"a\"§, \"b\");",
        "inline §for xs { }",
        "f :: () { inline §while a { } }",
        "asm §volatile { \"x\" };",
        "asm { \"x\", §\"=r\" -> i64 };",
        "x := asm { \"x\", clobbers(.a), §\"r\" = 1 };",
        "x := asm { \"x\", §a };",
        "#import c { §#library \"m\"; }",
        "#import c§;",
        "f :: () { inline if A then b else c §d; }",
        // ends of files
        "f :: () {§",
        "x := §",
        "x :: struct {§",
        "f :: (a: i64§",
        "x := f(§",
        "x := a +§",
        "x := .{ 1,§"
      })
  void place(String marked) {
    Parsed.assertSyntaxError(marked, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "f :: () { x := 1 §y := 2; }|expected `;`, found `y`",
        "x := (a§, b);|.{ … }",
        "x := f() catch §e { 1 };|catch (e)",
        "f :: () { onfail §e { } }|onfail (e)",
        "f :: () { §else { } }|no `if`",
        "x := t.§0.1;|(t.0).1",
        "x : §??T;|?(?T)",
        "f :: () -> i64 §! { }|(T, !)",
        "§if :: 1;|`` `if ``",
        "S :: struct { §inline: i64; }|`` `inline ``",
        "x := a &§& b;|write `and`",
        "f :: () abi(.§fast) { }|.naked",
        "P :: protocol { f :: ()§; }|self: *Self",
        "x := §~abc;|no closing",
        "f :: () {§|line 1",
        "§if a { }|inline if",
        "f :: () { for xs §: x { } }|for xs (x)",
        "private §impl P for T { }|impl"
      })
  void words(String marked, String words) {
    Parsed.assertSyntaxError(marked.replace('~', '"'), words);
  }

  @Test
  void bytesThatAreNotUtf8() {
    assertByteError("x := \"a\u00FF\";", 7);
    assertByteError("// \u00C0\u0080\nx := 1;", 3);
    assertByteError("x := \u0080;", 5);
    assertByteError("x := 1;\0", 7);
    assertByteError("x := '\u00FF';", 5);
    assertByteError("x := #string E\n\u00ED\u00A0\u0080\nE;", 15);
  }

  private static void assertByteError(String latin, int offset) {
    Diagnostics diagnostics = new Diagnostics();
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(Parser.parse(new SourceFile("b", "b", bytes), diagnostics).isEmpty());
    assertEquals(1, diagnostics.errorCount());
    assertEquals(offset, diagnostics.all().getFirst().span().orElseThrow().start());
  }

  @Test
  void bytesAboveAsciiInTheirPlaces() {
    Parsed.module("// né ☺\nx := \"né\\é\"; y := 'é'; z := #string E\n☺\nE;");
  }

  @Test
  void anErrorInInsertedText() {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceFile.ofText("insert", "x := 1; }");
    assertTrue(Parser.parseStatements(file, diagnostics).isEmpty());
    assertEquals(8, diagnostics.all().getFirst().span().orElseThrow().start());
  }
}
