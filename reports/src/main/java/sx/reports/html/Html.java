package sx.reports.html;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * A piece of HTML. Text becomes HTML only through {@link #text} and {@link #attr}, which escape it,
 * so what stands in a source, a golden or a message cannot become markup.
 */
public sealed interface Html {
  /** The elements that have no end tag. */
  Set<String> VOID = Set.of("br", "hr", "input", "link", "meta", "col");

  /** Appends the markup. */
  void to(StringBuilder out);

  /** Nothing. */
  Html NONE = new Sequence(new Object[0]);

  /** An attribute of the element that it is a part of. */
  record Attribute(String name, String value) {}

  /** Text in an element. */
  record Text(String text) implements Html {
    @Override
    public void to(StringBuilder out) {
      escape(text, out);
    }
  }

  /** Parts side by side: pieces of HTML, collections of parts, and anything else as text. */
  record Sequence(Object[] parts) implements Html {
    @Override
    public void to(StringBuilder out) {
      for (Object part : parts) {
        append(part, out);
      }
    }
  }

  /** An element with its attributes and content. */
  record Element(String name, Object[] parts) implements Html {
    @Override
    public void to(StringBuilder out) {
      out.append('<').append(name);
      for (Object part : parts) {
        if (part instanceof Attribute attribute) {
          out.append(' ').append(attribute.name).append("=\"");
          escape(attribute.value, out);
          out.append('"');
        }
      }
      out.append('>');
      for (Object part : parts) {
        if (!(part instanceof Attribute)) {
          append(part, out);
        }
      }
      if (!VOID.contains(name)) {
        out.append("</").append(name).append('>');
      }
    }
  }

  /** The contents of a style or script of the report's own, in which nothing is escaped. */
  record Own(String text) implements Html {
    @Override
    public void to(StringBuilder out) {
      if (text.toLowerCase(Locale.ROOT).contains("</")) {
        throw new IllegalArgumentException("the report's style and script hold no end tag");
      }
      out.append(text);
    }
  }

  /** An element; attributes and content may stand in any order. */
  static Html tag(String name, Object... parts) {
    return new Element(name, parts);
  }

  /** Parts side by side. */
  static Html all(Object... parts) {
    return new Sequence(parts);
  }

  static Html text(String text) {
    return new Text(text);
  }

  static Attribute attr(String name, Object value) {
    return new Attribute(name, value.toString());
  }

  /** The attribute {@code class}. */
  static Attribute css(String names) {
    return new Attribute("class", names);
  }

  private static void append(Object part, StringBuilder out) {
    switch (part) {
      case Html html -> html.to(out);
      case Collection<?> parts -> parts.forEach(one -> append(one, out));
      case Object[] parts -> Arrays.asList(parts).forEach(one -> append(one, out));
      case Attribute _ -> throw new IllegalArgumentException("an attribute outside of an element");
      default -> escape(part.toString(), out);
    }
  }

  /**
   * Writes text so that it is text in content and in quoted attributes; control characters become
   * visible.
   */
  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\n', '\t' -> out.append(c);
        case 0x7f -> out.append('␡');
        default -> out.append(c < ' ' ? (char) ('␀' + c) : visible(text, i));
      }
    }
  }

  /**
   * What HTML does not allow, and what turns the direction of the text around it, as a replacement.
   */
  private static char visible(String text, int at) {
    char c = text.charAt(at);
    boolean lone =
        Character.isHighSurrogate(c)
            ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
            : Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    boolean control = (c >= 0x80 && c < 0xa0) || c >= 0xfffe;
    boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return lone || control || turns ? '\ufffd' : c;
  }
}
