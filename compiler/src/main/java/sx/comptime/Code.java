package sx.comptime;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import sx.ir.Function;
import sx.ir.Global;
import sx.source.Span;
import sx.type.Type;

/**
 * The body of a function, decoded for the {@link Interpreter}: operations as in {@link Op}.
 *
 * <p>A frame holds the parameters, then the constants, then everything else.
 *
 * @param constants copied into each new frame behind the parameters
 * @param frame registers of a frame
 * @param epilogue the position of a return of the frame's last register
 * @param nativeSize bytes of slots and aggregates of a frame
 * @param nativeMask alignment of these bytes, minus one
 * @param callees what calls refer to by index
 * @param signatures what indirect and variadic calls refer to by index
 * @param positions where operations begin, ascending; their places in the source are {@code spans}
 * @param source what it was made from
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, read in the dispatch loop.
record Code(
    Function function,
    int[] ops,
    long[] constants,
    int params,
    int frame,
    int epilogue,
    long nativeSize,
    long nativeMask,
    Callee[] callees,
    Signature[] signatures,
    Global[] globals,
    SwitchTable[] switches,
    int[] positions,
    Span[] spans,
    Source source) {
  /** The types at one call site. */
  record Signature(Type result, Type[] args) {}

  /** Where a switch continues for which value; the values are ascending. */
  record SwitchTable(long[] values, int[] targets, int otherwise) {
    int target(long value) {
      int found = Arrays.binarySearch(values, value);
      return found >= 0 ? targets[found] : otherwise;
    }
  }

  /**
   * The same operations with virtual registers.
   *
   * @param starts the position of each block
   * @param places the place of each register in a frame, -1 for none
   * @param shared the registers that live in more than one block
   * @param constants the registers that are numbers
   * @param switches with block numbers as targets
   */
  record Source(
      List<List<Micro>> blocks,
      int[] starts,
      int[] places,
      BitSet shared,
      Map<Integer, Long> constants,
      SwitchTable[] switches) {
    boolean isShared(int register) {
      return shared.get(register) && !constants.containsKey(register);
    }

    /** The number of the first operation of a block among all. */
    int firstIndex(int block) {
      int index = 0;
      for (int b = 0; b < block; b++) {
        index += blocks.get(b).size();
      }
      return index;
    }

    /** Whether a block can be reached from another. */
    BitSet reachable(int from) {
      BitSet found = new BitSet();
      Deque<Integer> work = new ArrayDeque<>(List.of(from));
      while (!work.isEmpty()) {
        int b = work.pop();
        if (!found.get(b)) {
          found.set(b);
          Micro end = blocks.get(b).getLast();
          for (int t : end.targets) {
            work.push(t);
          }
          if (end.op == Op.SWITCH) {
            for (int t : switches[end.numbers[0]].targets) {
              work.push(t);
            }
            work.push(switches[end.numbers[0]].otherwise);
          }
        }
      }
      return found;
    }

    /** The block that begins at a position. */
    int blockAt(int position) {
      return Arrays.binarySearch(starts, position);
    }
  }

  /** The index of the case of a switch that a value takes; -1 for none. */
  int caseOf(int table, long value) {
    return Math.max(-1, Arrays.binarySearch(switches[table].values, value));
  }

  /** The source place of the operation that begins at or before a position. */
  Span spanAt(int position) {
    int found = Arrays.binarySearch(positions, position);
    int i = found >= 0 ? found : -found - 2;
    return i >= 0 ? spans[i] : function.body().span();
  }
}
