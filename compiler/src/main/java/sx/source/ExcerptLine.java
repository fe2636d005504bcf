package sx.source;

import java.nio.charset.StandardCharsets;

/**
 * One line of source as a diagnostic shows it, and what stands below it.
 *
 * <p>There is one caret for each byte of the span (lex.diag.4), so a run below characters of
 * several bytes is longer than what it marks. Its start is exact: the indent has a tab for each tab
 * and as many spaces for any other character as a terminal gives it. A tab inside of the span is a
 * caret and then a tab, so that what follows stays below its text.
 *
 * @param text the line, with nothing in it that moves or hides what a terminal shows
 * @param indent what stands before the carets
 * @param carets the carets
 */
record ExcerptLine(String text, String indent, String carets) {
  /** Lines with more bytes than this are clipped to a window around the span. */
  static final int MAX_LINE_BYTES = 512;

  private static final int WINDOW_BEFORE = 40;
  private static final int WINDOW_AFTER = 120;
  private static final String CLIP = "...";
  private static final int TAB_STOP = 8;

  /** The columns of number and bar, on which tab stops depend. */
  private static final int GUTTER = 5;

  static ExcerptLine of(Span span, int line) {
    SourceFile file = span.file();
    int start = file.lineStart(line);
    int end = file.lineEnd(line);
    int from = Math.clamp(span.start(), start, end);
    int to = Math.clamp(span.end(), from, end);
    if (end - start <= MAX_LINE_BYTES) {
      return new Builder(file.bytes()).build(start, from, to, end, "", "");
    }
    int windowStart = characterStart(file.bytes(), start, Math.max(start, from - WINDOW_BEFORE));
    int windowEnd = characterStart(file.bytes(), from, Math.min(end, from + WINDOW_AFTER));
    return new Builder(file.bytes())
        .build(
            windowStart,
            from,
            Math.min(to, windowEnd),
            windowEnd,
            windowStart > start ? CLIP : "",
            windowEnd < end ? CLIP : "");
  }

  /** Moves back to the first byte of the UTF-8 character that an offset lies in. */
  private static int characterStart(byte[] bytes, int low, int offset) {
    int at = offset;
    while (at > low && at > offset - 3 && at < bytes.length && (bytes[at] & 0xC0) == 0x80) {
      at--;
    }
    return at;
  }

  /** Walks over a part of a line, one character at a time. */
  private static final class Builder {
    private final byte[] bytes;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder indent = new StringBuilder();
    private final StringBuilder carets = new StringBuilder();
    private int column = GUTTER;

    Builder(byte[] bytes) {
      this.bytes = bytes;
    }

    ExcerptLine build(int start, int from, int to, int end, String before, String after) {
      text.append(before);
      indent.repeat(' ', before.length());
      column += before.length();
      int at = start;
      while (at < end) {
        int length = Math.clamp(Utf8.length(bytes, at, bytes.length), 1, end - at);
        character(at, length, from, to);
        at += length;
      }
      text.append(after);
      if (carets.isEmpty()) {
        carets.append('^');
      }
      return new ExcerptLine(text.toString(), indent.toString(), carets.toString());
    }

    private void character(int at, int length, int from, int to) {
      int shown = visible(new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0));
      int width = shown == '\t' ? TAB_STOP - column % TAB_STOP : CharacterWidth.of(shown);
      text.appendCodePoint(shown);
      column += width;
      int marked = Math.min(at + length, to) - Math.max(at, from);
      if (marked > 0) {
        carets.repeat('^', marked);
        if (shown == '\t' && width > 1 && at + length < to) {
          carets.append('\t');
        }
      } else if (at < from) {
        if (shown == '\t') {
          indent.append('\t');
        } else {
          indent.repeat(' ', width);
        }
      }
    }

    /** Replaces what would move the cursor, reorder or hide text: controls get their picture. */
    private static int visible(int character) {
      if (character == '\t') {
        return character;
      }
      if (character < 0x20) {
        return 0x2400 + character;
      }
      boolean hides =
          (character >= 0x7F && character < 0xA0)
              || (character >= 0x202A && character <= 0x202E)
              || (character >= 0x2066 && character <= 0x2069);
      return hides ? 0xFFFD : character;
    }
  }
}
