package sx.comptime;

import java.util.ArrayList;
import java.util.List;

/** An evaluation that cannot go on (ct.env.8): why, and which calls led there, innermost first. */
public final class EvaluationError extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int ENDS = 20;

  private final String reason;
  private final transient List<TraceEntry> trace;

  EvaluationError(String reason, List<TraceEntry> trace) {
    super(reason, null, false, false);
    this.reason = reason;
    this.trace = new ArrayList<>(trace);
  }

  /** Why it cannot go on. */
  public String reason() {
    return reason;
  }

  /** Adds calls that lie further out. */
  void append(List<TraceEntry> outer) {
    trace.addAll(outer);
  }

  /** The calls, the failing function first. The middle of a long chain is left out. */
  public List<TraceEntry> trace() {
    if (trace.size() <= 2 * ENDS) {
      return List.copyOf(trace);
    }
    List<TraceEntry> both = new ArrayList<>(trace.subList(0, ENDS));
    both.addAll(trace.subList(trace.size() - ENDS, trace.size()));
    return List.copyOf(both);
  }
}
