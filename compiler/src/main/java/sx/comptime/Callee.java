package sx.comptime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.List;
import java.util.Optional;
import sx.ir.Function;
import sx.type.Type;

/** A function as calls see it: decoded, or bound to the host, when it is first called. */
final class Callee {
  private final Function function;
  private final List<Type> argTypes;
  private Optional<Code> code = Optional.empty();
  private Optional<HostFunction> host = Optional.empty();
  private boolean triedTranslation;
  private Optional<MethodHandle> direct = Optional.empty();
  private Optional<MethodHandle> translation = Optional.empty();
  private Optional<MutableCallSite> site = Optional.empty();

  /**
   * @param argTypes the types of the arguments, those of a variadic tail included
   */
  Callee(Function function, List<Type> argTypes) {
    this.function = function;
    this.argTypes = argTypes;
  }

  Callee(Function function) {
    this(function, function.params());
  }

  Function function() {
    return function;
  }

  /** Whether it is defined outside. */
  boolean isHost() {
    return function.isExtern() || function.isAssembly();
  }

  /** The decoded body. */
  Code code(Vm vm) {
    if (code.isEmpty()) {
      code = Optional.of(vm.decode(function));
    }
    return code.get();
  }

  /** Whether calls go to a translation. */
  boolean isTranslated() {
    return translation.isPresent();
  }

  /** Translates it, unless that was tried before. */
  void translate(Vm vm) {
    if (triedTranslation) {
      return;
    }
    triedTranslation = true;
    Optional<MethodHandle> made = vm.translations().function(code(vm));
    if (made.isPresent()) {
      int params = function.params().size();
      translation = Optional.of(made.get().asSpreader(long[].class, params));
      direct = made;
      site.ifPresent(s -> s.setTarget(made.get()));
    }
  }

  /** Has calls from the interpreter stay there; translated code that runs goes on as it is. */
  void forgetTranslation() {
    triedTranslation = true;
    translation = Optional.empty();
  }

  /** Calls the translation. */
  long callTranslated(Interpreter interpreter, long sp, long[] args) {
    try {
      return (long) translation.orElseThrow().invokeExact(interpreter, sp, args);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  /** The call site of all calls in translated code. */
  MutableCallSite site(MethodType type) {
    if (site.isEmpty()) {
      MutableCallSite made = Translations.unlinked(this, type);
      site = Optional.of(made);
      direct.ifPresent(made::setTarget);
    }
    return site.get();
  }

  /** Its implementation outside. */
  HostFunction host(HostCalls calls) {
    if (host.isEmpty()) {
      host = Optional.of(calls.bind(function, argTypes));
    }
    return host.get();
  }
}
