package sx.module;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sx.syntax.Ast;
import sx.type.Target;

/** Module-scope {@code inline if}: mod.iif, ct.if.10 to ct.if.12. */
class TargetConditionsTest {
  @TempDir Path temp;
  private Workspace work;

  @BeforeEach
  void create() {
    work = new Workspace(temp);
  }

  private List<String> declared(String text) {
    work.file("work/main.sx", text);
    return List.copyOf(work.graph().root().declarations().keySet());
  }

  /** mod.iif.2, mod.iif.3. */
  @ParameterizedTest
  @CsvSource({
    "OS == .linux, true",
    "OS != .linux, false",
    "OS == .macos, false",
    "OS == .plan9, false",
    "OS != .plan9, true",
    "ARCH == .x86_64, true",
    "ARCH == .aarch64, false",
    "POINTER_SIZE == 8, true",
    "POINTER_SIZE != 8, false",
    "POINTER_SIZE == 4, false",
    "OS == .linux and POINTER_SIZE == 8, true",
    "OS == .macos and POINTER_SIZE == 8, false",
    "OS == .macos or ARCH == .x86_64, true",
    "OS == .macos or OS == .windows, false",
    "OS == .macos and ARCH == .wasm32 or POINTER_SIZE == 8, true",
    "OS == .macos and (ARCH == .wasm32 or POINTER_SIZE == 8), false"
  })
  void conditions(String condition, boolean holds) {
    assertEquals(
        List.of(holds ? "THEN" : "ELSE"),
        declared("inline if " + condition + " { THEN :: 1; } else { ELSE :: 1; }\n"));
  }

  @Test
  void targetDecides() {
    work.target = Target.MUSL_ARM;
    assertEquals(
        List.of("ARM"), declared("inline if ARCH == .aarch64 { ARM :: 1; } else { X86 :: 1; }\n"));
  }

  /** mod.iif.4, ct.if.11: at the condition. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLAG",
        "true",
        "OS",
        ".linux == OS",
        "OS == 1",
        "POINTER_SIZE == .linux",
        "POINTER_SIZE > 4",
        "FLAG == 8",
        "!(OS == .linux)",
        "OS == .linux and FLAG"
      })
  void otherConditions(String condition) {
    work.file("work/main.sx", "FLAG :: true;\ninline if " + condition + " { A :: 1; }\n");
    Workspace.Result result = work.load("main.sx");
    assertTrue(result.graph().isEmpty());
    assertEquals(List.of("main.sx:2:11"), result.places());
    assertEquals(condition, result.reported().getFirst().span().orElseThrow().text());
  }

  /** mod.iif.1, mod.import.7: imports of branches not taken are not resolved. */
  @Test
  void importsInBranches() {
    work.file("work/x.sx", "X :: 1;\n");
    List<String> declared =
        declared(
            "inline if OS == .windows { #import \"none.sx\"; inline if WHAT { } }"
                + " else { #import \"x.sx\"; n :: #import \"x.sx\"; }\n");
    assertEquals(List.of("n"), declared);
    assertEquals(1, work.graph().root().flatImports().size());
  }

  /** mod.syntax.5, decl.order.3: branches do not collide; the taken one collides with the file. */
  @Test
  void duplicatesAcrossBranches() {
    assertEquals(
        List.of("A"), declared("inline if OS == .linux { A :: 1; } else { A :: 2; A :: 3; }\n"));
    work.file("work/main.sx", "A :: 1;\ninline if OS == .linux { A :: 2; }\n");
    assertEquals(List.of("main.sx:2:26"), work.load("main.sx").places());
  }

  /** mod.iif.6, ct.if.12: items keep their order, nested and chained ones too. */
  @Test
  void nestedAndChained() {
    assertEquals(
        List.of("A", "B", "C", "D"),
        declared(
            """
            A :: 1;
            inline if OS == .windows { W :: 1; }
            else if OS == .linux {
                private B :: 1;
                inline if ARCH == { case .x86_64: C :: 1; else: E :: 1; }
            } else { F :: 1; }
            D :: 1;
            """));
    ModuleGraph graph = work.graph();
    assertTrue(requireNonNull(graph.root().declarations().get("B")).isPrivate());
    assertTrue(graph.root().items().stream().allMatch(i -> i instanceof Ast.ConstDecl));
  }

  /** mod.iif.5. */
  @Test
  void matchForm() {
    String arms = " == { case .aarch64: A :: 1; A2 :: 2; case .x86_64: B :: 1; B2 :: 2; ";
    assertEquals(List.of("B", "B2"), declared("inline if ARCH" + arms + "else: C :: 1; }\n"));
    assertEquals(List.of("C"), declared("inline if OS" + arms + "else: C :: 1; }\n"));
    assertEquals(List.of(), declared("inline if OS" + arms + "}\n"));
    assertEquals(
        List.of("P8"),
        declared("inline if POINTER_SIZE == { case 4: P4 :: 1; case 8: P8 :: 1; }\n"));
  }

  /** ct.if.11 for the match form: at the subject, or at a pattern that is none. */
  @Test
  void matchErrors() {
    work.file(
        "work/main.sx",
        "inline if FLAG == { case .a: A :: 1; }\ninline if OS == { case 4: B :: 1; }\n");
    assertEquals(List.of("main.sx:1:11", "main.sx:2:24"), work.failure());
  }

  /** mod.prog.8: import errors end the check before conditions are reported. */
  @Test
  void importErrorsComeFirst() {
    work.file("work/main.sx", "inline if FLAG { }\n#import \"none.sx\";\n");
    assertEquals(List.of("main.sx:2:1"), work.failure());
  }
}
