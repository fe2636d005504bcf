package sx.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** HashMap and IndexMap do what models of std.hmap and std.imap say. */
class MapsTest {
  private static final int OPERATIONS = 150;

  private static final String HASHED = "            case 10: { m.rehash(); }\n";

  private static final String INDEXED =
      """
                  case 10: { print("{} ", m.swap_remove(op.key)); }
                  case 11: { if e := m.pop() { print("{}:{} ", e.key, e.value); } }
                  case 12: { print("{} ", m.find_index(op.key)); }
      """;

  private record Op(int kind, long key, long val) {}

  private interface Model {
    /** What the program prints for an operation, before length and capacity. */
    String apply(Op op);

    /** What it prints then: the length, and the capacity where a rule gives it. */
    String state();
  }

  @Property(tries = 25, seed = "8", shrinking = ShrinkingMode.OFF)
  void hashMapsDoWhatTheModelDoes(@ForAll long seed) {
    check(new Random(seed), "HashMap", HASHED, new HashModel(), 11);
  }

  @Property(tries = 25, seed = "9", shrinking = ShrinkingMode.OFF)
  void indexMapsDoWhatTheModelDoes(@ForAll long seed) {
    check(new Random(seed), "IndexMap", INDEXED, new IndexModel(), 13);
  }

  private static void check(Random random, String type, String more, Model model, int kinds) {
    StringJoiner list = new StringJoiner(", ");
    StringBuilder expected = new StringBuilder();
    int keys = 4 + random.nextInt(60);
    for (int n = 0; n < OPERATIONS; n++) {
      int kind = random.nextInt(3) == 0 ? 0 : random.nextInt(kinds);
      long key = random.nextInt(keys) * (random.nextInt(20) == 0 ? -1L : 8L);
      Op op = new Op(kind, key, random.nextInt(40));
      list.add(".{ %d, %d, %d }".formatted(kind, op.key(), op.val()));
      expected.append(model.apply(op));
      expected.append(model.state()).append(" ");
    }
    expected.append("0 false\n");
    String source = runner(list.toString(), type, more, type.equals("HashMap") ? "{}/{}" : "{}");
    assertEquals(expected.toString(), Compiled.inMachine(source), source);
  }

  private static String runner(String operations, String type, String more, String state) {
    return """
      #import "modules/std.sx";
      Op :: struct { kind: i64; key: i64; val: i64; }
      show :: (o: ?i64) { if o == null { print("- "); } else { print("{} ", o); } }
      main :: () {
          ops : []Op = .[ %s ];
          m : %s(i64, i64) = .{};
          for ops (op) {
              if op.kind == {
                  case 0: { m.put(op.key, op.val); }
                  case 1: { print("{} ", m.remove(op.key)); }
                  case 2: { show(m.get(op.key)); }
                  case 3: { show(m.fetch_put(op.key, op.val)); }
                  case 4: { show(m.fetch_remove(op.key)); }
                  case 5: {
                      e := m.get_or_put_value(op.key, op.val);
                      print("{}{} ", e.found_existing, e.value_ptr.*);
                  }
                  case 6: { print("{} ", m.contains(op.key)); }
                  case 7: {
                      it := m.iterator();
                      while kv := it.next() { print("{}={} ", kv.key_ptr.*, kv.value_ptr.*); }
                  }
                  case 8: { m.ensure_total_capacity(op.val); }
                  case 9: { c := m.clone(); m.deinit(); m = c; }
      %s
              }
              print("%s ", m.len, m.capacity());
          }
          m.clear();
          print("{} {}\\n", m.len, m.contains(1));
          m.deinit();
      }
      """
        .formatted(operations, type, more, state);
  }

  private static String shown(@Nullable Long value) {
    return value == null ? "- " : value + " ";
  }

  // ---------------------------------------------------------------------------- std.hmap

  /** std.hmap.5 to std.hmap.9, bucket by bucket. */
  private static final class HashModel implements Model {
    private static final long FREE = 0;
    private static final long DELETED = 1;
    private static final long USED = 2;

    private long[] state = {};
    private long[] keys = {};
    private long[] values = {};
    private long count;
    private long tombstones;

    @Override
    public String apply(Op op) {
      @Nullable Long old = get(op.key());
      return switch (op.kind()) {
        case 0 -> {
          put(op.key(), op.val());
          yield "";
        }
        case 1 -> remove(op.key()) + " ";
        case 2 -> shown(old);
        case 3 -> {
          put(op.key(), op.val());
          yield shown(old);
        }
        case 4 -> {
          remove(op.key());
          yield shown(old);
        }
        case 5 -> {
          put(op.key(), old == null ? op.val() : old);
          yield (old != null) + "" + (old == null ? op.val() : old) + " ";
        }
        case 6 -> (old != null) + " ";
        case 7 -> entries();
        case 8 -> {
          if (state.length < need(op.val())) {
            rebuild(need(op.val()));
          }
          yield "";
        }
        case 10 -> {
          if (state.length > 0) {
            rebuild(state.length);
          }
          yield "";
        }
        default -> "";
      };
    }

    private String entries() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < state.length; i++) {
        if (state[i] == USED) {
          text.append(keys[i]).append("=").append(values[i]).append(" ");
        }
      }
      return text.toString();
    }

    private static int need(long n) {
      int size = 8;
      while (size < n * 100 / 80 + 1) {
        size *= 2;
      }
      return size;
    }

    private static int home(long key, int buckets) {
      long hash = 0xcbf29ce484222325L;
      for (int i = 0; i < 8; i++) {
        hash = (hash ^ ((key >>> (8 * i)) & 255)) * 0x100000001b3L;
      }
      return (int) (hash & (buckets - 1));
    }

    private int find(long key) {
      if (state.length == 0) {
        return -1;
      }
      int at = home(key, state.length);
      for (int n = 0; n < state.length && state[at] != FREE; n++) {
        if (state[at] == USED && keys[at] == key) {
          return at;
        }
        at = (at + 1) & (state.length - 1);
      }
      return -1;
    }

    private @Nullable Long get(long key) {
      int at = find(key);
      return at < 0 ? null : values[at];
    }

    private void put(long key, long value) {
      if (state.length == 0) {
        rebuild(8);
      } else if ((count + tombstones + 1) * 100 > state.length * 80L) {
        rebuild(need(count + 1));
      }
      int at = find(key);
      if (at >= 0) {
        values[at] = value;
        return;
      }
      at = home(key, state.length);
      while (state[at] == USED) {
        at = (at + 1) & (state.length - 1);
      }
      tombstones -= state[at] == DELETED ? 1 : 0;
      state[at] = USED;
      keys[at] = key;
      values[at] = value;
      count++;
    }

    private boolean remove(long key) {
      int at = find(key);
      if (at < 0) {
        return false;
      }
      state[at] = DELETED;
      count--;
      tombstones++;
      return true;
    }

    private void rebuild(int size) {
      long[] oldState = state;
      long[] oldKeys = keys;
      long[] oldValues = values;
      state = new long[size];
      keys = new long[size];
      values = new long[size];
      tombstones = 0;
      for (int i = 0; i < oldState.length; i++) {
        if (oldState[i] == USED) {
          int at = home(oldKeys[i], size);
          while (state[at] == USED) {
            at = (at + 1) & (size - 1);
          }
          state[at] = USED;
          keys[at] = oldKeys[i];
          values[at] = oldValues[i];
        }
      }
    }

    @Override
    public String state() {
      return count + "/" + state.length;
    }
  }

  // ---------------------------------------------------------------------------- std.imap

  /** Entries in order (std.imap.3 to std.imap.6). */
  private static final class IndexModel implements Model {
    private final List<long[]> entries = new ArrayList<>();

    @Override
    public String apply(Op op) {
      int at = find(op.key());
      @Nullable Long old = at < 0 ? null : entries.get(at)[1];
      switch (op.kind()) {
        case 0, 3 -> put(at, op);
        case 1, 4 -> {
          if (at >= 0) {
            entries.remove(at);
          }
        }
        case 5 -> {
          if (at < 0) {
            put(at, op);
          }
        }
        case 10 -> {
          if (at >= 0) {
            entries.set(at, entries.getLast());
            entries.removeLast();
          }
        }
        default -> {}
      }
      return switch (op.kind()) {
        case 1, 6, 10 -> (old != null) + " ";
        case 2, 3, 4 -> shown(old);
        case 5 -> (old != null) + "" + (old == null ? op.val() : old) + " ";
        case 7 -> list();
        case 11 -> popped();
        case 12 -> at + " ";
        default -> "";
      };
    }

    private String popped() {
      if (entries.isEmpty()) {
        return "";
      }
      long[] last = entries.removeLast();
      return last[0] + ":" + last[1] + " ";
    }

    private String list() {
      StringBuilder text = new StringBuilder();
      entries.forEach(e -> text.append(e[0]).append("=").append(e[1]).append(" "));
      return text.toString();
    }

    private int find(long key) {
      for (int i = 0; i < entries.size(); i++) {
        if (entries.get(i)[0] == key) {
          return i;
        }
      }
      return -1;
    }

    private void put(int at, Op op) {
      if (at >= 0) {
        entries.get(at)[1] = op.val();
        return;
      }
      entries.add(new long[] {op.key(), op.val()});
    }

    @Override
    public String state() {
      return "" + entries.size();
    }
  }
}
