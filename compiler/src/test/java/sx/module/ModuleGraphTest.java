package sx.module;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.syntax.Ast;

/** Cycles, order, directories, duplicates, sharing: mod.cycle, mod.dir, decl.order, ct.run.7. */
class ModuleGraphTest {
  @TempDir Path temp;
  private Workspace work;

  @BeforeEach
  void create() {
    work = new Workspace(temp);
  }

  private static List<String> order(ModuleGraph graph) {
    return graph.items().stream()
        .filter(p -> p.item() instanceof Ast.ConstDecl c && !(c.value() instanceof Ast.ImportExpr))
        .map(p -> ((Ast.ConstDecl) p.item()).name().text())
        .toList();
  }

  /** mod.cycle.1, mod.cycle.2. */
  @Test
  void cycles() {
    work.file("work/main.sx", "#import \"a.sx\";\n#import \"main.sx\";\nM :: 1;\n")
        .file("work/a.sx", "b :: #import \"b.sx\";\nA :: 1;\n")
        .file("work/b.sx", "#import \"a.sx\";\n#import \"main.sx\";\nB :: 1;\n");
    ModuleGraph graph = work.graph();
    assertEquals(List.of("main.sx", "a.sx", "b.sx"), Workspace.names(graph));
    Module b = Workspace.module(graph, "b.sx");
    assertSame(graph.root(), b.flatImports().get(1).target().modules().getFirst());
    assertTrue(Lookup.find(b, "M", _ -> true) instanceof Lookup.One);
  }

  /** ct.run.7: imported items take the place of the import, flat or named, each file once. */
  @Test
  void itemsInMergedOrder() {
    work.file(
            "work/main.sx",
            "M1 :: 1;\n#import \"a.sx\";\nM2 :: 1;\nn :: #import \"b.sx\";\n#import \"a.sx\";\nM3 :: 1;\n")
        .file("work/a.sx", "A1 :: 1;\n#import \"c.sx\";\nA2 :: 1;\n")
        .file("work/b.sx", "B1 :: 1;\n#import \"c.sx\";\n#import \"main.sx\";\nB2 :: 1;\n")
        .file("work/c.sx", "C :: 1;\n");
    ModuleGraph graph = work.graph();
    assertEquals(List.of("M1", "A1", "C", "A2", "M2", "B1", "B2", "M3"), order(graph));
    assertEquals(List.of("main.sx", "a.sx", "c.sx", "b.sx"), Workspace.names(graph));
  }

  /** A chain of imports may be long. */
  @Test
  void longChain() {
    int length = 3000;
    work.file("work/main.sx", "#import \"m0.sx\";\n");
    for (int i = 0; i < length; i++) {
      work.file("work/m" + i + ".sx", "#import \"m" + (i + 1) + ".sx\";\n");
    }
    work.file("work/m" + length + ".sx", "END :: 1;\n");
    assertEquals(length + 2, work.graph().modules().size());
  }

  /** mod.dir.1: the files directly in it, alphabetically; mod.dir.5. */
  @Test
  void directoryModule() {
    work.file("work/main.sx", "#import \"unit\";\n")
        .file("work/unit/b.sx", "B :: 1;\n")
        .file("work/unit/a.sx", "#import \"b.sx\";\n#import \"../unit\";\nA :: 1;\n")
        .file("work/unit/notes.txt", "?")
        .file("work/unit/sub/c.sx", "C :: 1;\n")
        .file("work/unit/dir.sx/d.sx", "D :: 1;\n");
    ModuleGraph graph = work.graph();
    assertEquals(List.of("main.sx", "unit/a.sx", "unit/b.sx"), Workspace.names(graph));
    Namespace unit = graph.root().flatImports().getFirst().target();
    assertTrue(unit.isDirectory());
    assertEquals(
        List.of("unit/a.sx", "unit/b.sx"), unit.modules().stream().map(Module::toString).toList());
    Module a = Workspace.module(graph, "unit/a.sx");
    assertSame(unit, a.flatImports().get(1).target());
  }

  /**
   * decl.order.3, mod.syntax.5: at the second name, namespace aliases counted; the first one stays.
   */
  @Test
  void duplicates() {
    work.file("work/x.sx", "X :: 1;\n")
        .file(
            "work/main.sx",
            "A :: 1;\n`A := 2;\nn :: #import \"x.sx\";\nprivate n :: () { }\n#import \"x.sx\";\nX :: 3;\n");
    Workspace.Result result = work.load("main.sx");
    assertEquals(
        List.of(
            "main.sx:2:2 `A` is declared twice in this file",
            "main.sx:4:9 `n` is declared twice in this file"),
        result.errors());
    Module root = result.graph().orElseThrow().root();
    assertEquals(List.of("A", "n", "X"), List.copyOf(root.declarations().keySet()));
    assertTrue(requireNonNull(root.declarations().get("n")).namespace().isPresent());
    assertEquals("main.sx:1:1", requireNonNull(root.declarations().get("A")).nameSpan().toString());
  }

  /** mod.priv.8 and the accessors of a declaration. */
  @Test
  void privacyIsRecorded() {
    work.file("work/main.sx", "private A :: 1;\nB : i64 = 2;\n");
    var declarations = work.graph().root().declarations();
    assertTrue(requireNonNull(declarations.get("A")).isPrivate());
    assertTrue(
        requireNonNull(declarations.get("B")).decl() instanceof Ast.VarDecl v && !v.isPrivate());
  }

  /**
   * A library file is parsed once for many compilations, until it changes; others never are shared.
   */
  @Test
  void libraryFilesAreShared() throws IOException {
    work.file("work/main.sx", "#import \"lib.sx\";\n").file("lib/library/lib.sx", "L :: 1;\n");
    ModuleGraph first = work.graph();
    ModuleGraph second = work.graph();
    assertSame(first.modules().get(1).ast(), second.modules().get(1).ast());
    assertNotSame(first.modules().get(1), second.modules().get(1));
    assertNotSame(first.root().ast(), second.root().ast());
    Files.setLastModifiedTime(work.base.resolve("lib/library/lib.sx"), FileTime.fromMillis(1000));
    assertNotSame(first.modules().get(1).ast(), work.graph().modules().get(1).ast());
  }
}
