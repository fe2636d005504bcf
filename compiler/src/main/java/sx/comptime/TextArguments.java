package sx.comptime;

import java.util.Arrays;
import java.util.List;
import sx.type.Type;
import sx.type.Types;

/** Passes only the data pointer of strings and slices to an extern function (ffi.str.3). */
final class TextArguments implements HostFunction {
  private final List<Type> types;
  private final HostFunction function;

  TextArguments(List<Type> types, HostFunction function) {
    this.types = types;
    this.function = function;
  }

  static boolean isReduced(Type type) {
    return type instanceof Type.Str || type instanceof Type.Slice;
  }

  /** The types that C sees. */
  static List<Type> reduced(List<Type> types) {
    return types.stream().map(t -> isReduced(t) ? Types.VOID_POINTER : t).toList();
  }

  @Override
  public long call(Evaluation evaluation, long[] registers) {
    long[] passed = registers.clone();
    for (int i = 0; i < passed.length && i < types.size(); i++) {
      if (isReduced(types.get(i))) {
        long data = Raw.getLong(registers[i]);
        long length = Raw.getLong(registers[i] + 8);
        passed[i] =
            types.get(i) instanceof Type.Str && !isTerminated(evaluation, data, length)
                ? terminated(evaluation, data, length)
                : data;
      }
    }
    return function.call(evaluation, passed);
  }

  private static boolean isTerminated(Evaluation evaluation, long data, long length) {
    if (data == 0) {
      return true;
    }
    try {
      return evaluation.read(data + length, 1)[0] == 0;
    } catch (Trap t) {
      return false;
    }
  }

  /** A copy with a zero byte behind it (ffi.ct.3). */
  private static long terminated(Evaluation evaluation, long data, long length) {
    byte[] bytes = evaluation.read(data, length);
    return evaluation.store(Arrays.copyOf(bytes, bytes.length + 1));
  }
}
