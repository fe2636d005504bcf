package sx.harness.results;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The files of results in a directory: {@code run.json} is the last run. */
public record Results(Path directory) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Path file() {
    return directory.resolve("run.json");
  }

  /** The last run; empty if there was none. */
  public Optional<RunRecord> last() throws IOException {
    return Files.exists(file())
        ? Optional.of(JSON.readValue(file().toFile(), RunRecord.class))
        : Optional.empty();
  }

  /** The cases that were red in the last run. */
  public Set<String> lastFailures() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    last()
        .ifPresent(
            run ->
                run.cases().stream()
                    .filter(c -> c.verdict().equals("failed") || c.verdict().equals("xpassed"))
                    .forEach(c -> names.add(c.name())));
    return names;
  }

  /** Writes a run, completely or not at all. */
  public void write(RunRecord run) throws IOException {
    Files.createDirectories(directory);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    Path temporary = directory.resolve(".run.json");
    JSON.writer(printer).writeValue(temporary.toFile(), run);
    Files.move(
        temporary, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
