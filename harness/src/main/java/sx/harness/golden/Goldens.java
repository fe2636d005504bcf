package sx.harness.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.approvaltests.Approvals;
import org.approvaltests.core.ApprovalFailureReporter;
import org.approvaltests.core.Options;
import sx.harness.corpus.Case;

/**
 * The goldens of a run. Where they may be approved a difference is noted, and {@link #write} writes
 * all that were noted.
 */
public final class Goldens {
  private final Path received;
  private final Predicate<Case> mayApprove;
  private final Map<Path, Path> noted = new ConcurrentSkipListMap<>();

  /**
   * @param received a directory for results that are not those of the goldens
   * @param mayApprove whose goldens are to be rewritten
   */
  public Goldens(Path received, Predicate<Case> mayApprove) {
    this.received = received;
    this.mayApprove = mayApprove;
  }

  /** Whether goldens of a case are to be rewritten, and missing ones made. */
  public boolean mayApprove(Case one) {
    return mayApprove.test(one);
  }

  /** How a result differs from its golden; empty if it does not, or if it is to be approved. */
  public Optional<String> differs(Case one, GoldenKind kind, byte[] actual) {
    ApprovalFailureReporter reporter =
        (result, golden) -> mayApprove.test(one) && note(Path.of(golden), Path.of(result), actual);
    try {
      GoldenApprover approver = new GoldenApprover(new GoldenNamer(one, kind, received), actual);
      if (approver.approve().isFailure()) {
        Approvals.verify(approver, new Options(reporter));
      }
      return Optional.empty();
    } catch (GoldenApprover.Mismatch e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** False if another engine had another result for the same golden. */
  private boolean note(Path golden, Path result, byte[] actual) {
    try {
      Path keep = result.resolveSibling(result.getFileName() + ".noted");
      Path before = noted.putIfAbsent(golden, keep);
      if (before == null) {
        Files.write(keep, actual);
        return true;
      }
      return java.util.Arrays.equals(Files.readAllBytes(before), actual);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The differences that were noted, by golden. */
  public Map<Path, String> noted() throws IOException {
    Map<Path, String> diffs = new TreeMap<>();
    for (Map.Entry<Path, Path> entry : noted.entrySet()) {
      String before = Files.exists(entry.getKey()) ? Files.readString(entry.getKey()) : "";
      diffs.put(entry.getKey(), Diff.of(before, Files.readString(entry.getValue())));
    }
    return diffs;
  }

  /** Rewrites the goldens that differ. */
  public void write() throws IOException {
    for (Map.Entry<Path, Path> entry : noted.entrySet()) {
      Files.createDirectories(entry.getKey().getParent());
      Files.move(entry.getValue(), entry.getKey(), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
