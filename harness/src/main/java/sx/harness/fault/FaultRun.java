package sx.harness.fault;

import java.util.List;
import sx.harness.Session;
import sx.harness.results.RunRecord;

/** Stub. */
public final class FaultRun {
  public static FaultRun of(Session session) {
    return new FaultRun();
  }

  public List<RunRecord.FaultRecord> all() {
    return List.of();
  }
}
