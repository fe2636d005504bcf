package sx.mutation;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The first lines of stack traces: enough to find the place. */
final class Traces {
  private static final int LINES = 25;

  private Traces() {}

  static String of(Throwable fault) {
    return fault + "\n" + of(fault.getStackTrace());
  }

  static String of(Thread thread) {
    return of(thread.getStackTrace());
  }

  private static String of(StackTraceElement[] frames) {
    Stream<String> lines = Arrays.stream(frames).limit(LINES).map(f -> "    at " + f);
    return lines.collect(Collectors.joining("\n"));
  }
}
