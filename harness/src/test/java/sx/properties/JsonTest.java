package sx.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Printing a JSON document and parsing it again gives the document (std.json.26). */
class JsonTest {
  @Property(tries = 20, seed = "10", shrinking = ShrinkingMode.OFF)
  void parsingWhatWasPrintedGivesTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder statements = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      Tree tree = new Tree(random, i);
      String root = tree.value(4);
      statements.append(tree.statements).append("try check(\"%d\", %s);\n".formatted(i, root));
      expected.append(i).append(" true ").append(tree.text).append("\n");
    }
    String source = program(statements.toString());
    assertEquals(expected.toString(), Compiled.inMachine(source), source);
  }

  private static String program(String statements) {
    return """
      #import "modules/std.sx";
      same :: (a: json.Value, b: json.Value) -> bool {
          if a == {
              case .null: { return b == .null; }
              case .bool: (x) { if b == { case .bool: (y) { return x == y; } else: { return false; } } }
              case .int: (x) { if b == { case .int: (y) { return x == y; } else: { return false; } } }
              case .str: (x) { if b == { case .str: (y) { return x == y; } else: { return false; } } }
              case .array: (x) {
                  if b == {
                      case .array: (y) {
                          if x.len != y.len { return false; }
                          for x.items, y.items (p, q) { if !same(p, q) { return false; } }
                          return true;
                      }
                      else: { return false; }
                  }
              }
              case .object: (x) {
                  if b == {
                      case .object: (y) {
                          if x.len != y.len { return false; }
                          for 0..x.len (i) {
                              if x.items[i].key != y.items[i].key { return false; }
                              if !same(x.items[i].val, y.items[i].val) { return false; }
                          }
                          return true;
                      }
                      else: { return false; }
                  }
              }
          }
          return false;
      }
      check :: (name: string, v: json.Value) -> ! {
          buf := context.allocator.alloc(u8, 100000);
          n := try json.write_to_buffer(v, buf);
          text := string.{ ptr = buf.ptr, len = n };
          w := try json.parse(text, context.allocator);
          print("{} {} {}\\n", name, same(v, w), text);
      }
      main :: () -> ! {
          a := context.allocator;
      %s}
      """
        .formatted(statements);
  }

  /** A random document: the statements that build it, and its text as std.json.12 and 13 say. */
  private static final class Tree {
    private static final String[] PIECES = {
      "a", "Zz", " ", "\"", "\\", "/", "\n", "\t", "\r", "\0", "é", "€", "😀", "{", "]", ":", ","
    };

    private final Random random;
    private final int number;
    private final StringBuilder statements = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private int names;

    Tree(Random random, int number) {
      this.random = random;
      this.number = number;
    }

    /** An expression for a value; its text is appended. */
    String value(int depth) {
      return switch (random.nextInt(depth > 0 ? 7 : 4)) {
        case 0 -> {
          text.append("null");
          yield ".null";
        }
        case 1 -> {
          boolean b = random.nextBoolean();
          text.append(b);
          yield ".bool(" + b + ")";
        }
        case 2 -> {
          long n = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(200) - 100;
          text.append(n);
          yield ".int(" + n + ")";
        }
        case 3 -> ".str(" + string() + ")";
        case 4, 5 -> array(depth);
        default -> object(depth);
      };
    }

    private String name(String prefix) {
      names++;
      return prefix + number + "_" + names;
    }

    private String array(int depth) {
      String name = name("xs");
      statements.append(name + " : List(json.Value) = .{};\n");
      text.append("[");
      for (int i = 0, n = random.nextInt(4); i < n; i++) {
        text.append(i > 0 ? "," : "");
        String element = value(depth - 1);
        statements.append("%s.append(%s, a);\n".formatted(name, element));
      }
      text.append("]");
      return ".array(" + name + ")";
    }

    private String object(int depth) {
      String name = name("o");
      statements.append(name + " : json.Object = .{};\n");
      text.append("{");
      for (int i = 0, n = random.nextInt(4); i < n; i++) {
        text.append(i > 0 ? "," : "");
        String key = string();
        text.append(":");
        String element = value(depth - 1);
        statements.append("%s.put(%s, %s, a);\n".formatted(name, key, element));
      }
      text.append("}");
      return ".object(" + name + ")";
    }

    /** A string literal of sx; the JSON string is appended. */
    private String string() {
      StringJoiner literal = new StringJoiner("", "\"", "\"");
      text.append('"');
      for (int n = random.nextInt(6); n > 0; n--) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        literal.add(written(piece));
        text.append(escaped(piece));
      }
      text.append('"');
      return literal.toString();
    }

    private static String written(String piece) {
      return switch (piece) {
        case "\"" -> "\\\"";
        case "\\" -> "\\\\";
        case "\n" -> "\\n";
        case "\t" -> "\\t";
        case "\r" -> "\\r";
        case "\0" -> "\\0";
        default -> piece;
      };
    }

    private static String escaped(String piece) {
      return switch (piece) {
        case "\"" -> "\\\"";
        case "\\" -> "\\\\";
        case "\n" -> "\\n";
        case "\t" -> "\\t";
        case "\r" -> "\\r";
        case "\0" -> "\\u0000";
        default -> piece;
      };
    }
  }
}
