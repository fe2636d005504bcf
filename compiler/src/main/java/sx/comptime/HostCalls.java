package sx.comptime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.ir.Function;
import sx.ir.IrBuilder;
import sx.type.Type;

/**
 * The one way from evaluated code to the outside (ffi.ct): services of the compiler, functions that
 * must not run as they are, and the C functions of the host.
 */
final class HostCalls {
  /** Before the hexadecimal address of a C function that was reached through a pointer. */
  static final String ADDRESS_PREFIX = "0x";

  /** Would take the compiler's process down or apart. */
  private static final Set<String> REFUSED =
      Set.of(
          "fork",
          "vfork",
          "clone",
          "execv",
          "execve",
          "execvp",
          "execl",
          "execlp",
          "execle",
          "setjmp",
          "_setjmp",
          "sigsetjmp",
          "longjmp",
          "siglongjmp",
          "pthread_create",
          "pthread_exit");

  private final Vm vm;
  private final Map<String, HostFunction> services = new HashMap<>();

  /** Services of the compiler, which take strings as they are. */
  private final Set<String> provided = new HashSet<>();

  private final HostSymbols symbols;
  private final SymbolLookup lookup;

  /** The evaluation whose code the cells of the C units lead to. */
  private @Nullable Evaluation cellsOwner;

  private int filledCells;

  private final Errno errno = new Errno();

  HostCalls(Vm vm) {
    this.vm = vm;
    this.symbols = vm.options().symbols();
    this.lookup =
        ((SymbolLookup) symbols::findInLibraries)
            .or(Linker.nativeLinker().defaultLookup())
            .or(SymbolLookup.loaderLookup())
            .or(HostCalls::findInMaths);
    MemoryCalls.addTo(services);
    OutputCalls.addTo(services);
    services.put(Errno.LOCATION, (_, _) -> errno.address());
  }

  /** The maths functions are a library of their own on some systems. */
  static Optional<MemorySegment> findInMaths(String symbol) {
    try {
      return SymbolLookup.libraryLookup("libm.so.6", Arena.global()).find(symbol);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Not on this system: they are in the C library then.
    }
  }

  void provide(String symbol, HostFunction service) {
    services.put(symbol, service);
    provided.add(symbol);
  }

  /** The address of a variable of the host. */
  long symbolAddress(String symbol) {
    return find(symbol).address();
  }

  /**
   * The implementation of an extern function for arguments of these types.
   *
   * @throws Trap if there is none
   */
  HostFunction bind(Function f, List<Type> argTypes) {
    if (f.isNaked()) {
      throw new Trap(Vm.NAKED_CALL);
    }
    if (f.isAssembly()) {
      return ofUnit(link(assembled(f), f, argTypes));
    }
    String name = f.externSymbol().orElseThrow();
    boolean whole = name.startsWith(ADDRESS_PREFIX) || provided.contains(name);
    if (whole || argTypes.stream().noneMatch(TextArguments::isReduced)) {
      return bound(f, argTypes);
    }
    return new TextArguments(argTypes, bound(f, TextArguments.reduced(argTypes)));
  }

  private HostFunction bound(Function f, List<Type> argTypes) {
    String symbol = f.externSymbol().orElseThrow();
    Optional<MemorySegment> own =
        provided.contains(symbol) ? Optional.empty() : findInUnits(symbol);
    if (own.isPresent()) {
      return ofUnit(link(own.get(), f, argTypes));
    }
    Optional<Function> exported =
        provided.contains(symbol) ? Optional.empty() : symbols.exported(symbol);
    if (exported.isPresent()) {
      return ofProgram(exported.get(), f, argTypes);
    }
    HostFunction service = services.get(symbol);
    if (service != null) {
      return service;
    }
    if (REFUSED.contains(symbol)) {
      throw new Trap("'" + symbol + "' cannot be called at compile time");
    }
    Optional<HostFunction> printing = OutputCalls.formatted(symbol, this, f, argTypes);
    return CallGuards.guarded(symbol, printing.orElseGet(() -> link(find(symbol), f, argTypes)));
  }

  /** A function of a C unit, which may call what the program exports. */
  private HostFunction ofUnit(HostFunction function) {
    if (symbols.cells().isEmpty()) {
      return function;
    }
    return (evaluation, args) -> {
      if (cellsOwner != evaluation || filledCells != symbols.cells().size()) {
        symbols.cells().forEach(cell -> fill(evaluation, cell));
        cellsOwner = evaluation;
        filledCells = symbols.cells().size();
      }
      return function.call(evaluation, args);
    };
  }

  /** A function that the program exports, called as C calls it. */
  private HostFunction ofProgram(Function exported, Function f, List<Type> argTypes) {
    return (evaluation, args) -> {
      MemorySegment code = MemorySegment.ofAddress(evaluation.codeFor(exported));
      return link(code, f, argTypes).call(evaluation, args);
    };
  }

  private void fill(Evaluation evaluation, HostSymbols.Cell cell) {
    Function target =
        symbols
            .exported(cell.symbol())
            .orElseThrow(
                () ->
                    new Trap(
                        "C or assembly refers to '"
                            + cell.symbol()
                            + "', which nothing defines at compile time"));
    Raw.putLong(cell.address().address(), evaluation.codeFor(target));
  }

  private MemorySegment find(String symbol) {
    if (symbol.startsWith(ADDRESS_PREFIX)) {
      long address = Long.parseUnsignedLong(symbol.substring(ADDRESS_PREFIX.length()), 16);
      vm.memory().requireForeign(address, 1, false);
      return MemorySegment.ofAddress(address);
    }
    return findInUnits(symbol)
        .or(() -> lookup.find(symbol))
        .orElseThrow(
            () ->
                new Trap(
                    "the symbol '"
                        + symbol
                        + "' cannot be found at compile time; the binding may exist for the target"
                        + " only"));
  }

  private MemorySegment assembled(Function f) {
    try {
      return symbols.assembled(f);
    } catch (HostSymbols.Unavailable e) {
      throw new Trap(String.valueOf(e.getMessage()));
    }
  }

  private Optional<MemorySegment> findInUnits(String symbol) {
    try {
      return symbols.find(symbol);
    } catch (HostSymbols.Unavailable e) {
      throw new Trap(String.valueOf(e.getMessage()));
    }
  }

  /** A C function under its symbol, for callers in this package. */
  HostFunction link(String symbol, Function f, List<Type> argTypes) {
    return link(find(symbol), f, argTypes);
  }

  private HostFunction link(MemorySegment address, Function f, List<Type> argTypes) {
    HostTypes types = new HostTypes(vm.program());
    MemoryLayout[] layouts = argTypes.stream().map(types::layout).toArray(MemoryLayout[]::new);
    FunctionDescriptor descriptor =
        IrBuilder.hasResult(f.result())
            ? FunctionDescriptor.of(types.layout(f.result()), layouts)
            : FunctionDescriptor.ofVoid(layouts);
    Linker.Option[] options =
        f.variadic()
            ? new Linker.Option[] {
              Linker.Option.firstVariadicArg(f.params().size()), errno.option()
            }
            : new Linker.Option[] {errno.option()};
    MethodHandle handle = Linker.nativeLinker().downcallHandle(address, descriptor, options);
    return new Downcall(errno.bind(handle), errno, types, argTypes, f.result());
  }
}
