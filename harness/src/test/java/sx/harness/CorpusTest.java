package sx.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import sx.harness.corpus.Problem;
import sx.harness.corpus.Selection;
import sx.harness.fault.FaultRun;
import sx.harness.fault.SeededFault;
import sx.harness.run.CaseResult;

/** Every program of the corpus does what its header and its goldens say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class CorpusTest {
  private final Session session;
  private final FaultRun faults;

  CorpusTest() throws IOException {
    session = new Session(Settings.of(System.getProperties()));
    faults = FaultRun.of(session);
  }

  @TestFactory
  Stream<DynamicNode> corpus() {
    return Stream.of(
        DynamicContainer.dynamicContainer(
            "problems", session.problems().stream().map(CorpusTest::test)),
        DynamicContainer.dynamicContainer("cases", session.turns().stream().map(this::test)),
        DynamicContainer.dynamicContainer("faults", faults.faults().stream().map(this::test)));
  }

  @AfterAll
  void finish() throws IOException {
    try (session) {
      Optional<String> failure = session.finish();
      failure.ifPresent(why -> fail(why));
    }
  }

  private static DynamicTest test(Problem problem) {
    URI place = URI.create(problem.file().toUri() + "?line=" + problem.line());
    return DynamicTest.dynamicTest(
        problem.file().getFileName().toString(), place, () -> fail(problem.toString()));
  }

  private DynamicTest test(Selection.Turn turn) {
    String name = turn.one().name() + (turn.round() == 1 ? "" : " #" + turn.round());
    return DynamicTest.dynamicTest(name, turn.one().root().toUri(), () -> run(turn));
  }

  private DynamicTest test(SeededFault fault) {
    return DynamicTest.dynamicTest(
        fault.name(),
        () ->
            assertFalse(
                session.note(faults.tryOut(fault)).caught().isEmpty(),
                () -> "no case catches: " + fault.what()));
  }

  private void run(Selection.Turn turn) throws InterruptedException {
    CaseResult result = session.run(turn);
    if (result.red()) {
      fail(result.message() + "\nrepeat: " + result.repeat());
    }
    Assumptions.assumeTrue(
        result.verdict() == CaseResult.Verdict.PASSED,
        () -> "xfail: " + turn.one().header().xfail().orElse("") + "\n" + result.message());
  }
}
