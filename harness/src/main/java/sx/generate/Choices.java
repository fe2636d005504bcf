package sx.generate;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Random decisions. */
final class Choices {
  private final Random random;

  Choices(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 up to but not including the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  long bits() {
    return random.nextLong();
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** The first of some ways, in random order, that is possible here. */
  <T> Optional<T> first(List<Supplier<Optional<T>>> ways) {
    List<Supplier<Optional<T>>> order = new java.util.ArrayList<>(ways);
    java.util.Collections.shuffle(order, random);
    for (Supplier<Optional<T>> way : order) {
      Optional<T> found = way.get();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
