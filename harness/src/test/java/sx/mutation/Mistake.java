package sx.mutation;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The kinds of mistakes that are made in programs. */
enum Mistake {
  DELETE {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return Optional.of(p.replaced(at, at, ""));
    }
  },
  DOUBLE {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      String text = p.token(at).text();
      return Optional.of(p.replaced(at, at, text + " " + text));
    }
  },
  /** Two neighbours change places. */
  SWAP {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      if (at + 1 == p.size()) {
        return Optional.empty();
      }
      return Optional.of(p.replaced(at, at + 1, p.token(at + 1).text() + " " + p.token(at).text()));
    }
  },
  /** A type stands where another one stood. */
  OTHER_TYPE {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      String text = p.token(at).text();
      boolean type =
          PLAIN_TYPES.contains(text)
              || (p.token(at).kind() == Token.Kind.WORD && Character.isUpperCase(text.charAt(0)));
      return type ? Optional.of(p.replaced(at, at, pick(TYPES, random))) : Optional.empty();
    }
  },
  /** A type becomes one that is made of it. */
  WRAPPED_TYPE {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      String text = p.token(at).text();
      boolean type =
          PLAIN_TYPES.contains(text)
              || (p.token(at).kind() == Token.Kind.WORD && Character.isUpperCase(text.charAt(0)));
      return type
          ? Optional.of(p.replaced(at, at, pick(PREFIXES, random) + text))
          : Optional.empty();
    }
  },
  /** A token becomes another one of the same kind that occurs in the program. */
  OTHER_TOKEN {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      Token.Kind kind = p.token(at).kind();
      List<String> others =
          IntStream.range(0, p.size())
              .mapToObj(p::token)
              .filter(t -> t.kind() == kind)
              .map(Token::text)
              .distinct()
              .toList();
      return Optional.of(p.replaced(at, at, pick(others, random)));
    }
  },
  /** A value becomes one of another kind or size. */
  OTHER_VALUE {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return switch (p.token(at).kind()) {
        case NUMBER, QUOTED -> Optional.of(p.replaced(at, at, pick(VALUES, random)));
        case WORD ->
            at > 0 && "=(,".contains(p.token(at - 1).text())
                ? Optional.of(p.replaced(at, at, pick(VALUES, random)))
                : Optional.empty();
        case DIRECTIVE, SIGN -> Optional.empty();
      };
    }
  },
  /** Something is said too much. */
  INSERT {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return Optional.of(p.replaced(at, at, pick(EXTRAS, random) + " " + p.token(at).text()));
    }
  },
  /** A bracket goes with all that it holds. */
  DELETE_GROUP {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return p.closing(at).map(end -> p.replaced(at, end, ""));
    }
  },
  /** What a bracket holds goes. */
  EMPTY_GROUP {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return p.closing(at)
          .map(end -> p.replaced(at, end, p.token(at).text() + p.token(end).text()));
    }
  },
  /** A bracket becomes another one of the program with all that it holds. */
  OTHER_GROUP {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return p.closing(at)
          .flatMap(
              end -> {
                int from = random.nextInt(p.size());
                return p.token(from).text().equals(p.token(at).text())
                    ? p.closing(from).map(to -> p.replaced(at, end, p.text(from, to)))
                    : Optional.empty();
              });
    }
  },
  /** A value becomes an operand. */
  WRAPPED_VALUE {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      String text = p.token(at).text();
      return switch (p.token(at).kind()) {
        case NUMBER, QUOTED, WORD ->
            Optional.of(p.replaced(at, at, pick(WRAPPINGS, random).replace("X", text)));
        case DIRECTIVE, SIGN -> Optional.empty();
      };
    }
  },
  /** A statement stands at another place too. */
  COPY_STATEMENT {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      int from = random.nextInt(p.size());
      return p.statementEnd(from)
          .filter(end -> p.statementEnd(at).isPresent())
          .map(end -> p.replaced(at, at, p.token(at).text() + " " + p.text(from + 1, end)));
    }
  },
  /** A statement, or a declaration that ends with a semicolon, goes. */
  DELETE_STATEMENT {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return p.statementEnd(at).map(end -> p.replaced(at + 1, end, ""));
    }
  },
  /** A statement stands twice. */
  DOUBLE_STATEMENT {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return p.statementEnd(at)
          .map(end -> p.replaced(at + 1, end, p.text(at + 1, end) + " " + p.text(at + 1, end)));
    }
  },
  /** The file ends behind a token. */
  TRUNCATE {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return Optional.of(p.text().substring(0, p.token(at).end()));
    }
  },
  /** The file ends at any byte. */
  CUT {
    @Override
    Optional<String> make(Program p, int at, RandomGenerator random) {
      return Optional.of(p.text().substring(0, random.nextInt(p.text().length())));
    }
  };

  private static final List<String> PLAIN_TYPES =
      List.of(
          "i1", "i8", "i16", "i32", "i64", "u1", "u8", "u16", "u32", "u64", "f32", "f64", "bool",
          "string", "cstring", "any", "void", "usize", "isize");

  private static final List<String> TYPES =
      List.of(
          "i32",
          "u8",
          "i64",
          "u64",
          "f32",
          "f64",
          "bool",
          "string",
          "cstring",
          "any",
          "void",
          "Type",
          "noreturn",
          "usize",
          "i7",
          "u1",
          "*i32",
          "[*]u8",
          "[]i32",
          "[3]i32",
          "[0]u8",
          "?i32",
          "??i32",
          "?void",
          "[2]void",
          "*void",
          "[]void",
          "Tuple(i32, string)",
          "Tuple()",
          "Tuple(a: void, b: any)",
          "() -> i32",
          "(i64) -> i64",
          "Closure(i64) -> i64",
          "Closure()",
          "struct { a: i32; }",
          "struct { }",
          "enum { a; b; }",
          "enum { a: i32; b; }",
          "union { a: i32; b: f64; }",
          "Vector(4, f32)",
          "Vector(3, u8)",
          "Vector(4, bool)",
          "!",
          "error { A }",
          "Unknown",
          "*Unknown",
          "$T",
          "$",
          "Self",
          "*Self",
          "List(i32)",
          "List(void)",
          "List",
          "Allocator",
          "Context",
          "Source_Location",
          "[n]i32",
          "protocol { f :: (self: *Self); }",
          "1",
          "#run i32",
          "type_of(1)",
          "[4294967295]i64",
          "[1000000]i64",
          "(i32)",
          "(i32, !)",
          "?noreturn",
          "..i32");

  private static final List<String> PREFIXES =
      List.of(
          "*", "[*]", "[]", "[2]", "[0]", "?", "??", "$", "..", "!", "()->", "[_]", "*?", "[]*");

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "255",
          "256",
          "9223372036854775807",
          "18446744073709551615",
          "99999999999999999999",
          "1.5",
          "1e400",
          "'c'",
          "\"\"",
          "\"text\"",
          "\"{}\"",
          "true",
          "null",
          "---",
          ".a",
          ".{}",
          ".[]",
          ".[1, 2]",
          ".{ 1, 2 }",
          ".{ a = 1 }",
          "i32",
          "[]u8",
          "main",
          "(x) => x",
          "() => 1",
          "(() { return 1; })",
          "() { }",
          "closure((x: i64) => x)",
          "1..2",
          "*1",
          "undeclared",
          "#run 1",
          "if true then 1 else 2",
          "if true then 1",
          "{ 1; }",
          "{ }",
          "error.A",
          "()",
          "- -1",
          "1/0",
          "1 << 99",
          "xx 1",
          "xx null",
          "300.(i8)",
          "{}",
          "size_of(i32)",
          "context",
          "main()",
          "print",
          "type_of(1)",
          "struct { }",
          "1.0 / 0.0",
          "\"a\".len",
          "\"a\"[0]",
          ".[1, 2][5]",
          "i64.max",
          "i64.{}",
          "inline",
          "..",
          "..1");

  private static final List<String> WRAPPINGS =
      List.of(
          "#run X",
          "xx X",
          "*X",
          "X.*",
          "X!",
          "X?",
          "?X",
          "X.len",
          "X.ptr",
          "X[0]",
          "X[0..1]",
          "X()",
          "X(1)",
          "-X",
          "!X",
          "~X",
          "try X",
          "(X)",
          "(X catch 0)",
          "(X or 1)",
          "(X ?? 1)",
          "X.(i32)",
          "X.(any)",
          "X.(?i64)",
          "X.(*void)",
          "X.0",
          "X.a",
          "X?.a",
          "(X + X)",
          "(X == X)",
          "(X and X)",
          ".[X]",
          ".{ X }",
          "*.{ X }",
          "(if X then X else X)",
          "{ X; }",
          "type_of(X)",
          "size_of(X)",
          "(() => X)",
          "(() => X)()",
          "(X |> print)",
          "..X",
          "X..X",
          "$X",
          "X[..]",
          "X.[1]",
          "X.{}",
          "(raise X)",
          "(X, X)",
          "`X",
          "inline X",
          "(X in X)");

  private static final List<String> EXTRAS =
      List.of(
          "*",
          "!",
          "-",
          "?",
          ".",
          "..",
          "...",
          ",",
          ";",
          ":",
          "::",
          ":=",
          "=",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "=>",
          "->",
          "|",
          "&",
          "#run",
          "#using",
          "#import",
          "return",
          "defer",
          "if",
          "else",
          "while",
          "for",
          "match",
          "break",
          "continue",
          "raise",
          "try",
          "catch",
          "or",
          "and",
          "xx",
          "struct",
          "enum",
          "union",
          "protocol",
          "impl",
          "private",
          "null",
          "in",
          "$",
          "@",
          "\"",
          "'",
          "`",
          "0x",
          "1",
          "x",
          "\u00e9",
          "\0",
          "//",
          "/*");

  private static String pick(List<String> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /**
   * Makes this mistake in a program, at one of its tokens.
   *
   * @return the whole text with the mistake; empty if it cannot be made there
   */
  abstract Optional<String> make(Program p, int at, RandomGenerator random);
}
