package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sx.source.Diagnostics;
import sx.source.SourceFile;

/** Deep sources end in one clear error and never in a StackOverflowError. */
class NestingTest {
  private static final int DEEP = 100_000;

  private static Optional<Ast.Module> parse(String text, Diagnostics diagnostics) {
    return Parser.parse(SourceFile.ofText("deep.sx", text), diagnostics);
  }

  private static void assertTooDeep(String text, int limit) {
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(parse(text, diagnostics).isEmpty());
    assertEquals(1, diagnostics.errorCount());
    assertEquals("nested too deeply (limit " + limit + ")", diagnostics.all().getFirst().message());
  }

  private static void onLargeStack(Runnable task) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(null, task, "large stack", 512L << 20);
    thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
    thread.start();
    thread.join();
    if (thrown.get() != null) {
      throw new AssertionError(thrown.get());
    }
  }

  @Test
  void tenMegabytesOfParentheses() {
    assertTooDeep("x := " + "(".repeat(10 << 20), Parser.MAX_NESTING);
    assertTooDeep("x :: " + "(".repeat(10 << 20), Parser.MAX_NESTING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "(",
        "f(",
        "[",
        ".{",
        ".[",
        "a[",
        "- ",
        "!",
        "~",
        "xx ",
        "try ",
        "*",
        "{ x := ",
        "if a { ",
        "if a then ",
        "if x == { case 1: ",
        "() => ",
        "() { ",
        "#run ",
        "return ",
        "f() catch (e) ",
        "? ",
        "[4]",
        "[]",
        "() -> ",
        "while a { ",
        "for xs { ",
        "push x { ",
        "a ?? (",
        "f() { ",
        "struct { a: ",
        "enum { a :: ",
        "union { a: ",
        "Tuple(",
        "Closure(",
        "Closure() -> ",
        "Box(",
        "if (",
        "for ("
      })
  void deepExpressions(String opening) {
    assertTooDeep("x := " + opening.repeat(DEEP), Parser.MAX_NESTING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "defer {",
        "for xs => ",
        "inline if a {",
        "if a then ",
        "f :: () {",
        "x := {",
        "S :: struct { f :: () {",
        "onfail {"
      })
  void deepStatements(String opening) {
    assertTooDeep("f :: () { " + opening.repeat(DEEP), Parser.MAX_NESTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"? ", "*", "[", "[4]", "() -> ", "(", "Box(", "Closure() -> ", "enum "})
  void deepTypes(String opening) {
    assertTooDeep("x : " + opening.repeat(DEEP), Parser.MAX_NESTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inline if A { ", "inline if A == { case .b: "})
  void deepItems(String opening) {
    assertTooDeep(opening.repeat(DEEP), Parser.MAX_NESTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a + ", "a - b * ", "a or ", "a ?? ", "a == b ?? ", "a |> "})
  void longChains(String link) {
    assertTooDeep("x := " + link.repeat(DEEP) + "a;", Parser.MAX_CHAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"()", ".b", "[0]", "!", ".*", ".(T)", "?.b", ".{}", " catch { 1 }"})
  void longPostfixChains(String link) {
    assertTooDeep("x := a" + link.repeat(DEEP) + ";", Parser.MAX_CHAIN);
  }

  @Test
  void longChainsOfElse() {
    assertTooDeep("f :: () { " + "if a { } else ".repeat(DEEP) + "{ } }", Parser.MAX_CHAIN);
  }

  /** What is long but not deep has no limit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f(a.b(1), (c) + -d); ",
        "if a { } ",
        "x := a + (b * c).d; ",
        "{ } ",
        "T : a.b.C = 1; ",
        "g :: (a: Box(i64 + 1)) { } "
      })
  void longBodies(String statement) {
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(parse("f :: () { " + statement.repeat(DEEP) + "}", diagnostics).isPresent());
  }

  @Test
  void longListsAndChainsOfComparisons() {
    Diagnostics diagnostics = new Diagnostics();
    assertTrue(parse("x := f(" + "(a) + g(b), ".repeat(DEEP) + ");", diagnostics).isPresent());
    assertTrue(parse("x := a" + " < (b)".repeat(DEEP) + ";", diagnostics).isPresent());
  }

  @Test
  void theLimitItselfIsAllowed() throws InterruptedException {
    onLargeStack(
        () -> {
          int most = Parser.MAX_NESTING;
          Parsed.assertRoundTrip(
              Parsed.module("x := " + "(".repeat(most) + "1" + ")".repeat(most) + ";"));
          Parsed.assertRoundTrip(Parsed.module("x := a" + ".b".repeat(Parser.MAX_CHAIN) + ";"));
          Parsed.assertRoundTrip(
              Parsed.module("x := a" + " + b".repeat(Parser.MAX_CHAIN - 1) + ";"));
        });
  }

  /** Chains inside of chains: the height of the tree is what counts. */
  @Test
  void chainsInsideOfChains() {
    String inner = "a" + ".b".repeat(900);
    for (int i = 0; i < 20; i++) {
      inner = "(" + inner + ")" + ".b".repeat(900);
    }
    assertTooDeep("x := " + inner + ";", Parser.MAX_CHAIN);
  }

  @Test
  void theLimitIsAnOption() {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceFile.ofText("a", "x := (((1)));");
    assertTrue(Parser.parse(file, diagnostics, new Parser.Limits(3, 10)).isPresent());
    assertTrue(Parser.parse(file, diagnostics, new Parser.Limits(2, 10)).isEmpty());
  }
}
