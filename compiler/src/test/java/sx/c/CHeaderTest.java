package sx.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What headers declare (ffi.c). */
class CHeaderTest {
  @TempDir private Path base;

  private CHeader read(String text, String... defines) throws Exception {
    Path header = Files.writeString(base.resolve("a.h"), text);
    CUnit unit = new CUnit(List.of(header), List.of(), List.of(defines), List.of());
    return CHeader.read(header, unit, CTarget.host());
  }

  /** Signatures as sx writes them. */
  private List<String> functions(String text, String... defines) throws Exception {
    return read(text, defines).functions().stream().map(CHeaderTest::shown).toList();
  }

  private static String shown(CFunction f) {
    List<String> params = f.params().stream().map(p -> p.name() + ": " + shown(p.type())).toList();
    return f.name()
        + "("
        + String.join(", ", params)
        + (f.variadic() ? ", ..." : "")
        + ") "
        + shown(f.result());
  }

  private static String shown(CType type) {
    return switch (type.form()) {
      case PLAIN -> type.name();
      case POINTER -> "*" + type.name();
      case MANY_POINTER -> "[*]" + type.name();
    };
  }

  @Test
  void declaresFunctionsInTheirOrder() throws Exception {
    assertEquals(
        List.of("b(n: i32, p1: i64) void", "a() f64"),
        functions("void b(int n, long);\ndouble a(void);\nint b_is_no_function;\n"));
  }

  @Test
  void looksThroughTypedefsAndArrays() throws Exception {
    assertEquals(
        List.of("f(a: u64, b: *i32, c: [*]u8, d: *void, e: *void) i32"),
        functions(
            """
            typedef unsigned long size;
            typedef enum { A } letter;
            letter f(size a, const int b[4], char c[], int (*d)(int), int e[2][3]);
            """));
  }

  @Test
  void leavesOutWhatHasNoCounterpart() throws Exception {
    assertEquals(
        List.of("pointer(p: *void) void"),
        functions(
            """
            struct s { int a; };
            union u { int a; };
            struct s result(void);
            void by_value(union u v);
            void pointer(struct s *p);
            long double wide(void);
            static inline int local(void) { return 1; }
            int _private(void);
            """));
  }

  @Test
  void knowsVariadicFunctionsFromThoseWithoutPrototype() throws Exception {
    assertEquals(
        List.of("v(p0: i32, ...) i32", "k() i32"), functions("int v(int, ...);\nint k();\n"));
  }

  @Test
  void heedsDefinesAndDeclarationsWrittenTwice() throws Exception {
    assertEquals(
        List.of("f() i32"),
        functions(
            "#ifdef A\nint f(void);\nint f(void);\n#endif\n#ifdef B\nint g(void);\n#endif\n",
            "A=1"));
  }

  @Test
  void namesTheFilesThatWereRead() throws Exception {
    Path inner = Files.writeString(base.resolve("inner.h"), "int inner(void);\n");

    CHeader header = read("#include \"inner.h\"\nint outer(void);\n");

    assertEquals(Set.of(base.resolve("a.h"), inner), header.files());
    assertEquals(List.of("outer"), header.functions().stream().map(CFunction::name).toList());
  }

  /** The JVM handles SIGSEGV itself: compiled code leaves tests for null to the processor. */
  @Test
  void leavesSignalsToTheJvm() throws Exception {
    read("int f(void);\n");

    int nulls = 0;
    int[][] arrays = new int[200_000][];
    Arrays.fill(arrays, 0, 199_990, new int[1]);
    for (int[] array : arrays) {
      nulls += length(array) == 0 ? 1 : 0;
    }
    assertEquals(10, nulls);
  }

  private static int length(int[] array) {
    try {
      return array.length;
    } catch (NullPointerException e) {
      return 0;
    }
  }

  @Test
  void saysWhatTheCompilerSays() {
    CRejected rejected = assertThrows(CRejected.class, () -> read("int f(strange x);\n"));

    assertTrue(rejected.said().contains("a.h:1:7: error: "), rejected.said());
  }
}
