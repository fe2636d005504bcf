import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a program of a given number of lines that uses what the core language has: types and
 * literals of every kind, and statements and expressions of every form. The same number gives the
 * same text.
 *
 * <p>It consists of units, each with types and functions of its own, which {@code main} calls
 * through groups, so that all of it is reached.
 */
final class GenerateProgram {
  private static final int UNITS_IN_A_GROUP = 40;

  /** One unit; every {@code @} is its number. */
  private static final String UNIT =
      """
      // Accounts of branch @: every kind of type, statement and expression of the core language.

      BRANCH_@ :: @ + 1;
      RATES_@ : [4]f64 : .[0.5, 1.25, 2.0, @.5];

      Kind_@ :: enum u8 { cash; card; wire; }
      Access_@ :: enum flags u16 { read; write; audit; }

      Entry_@ :: struct {
          id: i64;
          amount: i32 = BRANCH_@;
          kind: Kind_@ = .card;
          tags: Access_@;
          note: ?string;
          open: bool = true;

          doubled :: (self: *Entry_@) -> i64 #get => self.amount.(i64) * 2;

          raise_by :: (self: *Entry_@, by: i32) -> *Entry_@ {
              self.amount += by;
              return self;
          }
      }

      Shape_@ :: enum {
          none;
          circle: f64;
          box: struct { w, h: i32; };
      }

      Bits_@ :: union {
          whole: u64;
          halves: [2]u32;
      }

      area_@ :: (s: Shape_@) -> f64 {
          return if s == {
              case .none: 0.0;
              case .circle: (r) => r * r * 3.25;
              case .box: (b) => (b.w * b.h).(f64);
          };
      }

      find_@ :: (entries: []Entry_@, id: i64) -> ?*Entry_@ {
          for entries (*e) {
              if e.id == id and e.open { return e; }
          }
          return null;
      }

      split_@ :: (total: i64, parts: i64 = 3) -> (each: i64, rest: i64) {
          each = total / parts;
          rest = total - each * parts;
      }

      apply_@ :: (x: i64, f: Closure(i64) -> i64) -> i64 { return f(x); }

      digits_@ :: (text: string) -> i64 {
          n := 0;
          for text, 0.. (byte, i) {
              if byte == '-' and i == 0 { continue; }
              if byte < '0' or byte > '9' { break; }
              n = n * 10 + (byte - '0').(i64);
          }
          return if text.len > 0 and text[0] == '-' then -n else n;
      }

      work_@ :: (seed: i64) -> i64 {
          entries : [3]Entry_@ = .[
              .{ id = 1, tags = .read | .audit },
              .{ id = 2, amount = 7, kind = .wire, note = "late" },
              .{ id = seed, open = seed % 2 == 0 },
          ];
          sum := 0;
          defer { checks_total += sum; }
          if e := find_@(entries[..], 2) {
              e.raise_by(3).raise_by(-1);
              sum += e.doubled;
          } else {
              sum -= 1;
          }
          each, rest := split_@(parts = 4, total = seed + BRANCH_@);
          pair := Tuple(i64, string).{ each, "left" };
          sum += pair.0 * 10 + rest + pair.1.len;
          shapes := .[Shape_@.circle(1.5), .box(.{ w = 3, h = 4 }), .none];
          for shapes (s) { sum += area_@(s).(i64); }
          bits : Bits_@ = ---;
          bits.whole = seed.(u64) << 32 | 5;
          sum += bits.halves[0].(i64) + (bits.halves[1] & 0xff).(i64);
          lanes : Vector(4, f32) = .[1, 2, 3, 4];
          lanes = lanes * 2.0;
          sum += (lanes[0] + lanes[3]).(i64);
          small : u5 = 30;
          small += 3;
          a := sum;
          b := small.(i64);
          while 0 < b < 40 {
              a, b = a + b, b + 13;
              if a > 100000 { break; }
          }
          by := seed + 1;
          sum = apply_@(a, (x) => x + by);
          name := entries[1].note ?? "none";
          kind : any = entries[1].kind;
          if kind == {
              case Kind_@: (k) { if k == .wire { sum += 2; } }
              case i64: sum += 1;
              else: sum += 3;
          }
          n := digits_@("-12") + digits_@(name);
          view := RATES_@[1..3];
          rate := { t := view[0] * 4.0; t + view.len };
          return sum + n + rate.(i64) + inner_@(seed)(2);
      }

      inner_@ :: (base: i64) -> (i64) -> i64 {
          return if base > 0 then plus_@ else (n) => n * 3;
      }

      plus_@ :: (n: i64) -> i64 => n + BRANCH_@;
      """;

  /** A generic struct of fifty lines. */
  private static final String GENERIC =
      """
      // A ring of the last N values.
      Ring :: struct ($T: Type, $N: i64) {
          items: [N + 1]T;
          start: i64 = 0;
          count: i64 = 0;

          at :: (self: *Ring(T, N), i: i64) -> T {
              return self.items[(self.start + i) % (N + 1)];
          }

          push :: (self: *Ring(T, N), item: T) -> ?T {
              dropped : ?T = null;
              if self.count == N + 1 {
                  dropped = self.items[self.start];
                  self.start = (self.start + 1) % (N + 1);
                  self.count -= 1;
              }
              self.items[(self.start + self.count) % (N + 1)] = item;
              self.count += 1;
              return dropped;
          }

          index_of :: (self: *Ring(T, N), wanted: T) -> ?i64 {
              for 0..self.count (i) {
                  if self.at(i) == wanted { return i; }
              }
              return null;
          }

          sum :: (self: *Ring(T, N)) -> T {
              total : T = 0;
              for 0..self.count (i) { total += self.at(i); }
              return total;
          }

          largest :: (self: *Ring(T, N)) -> T {
              best := self.at(0);
              for 1..self.count (i) {
                  item := self.at(i);
                  if item > best { best = item; }
              }
              return best;
          }

          clear :: (self: *Ring(T, N)) {
              self.start = 0;
              self.count = 0;
          }
      }
      """;

  private GenerateProgram() {}

  /** A program that makes and uses so many instances of one generic struct. */
  static String instances(int count) {
    StringBuilder out = new StringBuilder("#import \"modules/std.sx\";\n\n").append(GENERIC);
    for (int i = 0; i < count; i++) {
      out.append("\nuse_").append(i).append(" :: () -> i64 {\n    r : Ring(i64, ").append(i);
      out.append(") = .{};\n    r.push(3);\n    r.push(4);\n");
      out.append("    n := r.sum() + r.largest() + (r.index_of(4) ?? 0);\n");
      out.append("    r.clear();\n    return n + r.count;\n}\n");
    }
    out.append("\nmain :: () {\n    sum := 0;\n");
    for (int i = 0; i < count; i++) {
      out.append("    sum += use_").append(i).append("();\n");
    }
    return out.append("    print(\"{}\\n\", sum);\n}\n").toString();
  }

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[1]), program(Integer.parseInt(args[0])));
  }

  /** A program of about as many lines, at least one unit. */
  static String program(int lines) {
    StringBuilder out = new StringBuilder("#import \"modules/std.sx\";\n\nchecks_total := 0;\n");
    int unitLines = (int) UNIT.lines().count() + 2;
    int units = Math.max(1, lines / unitLines);
    for (int i = 0; i < units; i++) {
      out.append('\n').append(UNIT.replace("@", Integer.toString(i)));
    }
    int groups = (units + UNITS_IN_A_GROUP - 1) / UNITS_IN_A_GROUP;
    for (int g = 0; g < groups; g++) {
      out.append("\ngroup_").append(g).append(" :: () -> i64 {\n    sum := 0;\n");
      int end = Math.min(units, (g + 1) * UNITS_IN_A_GROUP);
      for (int i = g * UNITS_IN_A_GROUP; i < end; i++) {
        out.append("    sum += work_").append(i).append('(').append(i % 9).append(");\n");
      }
      out.append("    return sum;\n}\n");
    }
    out.append("\nmain :: () {\n    sum := 0;\n");
    for (int g = 0; g < groups; g++) {
      out.append("    sum += group_").append(g).append("();\n");
    }
    out.append("    print(\"{} {}\\n\", sum, checks_total);\n}\n");
    return out.toString();
  }
}
