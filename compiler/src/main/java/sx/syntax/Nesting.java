package sx.syntax;

/**
 * Where the parser stands: how deep, in which kind of header, and whether in a cleanup body.
 *
 * <p>Two numbers bound the recursion of every later phase. {@code depth} counts the constructs that
 * enclose the current token; {@code height} is the height of the highest tree finished since it was
 * last reset, and grows with each link of an operator or postfix chain.
 */
final class Nesting {
  /** A statement header; in it a brace opens the body (gram.header.1). */
  enum Header {
    NONE,
    PLAIN,
    FOR
  }

  private final Cursor at;
  private final int maxNesting;
  private final int maxChain;
  private final int[] heights;
  private int depth;
  private int height;
  private Header header = Header.NONE;
  private boolean cleanup;

  Nesting(Cursor at, int maxNesting, int maxChain) {
    this.at = at;
    this.maxNesting = maxNesting;
    this.maxChain = maxChain;
    this.heights = new int[maxNesting + 1];
  }

  static String tooDeep(int limit) {
    return "nested too deeply (limit " + limit + ")";
  }

  /** Enters a construct that may hold itself; the current token is the one to blame. */
  void enter() {
    if (++depth > maxNesting) {
      throw at.error(tooDeep(maxNesting));
    }
    heights[depth] = height;
    height = 0;
  }

  void leave() {
    height = Math.max(heights[depth--], height + 1);
  }

  /** Enters brackets: the restrictions of a header end here. The result is for {@link #close}. */
  Header open() {
    enter();
    Header outer = header;
    header = Header.NONE;
    return outer;
  }

  void close(Header outer) {
    leave();
    header = outer;
  }

  Header header() {
    return header;
  }

  boolean inHeader() {
    return header != Header.NONE;
  }

  /** Starts a header of the given kind, or with the result of an earlier call goes back. */
  Header header(Header next) {
    Header outer = header;
    header = next;
    return outer;
  }

  /** Starts to measure a new chain; the result is for {@link #endChain}. */
  int startChain() {
    int outer = height;
    height = 0;
    return outer;
  }

  /** One more link, which holds all that was parsed since the start of the chain. */
  void link() {
    if (++height > maxChain) {
      throw at.error(tooDeep(maxChain));
    }
  }

  void endChain(int outer) {
    height = Math.max(height, outer);
  }

  boolean inCleanup() {
    return cleanup;
  }

  /** Enters or leaves the body of a {@code defer} or {@code onfail} (err.cleanup.1). */
  boolean cleanup(boolean next) {
    boolean outer = cleanup;
    cleanup = next;
    return outer;
  }
}
