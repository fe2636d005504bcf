package sx.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A program with one mistake in it.
 *
 * @param name of the program, the mistake and its place: the same whenever mutants are made
 */
record Mutant(String name, String text) {
  /** How often a place is sought where a mistake can be made. */
  private static final int TRIES = 40;

  /**
   * Mutants of a program: some of every kind of mistake, at places that depend only on the name of
   * the program.
   *
   * @param each how many of one kind
   */
  static List<Mutant> of(String name, String text, int each) {
    Program program = Program.of(text);
    List<Mutant> mutants = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (Mistake mistake : Mistake.values()) {
      for (int i = 0; i < each && program.size() > 0; i++) {
        add(mutants, name, program, mistake, random);
      }
    }
    return mutants;
  }

  /** The beginnings of a program, one for every byte. */
  static List<Mutant> truncations(String name, String text) {
    return IntStream.range(0, text.length())
        .mapToObj(end -> new Mutant(name + " ends at " + end, text.substring(0, end)))
        .toList();
  }

  /** Mutants with several mistakes, of any kinds at any places. */
  static List<Mutant> withSeveral(String name, String text, int count, int mistakes) {
    SplittableRandom random = new SplittableRandom(name.hashCode() + mistakes);
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Mutant made = new Mutant(name, text);
      for (int j = 0; j < mistakes; j++) {
        List<Mistake> all = List.of(Mistake.values());
        Mistake mistake = all.get(random.nextInt(all.size()));
        List<Mutant> next = new ArrayList<>();
        Program program = Program.of(made.text());
        if (program.size() > 0) {
          add(next, made.name(), program, mistake, random);
        }
        made = next.isEmpty() ? made : next.getFirst();
      }
      mutants.add(made);
    }
    return mutants;
  }

  private static void add(
      List<Mutant> mutants, String name, Program p, Mistake mistake, SplittableRandom random) {
    for (int i = 0; i < TRIES; i++) {
      int at = random.nextInt(p.size());
      var made = mistake.make(p, at, random);
      if (made.isPresent()) {
        mutants.add(new Mutant(name + " " + mistake + " " + at, made.get()));
        return;
      }
    }
  }
}
