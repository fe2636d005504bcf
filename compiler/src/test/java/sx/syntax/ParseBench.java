package sx.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.source.Diagnostics;
import sx.source.SourceFile;

/**
 * Measures lexing and parsing of ordinary source: lines a second when warm, bytes of tree a line.
 */
public final class ParseBench {
  private static final String PIECE =
      """
      // A point of the plane, and what it can do.
      Point%1$d :: struct {
          x: i64;
          y: i64 = 0;
          label: string = "none";

          length :: (self: *Point%1$d, scale: f64) -> f64 {
              return (self.x * self.x + self.y * self.y).(f64) * scale;
          }
      }

      Shape%1$d :: enum { dot; circle: f64; box: i64; }

      area%1$d :: (s: Shape%1$d, factor: i64 = 2) -> f64 {
          return if s == {
              case .circle: (r) => r * r * 3.14;
              case .box: (w) => w.(f64) * 2.0;
              else: 0;
          };
      }

      sum%1$d :: (values: []i64, limit: i64) -> (i64, !Overflow) {
          total := 0;
          count : i64 = 0;
          for values, 0.. (v, i) {
              if v > limit and i != 0 {
                  raise error.Overflow;
              }
              total += v * 2 - 1;
              count = count + 1;
          }
          while total > 100 and count < 10 {
              total -= values[count];
              print("total {} of {}\\n", total, count);
              count += 1;
          }
          p := Point%1$d.{ x = total, y = count };
          names := .["a", "b", "c"];
          if found := find(names, "b") { print("{}\\n", found); } else { defer close(p.x); }
          return p.length(1.5).(i64) + area%1$d(.circle(2.0), factor = 3).(i64), total;
      }

      """;

  private ParseBench() {}

  /** Arguments: the number of lines (default 200,000) and of rounds (default 30). */
  public static void main(String[] args) {
    int wanted = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    String text = text(wanted);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long lines = text.lines().count();
    System.out.printf("%d lines, %d bytes%n", lines, bytes.length);
    List<Double> lexed = new ArrayList<>();
    List<Double> parsed = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      Lexer.lex(bytes, Parser.MAX_NESTING);
      long middle = System.nanoTime();
      parse(bytes);
      long end = System.nanoTime();
      lexed.add(lines / ((middle - start) / 1e9));
      parsed.add(lines / ((end - middle) / 1e9));
    }
    System.out.printf("lexed            %,.0f lines/s%n", warmMedian(lexed));
    System.out.printf("lexed and parsed %,.0f lines/s%n", warmMedian(parsed));
    System.out.printf("tree             %d bytes a line%n", retained(bytes) / lines);
  }

  private static String text(int lines) {
    StringBuilder text = new StringBuilder();
    long each = PIECE.lines().count();
    for (int i = 0; i * each < lines; i++) {
      text.append(PIECE.formatted(i));
    }
    return text.toString();
  }

  private static Ast.Module parse(byte[] bytes) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Ast.Module> module =
        Parser.parse(new SourceFile("bench.sx", "bench.sx", bytes), diagnostics);
    return module.orElseThrow(() -> new IllegalStateException(diagnostics.all().toString()));
  }

  private static double warmMedian(List<Double> rates) {
    List<Double> warm = rates.subList(rates.size() / 2, rates.size()).stream().sorted().toList();
    return warm.get(warm.size() / 2);
  }

  private static long retained(byte[] bytes) {
    long before = used();
    Ast.Module module = parse(bytes);
    long after = used();
    if (module.items().isEmpty()) {
      throw new IllegalStateException("nothing was parsed");
    }
    return after - before;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
