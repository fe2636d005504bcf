package sx.comptime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import sx.ir.IrBuilder;
import sx.type.Type;

/** A call of a C function in this process. */
final class Downcall implements HostFunction {
  private static final long COPY_ALIGNMENT = 16;

  private final MethodHandle handle;
  private final Errno errno;
  private final HostTypes types;
  private final Type[] args;
  private final Type result;
  private final boolean aggregateResult;

  Downcall(MethodHandle handle, Errno errno, HostTypes types, List<Type> args, Type result) {
    this.errno = errno;
    this.types = types;
    this.args = args.toArray(Type[]::new);
    this.result = result;
    this.aggregateResult = IrBuilder.hasResult(result) && types.isAggregate(result);
    int arity = this.args.length + (aggregateResult ? 1 : 0);
    this.handle =
        handle
            .asSpreader(Object[].class, arity)
            .asType(MethodType.methodType(Object.class, Object[].class));
  }

  @Override
  public long call(Evaluation evaluation, long[] registers) {
    int first = aggregateResult ? 1 : 0;
    Object[] values = new Object[args.length + first];
    if (aggregateResult) {
      values[0] =
          (SegmentAllocator)
              (size, align) ->
                  MemorySegment.ofAddress(evaluation.heap().permanent(size, align))
                      .reinterpret(size);
    }
    for (int i = 0; i < args.length; i++) {
      long register = passed(evaluation, registers[i], args[i]);
      values[i + first] =
          args[i] instanceof Type.Array ? (Object) register : types.toHost(args[i], register);
    }
    errno.restore();
    Object value = invoke(values);
    evaluation.throwFailure();
    if (value instanceof MemorySegment aggregate) {
      return aggregate.address();
    }
    return value == null ? 0 : types.fromHost(result, value);
  }

  private Object invoke(Object[] values) {
    try {
      return (Object) handle.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  /**
   * A function of the program goes to C as code that C can call, an array as the address of a copy
   * (ffi.map.3).
   */
  private long passed(Evaluation evaluation, long register, Type type) {
    if (type instanceof Type.Array) {
      MemorySegment array = (MemorySegment) types.toHost(type, register);
      long copy = evaluation.heap().permanent(array.byteSize(), COPY_ALIGNMENT);
      MemorySegment.ofAddress(copy).reinterpret(array.byteSize()).copyFrom(array);
      return copy;
    }
    Functions functions = evaluation.vm().functions();
    return type.isAddress() && functions.isFunction(register)
        ? evaluation.codeFor(functions.functionAt(register))
        : register;
  }
}
