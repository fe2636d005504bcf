package sx.harness.corpus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import sx.harness.engine.Engine;

/**
 * Reads the header of a case: the lines {@code //! key: value} before anything else.
 *
 * <pre>
 * rules:   ids, separated by spaces; may be repeated       what the case proves; required
 * expect:  run | reject | ir                               required
 * exit:    0 to 255 | SIGNAME                              default 0
 * arch:    x86_64 | aarch64                                default: every machine
 * engines: not NAME [NAME…] (reason) | NAME [NAME…] (reason)   default: every engine
 * stdin:   text; \n \t \\ as in sx                         default: nothing
 * args:    words
 * env:     NAME=value; may be repeated
 * time:    seconds                                         default 10
 * memory:  MB                                              default 4096
 * xfail:   reason
 * </pre>
 */
final class HeaderReader {
  static final String MARK = "//!";

  private final Path file;
  private final RuleBook book;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final List<String> rules = new ArrayList<>();
  private final Map<String, String> env = new LinkedHashMap<>();
  private Header.Expect expect = Header.Expect.RUN;
  private Header.Exit exit = new Header.Exit(0, 0);
  private Optional<Header.Arch> arch = Optional.empty();
  private Set<Engine> engines = EnumSet.copyOf(Engine.RUNNING);
  private String enginesReason = "";
  private String stdin = "";
  private List<String> args = List.of();
  private Duration time = Header.DEFAULT_TIME;
  private int memory = Header.DEFAULT_MEMORY;
  private Optional<String> xfail = Optional.empty();
  private int line;

  private HeaderReader(Path file, RuleBook book) {
    this.file = file;
    this.book = book;
  }

  /** The header of a file with this text. */
  static Header read(Path file, String text, RuleBook book) throws BadCase {
    HeaderReader reader = new HeaderReader(file, book);
    for (String line : text.lines().takeWhile(l -> l.startsWith(MARK)).toList()) {
      reader.line++;
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw reader.bad("expected '" + MARK + " key: value'");
      }
      reader.set(line.substring(MARK.length(), colon).strip(), line.substring(colon + 1).strip());
    }
    return reader.finish();
  }

  private Header finish() throws BadCase {
    line = 1;
    if (!lines.containsKey("expect")) {
      throw bad("the header has no 'expect'");
    }
    if (rules.isEmpty()) {
      throw bad("the header has no 'rules'");
    }
    return new Header(
        List.copyOf(rules),
        expect,
        exit,
        arch,
        engines,
        enginesReason,
        stdin,
        args,
        env,
        time,
        memory,
        xfail,
        lines);
  }

  private void set(String key, String value) throws BadCase {
    String before = lines.get(key);
    if (before != null && !key.equals("rules") && !key.equals("env")) {
      throw bad("'" + key + "' is given twice");
    }
    lines.put(key, before == null ? value : before + " " + value);
    switch (key) {
      case "rules" -> rules(value);
      case "expect" -> expect = expectation(value);
      case "exit" -> exit = exit(value);
      case "arch" -> arch = Optional.of(arch(value));
      case "engines" -> engines(value);
      case "vm" -> withoutVm(value);
      case "stdin" -> stdin = unescape(value);
      case "args" -> args = List.of(value.split(" +", -1));
      case "env" -> env(value);
      case "time" -> time = Duration.ofSeconds(number(value, 600));
      case "memory" -> memory = number(value, 1 << 16);
      case "xfail" -> xfail = Optional.of(reason(key, value));
      default -> throw bad("unknown key '" + key + "'");
    }
  }

  private void rules(String value) throws BadCase {
    for (String id : value.split("[ ,]+", -1)) {
      if (!book.defines(id)) {
        throw bad("the reference defines no rule '" + id + "'");
      }
      if (rules.contains(id)) {
        throw bad("the rule '" + id + "' is named twice");
      }
      rules.add(id);
    }
  }

  private Header.Expect expectation(String value) throws BadCase {
    return switch (value) {
      case "run" -> Header.Expect.RUN;
      case "reject" -> Header.Expect.REJECT;
      case "ir" -> Header.Expect.IR;
      default -> throw bad("'expect' is 'run', 'reject' or 'ir'");
    };
  }

  private Header.Exit exit(String value) throws BadCase {
    OptionalInt signal = Signals.number(value);
    if (signal.isPresent()) {
      return new Header.Exit(128 + signal.getAsInt(), signal.getAsInt());
    }
    if (!value.matches("\\d{1,3}") || Integer.parseInt(value) > 255) {
      throw bad("'exit' is a number up to 255 or the name of a signal");
    }
    return new Header.Exit(Integer.parseInt(value), 0);
  }

  private Header.Arch arch(String value) throws BadCase {
    return switch (value) {
      case "x86_64" -> Header.Arch.X86_64;
      case "aarch64" -> Header.Arch.AARCH64;
      default -> throw bad("'arch' is 'x86_64' or 'aarch64'");
    };
  }

  private void engines(String value) throws BadCase {
    int open = value.indexOf('(');
    if (open < 0 || !value.endsWith(")") || open == value.length() - 2) {
      throw bad("'engines' ends with the reason in parentheses");
    }
    enginesReason = value.substring(open + 1, value.length() - 1).strip();
    String names = value.substring(0, open).strip();
    boolean not = names.startsWith("not ");
    Set<Engine> named = EnumSet.noneOf(Engine.class);
    for (String name : (not ? names.substring(4) : names).strip().split("[ ,]+", -1)) {
      named.add(
          Engine.RUNNING.stream()
              .filter(engine -> engine.toString().equals(name))
              .findFirst()
              .orElseThrow(() -> bad("there is no engine '" + name + "': " + Engine.RUNNING)));
    }
    engines = not ? EnumSet.complementOf(EnumSet.copyOf(named)) : named;
    engines.retainAll(Engine.RUNNING);
    if (engines.isEmpty()) {
      throw bad("no engine is left");
    }
  }

  private void withoutVm(String value) throws BadCase {
    if (!value.startsWith("no")) {
      throw bad("'vm' can only be 'no' and the reason");
    }
    engines = EnumSet.copyOf(engines);
    engines.remove(Engine.VM);
    String reason = value.substring(2).replaceFirst("^[\\s,:]+", "");
    boolean inParentheses = reason.startsWith("(") && reason.endsWith(")");
    enginesReason = inParentheses ? reason.substring(1, reason.length() - 1) : reason;
    if (enginesReason.isBlank()) {
      throw bad("'vm: no' needs the reason");
    }
  }

  private void env(String value) throws BadCase {
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw bad("'env' is NAME=value");
    }
    env.put(value.substring(0, equals), unescape(value.substring(equals + 1)));
  }

  private int number(String value, int limit) throws BadCase {
    if (!value.matches("\\d{1,6}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > limit) {
      throw bad("expected a number from 1 to " + limit);
    }
    return Integer.parseInt(value);
  }

  private String reason(String key, String value) throws BadCase {
    if (value.isEmpty()) {
      throw bad("'" + key + "' needs a reason");
    }
    return value;
  }

  private BadCase bad(String text) {
    return new BadCase(file, Math.max(line, 1), text);
  }

  private static String unescape(String value) {
    return value
        .replace("\\\\", "\0")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace('\0', '\\');
  }
}
