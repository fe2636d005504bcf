package sx.comptime;

import java.util.List;

/**
 * Removes moves between slots that live in registers and the values read from or written to them,
 * and operations whose results are not used. Works within blocks, over short distances.
 */
final class Coalescing {
  private static final int WINDOW = 100;

  private final Emission out;
  private final int params;
  private final int[] uses;

  Coalescing(Emission out, int params) {
    this.out = out;
    this.params = params;
    this.uses = new int[out.registers()];
  }

  void run() {
    out.blocks.forEach(b -> b.forEach(m -> count(m, 1)));
    dropUnused();
    for (List<Micro> block : out.blocks) {
      for (int i = 0; i < block.size(); i++) {
        if (isMove(block.get(i))) {
          useSourceInstead(block, i);
        }
      }
      for (int i = 0; i < block.size(); i++) {
        if (isMove(block.get(i))) {
          defineTargetInstead(block, i);
        }
      }
      block.removeIf(m -> m.dropped);
    }
  }

  private static boolean isMove(Micro m) {
    return m.op == Op.MOVE && !m.dropped;
  }

  private void count(Micro m, int by) {
    for (int s : m.sources) {
      if (s >= 0) {
        uses[s] += by;
      }
    }
  }

  /** Backward, so that a chain of unused results goes at once; blocks later in order go first. */
  private void dropUnused() {
    for (List<Micro> block : out.blocks.reversed()) {
      for (Micro m : block.reversed()) {
        if (m.pure && uses[m.result] == 0) {
          m.dropped = true;
          count(m, -1);
        }
      }
      block.removeIf(m -> m.dropped);
    }
  }

  /** {@code r = slot; ... use r} becomes {@code use slot} if the slot is not written before. */
  private void useSourceInstead(List<Micro> block, int at) {
    Micro move = block.get(at);
    int r = move.result;
    int slot = move.sources[0];
    if (!move.pure) {
      return;
    }
    int found = 0;
    int last = at;
    int end = Math.min(block.size(), at + WINDOW);
    for (int i = at + 1; i < end && found < uses[r]; i++) {
      Micro m = block.get(i);
      if (m.dropped) {
        continue;
      }
      for (int s : m.sources) {
        found += s == r ? 1 : 0;
      }
      last = i;
      if (m.result == slot) {
        break;
      }
    }
    if (found == uses[r]) {
      for (int i = at + 1; i <= last; i++) {
        replace(block.get(i), r, slot);
      }
      uses[slot] += found - 1;
      move.dropped = true;
    }
  }

  private static void replace(Micro m, int from, int to) {
    for (int i = 0; i < m.sources.length; i++) {
      if (m.sources[i] == from) {
        m.sources[i] = to;
      }
    }
  }

  /** {@code r = ...; slot = r} becomes {@code slot = ...} if the slot is not in use between. */
  private void defineTargetInstead(List<Micro> block, int at) {
    Micro move = block.get(at);
    int r = move.sources[0];
    int slot = move.result;
    if (r < params || uses[r] != 1) {
      return;
    }
    for (int i = at - 1; i >= Math.max(0, at - WINDOW); i--) {
      Micro m = block.get(i);
      if (m.dropped) {
        continue;
      }
      if (m.result == r) {
        m.result = slot;
        move.dropped = true;
        return;
      }
      if (m.result == slot || m.reads(slot)) {
        return;
      }
    }
  }
}
