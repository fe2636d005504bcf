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

  public static void main(String[] args) throws Exception {
    Path home = Path.of(System.getProperty("sx.home"));
    System.out.println("| what | figure |\n|---|---|");
    parsing(home);
    hello(args.length > 0 ? Path.of(args[0]) : hello());
    System.exit(0);
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
