package sx.harness.cadence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions to the repository's history. */
public record Git(Path home) {
  /** The commit that is checked out; empty outside of a repository. */
  public String head() {
    return ask("rev-parse", "HEAD").map(String::strip).orElse("");
  }

  /** Whether files differ from the commit that is checked out. */
  public boolean modified() {
    return ask("status", "--porcelain").filter(text -> !text.isBlank()).isPresent();
  }

  /** What a command of git prints; empty if it fails. */
  Optional<String> ask(String... words) {
    List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
