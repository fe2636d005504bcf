package sx.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
 * the program's path, the paths at which an import was looked for and must still not exist, and the
 * sums of every input and of the program as {@code sha256sum --check} reads them. The launcher
 * verifies it without starting a JVM. Programs are immutable and named by their content; manifests
 * are replaced in one step; so a reader sees a whole old state or a whole new one.
 */
final class ProgramCache {
  /** When the programs take more than this, those that were not used for longest go. */
  static final long MAX_CACHE_BYTES = 512L << 20;

  /** A program that was used within this time stays: somebody may be about to start it. */
  static final Duration MIN_AGE = Duration.ofMinutes(1);

  /** What a killed compile left behind goes after this time. */
  static final Duration MAX_WORK_AGE = Duration.ofHours(1);

  /** The clock of files may lag behind that of the process by this much. */
  private static final Duration CLOCK_SLACK = Duration.ofMillis(10);

  private static final String USED = ".used";

  private final Path directory;
  private final long limit;

  ProgramCache(Path directory, long limit) {
    this.directory = directory;
    this.limit = limit;
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
   * Keeps a program; nothing happens if one of the inputs changed after {@code begin}, when the
   * compile started, since it may not be what was compiled.
   *
   * @return where the program is now
   */
  Path store(
      Path manifest, String key, Path program, List<Path> inputs, List<Path> missing, Instant begin)
      throws IOException {
    List<Path> named = new ArrayList<>(inputs);
    named.addAll(missing);
    if (!named.stream().allMatch(ProgramCache::plainName)
        || !unchangedSince(inputs, begin.minus(CLOCK_SLACK))) {
      return program;
    }
    Path programs = Files.createDirectories(directory.resolve("programs"));
    String sum = sum(program);
    Path kept = programs.resolve(sum);
    OutputFiles.moveInto(program, kept);
    markUsed(kept);
    StringBuilder text = new StringBuilder(key);
    text.append("program ").append(kept).append('\n');
    missing.forEach(path -> text.append("missing ").append(path).append('\n'));
    text.append("sums\n");
    for (Path input : inputs) {
      text.append(sum(input)).append("  ").append(input).append('\n');
    }
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
      for (String line : text.substring(key.length()).lines().toList()) {
        String word = line.substring(0, Math.max(line.indexOf(' '), 0));
        String rest = line.substring(line.indexOf(' ') + 1);
        switch (word) {
          case "program" -> program = Optional.of(Path.of(rest));
          case "missing" -> {
            if (Files.exists(Path.of(rest), LinkOption.NOFOLLOW_LINKS)) {
              return Optional.empty();
            }
          }
          case "" -> {}
          default -> {
            if (!sum(Path.of(rest.substring(1))).equals(word)) {
              return Optional.empty();
            }
          }
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

  private static boolean unchangedSince(List<Path> inputs, Instant time) throws IOException {
    for (Path input : inputs) {
      FileTime modified = Files.getLastModifiedTime(input);
      if (!modified.toInstant().isBefore(time)) {
        return false;
      }
    }
    return true;
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
