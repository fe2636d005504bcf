package sx.syntax;

import java.util.List;
import java.util.function.Consumer;

/** Text that grows, with indentation and lists. */
final class Output {
  private static final String STEP = "    ";

  private final StringBuilder text = new StringBuilder();
  private int depth;

  Output add(String more) {
    text.append(more);
    return this;
  }

  Output add(Ast.Name name) {
    return add(name.raw() ? "`" : "").add(name.text());
  }

  Output line() {
    text.append('\n');
    for (int i = 0; i < depth; i++) {
      text.append(STEP);
    }
    return this;
  }

  Output names(List<Ast.Name> names, String separator) {
    return list(names, separator, this::add);
  }

  <T> Output list(List<T> things, String separator, Consumer<T> print) {
    boolean first = true;
    for (T thing : things) {
      if (!first) {
        add(separator);
      }
      first = false;
      print.accept(thing);
    }
    return this;
  }

  /** Each thing on a line of its own, in braces; nothing between the braces if there is none. */
  <T> Output braced(List<T> things, Consumer<T> print) {
    add("{");
    indented(things, print);
    if (!things.isEmpty()) {
      line();
    }
    return add("}");
  }

  /** Each thing on a line of its own, one step further in. */
  <T> Output indented(List<T> things, Consumer<T> print) {
    depth++;
    for (T thing : things) {
      line();
      print.accept(thing);
    }
    depth--;
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
