package sx.comptime;

import java.util.List;
import sx.ir.Data;

/** How an evaluation ended. */
public sealed interface Outcome {
  /** With a value; empty data for a function without result. */
  record Value(Data data) implements Outcome {}

  /** With an error; the innermost call first. */
  record Failed(String message, List<TraceEntry> trace) implements Outcome {}

  /** By a call of {@code exit}. */
  record Exited(int status) implements Outcome {}
}
