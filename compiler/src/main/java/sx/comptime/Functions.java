package sx.comptime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.ir.Function;
import sx.type.Type;

/**
 * Functions as values: each has an address that no memory has, so that it can be stored, compared
 * and called, and that reading through it fails.
 */
final class Functions {
  private static final long FIRST = 0x00f0_0000_0000_0000L;
  private static final int SPACING = 16;

  private final Map<Function, Integer> numbers = new HashMap<>();
  private final List<Callee> callees = new ArrayList<>();

  /** The callee of direct calls. */
  Callee of(Function f) {
    return callees.get(number(f));
  }

  long address(Function f) {
    return FIRST + (long) number(f) * SPACING;
  }

  /** Whether an address is in the range of functions. */
  boolean isFunction(long address) {
    long n = (address - FIRST) / SPACING;
    return address >= FIRST && n < callees.size() && (address - FIRST) % SPACING == 0;
  }

  /** What a call through an address calls: a function of the program or one of the host. */
  Callee at(long address, Code.Signature signature) {
    if (!isFunction(address)) {
      return foreign(address, signature);
    }
    Callee known = callees.get((int) ((address - FIRST) / SPACING));
    if (known.function().params().size() == signature.args().length) {
      return known;
    }
    if (!known.function().variadic()) {
      throw new Trap("call of " + known.function().name() + " with another number of arguments");
    }
    return new Callee(known.function(), List.of(signature.args()));
  }

  /** The function at an address for which {@link #isFunction} holds. */
  Function functionAt(long address) {
    return callees.get((int) ((address - FIRST) / SPACING)).function();
  }

  private static Callee foreign(long address, Code.Signature signature) {
    if (address == 0) {
      throw new Trap("call through null");
    }
    List<Type> args = List.of(signature.args());
    String symbol = HostCalls.ADDRESS_PREFIX + Long.toHexString(address);
    return new Callee(
        new Function(
            symbol,
            args,
            signature.result(),
            false,
            Optional.of(symbol),
            Optional.empty(),
            f -> {
              throw new IllegalStateException("no body");
            }),
        args);
  }

  /** From now on calls that are not yet running go through the interpreter. */
  void forgetTranslations() {
    callees.forEach(Callee::forgetTranslation);
  }

  private int number(Function f) {
    Integer known = numbers.get(f);
    if (known != null) {
      return known;
    }
    numbers.put(f, callees.size());
    callees.add(new Callee(f));
    return callees.size() - 1;
  }
}
