package sx.comptime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sx.ir.Global;
import sx.source.Span;

/** The micro-operations of a function in the making, and the tables that they refer to. */
final class Emission {
  final List<List<Micro>> blocks = new ArrayList<>();
  final List<Callee> callees = new ArrayList<>();
  final List<Code.Signature> signatures = new ArrayList<>();
  final List<Global> globals = new ArrayList<>();
  final List<Code.SwitchTable> switches = new ArrayList<>();
  final Map<Long, Integer> constants = new HashMap<>();
  private final Map<Callee, Integer> calleeNumbers = new HashMap<>();
  private final Map<Global, Integer> globalNumbers = new HashMap<>();
  private int registers;
  private long frameSize;
  private long frameAlign = 16;
  private Span span;

  Emission(int registers, Span span) {
    this.registers = registers;
    this.span = span;
  }

  void startBlock() {
    blocks.add(new ArrayList<>());
  }

  void at(Span place) {
    span = place;
  }

  int registers() {
    return registers;
  }

  int newRegister() {
    return registers++;
  }

  /** The register that always holds a number. */
  int constant(long value) {
    return constants.computeIfAbsent(value, v -> newRegister());
  }

  /** Reserves bytes in the native frame; their offset. */
  int area(long size, long align) {
    frameAlign = Math.max(frameAlign, align);
    long at = Memory.roundUp(frameSize, Math.max(align, 1));
    frameSize = at + size;
    if (frameSize > 1L << 30) {
      throw new Trap("the locals of a function are larger than 1 GiB");
    }
    return (int) at;
  }

  long frameSize() {
    return Memory.roundUp(frameSize, 16);
  }

  long frameAlign() {
    return frameAlign;
  }

  int callee(Callee c) {
    return calleeNumbers.computeIfAbsent(c, x -> append(callees, x));
  }

  int global(Global g) {
    return globalNumbers.computeIfAbsent(g, x -> append(globals, x));
  }

  int signature(Code.Signature s) {
    return append(signatures, s);
  }

  /** A table whose targets are block numbers for now. */
  int switchTable(Code.SwitchTable t) {
    return append(switches, t);
  }

  private static <T> int append(List<T> list, T element) {
    list.add(element);
    return list.size() - 1;
  }

  /** An operation that can be left out when its result is not used. */
  void pure(int op, int result, int[] numbers, int... sources) {
    add(new Micro(op, result, numbers, sources, Micro.NONE, true, span));
  }

  void effect(int op, int result, int[] numbers, int... sources) {
    add(new Micro(op, result, numbers, sources, Micro.NONE, false, span));
  }

  void end(int op, int[] sources, int... targets) {
    add(new Micro(op, Micro.NO_RESULT, Micro.NONE, sources, targets, false, span));
  }

  private void add(Micro m) {
    blocks.getLast().add(m);
  }

  static int[] numbers(int... all) {
    return all;
  }
}
