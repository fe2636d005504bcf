package sx.comptime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sx.ir.Function;
import sx.ir.Global;
import sx.source.Span;

/**
 * Gives virtual registers their places in the frame and writes the operations out. Parameters come
 * first, then constants; a register that only one block uses shares its place with others.
 */
final class Assembler {
  private static final int UNPLACED = -1;
  private static final int SHARED = -2;

  private final Emission in;
  private final Function function;
  private final int[] places;
  private final int[] homes;
  private final int[] lastMention;
  private final Deque<Integer> free = new ArrayDeque<>();
  private final List<Span> spans = new ArrayList<>();
  private int frame;
  private int[] ops = new int[64];
  private int size;
  private int[] positions = new int[16];

  Assembler(Emission in, Function function) {
    this.in = in;
    this.function = function;
    this.places = new int[in.registers()];
    this.homes = new int[in.registers()];
    this.lastMention = new int[in.registers()];
  }

  Code assemble() {
    long[] constants = placeFixed();
    findHomes();
    BitSet shared = new BitSet();
    for (int r = 0; r < homes.length; r++) {
      shared.set(r, homes[r] == SHARED);
    }
    int[] starts = new int[in.blocks.size()];
    List<int[]> patches = new ArrayList<>();
    for (int b = 0; b < starts.length; b++) {
      starts[b] = size;
      List<Micro> block = in.blocks.get(b);
      for (int i = 0; i < block.size(); i++) {
        write(block.get(i), i, patches);
      }
    }
    int epilogue = size;
    emit(Op.RETURN);
    emit(frame);
    frame++;
    for (int[] patch : patches) {
      ops[patch[0]] = starts[patch[1]];
    }
    return new Code(
        function,
        Arrays.copyOf(ops, size),
        constants,
        function.params().size(),
        frame,
        epilogue,
        in.frameSize(),
        in.frameAlign() - 1,
        in.callees.toArray(Callee[]::new),
        in.signatures.toArray(Code.Signature[]::new),
        in.globals.toArray(Global[]::new),
        in.switches.stream().map(t -> patched(t, starts)).toArray(Code.SwitchTable[]::new),
        Arrays.copyOf(positions, spans.size()),
        spans.toArray(Span[]::new),
        new Code.Source(
            in.blocks,
            starts,
            places,
            shared,
            in.constants.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)),
            in.switches.toArray(Code.SwitchTable[]::new)));
  }

  private static Code.SwitchTable patched(Code.SwitchTable t, int[] starts) {
    return new Code.SwitchTable(
        t.values(),
        Arrays.stream(t.targets()).map(b -> starts[b]).toArray(),
        starts[t.otherwise()]);
  }

  private long[] placeFixed() {
    Arrays.fill(places, UNPLACED);
    frame = function.params().size();
    for (int p = 0; p < frame; p++) {
      places[p] = p;
    }
    long[] constants = new long[in.constants.size()];
    int first = frame;
    List<Map.Entry<Long, Integer>> inOrder = new ArrayList<>(in.constants.entrySet());
    inOrder.sort(Map.Entry.comparingByValue());
    for (Map.Entry<Long, Integer> c : inOrder) {
      constants[frame - first] = c.getKey();
      places[c.getValue()] = frame++;
    }
    return constants;
  }

  /**
   * For each register the one block that mentions it, or {@link #SHARED}, and where it does last.
   */
  private void findHomes() {
    Arrays.fill(homes, UNPLACED);
    Arrays.fill(homes, 0, function.params().size(), SHARED);
    in.constants.values().forEach(c -> homes[c] = SHARED);
    for (int b = 0; b < in.blocks.size(); b++) {
      List<Micro> block = in.blocks.get(b);
      for (int i = 0; i < block.size(); i++) {
        for (int s : block.get(i).sources) {
          mention(s, b, i);
        }
        mention(block.get(i).result, b, i);
      }
    }
  }

  private void mention(int register, int block, int index) {
    if (register >= 0) {
      boolean local = homes[register] == UNPLACED || homes[register] == block;
      homes[register] = local ? block : SHARED;
      lastMention[register] = index;
    }
  }

  private void write(Micro m, int index, List<int[]> patches) {
    if (spans.size() == positions.length) {
      positions = Arrays.copyOf(positions, positions.length * 2);
    }
    positions[spans.size()] = size;
    spans.add(m.span);
    emit(m.op);
    int[] sources = new int[m.sources.length];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = m.sources[i] < 0 ? -1 : place(m.sources[i]);
    }
    for (int s : m.sources) {
      release(s, index);
    }
    if (m.result >= 0) {
      emit(place(m.result));
      release(m.result, index);
    }
    for (int n : m.numbers) {
      emit(n);
    }
    for (int s : sources) {
      emit(s);
    }
    for (int t : m.targets) {
      patches.add(new int[] {size, t});
      emit(0);
    }
  }

  private int place(int register) {
    if (places[register] == UNPLACED) {
      boolean reuse = homes[register] != SHARED && !free.isEmpty();
      places[register] = reuse ? free.pop() : frame++;
    }
    return places[register];
  }

  /** Lets others have the place of a local register behind its last mention. */
  private void release(int register, int index) {
    if (register >= 0 && homes[register] != SHARED && lastMention[register] == index) {
      homes[register] = SHARED;
      free.push(places[register]);
    }
  }

  private void emit(int word) {
    if (size == ops.length) {
      ops = Arrays.copyOf(ops, size * 2);
    }
    ops[size++] = word;
  }
}
