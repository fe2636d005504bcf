package sx.sema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;

/**
 * What is proven about the variables of a function at the point that is being checked: which
 * optionals hold a value (opt.narrow) and which error variables hold no error (err.live). It is
 * split where control flow splits and joined where it meets again.
 */
final class Flow {
  /**
   * The facts at one point.
   *
   * @param present optional variables proven present
   * @param clear error variables proven to hold no error
   */
  record State(Set<Local> present, Set<Local> clear) {
    static final State NOTHING = new State(Set.of(), Set.of());

    State and(State more) {
      return new State(union(present, more.present), union(clear, more.clear));
    }

    State without(Set<Local> variables) {
      return new State(minus(present, variables), minus(clear, variables));
    }

    /** The facts that both have. */
    State common(State other) {
      return new State(intersection(present, other.present), intersection(clear, other.clear));
    }
  }

  private State now = State.NOTHING;

  /** The facts at the jumps out of, and to the next pass of, the innermost loop. */
  private @Nullable List<State> jumps;

  State now() {
    return now;
  }

  void set(State state) {
    now = state;
  }

  /** Adds what a condition proved on the side that is checked next. */
  void assume(State proven) {
    now = now.and(proven);
  }

  boolean isPresent(Local variable) {
    return now.present().contains(variable);
  }

  boolean isClear(Local variable) {
    return now.clear().contains(variable);
  }

  /** An assignment ends what was proven of a variable (opt.narrow.9). */
  void forget(Local variable) {
    now = now.without(Set.of(variable));
  }

  /**
   * Leaves a branch or block: presence that was proven inside ends with it (opt.narrow.11).
   *
   * @param before the facts when it was entered
   */
  void leave(State before) {
    now = new State(intersection(now.present(), before.present()), now.clear());
  }

  /**
   * Joins branches after they have been left.
   *
   * @param before the facts before the branches split; they hold if no branch continues
   * @param continuing the facts at the end of each branch that can continue
   */
  void join(State before, List<State> continuing) {
    State all = continuing.isEmpty() ? before : continuing.getFirst();
    for (State s : continuing) {
      all = all.common(s);
    }
    now = all;
    leave(before);
  }

  /** As {@link #join}, where also proofs of absent errors end with their branch (err.live.5). */
  void joinWithin(State before, List<State> continuing) {
    join(before, continuing);
    now = now.common(before);
  }

  /** The facts where control splits into branches of which each starts with them. */
  final class Split {
    private final State before = now;
    private final List<State> continuing = new ArrayList<>();

    /** Begins a branch. */
    void start() {
      now = before;
    }

    /** Ends a branch. */
    void end(boolean continues) {
      if (continues) {
        continuing.add(now);
      }
    }

    /** Goes on after the branches; what was proven inside of them does not hold (err.live.5). */
    void join() {
      joinWithin(before, continuing);
    }
  }

  Split split() {
    return new Split();
  }

  /** Notes a {@code break} or {@code continue}. */
  void jump() {
    if (jumps != null) {
      jumps.add(now);
    }
  }

  /**
   * Checks a loop: what it assigns is unproven at its start (opt.narrow.10), and after it holds
   * what held on every way out.
   *
   * @param assigned the variables that the loop assigns
   * @param body checks condition and body; tells whether the end of the body can be reached
   */
  void loop(Set<Local> assigned, java.util.function.BooleanSupplier body) {
    State before = now;
    List<State> outer = jumps;
    List<State> ends = new ArrayList<>(List.of(before));
    jumps = ends;
    now = before.without(assigned);
    if (body.getAsBoolean()) {
      ends.add(now);
    }
    jumps = outer;
    joinWithin(before, ends);
  }

  private static Set<Local> union(Set<Local> a, Set<Local> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    Set<Local> all = new HashSet<>(a);
    all.addAll(b);
    return all;
  }

  private static Set<Local> minus(Set<Local> a, Set<Local> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a;
    }
    Set<Local> rest = new HashSet<>(a);
    rest.removeAll(b);
    return rest;
  }

  private static Set<Local> intersection(Set<Local> a, Set<Local> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Set.of();
    }
    Set<Local> both = new HashSet<>(a);
    both.retainAll(b);
    return both;
  }
}
