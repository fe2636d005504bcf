package sx.source;

import java.util.Optional;

/**
 * A fault of the compiler itself, found at a place in the user's source. It becomes one "internal
 * error" diagnostic (cli.diag.5).
 */
public final class InternalFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Span> span;

  /** A fault without a place. */
  public InternalFault(String construct) {
    super(construct);
    this.span = Optional.empty();
  }

  public InternalFault(Span span, String construct) {
    super(construct);
    this.span = Optional.of(span);
  }

  /** A fault of some other part, seen while working on the construct at a place. */
  public InternalFault(Span span, String construct, Throwable cause) {
    super(construct, cause);
    this.span = Optional.of(span);
  }

  public Optional<Span> span() {
    return span;
  }
}
