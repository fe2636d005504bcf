package sx.harness;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import sx.driver.LibraryPath;
import sx.harness.corpus.Selection;
import sx.harness.engine.Engine;

/**
 * What one run is asked to do, by system properties.
 *
 * @param home the directory of the repository
 * @param corpus the directory of areas
 * @param results where results go
 * @param all whether every engine is wanted, not just the fast ones
 * @param last whether only what failed in the last run is wanted
 * @param approve whose goldens to rewrite; empty for none
 * @param command the command line of the compiler under test; empty for that of this repository
 * @param faults which seeded faults to try: {@code all}, {@code sample}, {@code none}, or names
 * @param progress {@code line}, {@code plain}, or {@code auto}
 */
public record Settings(
    Path home,
    Path corpus,
    Path results,
    Selection selection,
    boolean last,
    boolean all,
    Set<Engine> engines,
    String approve,
    String command,
    String faults,
    String progress) {
  /** Reads the properties {@code sx.*}; unknown words fail with a message that names them. */
  public static Settings of(Properties properties) {
    Function<String, String> get = name -> properties.getProperty("sx." + name, "").strip();
    Path home =
        Path.of(properties.getProperty(LibraryPath.HOME_PROPERTY, "."))
            .toAbsolutePath()
            .normalize();
    String corpus = get.apply("corpus");
    String results = get.apply("results");
    return new Settings(
        home,
        corpus.isEmpty() ? home.resolve("corpus") : Path.of(corpus).toAbsolutePath().normalize(),
        results.isEmpty() ? home.resolve("harness/target/results") : Path.of(results),
        selection(get),
        get.apply("last").equals("failed"),
        get.apply("set").equals("all"),
        engines(get.apply("engines")),
        get.apply("approve"),
        get.apply("compiler"),
        get.apply("faults").isEmpty() ? "sample" : get.apply("faults"),
        get.apply("progress").isEmpty() ? "auto" : get.apply("progress"));
  }

  private static Selection selection(Function<String, String> get) {
    String[] shard =
        get.apply("shard").isEmpty() ? new String[] {"1", "1"} : get.apply("shard").split("/", -1);
    if (shard.length != 2 || !get.apply("shard").matches("|\\d{1,6}/\\d{1,6}")) {
      throw new IllegalArgumentException("sx.shard is like 1/4");
    }
    return new Selection(
        words(get.apply("area")),
        words(get.apply("rule")),
        get.apply("case"),
        Optional.empty(),
        (int) number(get, "repeat", 1),
        number(get, "seed", 0),
        Integer.parseInt(shard[0]),
        Integer.parseInt(shard[1]));
  }

  private static long number(Function<String, String> get, String name, long otherwise) {
    String text = get.apply(name);
    if (!text.matches("\\d{0,9}")) {
      throw new IllegalArgumentException("sx." + name + " is a number, not '" + text + "'");
    }
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  private static Set<Engine> engines(String names) {
    Set<Engine> engines = EnumSet.noneOf(Engine.class);
    for (String name : words(names)) {
      engines.add(
          Arrays.stream(Engine.values())
              .filter(engine -> engine.toString().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no engine '"
                              + name
                              + "': "
                              + Arrays.toString(Engine.values()))));
    }
    return engines;
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("[ ,]+", -1));
  }

  /** The same with other cases. */
  public Settings with(Selection other) {
    return new Settings(
        home, corpus, results, other, last, all, engines, approve, command, faults, progress);
  }
}
