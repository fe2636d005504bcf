import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import sx.driver.Compilation;
import sx.driver.CompileOptions;
import sx.llvm.OptLevel;
import sx.module.ParsedFiles;

/** What bench/comptime runs: see docs/performance.md. */
class ComptimeBenchmark {
  private static final ParsedFiles PARSED = new ParsedFiles();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String FIB =
      """
      #import "modules/std.sx";
      fib :: (n: i64) -> i64 { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); }
      F :: #run fib(%d);
      main :: () { print("{}\\n", F); }
      """;

  private static final String LOOP =
      """
      #import "modules/std.sx";
      P :: struct { x: i64; y: i64; }
      step :: (p: P, i: i64) -> P { return .{ x = p.x + i, y = p.y ^ i }; }
      run :: (n: i64) -> i64 { p : P; for 0..n (i) { p = step(p, i); } return p.x + p.y; }
      R :: #run run(%d);
      main :: () { print("{}\\n", R); }
      """;

  public static void main(String[] args) throws IOException {
    System.out.println("| what | processors' time |\n|---|---|");
    System.out.printf(
        "| 2,000 functions that ask for nothing at compile time | %,d ms |%n", warm(plain(2000)));
    System.out.printf(
        "| the same and one `#run` | %,d ms |%n", warm(plain(2000) + "R :: #run plain1(2);\n"));
    allocation("turns of a loop", LOOP, 5_000_000, 25_000_000);
    allocation("calls", FIB, 25, 32);
    for (int n : new int[] {500, 1000, 2000, 4000, 8000}) {
      System.out.printf(
          "| a program that makes %,d types | %,d ms |%n", n, cpu(types(n)) / 1_000_000);
    }
    System.exit(0);
  }

  /** Prints how much more is allocated where more is done, once both were done before. */
  private static void allocation(String what, String program, int few, int many)
      throws IOException {
    cpu(program.formatted(many));
    long less = allocated(program.formatted(few));
    long more = allocated(program.formatted(many));
    System.out.printf(
        "| bytes allocated by more %s: %,d instead of %,d | %,d |%n",
        what, many, few, Math.max(0, more - less));
  }

  /** Functions that neither import nor ask for anything. */
  private static String plain(int n) {
    StringBuilder text = new StringBuilder();
    StringBuilder main = new StringBuilder("main :: () -> i64 { r := 0;\n");
    for (int i = 0; i < n; i++) {
      text.append(
          "plain%d :: (n: i64) -> i64 { s := 0; for 0..n (i) { s += i * %d; } return s; }\n"
              .formatted(i, i));
      main.append("  r += plain%d(%d);\n".formatted(i, i));
    }
    return text.append(main).append("  return r - r;\n}\n").toString();
  }

  private static String types(int n) {
    StringBuilder text = new StringBuilder();
    text.append("#import \"modules/std.sx\";\n#import \"modules/std/meta.sx\";\n");
    text.append(
        """
        build :: (k: i64) -> Type {
            vs : List(EnumVariant) = .{};
            for 0..4 (i) { vs.append(.{ name = format("v{}_{}", k, i), payload = if i == 0 then void else i64 }); }
            return make_enum("", vs.items[0..vs.len]);
        }
        """);
    StringBuilder main = new StringBuilder("main :: () {\n");
    for (int i = 0; i < n; i++) {
      text.append("T%d :: build(%d);\n".formatted(i, i));
      main.append("    x%d : T%d = .v%d_1(%d);\n".formatted(i, i, i, i));
    }
    return text.append(main).append("}\n").toString();
  }

  private static long cpu(String text) throws IOException {
    long before = SYSTEM.getProcessCpuTime();
    check(text);
    return SYSTEM.getProcessCpuTime() - before;
  }

  /** The median in milliseconds of checks in a warm machine. */
  private static long warm(String text) throws IOException {
    long[] times = new long[15];
    for (int i = 0; i < 2 * times.length; i++) {
      times[i % times.length] = cpu(text);
    }
    Arrays.sort(times);
    return times[times.length / 2] / 1_000_000;
  }

  private static long allocated(String text) throws IOException {
    long before = THREADS.getTotalThreadAllocatedBytes();
    check(text);
    return THREADS.getTotalThreadAllocatedBytes() - before;
  }

  private static void check(String text) throws IOException {
    Path file = Files.createTempFile("comptime", ".sx");
    Files.writeString(file, text);
    Compilation c =
        new Compilation(CompileOptions.host(OptLevel.NONE), PARSED, new ByteArrayOutputStream());
    boolean good = c.check(file);
    Files.delete(file);
    if (!good) {
      throw new IllegalStateException(c.diagnostics().all().toString());
    }
  }
}
