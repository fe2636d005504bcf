package sx.harness.golden;

import java.io.File;
import java.nio.file.Path;
import org.approvaltests.namer.ApprovalNamer;
import sx.harness.corpus.Case;

/** Goldens stand beside the case; what was received instead stands with the results. */
record GoldenNamer(Case one, GoldenKind kind, Path received) implements ApprovalNamer {
  @Override
  public File getApprovedFile(String ending) {
    return one.golden(kind).toFile();
  }

  @Override
  public File getReceivedFile(String ending) {
    return received.resolve(one.name() + kind.ending()).toFile();
  }

  @Override
  public ApprovalNamer addAdditionalInformation(String information) {
    throw new UnsupportedOperationException("a golden's name follows from its case");
  }

  @Override
  public String getAdditionalInformation() {
    return "";
  }

  @Override
  public String getApprovalName() {
    return one.slug();
  }

  @Override
  public String getSourceFilePath() {
    return one.root().getParent() + File.separator;
  }
}
