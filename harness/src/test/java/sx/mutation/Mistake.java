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
              || p.token(at).kind() == Token.Kind.WORD && Character.isUpperCase(text.charAt(0));
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
              || p.token(at).kind() == Token.Kind.WORD && Character.isUpperCase(text.charAt(0));
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
          "*i32",
          "[*]u8",
          "[]i32",
          "[3]i32",
          "[0]u8",
          "?i32",
          "??i32",
          "(i32, string)",
          "() -> i32",
          "Closure(i32) -> i32",
          "struct { a: i32; }",
          "enum { a; b; }",
          "union { a: i32; b: f64; }",
          "Vector(4, f32)",
          "!",
          "i32 | string",
          "*void",
          "Unknown",
          "$T",
          "Self",
          "protocol { f :: (self: *Self); }",
          "error { A }",
          "List(i32)",
          "[n]i32",
          "*Unknown",
          "1");

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
          "true",
          "null",
          "---",
          ".a",
          ".{}",
          ".[]",
          ".[1, 2]",
          ".(1, 2)",
          ".{ a = 1 }",
          "i32",
          "main",
          "(x) => x",
          "(() { return 1; })",
          "1..2",
          "*1",
          "undeclared",
          "#run 1",
          "if true 1 else 2",
          "{ 1; }",
          "error.A",
          "()",
          "- -1",
          "1/0",
          "xx 1",
          "cast(i8) 300");

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
