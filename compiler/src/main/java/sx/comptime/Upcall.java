package sx.comptime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import sx.ir.Function;
import sx.ir.IrBuilder;
import sx.type.Type;

/**
 * A function of the program that C calls during an evaluation (ffi.ct.1). What goes wrong in it
 * cannot pass through C: it is kept and thrown when the call into C returns.
 */
final class Upcall {
  private final Evaluation evaluation;
  private final Callee callee;
  private final Function function;
  private final HostTypes types;

  private Upcall(Evaluation evaluation, Function function) {
    this.evaluation = evaluation;
    this.function = function;
    this.callee = evaluation.vm().functions().of(function);
    this.types = new HostTypes(evaluation.vm().program());
  }

  /** Code that C can call; it lives as long as the arena. */
  static MemorySegment stub(Evaluation evaluation, Function function, Arena arena) {
    return new Upcall(evaluation, function).stub(arena);
  }

  private MemorySegment stub(Arena arena) {
    List<Type> params = function.params();
    MemoryLayout[] layouts = params.stream().map(types::layout).toArray(MemoryLayout[]::new);
    FunctionDescriptor descriptor =
        IrBuilder.hasResult(function.result())
            ? FunctionDescriptor.of(types.layout(function.result()), layouts)
            : FunctionDescriptor.ofVoid(layouts);
    MethodHandle handle;
    try {
      handle =
          MethodHandles.lookup()
              .bind(this, "call", MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    MethodHandle typed =
        handle.asCollector(Object[].class, params.size()).asType(descriptor.toMethodType());
    return Linker.nativeLinker().upcallStub(typed, descriptor, arena);
  }

  /** Entered from C. */
  @SuppressWarnings({"unused", "UnusedMethod", "EffectivelyPrivate"}) // by the method handle
  Object call(Object[] values) {
    long result = 0;
    if (!evaluation.hasFailed()) {
      try {
        result = evaluation.interpreter().callBack(callee, registers(values));
      } catch (RuntimeException | Error e) {
        evaluation.failLater(e);
      }
    }
    Type type = function.result();
    if (!IrBuilder.hasResult(type)) {
      return 0L;
    }
    if (types.isAggregate(type) && result == 0) {
      long size = evaluation.vm().program().layout().size(type);
      return types.toHost(type, evaluation.heap().permanent(Math.max(size, 1), 16));
    }
    return types.toHost(type, result);
  }

  private long[] registers(Object[] values) {
    long[] registers = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      Type type = function.params().get(i);
      if (values[i] instanceof MemorySegment s) {
        byte[] bytes = s.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        registers[i] = evaluation.store(bytes);
      } else {
        registers[i] = types.fromHost(type, values[i]);
      }
    }
    return registers;
  }
}
