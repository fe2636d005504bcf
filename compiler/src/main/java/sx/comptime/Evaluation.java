package sx.comptime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;

/**
 * One evaluation: its stack, its heap and its own copy of the program's variables, all gone when it
 * ends (ct.env.3, ct.env.5).
 */
public final class Evaluation implements AutoCloseable {
  private final Vm vm;
  private final long start;
  private final long stackEnd;
  private final Heap heap;
  private final Map<Global, Long> globals = new HashMap<>();
  private final Interpreter interpreter;
  private final Arena stubs = Arena.ofShared();
  private final Map<Function, MemorySegment> codes = new HashMap<>();
  private @Nullable Throwable failure;

  /**
   * @param start the first address that is free
   */
  Evaluation(Vm vm, long start) {
    this.vm = vm;
    this.start = start;
    this.stackEnd = start + Math.min(vm.options().stack(), (vm.memory().end() - start) / 4);
    this.heap = new Heap(stackEnd, vm.memory().end(), vm.options().memory());
    this.interpreter = new Interpreter(vm, this);
  }

  long stackStart() {
    return start;
  }

  long stackEnd() {
    return stackEnd;
  }

  /** Where a nested evaluation may begin. */
  long top() {
    return Memory.roundUp(heap.top(), 4096);
  }

  Vm vm() {
    return vm;
  }

  Heap heap() {
    return heap;
  }

  Interpreter interpreter() {
    return interpreter;
  }

  /**
   * The address of a global in this evaluation; it gets memory and content when first asked for.
   */
  long address(Global g) {
    Long known = globals.get(g);
    if (known != null) {
      return known;
    }
    if (g.externSymbol().isPresent()) {
      long found = vm.hostCalls().symbolAddress(g.externSymbol().get());
      globals.put(g, found);
      return found;
    }
    if (vm.constants().isConstant(g)) {
      return vm.constants().address(g);
    }
    long size = vm.program().layout().size(g.type());
    long at =
        heap.permanent(Math.max(size, 1), Math.max(16, vm.program().layout().align(g.type())));
    globals.put(g, at);
    g.initial().ifPresent(d -> fill(at, d));
    return at;
  }

  private void fill(long at, Data data) {
    Raw.put(at, data.bytes());
    for (Data.Relocation r : data.relocations()) {
      Raw.putLong(at + r.offset(), address(r.target()) + r.addend());
    }
  }

  private long address(Data.Symbol target) {
    return switch (target) {
      case Function f -> vm.functions().address(f);
      case Global g -> address(g);
    };
  }

  /** Checks that memory may be read or written; fails the evaluation if not. */
  public void requireAccess(long address, long bytes, boolean write) {
    vm.memory().require(address, bytes, write);
  }

  /** Copies bytes out of the evaluation. */
  public byte[] read(long address, long bytes) {
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new Trap("a block of " + bytes + " bytes is too large");
    }
    requireAccess(address, bytes, false);
    return Raw.bytes(address, (int) bytes);
  }

  /** Memory with these bytes, available until the evaluation ends. */
  public long store(byte[] bytes) {
    long at = heap.permanent(Math.max(1, bytes.length), 16);
    Raw.put(at, bytes);
    return at;
  }

  /** Code under which C can call a function of the program until the evaluation ends. */
  long codeFor(Function f) {
    return codes.computeIfAbsent(f, k -> Upcall.stub(this, k, stubs)).address();
  }

  /** Whether a function that C called has failed. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Keeps what went wrong in a function that C called. */
  void failLater(Throwable thrown) {
    failure = thrown;
  }

  /** Throws what was kept. */
  void throwFailure() {
    Throwable kept = failure;
    failure = null;
    switch (kept) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  /** The names of the functions that run, outermost first; see {@link Vm#keepFrames}. */
  public List<String> activeFunctions() {
    return interpreter.activeFunctions();
  }

  /** Writes text where the evaluated code's own goes (ct.env.6). */
  public void print(String text) {
    OutputCalls.put(this, 1, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the evaluation for a reason that a host function found. */
  public RuntimeException fail(String message) {
    return new Trap(message);
  }

  @Override
  public void close() {
    stubs.close();
    // The stack of the next evaluation overwrites what this one's leaves behind, before it reads
    // it;
    // that of a nested one may become the heap of the one around it.
    boolean outermost = start == vm.memory().evaluationsStart();
    vm.memory().release(outermost ? stackEnd : start, heap.top());
  }
}
