package sx.comptime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.ir.Function;
import sx.type.Type;
import sx.type.Types;

/**
 * C functions that write to the standard streams or end the process: they go to the streams of
 * {@link VmOptions} (ct.env.6) and end the evaluation.
 */
final class OutputCalls {
  private OutputCalls() {}

  static void addTo(Map<String, HostFunction> services) {
    services.put("puts", OutputCalls::putLine);
    services.put("putchar", OutputCalls::putCharacter);
    services.put("fflush", (e, a) -> 0);
    services.put("exit", (e, a) -> exit((int) a[0] & 0xff));
    services.put("_exit", (e, a) -> exit((int) a[0] & 0xff));
    services.put("_Exit", (e, a) -> exit((int) a[0] & 0xff));
    services.put("abort", (e, a) -> abort());
  }

  /** Functions whose effect depends on their arguments or that have a variadic tail. */
  static Optional<HostFunction> formatted(
      String symbol, HostCalls calls, Function f, List<Type> argTypes) {
    return switch (symbol) {
      case "write" -> {
        HostFunction other = calls.link(symbol, f, argTypes);
        yield Optional.of((e, a) -> isStandard(a[0]) ? write(e, a) : other.call(e, a));
      }
      case "printf" -> Optional.of(printf(calls, argTypes));
      default -> Optional.empty();
    };
  }

  private static boolean isStandard(long descriptor) {
    return descriptor == 1 || descriptor == 2;
  }

  private static long write(Evaluation e, long[] a) {
    put(e, a[0], e.read(a[1], a[2]));
    return a[2];
  }

  static void put(Evaluation e, long descriptor, byte[] bytes) {
    VmOptions options = e.vm().options();
    OutputStream stream = descriptor == 1 ? options.out() : options.err();
    try {
      stream.write(bytes);
      stream.flush();
    } catch (IOException x) {
      throw new Trap("cannot write: " + x.getMessage());
    }
  }

  private static long putLine(Evaluation e, long[] a) {
    put(e, 1, e.read(a[0], MemoryCalls.length(e, a[0])));
    put(e, 1, new byte[] {'\n'});
    return 1;
  }

  private static long putCharacter(Evaluation e, long[] a) {
    put(e, 1, new byte[] {(byte) a[0]});
    return a[0] & 0xff;
  }

  /** Formats with the C library's {@code snprintf}, once for the length and once for the text. */
  private static HostFunction printf(HostCalls calls, List<Type> argTypes) {
    List<Type> types = new ArrayList<>(List.of(Types.VOID_POINTER, Types.USIZE));
    types.addAll(argTypes);
    Function snprintf =
        new Function(
            "snprintf",
            types.subList(0, 3),
            Types.I32,
            true,
            Optional.of("snprintf"),
            Optional.empty(),
            f -> {
              throw new IllegalStateException("no body");
            });
    HostFunction format = calls.link("snprintf", snprintf, types);
    return (e, a) -> {
      long[] args = new long[a.length + 2];
      System.arraycopy(a, 0, args, 2, a.length);
      long length = format.call(e, args);
      args[0] = e.heap().allocate(length + 1);
      args[1] = length + 1;
      format.call(e, args);
      put(e, 1, e.read(args[0], length));
      e.heap().free(args[0]);
      return length;
    };
  }

  private static long exit(int status) {
    throw new ExitRequest(status);
  }

  private static long abort() {
    throw new Trap("abort was called");
  }
}
