package sx.module;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.syntax.Ast;

/** Visibility of bare names and members: mod.vis, mod.ns, mod.carry, mod.ambig, mod.priv. */
class LookupTest {
  private static boolean any(Declaration declaration) {
    return true;
  }

  @TempDir Path temp;
  private Workspace work;

  @BeforeEach
  void create() {
    work = new Workspace(temp);
  }

  private Workspace file(String name, String text) {
    return work.file("work/" + name, text);
  }

  /** A short form of what a name means in a file of the program. */
  private String find(String file, String name, Predicate<Declaration> serves) {
    return show(Lookup.find(Workspace.module(work.graph(), file), name, serves));
  }

  private String find(String name) {
    return find("main.sx", name, LookupTest::any);
  }

  private static String show(Lookup.Found found) {
    return switch (found) {
      case Lookup.One(Declaration d) -> d.toString();
      case Lookup.None(boolean isPrivate, Optional<String> hidden) ->
          "none" + (isPrivate ? " private" : "") + hidden.map(h -> " hidden in " + h).orElse("");
      case Lookup.Ambiguous(var all) -> "ambiguous " + all;
    };
  }

  private Namespace namespace(String file, String alias) {
    return requireNonNull(Workspace.module(work.graph(), file).declarations().get(alias))
        .namespace()
        .orElseThrow();
  }

  /** mod.vis.1, mod.vis.2, mod.import.1. */
  @Test
  void ownThenImported() {
    file("main.sx", "#import \"a.sx\";\n#import \"b.sx\";\nX :: 1;\n");
    file("a.sx", "X :: 2;\nY :: 2;\n");
    file("b.sx", "X :: 3;\n");
    assertEquals("X of main.sx", find("X"));
    assertEquals("Y of a.sx", find("Y"));
    assertEquals("none", find("Z"));
  }

  /** mod.vis.3, mod.vis.4, mod.import.5. */
  @Test
  void oneStepOnly() {
    file("main.sx", "#import \"a.sx\";\nn :: #import \"n.sx\";\n");
    file("a.sx", "#import \"b.sx\";\n");
    file("b.sx", "deep :: 1;\n");
    file("n.sx", "inner :: 1;\n");
    assertEquals("none hidden in b.sx", find("deep"));
    assertEquals("none hidden in n.sx", find("inner"));
    assertEquals("deep of b.sx", find("a.sx", "deep", LookupTest::any));
  }

  /** mod.vis.5: only declarations that can serve take part. */
  @Test
  void onlyServingDeclarations() {
    Predicate<Declaration> type =
        d -> d.decl() instanceof Ast.ConstDecl c && c.value() instanceof Ast.StructType;
    file("main.sx", "#import \"a.sx\";\n#import \"b.sx\";\nU :: () { }\nW :: () { }\n");
    file("a.sx", "#import \"c.sx\";\nT :: () { }\nV :: () { }\n");
    file("b.sx", "T :: struct { x: i64; }\nU :: struct { x: i64; }\n");
    file("c.sx", "V :: struct { x: i64; }\n");
    assertEquals("T of b.sx", find("main.sx", "T", type));
    assertEquals("U of b.sx", find("main.sx", "U", type));
    assertEquals("U of main.sx", find("U"));
    assertEquals("none hidden in c.sx", find("main.sx", "V", type));
    assertEquals("W of main.sx", find("main.sx", "W", type));
  }

  /** mod.ambig.1, mod.ambig.3, mod.ambig.4. */
  @Test
  void ambiguity() {
    file("main.sx", "#import \"a.sx\";\n#import \"b.sx\";\nc :: #import \"c.sx\";\n");
    file("a.sx", "X :: 1;\nY :: 1;\n");
    file("b.sx", "X :: 2;\n");
    file("c.sx", "Y :: 3;\n");
    assertEquals("ambiguous [X of a.sx, X of b.sx]", find("X"));
    assertEquals("Y of a.sx", find("Y"));
  }

  /** mod.ambig.5: one file reached several ways. */
  @Test
  void sameFileTwice() {
    file("main.sx", "#import \"d\";\n#import \"d/a.sx\";\n#import \"./d/a.sx\";\n");
    file("d/a.sx", "X :: 1;\n");
    assertEquals("X of d/a.sx", find("X"));
  }

  /** mod.priv.2, mod.priv.3, mod.priv.5, mod.priv.7, mod.ambig.6. */
  @Test
  void privateNames() {
    file("main.sx", "#import \"a.sx\";\n#import \"b.sx\";\n#import \"d\";\nprivate M :: 1;\n");
    file("a.sx", "private P :: 1;\nprivate Q :: 1;\n");
    file("b.sx", "Q :: 2;\nr :: #import \"a.sx\";\n");
    file("d/x.sx", "#import \"y.sx\";\nprivate S :: 1;\n");
    file("d/y.sx", "#import \"x.sx\";\nS :: 2;\n");
    assertEquals("none private", find("P"));
    assertEquals("Q of b.sx", find("Q"));
    assertEquals("P of a.sx", find("a.sx", "P", LookupTest::any));
    assertEquals("M of main.sx", find("M"));
    assertEquals("S of d/y.sx", find("S"));
    assertEquals("none private", show(namespace("b.sx", "r").find("P")));
  }

  /** mod.ns.1, mod.ns.6, mod.ns.8. */
  @Test
  void members() {
    file("main.sx", "n :: #import \"n.sx\";\nown :: 1;\n");
    file("n.sx", "#import \"deep.sx\";\nX :: 1;\nprivate P :: 1;\ng := 1;\n");
    file("deep.sx", "D :: 1;\n");
    Namespace n = namespace("main.sx", "n");
    assertEquals("X of n.sx", n.member("X").orElseThrow().toString());
    assertEquals("g of n.sx", n.member("g").orElseThrow().toString());
    for (String absent : new String[] {"P", "D", "own", "n"}) {
      assertEquals(Optional.empty(), n.member(absent), absent);
    }
  }

  /** mod.dir.2, mod.dir.4. */
  @Test
  void directoryMembers() {
    file("main.sx", "n :: #import \"d\";\n#import \"d\";\n");
    file("d/b.sx", "X :: 2;\nY :: 2;\nsub :: #import \"../x.sx\";\n");
    file("d/a.sx", "X :: 1;\nprivate Y :: 1;\n#import \"../e.sx\";\n");
    file("e.sx", "E :: 1;\ncarried :: #import \"x.sx\";\n");
    file("x.sx", "");
    Namespace n = namespace("main.sx", "n");
    assertEquals("X of d/a.sx", n.member("X").orElseThrow().toString());
    assertEquals("Y of d/b.sx", n.member("Y").orElseThrow().toString());
    assertEquals("sub of d/b.sx", n.member("sub").orElseThrow().toString());
    assertEquals(Optional.empty(), n.member("E"));
    assertEquals(Optional.empty(), n.member("carried"));
    assertEquals("X of d/a.sx", find("X"));
    assertEquals("X of d/b.sx", find("d/b.sx", "X", LookupTest::any));
  }

  /** mod.carry.1, mod.carry.2, mod.carry.4, mod.priv.4. */
  @Test
  void carriedAliases() {
    file("main.sx", "#import \"a.sx\";\nown :: 1;\n");
    file(
        "a.sx",
        "#import \"b.sx\";\nt :: #import \"t.sx\";\nprivate p :: #import \"t.sx\";\nown :: #import \"t.sx\";\n");
    file("b.sx", "u :: #import \"t.sx\";\n");
    file("t.sx", "X :: 1;\n");
    assertEquals("t of a.sx", find("t"));
    assertEquals("none private", find("p"));
    assertEquals("none hidden in b.sx", find("u"));
    assertEquals("own of main.sx", find("own"));
  }

  /** mod.carry.3: within a path the same single step counts. */
  @Test
  void carryInPaths() {
    file("main.sx", "m :: #import \"m.sx\";\n");
    file("m.sx", "#import \"a.sx\";\nown :: #import \"x.sx\";\n");
    file("a.sx", "#import \"b.sx\";\nt :: #import \"x.sx\";\nplain :: 1;\n");
    file("b.sx", "far :: #import \"x.sx\";\n");
    file("x.sx", "X :: 1;\n");
    Namespace m = namespace("main.sx", "m");
    assertEquals("own of m.sx", m.member("own").orElseThrow().toString());
    assertEquals("t of a.sx", m.member("t").orElseThrow().toString());
    assertSame(
        m.member("own").orElseThrow().namespace().orElseThrow(),
        m.member("own").flatMap(Declaration::namespace).orElseThrow());
    assertEquals(Optional.empty(), m.member("far"));
    assertEquals(Optional.empty(), m.member("plain"));
  }

  /** mod.carry.5. */
  @Test
  void carriedTwice() {
    file("main.sx", "#import \"a.sx\";\n#import \"b.sx\";\nm :: #import \"main.sx\";\n");
    file("a.sx", "same :: #import \"x.sx\";\ndiff :: #import \"x.sx\";\n");
    file("b.sx", "same :: #import \"./x.sx\";\ndiff :: #import \"y.sx\";\n");
    file("x.sx", "");
    file("y.sx", "");
    assertEquals("same of a.sx", find("same"));
    assertEquals("ambiguous [diff of a.sx, diff of b.sx]", find("diff"));
    assertEquals(
        "ambiguous [diff of a.sx, diff of b.sx]", show(namespace("main.sx", "m").find("diff")));
    assertEquals("diff of a.sx", find("a.sx", "diff", LookupTest::any));
  }

  /** mod.carry.6: aliases of C blocks carry too; different blocks are different targets. */
  @Test
  void carriedCImports() {
    file("main.sx", "#import \"a.sx\";\nn :: #import \"m.sx\";\n");
    file("m.sx", "#import \"a.sx\";\n");
    file("a.sx", "geo :: #import c { #source \"f.c\"; };\n");
    file("f.c", "int f(void) { return 1; }\n");
    assertEquals("geo of a.sx", find("geo"));
    assertEquals("geo of a.sx", namespace("main.sx", "n").member("geo").orElseThrow().toString());
  }

  /** decl.order.4. */
  @Test
  void suggestions() {
    file("main.sx", "#import \"a.sx\";\nn :: #import \"n.sx\";\ncounter := 1;\n");
    file("a.sx", "print :: () { }\nprivate secret :: 1;\n");
    file("n.sx", "hidden :: 1;\n");
    Module main = work.graph().root();
    assertEquals(Optional.of("print"), Lookup.suggestion(main, "pritn"));
    assertEquals(Optional.of("counter"), Lookup.suggestion(main, "Counter"));
    assertEquals(Optional.empty(), Lookup.suggestion(main, "secrets"));
    assertEquals(Optional.empty(), Lookup.suggestion(main, "hiden"));
    assertEquals(Optional.empty(), Lookup.suggestion(main, "m"));
  }
}
