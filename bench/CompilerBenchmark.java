import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import sx.driver.Compilation;
import sx.driver.CompileOptions;
import sx.llvm.EmittedModule;
import sx.llvm.LlvmModule;
import sx.llvm.OptLevel;
import sx.module.ParsedFiles;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.source.SourceReader;
import sx.syntax.Parser;

/** What bench/compiler runs: see docs/performance.md. */
class CompilerBenchmark {
  private static final int WARM_UP_SECONDS = 10;
  private static final int ROUNDS = 15;
  private static final int COMPILES = 200;

  /** The first one only warms the JVM up. */
  private static final int[] PROGRAM_LINES = {20_000, 10_000, 50_000, 100_000, 200_000};

  private static final int[] INSTANCES = {250, 500, 1_000, 2_000};

  private static final int PROGRAM_SECONDS = 30;

  public static void main(String[] args) throws Exception {
    Path home = Path.of(System.getProperty("sx.home"));
    System.out.println("| what | figure |\n|---|---|");
    if (args.length > 0 && args[0].equals("programs")) {
      programs();
      return;
    }
    parsing(home);
    hello(args.length > 0 ? Path.of(args[0]) : hello());
    programs();
    System.exit(0);
  }

  /** Whole compiles at level none of generated programs, from source to object. */
  private static void programs() throws IOException {
    System.out.println(
        """

        | lines | parse | check | lower, emit | LLVM | all but LLVM | all |
        |---|---|---|---|---|---|---|""");
    ParsedFiles parsed = new ParsedFiles();
    Path source = Files.createTempFile("program", ".sx");
    source.toFile().deleteOnExit();
    for (int lines : PROGRAM_LINES) {
      Files.writeString(source, GenerateProgram.program(lines));
      Program best = program(source, parsed, true);
      long end = System.nanoTime() + PROGRAM_SECONDS * 1_000_000_000L;
      while (System.nanoTime() < end) {
        best = best.orBetter(program(source, parsed, false));
      }
      best.orBetter(program(source, parsed, true)).print();
    }
    System.out.println(
        """

        | instances | check | lower, emit | LLVM | all but LLVM, an instance |
        |---|---|---|---|---|""");
    for (int count : INSTANCES) {
      Files.writeString(source, GenerateProgram.instances(count));
      Program best = program(source, parsed, true);
      for (int i = 0; i < 8; i++) {
        best = best.orBetter(program(source, parsed, false));
      }
      System.out.printf(
          "| %,d | %.0f ms | %.0f ms | %.0f ms | %.0f µs |%n",
          count,
          best.check() / 1e6,
          best.emit() / 1e6,
          best.llvm() / 1e6,
          best.front() / 1e3 / count);
    }
    System.out.printf("%nmost memory of the process: %,d MiB%n", peak());
  }

  /** What one compile took of the processors in the thread that it ran in, in nanoseconds. */
  private record Program(long lines, long parse, long check, long emit, long llvm) {
    long front() {
      return parse + check + emit;
    }

    long nanos() {
      return front() + llvm;
    }

    /**
     * The fastest front end and the fastest LLVM of two compiles, the other one perhaps without.
     */
    Program orBetter(Program other) {
      Program front = other.front() < front() ? other : this;
      long back = other.llvm > 0 ? Math.min(llvm, other.llvm) : llvm;
      return new Program(lines, front.parse, front.check, front.emit, back);
    }

    void print() {
      System.out.printf(
          "| %,d | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %,.0f lines/s | %,.0f lines/s |%n",
          lines,
          parse / 1e6,
          check / 1e6,
          emit / 1e6,
          llvm / 1e6,
          lines / (front() / 1e9),
          lines / (nanos() / 1e9));
    }
  }

  private static Program program(Path source, ParsedFiles parsed, boolean llvm) throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    long lines;
    try (Stream<String> all = Files.lines(source)) {
      lines = all.count();
    }
    CompileOptions options = CompileOptions.host(OptLevel.NONE);
    long begin = threads.getCurrentThreadCpuTime();
    new Compilation(options, parsed, OutputStream.nullOutputStream()).parse(source);
    long read = threads.getCurrentThreadCpuTime();
    Compilation compilation = new Compilation(options, parsed, OutputStream.nullOutputStream());
    if (!compilation.check(source)) {
      throw new IllegalStateException(compilation.diagnostics().all().toString());
    }
    long checked = threads.getCurrentThreadCpuTime();
    EmittedModule emitted = compilation.emit();
    long made = threads.getCurrentThreadCpuTime();
    if (llvm) {
      try (LlvmModule module = LlvmModule.of(emitted)) {
        module.optimise().object();
      }
    }
    long end = llvm ? threads.getCurrentThreadCpuTime() : made;
    long parse = read - begin;
    return new Program(lines, parse, checked - read - parse, made - checked, end - made);
  }

  /** The most memory that the process ever had, in MiB. */
  private static long peak() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    return 0;
  }

  private static void parsing(Path home) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (String part : List.of("library", "examples")) {
      try (Stream<Path> walk = Files.walk(home.resolve(part))) {
        for (Path path : walk.filter(p -> p.toString().endsWith(".sx")).sorted().toList()) {
          if (SourceReader.read(path, path.toString()) instanceof SourceReader.Read read
              && Parser.parse(read.file(), new Diagnostics()).isPresent()) {
            files.add(read.file());
          }
        }
      }
    }
    long lines = files.stream().mapToLong(file -> file.line(file.length())).sum();
    long bytes = files.stream().mapToLong(SourceFile::length).sum();
    System.out.printf("| source | %,d lines, %,d bytes |%n", lines, bytes);
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < end) {
      parse(files);
    }
    int repeats = (int) Math.max(1, 200_000 / lines);
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      for (int j = 0; j < repeats; j++) {
        parse(files);
      }
      nanos[i] = System.nanoTime() - begin;
    }
    System.out.printf(
        "| lexing and parsing | %,.0f lines/s |%n", lines * repeats / (median(nanos) / 1e9));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    parse(files);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.printf("| allocated | %,d bytes a line |%n", allocated / lines);
    long empty = usedHeap();
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      kept.addAll(parse(files));
    }
    System.out.printf(
        "| held by the syntax tree | %,d bytes a line |%n",
        (usedHeap() - empty) / (lines * repeats));
    kept.clear();
  }

  private static List<Object> parse(List<SourceFile> files) {
    List<Object> trees = new ArrayList<>();
    for (SourceFile file : files) {
      trees.add(Parser.parse(file, new Diagnostics()).orElseThrow());
    }
    return trees;
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Path hello() throws IOException {
    Path file = Files.createTempFile("hello", ".sx");
    file.toFile().deleteOnExit();
    return Files.writeString(
        file, "#import \"modules/std.sx\";\nmain :: () { print(\"hello, world\\n\"); }\n");
  }

  private static void hello(Path source) throws IOException {
    Path program = Files.createTempFile("hello", "");
    program.toFile().deleteOnExit();
    ParsedFiles parsed = new ParsedFiles();
    long[] nanos = new long[COMPILES];
    for (int round = -COMPILES; round < COMPILES; round++) {
      long begin = System.nanoTime();
      Compilation compilation =
          new Compilation(
              CompileOptions.host(OptLevel.NONE), parsed, OutputStream.nullOutputStream());
      if (!compilation.check(source)) {
        throw new IllegalStateException(compilation.diagnostics().all().toString());
      }
      compilation.executable(program);
      if (round >= 0) {
        nanos[round] = System.nanoTime() - begin;
      }
    }
    System.out.printf("| source to linked program, median | %.1f ms |%n", median(nanos) / 1e6);
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
