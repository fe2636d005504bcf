package sx.comptime;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * C functions whose arguments say what else they read: checked before the call, since a wrong
 * address there would end the compiler's process (ct.env.9).
 */
final class CallGuards {
  /** The position of the format among the arguments. */
  private static final Map<String, Integer> FORMATS =
      Map.of("printf", 0, "sprintf", 1, "fprintf", 1, "dprintf", 1, "snprintf", 2, "asprintf", 1);

  /** The position of the function that is called back for each element. */
  private static final Map<String, Integer> CALLBACKS = Map.of("qsort", 3, "bsearch", 4);

  private CallGuards() {}

  /** The function with its check before it, if it needs one. */
  static HostFunction guarded(String symbol, HostFunction function) {
    Optional<HostFunction> check = check(symbol);
    if (check.isEmpty()) {
      return function;
    }
    return (e, a) -> {
      check.get().call(e, a);
      return function.call(e, a);
    };
  }

  private static Optional<HostFunction> check(String symbol) {
    Integer format = FORMATS.get(symbol);
    if (format != null) {
      return Optional.of((e, a) -> format(e, a, format));
    }
    Integer callback = CALLBACKS.get(symbol);
    return Optional.ofNullable(callback).map(at -> (e, a) -> callback(a, at));
  }

  private static long callback(long[] args, int at) {
    if (at < args.length && args[at] == 0) {
      throw new Trap("call through null");
    }
    return 0;
  }

  /** Walks over a format and asks for what its conversions read. */
  private static long format(Evaluation e, long[] args, int at) {
    if (at >= args.length) {
      return 0;
    }
    long length = MemoryCalls.length(e, args[at]);
    String text = new String(e.read(args[at], length), StandardCharsets.ISO_8859_1);
    int next = at + 1;
    for (int i = text.indexOf('%'); i >= 0 && i + 1 < text.length(); i = text.indexOf('%', i + 1)) {
      i++;
      while (i < text.length() && "-+ #0123456789.*hlLqjzt'".indexOf(text.charAt(i)) >= 0) {
        next += text.charAt(i) == '*' ? 1 : 0;
        i++;
      }
      char conversion = i < text.length() ? text.charAt(i) : '%';
      if (conversion == '%') {
        continue;
      }
      if (next >= args.length) {
        throw new Trap("the format asks for more arguments than there are");
      }
      if (conversion == 's' && args[next] != 0) {
        MemoryCalls.length(e, args[next]);
      } else if (conversion == 'n') {
        e.requireAccess(args[next], 4, true);
      }
      next++;
    }
    return 0;
  }
}
