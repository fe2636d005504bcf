package sx.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.source.Span;

/** What holds for every input: parsing never throws, and what is printed reads as it was. */
class PropertyTest {
  private static final SourceFile NOWHERE = SourceFile.ofText("generated", "");
  private static final Span SPAN = new Span(NOWHERE, 0, 0);

  // ---------------------------------------------------------------------------- any input

  @Property(tries = 3000)
  void tokenSoupNeverThrows(@ForAll("soup") String text) {
    assertOneErrorOrTree(text);
    assertOneErrorOrTree("f :: () { " + text);
    assertOneErrorOrTree("x := " + text);
    assertOneErrorOrTree("x : " + text);
    Diagnostics diagnostics = new Diagnostics();
    Parser.parseStatements(SourceFile.ofText("soup", text), diagnostics)
        .ifPresent(
            s -> {
              List<Ast.Stmt> again = Parsed.statements(Printer.print(s));
              assertEquals("", AstEquality.difference(s, again).orElse(""));
            });
  }

  @Property(tries = 2000)
  void bytesNeverThrow(@ForAll byte[] bytes) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Ast.Module> module = Parser.parse(new SourceFile("b", "b", bytes), diagnostics);
    assertEquals(module.isPresent() ? 0 : 1, diagnostics.errorCount());
  }

  private static void assertOneErrorOrTree(String text) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = SourceFile.ofText("soup", text);
    Optional<Ast.Module> module = Parser.parse(file, diagnostics);
    assertEquals(module.isPresent() ? 0 : 1, diagnostics.errorCount());
    for (var d : diagnostics.all()) {
      Span span = d.span().orElseThrow();
      assertTrue(span.start() <= span.end() && span.end() <= file.length());
      assertTrue(!span.toString().isEmpty());
    }
    module.ifPresent(Parsed::assertRoundTrip);
    module.ifPresent(m -> ReservedNames.check(m, diagnostics));
    module.ifPresent(m -> StructureCheck.check(m, diagnostics));
  }

  @Provide
  Arbitrary<String> soup() {
    Arbitrary<String> fixed =
        Arbitraries.of(TokenKind.class).filter(TokenKind::isFixed).map(k -> k.text);
    Arbitrary<String> common =
        Arbitraries.of(
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            ";",
            ",",
            ":",
            "::",
            ":=",
            "=",
            ".",
            "->",
            "=>",
            "a",
            "b",
            "S",
            "1",
            "2.5",
            "\"s\"",
            "'c'",
            "`if",
            "Tuple",
            "Closure",
            "self",
            "flags",
            "c",
            "volatile",
            "clobbers",
            "(a)",
            "(a, b)",
            "()",
            "{ }",
            "f(x)",
            ".{",
            "\n",
            "§",
            "\"",
            "'",
            "#string",
            "@",
            "//",
            "if a",
            "case",
            "else",
            "x := 1;",
            "struct {",
            "$T",
            "==",
            "0x");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, fixed), net.jqwik.api.Tuple.of(3, common))
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join(" ", parts));
  }

  // ---------------------------------------------------------------------------- any tree

  @Property(tries = 2000)
  void expressionsRoundTrip(@ForAll("expressions") Ast.Expr tree) {
    String text = Printer.print(tree);
    Ast.Expr again = Parsed.expression("(" + text + ")");
    Ast.Expr inner = ((Ast.Group) again).inner();
    assertEquals("", AstEquality.difference(tree, inner).orElse(""), text);
  }

  @Provide
  Arbitrary<Ast.Expr> expressions() {
    return tree(4);
  }

  private static Arbitrary<Ast.Expr> tree(int depth) {
    if (depth == 0) {
      return leaf();
    }
    Arbitrary<Ast.Expr> sub = Arbitraries.lazy(() -> tree(depth - 1));
    Arbitrary<Ast.Expr> closed = Arbitraries.oneOf(leaf(), sub.map(PropertyTest::closed));
    return Arbitraries.oneOf(
        leaf(),
        binary(closed),
        Combinators.combine(Arbitraries.of(Ast.UnaryOp.class), closed)
            .as((op, e) -> new Ast.Unary(SPAN, op, e)),
        postfix(closed, sub),
        literals(sub),
        branches(closed, sub));
  }

  /** An expression that may stand as operand of anything. */
  private static Ast.Expr closed(Ast.Expr e) {
    return new Ast.Group(SPAN, e);
  }

  private static Arbitrary<Ast.Expr> leaf() {
    return Arbitraries.of(
        name("a"),
        name("value"),
        new Ast.NameExpr(SPAN, new Ast.Name("if", true, SPAN)),
        new Ast.IntLit(SPAN, "42", 42, true),
        new Ast.IntLit(SPAN, "0xff", 255, true),
        new Ast.FloatLit(SPAN, "1.5"),
        new Ast.CharLit(SPAN, "'x'", 'x'),
        new Ast.StringLit(SPAN, "\"s\"", new byte[] {'s'}, false),
        new Ast.StringLit(SPAN, "#string E\nx\nE", new byte[] {'x', '\n'}, true),
        new Ast.BoolLit(SPAN, true),
        new Ast.NullLit(SPAN),
        new Ast.Undefined(SPAN),
        new Ast.EnumLit(SPAN, new Ast.Name("for", false, SPAN)),
        new Ast.PackRef(SPAN, new Ast.Name("Ts", false, SPAN)),
        new Ast.CallerLocation(SPAN),
        new Ast.SliceType(SPAN, name("T")),
        new Ast.OptionalType(SPAN, new Ast.SliceType(SPAN, name("T"))));
  }

  private static Ast.NameExpr name(String text) {
    return new Ast.NameExpr(SPAN, new Ast.Name(text, false, SPAN));
  }

  private static Arbitrary<Ast.Expr> binary(Arbitrary<Ast.Expr> operand) {
    Arbitrary<Ast.BinaryOp> ops = Arbitraries.of(Ast.BinaryOp.class);
    Arbitrary<Ast.Expr> simple =
        Combinators.combine(ops, operand, operand).as((op, a, b) -> new Ast.Binary(SPAN, op, a, b));
    Arbitrary<Ast.Expr> left =
        Combinators.combine(ops, operand, operand, operand)
            .as(
                (op, a, b, c) ->
                    op.isComparison() || op == Ast.BinaryOp.COALESCE
                        ? new Ast.Chain(
                            SPAN, List.of(a, b, c), List.of(Ast.BinaryOp.LT, Ast.BinaryOp.NE))
                        : new Ast.Binary(SPAN, op, new Ast.Binary(SPAN, op, a, b), c));
    Arbitrary<Ast.Expr> mixed =
        Combinators.combine(ops, ops, operand, operand, operand).as(PropertyTest::bound);
    return Arbitraries.oneOf(simple, left, mixed);
  }

  /** Two operators in a row as their levels bind them. */
  private static Ast.Expr bound(
      Ast.BinaryOp p, Ast.BinaryOp q, Ast.Expr a, Ast.Expr b, Ast.Expr c) {
    if (p.isComparison() && q.isComparison()) {
      return new Ast.Chain(SPAN, List.of(a, b, c), List.of(p, q));
    }
    boolean right = q.level > p.level || (p == Ast.BinaryOp.COALESCE && q == p);
    return right
        ? new Ast.Binary(SPAN, p, a, new Ast.Binary(SPAN, q, b, c))
        : new Ast.Binary(SPAN, q, new Ast.Binary(SPAN, p, a, b), c);
  }

  private static Arbitrary<Ast.Expr> postfix(Arbitrary<Ast.Expr> base, Arbitrary<Ast.Expr> sub) {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Ast.Name member = new Ast.Name("inline", false, SPAN);
    // a type would swallow what follows its name
    Arbitrary<Ast.Expr> head =
        base.map(e -> e instanceof Ast.SliceType || e instanceof Ast.OptionalType ? closed(e) : e);
    return Arbitraries.oneOf(
        Combinators.combine(head, flag).as((e, f) -> new Ast.Member(SPAN, e, f, member)),
        Combinators.combine(head, flag)
            .as((e, f) -> new Ast.TupleMember(SPAN, e, f, new Ast.IntLit(SPAN, "0", 0, true))),
        head.map(e -> new Ast.Deref(SPAN, e)),
        head.map(e -> new Ast.Unwrap(SPAN, e)),
        Combinators.combine(head, flag)
            .as((e, f) -> new Ast.Cast(SPAN, e, f, name("T"), Optional.empty())),
        Combinators.combine(head, sub).as((e, i) -> (Ast.Expr) new Ast.Index(SPAN, notPack(e), i)),
        Combinators.combine(head, sub, Arbitraries.of(Ast.RangeMark.class), flag)
            .as((e, i, m, f) -> new Ast.Slice(SPAN, e, range(i, m, f))),
        Combinators.combine(head, sub.list().ofMaxSize(3))
            .as((e, args) -> new Ast.Call(SPAN, e, arguments(args), Optional.empty())),
        Combinators.combine(head, sub)
            .as((e, b) -> new Ast.Catch(SPAN, e, Optional.of(new Ast.Name("e", false, SPAN)), b)));
  }

  /** {@code $Ts[0]} is a node of its own. */
  private static Ast.Expr notPack(Ast.Expr e) {
    return e instanceof Ast.PackRef ? closed(e) : e;
  }

  private static Ast.Range range(Ast.Expr bound, Ast.RangeMark mark, boolean start) {
    Optional<Ast.Expr> end =
        mark.needsEnd() || !start ? Optional.of(closed(bound)) : Optional.empty();
    return new Ast.Range(SPAN, start ? Optional.of(closed(bound)) : Optional.empty(), mark, end);
  }

  private static List<Ast.Arg> arguments(List<Ast.Expr> values) {
    return values.stream().map(v -> new Ast.Arg(SPAN, Optional.empty(), v)).toList();
  }

  private static Arbitrary<Ast.Expr> literals(Arbitrary<Ast.Expr> sub) {
    Arbitrary<List<Ast.Expr>> few = sub.list().ofMaxSize(3);
    return Arbitraries.oneOf(
        few.map(es -> new Ast.ArrayLit(SPAN, Optional.empty(), es)),
        few.map(
            es ->
                new Ast.AggregateLit(SPAN, Optional.of(name("P")), entries(es), Optional.empty())));
  }

  private static List<Ast.FieldInit> entries(List<Ast.Expr> values) {
    Ast.Name field = new Ast.Name("case", false, SPAN);
    return values.stream()
        .map(
            v ->
                v instanceof Ast.Binary
                    ? new Ast.FieldInit(SPAN, Ast.EntryForm.POSITIONAL, Optional.empty(), closed(v))
                    : new Ast.FieldInit(SPAN, Ast.EntryForm.NAMED, Optional.of(field), v))
        .toList();
  }

  private static Arbitrary<Ast.Expr> branches(Arbitrary<Ast.Expr> closed, Arbitrary<Ast.Expr> sub) {
    return Arbitraries.oneOf(
        Combinators.combine(closed, sub, sub)
            .as(
                (c, t, e) ->
                    new Ast.If(SPAN, true, Optional.empty(), closed(c), closed(t), Optional.of(e))),
        Combinators.combine(closed, sub, sub)
            .as(
                (c, t, e) ->
                    new Ast.If(
                        SPAN, false, Optional.empty(), closed(c), block(t), Optional.of(block(e)))),
        sub.map(e -> new Ast.Run(SPAN, e)),
        sub.map(PropertyTest::block));
  }

  private static Ast.Block block(Ast.Expr e) {
    return new Ast.Block(SPAN, List.of(new Ast.ExprStmt(SPAN, closed(e), false, SPAN)));
  }
}
