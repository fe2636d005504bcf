package sx.module;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sx.source.SourceFile;
import sx.syntax.Ast;

/**
 * Which part files of the prelude a program can name (std.facade.12): the library grows, and a
 * program should pay for what it uses.
 *
 * <p>A part is reached by its namespace or by an alias of the prelude for a name in it. So it is
 * left out if neither stands anywhere in the program's text, comments and strings included. Text
 * that is put together at compile time could name anything; then nothing is left out.
 */
final class PreludeParts {
  private static final String INSERT = "insert";
  private static final String FIND_BY_NAME = "raw_find_type";
  private static final int FILTER_BITS = 4096;

  /** For each name that the prelude declares, what it leads to. */
  private final Map<String, Ast.ConstDecl> named = new HashMap<>();

  private final boolean[] filter = new boolean[FILTER_BITS];
  private final Set<String> wanted = new HashSet<>();
  private boolean all;

  /**
   * @param prelude its items; imports with a name are the parts
   */
  PreludeParts(List<Ast.Stmt> prelude) {
    for (Ast.Stmt item : prelude) {
      if (item instanceof Ast.ConstDecl c) {
        named.put(c.name().text(), c);
        filter[slot(c.name().text().hashCode())] = true;
      }
    }
    filter[slot(INSERT.hashCode())] = true;
    filter[slot(FIND_BY_NAME.hashCode())] = true;
  }

  /** Whether an item of the prelude imports a part. */
  static boolean isPart(Ast.Stmt item) {
    return item instanceof Ast.ConstDecl c && c.value() instanceof Ast.ImportExpr;
  }

  /** The parts that programs with this text need. */
  Set<Ast.Stmt> needed(Collection<SourceFile> program) {
    program.forEach(this::read);
    Set<Ast.Stmt> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(all ? named.keySet() : wanted);
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      Ast.ConstDecl c = named.get(open.pop());
      if (c == null) {
        continue;
      }
      if (isPart(c)) {
        found.add(c);
      } else {
        for (String word : words(c)) {
          if (seen.add(word)) {
            open.push(word);
          }
        }
      }
    }
    return found;
  }

  /** The names in what a declaration stands for. */
  private List<String> words(Ast.ConstDecl c) {
    List<String> words = new ArrayList<>();
    Scanner scanner = new Scanner(c.span().file(), c.span().start(), c.span().end());
    while (scanner.next()) {
      words.add(scanner.word());
    }
    return words;
  }

  private void read(SourceFile file) {
    Scanner scanner = new Scanner(file, 0, file.length());
    while (scanner.next()) {
      if (filter[slot(scanner.hash)]) {
        String word = scanner.word();
        all |= word.equals(FIND_BY_NAME) || (word.equals(INSERT) && scanner.isDirective());
        if (named.containsKey(word)) {
          wanted.add(word);
        }
      }
    }
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 16) & FILTER_BITS - 1;
  }

  /** Goes through the words of a file: letters, digits and underscores. */
  private static final class Scanner {
    private final byte[] bytes;
    private final int end;
    private int start;
    private int at;

    /** That of {@link String#hashCode} of the current word. */
    private int hash;

    Scanner(SourceFile file, int start, int end) {
      this.bytes = file.bytes();
      this.at = start;
      this.end = end;
    }

    boolean next() {
      while (at < end && !isLetter(bytes[at])) {
        at++;
      }
      start = at;
      hash = 0;
      while (at < end && isLetter(bytes[at])) {
        hash = 31 * hash + bytes[at++];
      }
      return at > start;
    }

    String word() {
      return new String(bytes, start, at - start, StandardCharsets.US_ASCII);
    }

    boolean isDirective() {
      return start > 0 && bytes[start - 1] == '#';
    }

    private static boolean isLetter(byte b) {
      return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
    }
  }
}
