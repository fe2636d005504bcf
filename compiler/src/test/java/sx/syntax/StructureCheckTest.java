package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sx.source.Diagnostics;

class StructureCheckTest {
  private static List<Integer> places(String text) {
    Diagnostics diagnostics = new Diagnostics();
    StructureCheck.check(Parsed.module(text), diagnostics);
    return diagnostics.all().stream().map(d -> d.span().orElseThrow().start()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f :: () { §private x := 1; }",
        "f :: () { if a { §private K :: 1; } }",
        "f :: () { if x == { case 1: §private y : i64; } }",
        "f :: () { for xs => §private y := 1; }",
        "x := f() { §private y := 1; };",
        "f :: () { §#import \"x\"; }",
        "f :: () { §#import c { } }",
        "f :: () { §ns :: #import \"x\"; }",
        "f :: () { §l :: #library \"x\"; }",
        "f :: () { §P :: protocol { } }",
        "f :: () { §impl P for T { } }",
        "f :: () { §#context_extend x: i64; }",
        "f :: () { inline if A { §#import \"x\"; } }",
        "f :: (§a) { }",
        "S :: struct { f :: (self: *S, §b) { } }",
        "impl P for T { f :: (§a) { } }",
        "asm { §name };",
        "x := asm { §#run f() };"
      })
  void refused(String marked) {
    assertEquals(List.of(marked.indexOf(Parsed.MARK)), places(marked.replace(Parsed.MARK, "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inline if A == .b { private x := 1; #import \"x\"; impl P for T { } n :: #import \"y\"; }",
        "inline if A == { case .b: private x := 1; #import \"x\"; }",
        "f :: ($T, ..$xs) { }",
        "x := (a, b) => a;",
        "f :: () { S :: struct { } E :: error { } K :: 1; g :: () { } }"
      })
  void allowed(String text) {
    assertEquals(List.of(), places(text));
  }

  @Test
  void allAreReportedInOrder() {
    assertEquals(
        List.of(10, 26), places("f :: () { private x := 1; private y := { z := 2; 1 }; }"));
  }
}
