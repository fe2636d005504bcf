package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sx.source.Diagnostics;

class ReservedNamesTest {
  private static List<String> places(String text) {
    Diagnostics diagnostics = new Diagnostics();
    ReservedNames.check(Parsed.module(text), diagnostics);
    return diagnostics.all().stream()
        .map(d -> d.span().orElseThrow().start() + d.span().orElseThrow().text())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "§u8 := 1;",
        "§u8 : i64 = 1;",
        "f :: () { §bool := 1; }",
        "§i1 :: 1;",
        "§u64 : i64 : 1;",
        "f :: () { §any :: 1; }",
        "S :: struct { §void :: 1; }",
        "f :: (§string: i64) { }",
        "x := (a, §i32) => 1;",
        "P :: protocol { f :: (self: Self, §u8: i64) { } }",
        "§u8 :: () { }",
        "S :: struct { §i2 :: () { } }",
        "impl P for T { §i2 :: () { } }",
        "§u8 :: struct { }",
        "§u8 :: enum { }",
        "§u8 :: union { }",
        "§u8 :: error { }",
        "§u8 :: protocol { }",
        "§u8 :: i64;",
        "§u8 :: ufcs f;",
        "§u8 :: #import \"x\";",
        "§u8 :: #library \"x\";",
        "f :: () { a, §u8 := g(); }",
        "f :: () { if §u8 := g() { } }",
        "f :: () { while §u8 := g() { } }",
        "f :: () { for xs (*§u8) { } }",
        "f :: () { if x == { case .a: (§u8) 1; } }",
        "f :: () { g() catch (§u8) 1; }",
        "f :: () { onfail (§u8) { } }",
        "inline if A == .b { §u8 := 1; }",
        "inline if A == { case .b: §u8 := 1; else: private x := 1; }",
        "f :: () { defer { for xs => if a { §usize := 1; } } }",
        "private §isize := 1;",
        "x := g(.{ a = () { §cstring := 1; } }, b = [h() { u8x :: 1; }]T);"
      })
  void refused(String marked) {
    int mark = marked.indexOf(Parsed.MARK);
    String text = marked.replace(Parsed.MARK, "");
    List<String> found = places(text);
    assertEquals(1, found.size(), found::toString);
    assertTrue(found.getFirst().startsWith(String.valueOf(mark)), found::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`u8 := 1;",
        "S :: struct { u8: i64; bool, i3: i64; }",
        "U :: union { u8: i64; }",
        "E :: enum { u8; i2: i64; }",
        "P :: protocol { u8 :: (self: Self) }",
        "P :: protocol { f :: (self: Self, u8: i64) }",
        "i0 := 1; i65 := 1; u128 := 1; i07 := 1;",
        "noreturn := 1; Vector := 2;",
        "S :: struct { f32 :: () { } }",
        "f :: (`u8: i64) { }",
        "x := f(u8 = 1);",
        "u8x := 1;",
        "f :: () { u8 = 1; }"
      })
  void allowed(String text) {
    assertEquals(List.of(), places(text));
  }

  /** One error for each name, in the order of the source (lex.reserved.4). */
  @Test
  void allAreReported() {
    assertEquals(List.of("0u8", "15i8", "24bool"), places("u8 := 1; f :: (i8: T) { bool := 1; }"));
  }

  @Test
  void spellings() {
    for (int width = 1; width <= 64; width++) {
      assertTrue(ReservedNames.isReserved("i" + width) && ReservedNames.isReserved("u" + width));
    }
    for (String name : List.of("i", "u", "i0", "u65", "i08", "u100", "f16", "Type", "I8", "i8_")) {
      assertFalse(ReservedNames.isReserved(name), name);
    }
  }
}
