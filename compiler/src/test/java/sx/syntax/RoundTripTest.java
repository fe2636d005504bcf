package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sx.source.Diagnostics;
import sx.source.SourceFile;

/** Every production of grammar.md: what is printed parses to the tree it was printed from. */
class RoundTripTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // items
        "",
        "// nothing but a comment",
        "#import \"modules/std.sx\";",
        "#import c { #include \"a.h\"; #source \"a.c\"; #define \"A=1\"; #flags \"-O\"; }",
        "#import c { };",
        "asm { \"nop\" };",
        "asm { #string END\nnop\nEND, };",
        "#run f();",
        "#error(\"no \\\"way\\\"\");",
        "#context_extend depth: i64 = 3;",
        "#context_extend tag: string;",
        "#framework \"Cocoa\";",
        "inline if OS == .linux { A :: 1; } else if OS == .macos { B :: 2; } else { #error(\"x\"); }",
        "inline if POINTER_SIZE == 8 and ARCH != .wasm32 { #import \"a\"; private x := 1; }",
        "inline if OS == { case .linux: A :: 1; B :: 2; case .macos: else: C :: 3; }",
        "private x := 1;",
        "private f :: () { }",
        "private protocol :: 3;",
        "impl :: 3; ufcs := 4; protocol : i64 = 5;",
        "x : i64;",
        "x : i64 = 3;",
        "x : i64 : 3;",
        "environ : [*]cstring extern libc \"environ\";",
        "errno : i32 extern;",
        "x := if a { 1 } else { 2 }\ny := 3;",
        "x : i64 = { 1 }\ny := f() { 2 }\nz : i64 : if a == { case 1: 2 }",
        // constant bodies
        "ns :: #import \"a/b\";",
        "cc :: #import c { #include \"x.h\"; };",
        "m :: #library \"m\";",
        "A :: #run f() or 3;",
        "A :: intrinsic;",
        "A :: (T) intrinsic;",
        "E :: enum { a; b :: 3; c: i64; d :: 4: string; inline_; if; `inline }",
        "E :: enum flags u8 { a; b; }",
        "E :: enum u8 { a b c }",
        "E :: error { A, B, }",
        "E :: error { };",
        "S :: struct { }",
        "S :: struct () { a, b: i64; case: string = \"x\"; }",
        "S :: struct ($T: Type/P/Q, ..$Ts: []Type) { #using Base; K :: 3; L : u8 : 4; x: T = --- }",
        "S :: struct { f :: (self: *S) -> i64 { 1 } g :: () => 2; h :: (i64) -> bool; }",
        "S :: struct { x :: (self: *S) -> i64 #get => 1; x :: (self: *S, v: i64) #set { } }",
        "S :: struct { push :: () extern libc \"push\"; private: i64; }",
        "U :: union { a: i64; struct { x: u8; y: u8; }; struct { z: i64 } b: f32 }",
        "P :: protocol { f :: (self: *Self); g :: (self: Self, n: i64,) -> bool { true } }",
        "P :: protocol(T: Type, N: i64) #inline #identity { for :: (self: *Self) -> ?T }",
        "impl P for T { f :: (self: *T) { } g :: (self: *T) => 1; }",
        "impl P for f32 { }",
        "impl P for Box($A, $B) { if :: (self: *Box(A, B)) { } }",
        "impl P(i64, []u8) for *T { }",
        "g :: ufcs f;",
        "f :: ufcs (self: *T) -> i64 { 1 }",
        "f :: { print(\"x\"); }",
        "f :: () => 1;",
        "f :: () -> struct { a: i64; } { .{ 1 } }",
        "F :: () -> struct { a: i64; };",
        "F :: (i64) -> bool;",
        "F :: (i64) -> bool abi(.c);",
        "f :: (a: i64, b: i64 = 3, ..rest: []any,) -> (q: i64, r: i64 = 0, !Err) { }",
        "f :: ($T: Type/P/Q, x: $U/P, y: $n, ..$ts) -> ! { }",
        "f :: (..$ts: []Type) -> $ts[0] { }",
        "f :: () -> i64 abi(.c) export \"f\" { 1 }",
        "f :: () abi(.naked) export => 1;",
        "f :: () abi(.pure) { }",
        "f :: (a: i32) -> i32 extern;",
        "f :: (a: i32) -> i32 extern lib;",
        "f :: (a: i32) extern lib \"sym\";",
        "f :: ($T: Type) -> i64 intrinsic;",
        "Alias :: pkg.Type_.Other;",
        "T :: Tuple(a: i64, b: string);",
        "`u8 :: struct { lo: i64; }"
      })
  void items(String text) {
    Parsed.assertRoundTrip(Parsed.module(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?i64",
        "? ?i64",
        "*T",
        "**T",
        "[4]u8",
        "[N * 2 + 1]u8",
        "[]u8",
        "[*]u8",
        "[:0]u8",
        "[f(() => 1)]u8",
        "$T",
        "$T/P/Q",
        "$Ts[0x1]",
        "()",
        "(T)",
        "(?T)",
        "() -> ()",
        "(a: i64, i64) -> bool",
        "(..Ts,) -> bool",
        "(i64) -> (i64, !)",
        "() -> !",
        "() -> !Err",
        "(i64) -> (i64) -> i64 abi(.c)",
        "Tuple()",
        "Tuple(i64, b: string, ..Ts,)",
        "Tuple(1, -2, 3.5, 'a', \"s\", true, false, null, x: -1.5)",
        "Closure()",
        "Closure(i64, b: string) -> bool",
        "Closure(..Ts) -> i64",
        "Closure(i64, ..$Ts)",
        "Closure(..xs.T)",
        "a.b.C",
        "Box(i64)",
        "pkg.Box(4, 'x', T, N + 1, M * 2 - 1)",
        "Box(..Ts)",
        "Box((N + 1) * 2)",
        "Box([]u8, ?T, (i64) -> bool)",
        "Box(-1)",
        "Box(.red)",
        "struct { a: i64; }",
        "union { a: i64; }",
        "enum flags u8 { a }",
        "f32",
        "Self",
        "Type",
        "`u8",
        "*`u8",
        "`u8(i64)",
        "?Closure(i64) -> bool",
        "[2](Closure(i64) -> i64)"
      })
  void types(String type) {
    Parsed.assertRoundTrip(Parsed.module("x : " + type + ";"));
    Parsed.assertRoundTrip(Parsed.module("f :: (a: " + type + ") -> " + type + " { }"));
    Parsed.assertRoundTrip(Parsed.module("x := y.(" + type + ");"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x := 1;",
        "x : i64 = ---;",
        "a, _, `if := f();",
        "x := if a { 1 } else { 2 }",
        "a.b = 3;",
        "a += 1; a -= 1; a *= 1; a /= 1; a %= 1; a &= 1; a |= 1; a ^= 1;",
        "a <<= 1; a >>= 1;",
        "a, b[i] = b, a;",
        "_ = f();",
        "return;",
        "return 1;",
        "return a, b;",
        "return y = b, x = a;",
        "defer f();",
        "defer { f(); }",
        "onfail { f(); }",
        "onfail (e) { f(e); }",
        "onfail (e).f();",
        "raise error.A;",
        "while a { break; }",
        "while a { continue; }",
        "if a { }",
        "if a { } else { };",
        "if a { } else if b { } else if c { } else { }",
        "if a then b();",
        "if a then b else c;",
        "if a { } else if b then c else d;",
        "if v := f() ?? null { }",
        "if v := f() { } else if w := g() { } else { }",
        "if f() == .a { }",
        "if a == (b) { }",
        "if (a) { }",
        "if p != .{ 1, 2 } { }",
        "if P.{ 1 } == p { }",
        "if x catch { 0 } { }",
        "if f(() { 1 }) { }",
        "if x == { }",
        "if x + 1 == { case 1: f(); g(); case 'a': else: }",
        "if s == { case .a: (v) break; case .b: (v) => v; case .c: { 1 } else: 2 }",
        "if t == { case []u8: case ?i64: case struct: case enum: case union: case i64: f() }",
        "if t == { case .struct: (x) f(x); case true: break; case struct { a: i64 }: }",
        "while v := next() { }",
        "while a ?? b { };",
        "push context { }",
        "push C.{ a = 1 } { }",
        "for xs { }",
        "for xs (x) { };",
        "for xs, 0.. (x, i) { }",
        "for 0..n (i) => f(i);",
        "for f(n) (x) { }",
        "for (g()) { }",
        "for 0..=3 { } for 0..<3 { } for 0<..3 { }",
        "for 0<..=3 { } for 0<..<3 { } for 0=..3 { } for 0=..=3 { } for 0=..<3 { }",
        "for xs, 1<.. (*x, i) => for ys (y) => x.* = y;",
        "for xs, 0.. { }",
        "for map(xs, (x) => x) (y) { }",
        "for (xs) => f();",
        "inline if A { } else { }",
        "inline if A then b() else c();",
        "inline for 0..n (i) { };",
        "inline if T == { case i64: f(); }",
        "#insert \"x := 1;\";",
        "#import \"x\";",
        "#error(\"m\");",
        "private x := 1;",
        "{ a := 1; }",
        "{ };",
        "{ { 1 } }",
        "f() { 1 }",
        "f() { 1 };",
        "f();\n{ 1 }",
        "#run f();",
        "#run { 1 };",
        "S :: struct { a: i64; }",
        "E :: error { A };",
        "f :: (n: i64) -> i64 { n }",
        "g :: () => 1;",
        "K :: 3;",
        "K : u8 : 3;",
        "h :: ufcs f;",
        "f() catch { };",
        "f() catch (e) { };",
        "f() catch (e) g(e) + 1;",
        "f() catch (e) == { case .A: 1; else: 2; };",
        "break; continue;",
        "P :: protocol { }",
        "impl P for T { }",
        "#context_extend x: i64;",
        "m :: #library \"m\";",
        "if impl(1) { }",
        "impl(1);",
        "impl.x = 1;",
        "protocol();",
        "value: i64;",
        "inline if A { x := 1; }",
        "return if a { 1 } else { 2 };",
        "f()",
        "{ 1 }"
      })
  void statements(String text) {
    List<Ast.Stmt> parsed = Parsed.statements(text);
    List<Ast.Stmt> again = Parsed.statements(Printer.print(parsed));
    assertEquals("", AstEquality.difference(parsed, again).orElse(""));
    Parsed.assertRoundTrip(Parsed.module("main :: () { " + text + " }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "0xFF_",
        "0b_1",
        "1_0",
        "1.5_0",
        "'a'",
        "'\\u{3b1}'",
        "\"s\\n\"",
        "true",
        "false",
        "null",
        "---",
        "a",
        "`if",
        "#string E\n  a \"b\"\nE",
        "i64",
        "f32",
        "Self",
        "Type",
        "(a)",
        "((a))",
        "a + b - c * d / e % f",
        "a << 1 | b & c ^ d",
        "a or b and !c",
        "a ?? b ?? c",
        "a |> f |> g(1)",
        "a < b",
        "a < b <= c == d != e > f >= g",
        "a in b",
        "a == b in c",
        "(a in b) == c",
        "- -a",
        "-a",
        "!!a",
        "~~a",
        "xx xx a",
        "**a",
        "try try a",
        "-xx try *!~a",
        "- ---",
        "a.b.c",
        "a.inline",
        "a?.if",
        "a.0",
        "a.0 .1",
        "(a.0).1",
        "1 .0",
        "a?.0",
        "a?.b?.(T)",
        "a.*",
        "a.*.*",
        "a.(T)",
        "a.(*T, alloc)",
        "1.5.(i64)",
        "56.(i8)",
        "a[1]",
        "a[1..2]",
        "a[..]",
        "a[1..]",
        "a[..2]",
        "a[..=2]",
        "a[..<2]",
        "a[<..2]",
        "a[<..]",
        "a[<..=2]",
        "a[<..<2]",
        "a[=..2]",
        "a[=..=2]",
        "a[=..<2]",
        "a[1<..=n.x]",
        "a[.b...c]",
        "a!",
        "a!!.b",
        "a! == b",
        "f()",
        "f(1, x = 2, ..ys,)",
        "f((1, 2), (a: 1), y = (x, y))",
        "f((a), (b) + 1, (x) => 1, (A, B) -> C)",
        "f() { 1 }",
        "f(() { 1 }) { 2 }",
        "f(.{ 1 } { })",
        ".a",
        ".if",
        ".a(1)",
        ".a.{ 1 }",
        ".{}",
        ".{ 1, a, b = 2, ..c, for = 3, true, }",
        "P.{ x }",
        "P(i64).{ x = 1 } { self.x = 2; }",
        "P.{} { }",
        ".[]",
        ".[1, 2,]",
        "[2]i64.[1, 2]",
        "([2]?i64).[1, null]",
        "[]u8",
        "[*]u8",
        "[:0]u8",
        "?T",
        "?[]P.{ 1 }",
        "(A, b: B) -> C",
        "(A) -> B abi(.c)",
        "Tuple(i64, string)",
        "Closure() -> i64",
        "`Tuple(1)",
        "`Closure(1)",
        "struct { a: i64; }",
        "enum { a }",
        "union { a: i64 }",
        "size_of(*Point)",
        "() { 1 }",
        "(a) => a",
        "(a, b) => a + b",
        "(a: i64 = 1) -> i64 { a }",
        "() -> i64 { 1 }()",
        "() => () => { 1 }",
        "(x) { x }",
        "() abi(.c) => 1",
        "(a: i64) -> (i64, !) abi(.c) { }",
        "if a then 1 else 2 + 3",
        "if a { 1 } else { 2 } + 3",
        "f(if a { 1 })",
        "{ 1 }.x",
        "a + { b }",
        "a ?? return b",
        "a or break",
        "a or continue",
        "#run f() or 3",
        "1 + #run f()",
        "#caller_location",
        "error.A",
        "$Ts",
        "$Ts[0]",
        "$Ts[i + 1]",
        "$Ts.len",
        "asm { \"nop\" }",
        "asm volatile { #string E\nx\nE, [a] \"=r\" -> u64, \"r\" = b, }",
        "asm { \"x\", [o] \"=m\" -> *p.x, clobbers(.cc, .memory,), }",
        "asm { \"x\", clobbers() }",
        "a catch (e) == { case .A: break; else: 1 }",
        "f(x catch { 1 }, y catch (e) 2)",
        "a catch (`if) b",
        "a catch { 1 }.x",
        "T == []u8",
        "a.b(c)[d]!.e",
        "f(a = 1)",
        "while a { }",
        "for a { }",
        "push a { }"
      })
  void expressions(String text) {
    Ast.Expr parsed = Parsed.expression("(" + text + ")");
    Ast.Expr again = Parsed.expression(Printer.print(parsed));
    assertEquals("", AstEquality.difference(parsed, again).orElse(""));
    Parsed.assertRoundTrip(Parsed.module("x := (" + text + ");"));
  }

  static Stream<Path> files() throws IOException {
    Path root = root();
    return Stream.of(root.resolve("corpus"), root.resolve("library"))
        .filter(Files::isDirectory)
        .flatMap(RoundTripTest::sources);
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(p -> p.toString().endsWith(".sx")).sorted().toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("library")) && here.getParent() != null) {
      here = here.getParent();
    }
    return here;
  }

  /** Files with a syntax error are here for others; they only must not make the parser throw. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("files")
  void wholeFiles(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    SourceFile file = new SourceFile(path.toString(), path.toString(), bytes);
    Parser.parse(file, new Diagnostics()).ifPresent(Parsed::assertRoundTrip);
  }
}
