package sx.comptime;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The functions and loops of one machine that have been translated, see {@link Translator}. */
final class Translations {
  /** The Java machine does not compile longer methods. */
  private static final int LONGEST = 8000;

  private static final int MOST_PARAMS = 120;
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final Memory memory;
  private final IdentityHashMap<Code, Map<Integer, Optional<MethodHandle>>> loops =
      new IdentityHashMap<>();

  Translations(Memory memory) {
    this.memory = memory;
  }

  /**
   * The method for a call: interpreter, native stack, parameters; empty if it would be too long.
   */
  Optional<MethodHandle> function(Code code) {
    return code.params() > MOST_PARAMS ? Optional.empty() : define(code, -1);
  }

  /** The method that goes on at a block with the registers of a frame; empty if too long. */
  Optional<MethodHandle> loop(Code code, int entry) {
    return loops
        .computeIfAbsent(code, c -> new HashMap<>())
        .computeIfAbsent(entry, e -> define(code, e));
  }

  private Optional<MethodHandle> define(Code code, int entry) {
    Translator translator = new Translator(code, memory, entry);
    byte[] bytes;
    try {
      bytes = translator.translate();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Longer than any method can be.
    }
    if (length(bytes) > LONGEST) {
      return Optional.empty();
    }
    try {
      MethodHandles.Lookup made =
          LOOKUP.defineHiddenClassWithClassData(bytes, translator.data(), true);
      MethodType type =
          MethodType.fromMethodDescriptorString(
              Translator.type(code, entry < 0).descriptorString(),
              Translations.class.getClassLoader());
      return Optional.of(made.findStatic(made.lookupClass(), Translator.METHOD, type));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int length(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().getFirst().code().stream()
        .mapToInt(c -> ((CodeAttribute) c).codeLength())
        .sum();
  }

  /** Links a call in translated code; the call site follows the callee's translation. */
  static CallSite link(MethodHandles.Lookup caller, String name, MethodType type, int index)
      throws IllegalAccessException {
    return MethodHandles.classDataAt(caller, "_", Callee.class, index).site(type);
  }

  /** A call site that goes through the interpreter until the callee is translated. */
  static MutableCallSite unlinked(Callee callee, MethodType type) {
    try {
      MethodHandle bridge =
          LOOKUP.findVirtual(
              Interpreter.class,
              "bridge",
              MethodType.methodType(long.class, Callee.class, long.class, long[].class));
      MethodHandle bound = MethodHandles.insertArguments(bridge, 1, callee);
      int params = type.parameterCount() - 2;
      return new MutableCallSite(bound.asCollector(long[].class, params).asType(type));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
