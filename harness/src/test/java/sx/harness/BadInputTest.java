package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.harness.process.Fence;
import sx.harness.run.CaseResult;
import sx.harness.run.CaseResult.Verdict;

/** Whatever a case does, it is reported as what it is, and the others are unharmed. */
class BadInputTest {
  private static final String GOOD = "0002-good";

  @TempDir Path directory;

  /** Runs a bad program beside a good one; what is said about the bad one. */
  private String messageOf(String header, String body, String stdout)
      throws IOException, InterruptedException {
    Map<String, CaseResult> results =
        new TemporaryCorpus(directory)
            .add("0001-bad", header, body, stdout)
            .add(GOOD, "", "echo fine", "fine\n")
            .run(new ShellCompiler());
    assertEquals(Verdict.PASSED, verdict(results, GOOD));
    assertEquals(Verdict.FAILED, verdict(results, "0001-bad"));
    return result(results, "0001-bad").message();
  }

  private static Verdict verdict(Map<String, CaseResult> results, String slug) {
    return result(results, slug).verdict();
  }

  private static CaseResult result(Map<String, CaseResult> results, String slug) {
    CaseResult result = results.get(slug);
    if (result == null) {
      throw new AssertionError(slug + " was not run: " + results.keySet());
    }
    return result;
  }

  private static void assertSays(String message, String words) {
    assertTrue(message.contains(words), message);
  }

  private void assertProblem(TemporaryCorpus corpus, String file, int line, String words)
      throws IOException {
    List<String> problems = corpus.discover().problems().stream().map(Object::toString).toList();
    assertTrue(
        problems.stream().anyMatch(p -> p.contains(file + ":" + line + ": ") && p.contains(words)),
        problems.toString());
  }

  @Test
  void goldenWithOtherLineEnds() throws Exception {
    assertSays(messageOf("", "echo one", "one\r\n"), "line ends CR LF");
  }

  @Test
  void caseWithoutGolden() throws Exception {
    TemporaryCorpus corpus =
        new TemporaryCorpus(directory)
            .file("0001-bare.sx", "//! rules: std.fmt.1\n//! expect: run\n");
    assertProblem(corpus, "0001-bare.sx", 1, "has no golden");
  }

  @Test
  void twoCasesWithOneNumber() throws Exception {
    TemporaryCorpus corpus =
        new TemporaryCorpus(directory).add("0001-a", "", "", "").add("0001-b", "", "", "");
    assertProblem(corpus, "0001-b.sx", 1, "has the number of");
  }

  @Test
  void goldenWithoutCase() throws Exception {
    TemporaryCorpus corpus = new TemporaryCorpus(directory).file("expected/0009-gone.stdout", "");
    assertProblem(corpus, "0009-gone.stdout", 1, "golden without a case");
  }

  @Test
  void unknownKey() throws Exception {
    TemporaryCorpus corpus =
        new TemporaryCorpus(directory).add("0001-a", "//! expcet: run\n", "", "");
    assertProblem(corpus, "0001-a.sx", 3, "unknown key 'expcet'");
  }

  @Test
  void unknownRule() throws Exception {
    TemporaryCorpus corpus =
        new TemporaryCorpus(directory).add("0001-a", "//! rules: std.fmt.9999\n", "", "");
    assertProblem(corpus, "0001-a.sx", 3, "no rule 'std.fmt.9999'");
  }

  @Test
  void printsOneGigabyte() throws Exception {
    String message = messageOf("", "head -c 1000000000 /dev/zero", "");
    assertSays(message, "wrote more than");
  }

  @Test
  void complainsOneGigabyte() throws Exception {
    assertSays(messageOf("", "head -c 1000000000 /dev/zero >&2", ""), "wrote more than");
  }

  @Test
  void leavesAChild() throws Exception {
    assertSays(messageOf("", "sleep 1000 >/dev/null 2>&1 & echo x", "x\n"), "left processes");
  }

  @Test
  void leavesAChildThatLeftTheGroup() throws Exception {
    assertSays(messageOf("", "setsid sleep 1000 & echo x", "x\n"), "left processes");
  }

  @Test
  void leavesAChildThatHasLongLeftTheGroup() throws Exception {
    String body = "setsid sh -c 'echo x; exec sleep 1000' & sleep 0.5";
    assertSays(messageOf("", body, "x\n"), "left processes");
  }

  @Test
  void startsProcessesWithoutEnd() throws Exception {
    String loop = "i=0; while [ $i -lt 3000 ]; do sleep 100 & i=$((i+1)); done; wait";
    assertSays(messageOf("", loop, ""), "had more than 500 processes");
    String away = "i=0; while [ $i -lt 3000 ]; do setsid sleep 100 & i=$((i+1)); done; wait";
    assertSays(messageOf("", away, ""), "had more than 500 processes");
  }

  @Test
  void ignoresSigterm() throws Exception {
    String body = "trap '' TERM INT HUP\necho begun\nwhile true; do sleep 1; done";
    assertSays(messageOf("//! time: 1\n", body, ""), "did not end within 1 s");
  }

  @Test
  void readsWhereThereIsNothing() throws Exception {
    assertSays(messageOf("", "read line || echo end; exit 5", "end\n"), "status 5");
  }

  @Test
  void dies() throws Exception {
    String message = messageOf("", "echo last words; kill -SEGV $$", "");
    assertSays(message, "SIGSEGV");
    assertSays(message, "last words");
  }

  @Test
  void writesBesideItsDirectory() throws Exception {
    String message = messageOf("", "echo x > ../stray", "");
    assertTrue(
        message.contains(Fence.isAvailable() ? "ermission denied" : "outside of its directory"),
        message);
  }

  @Test
  void writesFarAway() throws Exception {
    Assumptions.assumeTrue(Fence.isAvailable());
    Path far = directory.resolve("far");
    assertSays(messageOf("", "echo x > " + far, ""), "nowhere else");
    assertFalse(Files.exists(far));
  }

  @Test
  void usesTooMuchMemory() throws Exception {
    String message =
        messageOf(
            "//! memory: 16\n",
            "x=$(head -c 100000000 /dev/zero | tr '\\0' x); echo ${#x}",
            "100000000\n");
    assertSays(message, "ended with");
  }

  @Test
  void passesAlthoughMarked() throws Exception {
    Map<String, CaseResult> results =
        new TemporaryCorpus(directory)
            .add("0001-marked", "//! xfail: not yet\n", "echo x", "x\n")
            .add("0002-rightly", "//! xfail: not yet\n", "echo y", "x\n")
            .run(new ShellCompiler());
    assertEquals(Verdict.XPASSED, verdict(results, "0001-marked"));
    assertEquals(Verdict.XFAILED, verdict(results, "0002-rightly"));
  }

  @Test
  void headerReachesTheProgram() throws Exception {
    String header = "//! stdin: a\\tb\\n\n//! args: one two\n//! env: WHO=me\n//! exit: 3\n";
    Map<String, CaseResult> results =
        new TemporaryCorpus(directory)
            .add("0001-all", header, "cat; echo $# $2 $WHO; exit 3", "a\tb\n2 two me\n")
            .run(new ShellCompiler());
    assertEquals(
        Verdict.PASSED, verdict(results, "0001-all"), () -> result(results, "0001-all").message());
  }
}
