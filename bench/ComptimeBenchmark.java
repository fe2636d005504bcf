import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final String SIEVE =
      """
      #import "modules/std.sx";
      sieve :: (n: i64) -> i64 {
          flags : [*]u8 = xx context.allocator.alloc_bytes(n + 1);
          for 0..=n (i) { flags[i] = 1; }
          p := 2;
          while p * p <= n {
              if flags[p] == 1 { q := p * p; while q <= n { flags[q] = 0; q += p; } }
              p += 1;
          }
          count := 0;
          for 2..=n (i) { if flags[i] == 1 { count += 1; } }
          return count;
      }
      COUNT :: #run sieve(%d);
      main :: () { print("{}\\n", COUNT); }
      """;

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
    long base = cpu(FIB.formatted(1));
    System.out.printf("| check of a small program, cold | %,d ms |%n", base / 1_000_000);
    for (String round : new String[] {"first", "second"}) {
      long small = cpu(FIB.formatted(1));
      System.out.printf(
          "| fib(32), %s time | %,d ms |%n", round, (cpu(FIB.formatted(32)) - small) / 1_000_000);
      System.out.printf(
          "| sieve to 10,000,000, %s time | %,d ms |%n",
          round, (cpu(SIEVE.formatted(10_000_000)) - small) / 1_000_000);
    }
    cpu(LOOP.formatted(5_000_000));
    long few = allocated(LOOP.formatted(5_000_000));
    long many = allocated(LOOP.formatted(25_000_000));
    System.out.printf(
        "| bytes allocated by 20,000,000 further turns of a loop | %,d |%n",
        Math.max(0, many - few));
    for (int n : new int[] {500, 1000, 2000, 4000, 8000}) {
      System.out.printf(
          "| a program that makes %,d types | %,d ms |%n", n, cpu(types(n)) / 1_000_000);
    }
    long plain = cpu("main :: () { }\n");
    System.out.printf(
        "| a program that asks for nothing at compile time | %,d ms |%n", plain / 1_000_000);
    System.exit(0);
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
