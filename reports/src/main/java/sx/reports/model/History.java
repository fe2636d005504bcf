package sx.reports.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The past runs in a directory outside of {@code target}, so that {@code mvn clean} leaves them:
 * one small file a run, named by its start, so that a report made twice of one run counts it once.
 */
public record History(Path directory) {
  /** How many runs are kept. */
  public static final int KEPT = 100;

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * Adds a run, drops the oldest beyond {@link #KEPT}, and answers what is there, the oldest first.
   */
  public List<PastRun> add(PastRun run) throws IOException {
    Files.createDirectories(directory);
    String name = run.started().replaceAll("[^0-9A-Za-z]", "-") + ".json";
    Path temporary = Files.createTempFile(directory, ".run", "");
    JSON.writerWithDefaultPrettyPrinter().writeValue(temporary.toFile(), run);
    Files.move(temporary, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    List<Path> files = files();
    while (files.size() > KEPT) {
      Files.delete(files.removeFirst());
    }
    List<PastRun> runs = new ArrayList<>();
    for (Path file : files) {
      read(file, runs);
    }
    return runs;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return new ArrayList<>(
          list.filter(file -> file.getFileName().toString().matches("[^.].*\\.json"))
              .sorted()
              .toList());
    }
  }

  /** A damaged file costs only itself. */
  private static void read(Path file, List<PastRun> runs) {
    try {
      PastRun run = JSON.readValue(file.toFile(), PastRun.class);
      if (run != null && run.red() != null && run.open() != null && run.engines() != null) {
        runs.add(run);
      }
    } catch (IOException e) {
      System.err.println("reports: " + file + " is damaged and left out of the history");
    }
  }
}
