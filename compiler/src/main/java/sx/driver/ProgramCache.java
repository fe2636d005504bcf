package sx.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs that were linked before, kept with all that went into them (cli.opt.4).
 *
 * <p>A manifest is one text file: the key (lines that name compiler, directory, file and options),
 * the program's path, the paths at which an import was looked for and must still not exist, where
 * symbolic links lead to, how many sources are in the directories that were listed, and the sums of
 * every input and of the program as {@code sha256sum --check} reads them. The launcher verifies it
 * without starting a JVM. Programs are immutable and named by their content; manifests are replaced
 * in one step; so a reader sees a whole old state or a whole new one.
 */
final class ProgramCache {
  /** When the programs take more than this, those that were not used for longest go. */
  static final long MAX_CACHE_BYTES = 512L << 20;

  /** A program that was used within this time stays: somebody may be about to start it. */
  static final Duration MIN_AGE = Duration.ofMinutes(1);

  /** What a killed compile left behind goes after this time. */
  static final Duration MAX_WORK_AGE = Duration.ofHours(1);

  private static final String USED = ".used";

  private final Path directory;
  private final long limit;

  ProgramCache(Path directory, long limit) {
    this.directory = directory;
    this.limit = limit;
  }

  /**
   * What a manifest says about inputs.
   *
   * @param lines whole lines, the sums last
   */
  record Description(String lines) {
    /** Describes inputs, if all their names can stand in a manifest. */
    static Optional<Description> of(Inputs inputs) {
      for (Path path : inputs.paths()) {
        if (!plainName(path)) {
          return Optional.empty();
        }
      }
      StringBuilder text = new StringBuilder();
      inputs.missing().forEach(path -> text.append("missing ").append(path).append('\n'));
      inputs
          .links()
          .forEach((from, to) -> text.append("link " + from + "\nto ").append(to).append('\n'));
      inputs
          .directories()
          .forEach((path, count) -> text.append("listed " + count + " ").append(path).append('\n'));
      text.append("sums\n");
      for (Inputs.Source source : inputs.sources()) {
        text.append(sum(source.bytes())).append("  ").append(source.path()).append('\n');
      }
      return Optional.of(new Description(text.toString()));
    }
  }

  /** A new directory to build a program in, on the file system of the cache. */
  Path workDirectory() throws IOException {
    Path work = Files.createDirectories(directory.resolve("work"));
    return Files.createTempDirectory(work, "");
  }

  /** Where the manifest of a key belongs that no launcher looks for. */
  Path manifestOf(String key) {
    return directory
        .resolve("run")
        .resolve(".build")
        .resolve(sum(key.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Keeps a program, described by what it was compiled from.
   *
   * @return where the program is now
   */
  Path store(Path manifest, String key, Path program, Inputs inputs) throws IOException {
    Optional<Description> description = Description.of(inputs);
    return description.isPresent() ? store(manifest, key, program, description.get()) : program;
  }

  /** Keeps a program like the other {@code store}, described beforehand. */
  Path store(Path manifest, String key, Path program, Description description) throws IOException {
    Path programs = Files.createDirectories(directory.resolve("programs"));
    String sum = sum(program);
    Path kept = programs.resolve(sum);
    OutputFiles.moveInto(program, kept);
    markUsed(kept);
    StringBuilder text = new StringBuilder(key);
    text.append("program ").append(kept).append('\n');
    text.append(description.lines());
    text.append(sum).append("  ").append(kept).append('\n');
    Path written = program.resolveSibling("manifest");
    Files.writeString(written, text);
    Files.createDirectories(manifest.getParent());
    OutputFiles.moveInto(written, manifest);
    sweep();
    return kept;
  }

  /** The program of a manifest, if its key is this one and all that it names is as it was. */
  Optional<Path> lookup(Path manifest, String key) {
    try {
      String text = Files.readString(manifest);
      if (!text.startsWith(key)) {
        return Optional.empty();
      }
      Optional<Path> program = Optional.empty();
      String from = "";
      for (String line : text.substring(key.length()).lines().toList()) {
        String word = line.substring(0, Math.max(line.indexOf(' '), 0));
        String rest = line.substring(line.indexOf(' ') + 1);
        if (word.equals("program")) {
          program = Optional.of(Path.of(rest));
        } else if (word.equals("link")) {
          from = rest;
        } else if (!holds(word, rest, from)) {
          return Optional.empty();
        }
      }
      if (program.isPresent()) {
        markUsed(program.get());
      }
      return program;
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether one line of a manifest is still true; {@code from} is the last link. */
  private static boolean holds(String word, String rest, String from) throws IOException {
    return switch (word) {
      case "" -> true;
      case "missing" -> !Files.exists(Path.of(rest), LinkOption.NOFOLLOW_LINKS);
      case "to" -> Files.isSameFile(Path.of(from), Path.of(rest));
      case "listed" -> {
        int space = rest.indexOf(' ');
        yield rest.substring(0, space)
            .equals(String.valueOf(countSources(Path.of(rest.substring(space + 1)))));
      }
      default -> sum(Path.of(rest.substring(1))).equals(word);
    };
  }

  private static long countSources(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".sx") && Files.isRegularFile(f)).count();
    }
  }

  /** Brings the cache below its limit and removes what killed compiles left behind. */
  void sweep() throws IOException {
    Instant now = Instant.now();
    for (Path work : entries(directory.resolve("work"))) {
      if (modified(work).isBefore(now.minus(MAX_WORK_AGE))) {
        OutputFiles.deleteTree(work);
      }
    }
    record Kept(Path path, long size, Instant used) {}
    List<Kept> programs = new ArrayList<>();
    long total = 0;
    for (Path path : entries(directory.resolve("programs"))) {
      if (!path.toString().endsWith(USED)) {
        Kept kept = new Kept(path, path.toFile().length(), modified(stamp(path)));
        programs.add(kept);
        total += kept.size();
      }
    }
    if (total <= limit) {
      return;
    }
    programs.sort(Comparator.comparing(Kept::used));
    for (Kept kept : programs) {
      if (total > limit && kept.used().isBefore(now.minus(MIN_AGE))) {
        Files.deleteIfExists(kept.path());
        Files.deleteIfExists(stamp(kept.path()));
        total -= kept.size();
      }
    }
    dropOrphans();
  }

  /** Removes the manifests whose program is gone. */
  private void dropOrphans() throws IOException {
    Path manifests = directory.resolve("run");
    if (!Files.isDirectory(manifests)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(manifests)) {
      for (Path manifest : walk.filter(Files::isRegularFile).toList()) {
        boolean alive;
        try (Stream<String> lines = Files.lines(manifest)) {
          alive =
              lines
                  .filter(line -> line.startsWith("program "))
                  .anyMatch(line -> Files.exists(Path.of(line.substring("program ".length()))));
        }
        if (!alive) {
          Files.deleteIfExists(manifest);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void markUsed(Path program) throws IOException {
    Files.write(stamp(program), new byte[0]);
  }

  private static Path stamp(Path program) {
    return program.resolveSibling(program.getFileName() + USED);
  }

  private static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(directory)) {
      return list.toList();
    }
  }

  private static Instant modified(Path path) {
    return Instant.ofEpochMilli(path.toFile().lastModified());
  }

  /** Whether a path can stand in a manifest, which has one line for each. */
  private static boolean plainName(Path path) {
    String name = path.toString();
    return name.indexOf('\n') < 0 && name.indexOf('\\') < 0 && name.indexOf('\r') < 0;
  }

  private static String sum(Path file) throws IOException {
    return sum(Files.readAllBytes(file));
  }

  private static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
