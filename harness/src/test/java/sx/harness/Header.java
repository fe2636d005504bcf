package sx.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The lines {@code //! key: value} at the head of a case.
 *
 * @param rules the rules of the reference that the case proves
 * @param expect whether the program runs or is rejected
 * @param exit its exit status
 * @param xfail why it cannot pass yet
 * @param vm whether it runs in the compile-time machine too
 * @param stdin what it reads; {@code \n}, {@code \t} and {@code \\} as in sx
 */
record Header(
    List<String> rules, Expect expect, int exit, Optional<String> xfail, boolean vm, String stdin) {
  private static final String MARK = "//!";

  enum Expect {
    RUN,
    REJECT
  }

  /** A header that says something wrong; the message starts with {@code file:line}. */
  static final class BadHeader extends Exception {
    private static final long serialVersionUID = 1L;

    BadHeader(Path file, int line, String problem) {
      super(file + ":" + line + ": " + problem);
    }
  }

  /** Reads the header of a file; {@code known} are the rules that the reference defines. */
  static Header read(Path file, Set<String> known) throws IOException, BadHeader {
    Header header = new Header(List.of(), Expect.RUN, 0, Optional.empty(), true, "");
    boolean hasExpect = false;
    int number = 0;
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (String line : text.lines().takeWhile(l -> l.startsWith(MARK)).toList()) {
      number++;
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new BadHeader(file, number, "expected '" + MARK + " key: value'");
      }
      String key = line.substring(MARK.length(), colon).strip();
      String value = line.substring(colon + 1).strip();
      hasExpect |= key.equals("expect");
      header = header.with(key, value, file, number, known);
    }
    if (!hasExpect) {
      throw new BadHeader(file, 1, "the header has no 'expect'");
    }
    if (header.rules().isEmpty()) {
      throw new BadHeader(file, 1, "the header has no 'rules'");
    }
    return header;
  }

  private Header with(String key, String value, Path file, int line, Set<String> known)
      throws BadHeader {
    return switch (key) {
      case "rules" -> {
        List<String> ids = List.of(value.split("[ ,]+"));
        for (String id : ids) {
          if (!known.contains(id)) {
            throw new BadHeader(file, line, "the reference defines no rule '" + id + "'");
          }
        }
        yield new Header(ids, expect, exit, xfail, vm, stdin);
      }
      case "expect" ->
          switch (value) {
            case "run" -> new Header(rules, Expect.RUN, exit, xfail, vm, stdin);
            case "reject" -> new Header(rules, Expect.REJECT, exit, xfail, vm, stdin);
            default -> throw new BadHeader(file, line, "'expect' is 'run' or 'reject'");
          };
      case "exit" -> {
        if (!value.matches("\\d{1,3}") || Integer.parseInt(value) > 255) {
          throw new BadHeader(file, line, "'exit' is a number up to 255");
        }
        yield new Header(rules, expect, Integer.parseInt(value), xfail, vm, stdin);
      }
      case "xfail" -> {
        if (value.isEmpty()) {
          throw new BadHeader(file, line, "'xfail' needs a reason");
        }
        yield new Header(rules, expect, exit, Optional.of(value), vm, stdin);
      }
      case "vm" -> {
        if (!value.equals("no")) {
          throw new BadHeader(file, line, "'vm' can only be 'no'");
        }
        yield new Header(rules, expect, exit, xfail, false, stdin);
      }
      case "stdin" -> new Header(rules, expect, exit, xfail, vm, unescape(value));
      default -> throw new BadHeader(file, line, "unknown key '" + key + "'");
    };
  }

  private static String unescape(String value) {
    return value
        .replace("\\\\", "\0")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace('\0', '\\');
  }
}
