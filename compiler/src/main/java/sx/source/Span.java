package sx.source;

/** A half-open range of bytes in one source file. Points at exactly the text of a construct. */
public record Span(SourceFile file, int start, int end) {
  /** The span from the start of this one to the end of another in the same file. */
  public Span to(Span other) {
    return new Span(file, start, other.end);
  }

  public int line() {
    return file.line(start);
  }

  public int column() {
    return file.column(start);
  }

  public String text() {
    return file.text(start, end);
  }

  /** {@code file:line:column}, as diagnostics show it. */
  @Override
  public String toString() {
    return file.name() + ":" + line() + ":" + column();
  }
}
