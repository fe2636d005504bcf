package sx.harness.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.approvaltests.approvers.ApprovalApprover;
import org.approvaltests.core.ApprovalFailureReporter;
import org.approvaltests.core.VerifyResult;
import org.approvaltests.namer.ApprovalNamer;

/** Compares bytes with a golden. What differs is left as a file for the reporter. */
final class GoldenApprover implements ApprovalApprover {
  private final Path approved;
  private final Path received;
  private final byte[] actual;

  GoldenApprover(ApprovalNamer namer, byte[] actual) {
    this.approved = namer.getApprovedFile("").toPath();
    this.received = namer.getReceivedFile("").toPath();
    this.actual = actual;
  }

  @Override
  public VerifyResult approve() {
    try {
      if (Files.exists(approved) && same(Files.readAllBytes(approved))) {
        return VerifyResult.SUCCESS;
      }
      Files.createDirectories(received.getParent());
      Files.write(received, actual);
      return VerifyResult.FAILURE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list of places may lack its last line end. */
  private boolean same(byte[] golden) {
    return Arrays.equals(golden, actual)
        || (approved.toString().endsWith(GoldenKind.ERRORS.ending())
            && (text(golden) + "\n").equals(text(actual)));
  }

  @Override
  public void cleanUpAfterSuccess(ApprovalFailureReporter reporter) {
    // Nothing was written.
  }

  @Override
  public VerifyResult reportFailure(ApprovalFailureReporter reporter) {
    return VerifyResult.from(reporter.report(received.toString(), approved.toString()));
  }

  @Override
  public void fail() {
    throw new Mismatch(explain());
  }

  /** A result is not that of its golden. */
  static final class Mismatch extends AssertionError {
    private static final long serialVersionUID = 1L;

    Mismatch(String text) {
      super(text);
    }
  }

  private String explain() {
    try {
      if (!Files.exists(approved)) {
        return "the golden "
            + approved
            + " is missing; the result would be\n"
            + Diff.of("", text(actual));
      }
      String golden = text(Files.readAllBytes(approved));
      if (golden.replace("\r\n", "\n").equals(text(actual))) {
        return "the golden " + approved + " has line ends CR LF; everything else is right";
      }
      return Diff.of(golden, text(actual));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
