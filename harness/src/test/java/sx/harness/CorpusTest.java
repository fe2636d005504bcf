package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sx.driver.Compilation;
import sx.driver.LibraryPath;
import sx.module.ParsedFiles;
import sx.source.Diagnostic;
import sx.source.DiagnosticRenderer;
import sx.source.Span;

/** Every program of the corpus does what its header and its goldens say, in every engine. */
class CorpusTest {
  static final Path HOME = Path.of(System.getProperty(LibraryPath.HOME_PROPERTY, "..")).normalize();

  private static final AtomicInteger PASSED = new AtomicInteger();
  private static final AtomicInteger FAILED = new AtomicInteger();
  private static final AtomicInteger XFAILED = new AtomicInteger();

  @TestFactory
  Stream<DynamicTest> corpus() throws IOException {
    Set<String> rules = Rules.defined(HOME.resolve("docs/reference"));
    return Case.discover(HOME.resolve("corpus")).stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), one.root().toUri(), () -> run(one, rules)));
  }

  @AfterAll
  static void summary() {
    System.out.printf(
        "corpus: %d passed, %d failed, %d xfail%n", PASSED.get(), FAILED.get(), XFAILED.get());
  }

  private static void run(Case one, Set<String> rules) throws Exception {
    FAILED.incrementAndGet();
    Header header = Header.read(one.root(), rules);
    if (header.xfail().isEmpty()) {
      check(one, header);
      FAILED.decrementAndGet();
      PASSED.incrementAndGet();
      return;
    }
    String reason = header.xfail().get();
    String failure = failure(one, header);
    if (failure.isEmpty()) {
      fail("passes, although it is marked 'xfail: " + reason + "'");
    }
    FAILED.decrementAndGet();
    XFAILED.incrementAndGet();
    Assumptions.abort("xfail: " + reason + "\n" + failure);
  }

  /** How a case fails; empty if it passes. */
  private static String failure(Case one, Header header) {
    try {
      check(one, header);
      return "";
    } catch (Exception | AssertionError e) {
      return e.toString();
    }
  }

  private static void check(Case one, Header header) throws Exception {
    switch (header.expect()) {
      case RUN -> {
        for (Engine engine : Engine.values()) {
          if (engine != Engine.VM || header.vm()) {
            checkRun(one, header, engine);
          }
        }
      }
      case REJECT -> checkRejected(one);
    }
  }

  private static void checkRun(Case one, Header header, Engine engine) throws Exception {
    Path work = Files.createTempDirectory("sx-corpus-");
    try {
      Engine.Outcome outcome = engine.run(one.root(), header.stdin(), work);
      String expected = new String(one.expectedOutput(), StandardCharsets.ISO_8859_1);
      String actual = new String(outcome.out(), StandardCharsets.ISO_8859_1);
      String context = engine + "\n" + outcome.err();
      if (header.exit() != outcome.status() && actual.isEmpty()) {
        assertEquals(header.exit(), outcome.status(), "exit status, " + context);
      }
      assertEquals(expected, actual, "standard output, " + context);
      assertEquals(header.exit(), outcome.status(), "exit status, " + context);
    } finally {
      delete(work);
    }
  }

  private static void checkRejected(Case one) throws Exception {
    List<Diagnostic> reported =
        Engine.compile(
            out -> new Compilation(Engine.OPTIONS, new ParsedFiles(), out),
            (compilation, _) -> {
              boolean accepted = compilation.check(one.root()) && compilation.requireMain();
              assertTrue(
                  accepted != compilation.diagnostics().hasErrors(), "errors and their absence");
              return compilation.diagnostics().all();
            });
    List<String> places = new ArrayList<>();
    for (Diagnostic diagnostic : DiagnosticRenderer.inSourceOrder(reported)) {
      if (diagnostic.severity() == Diagnostic.Severity.ERROR) {
        places.add(diagnostic.span().map(span -> place(span, one)).orElse("-"));
      }
    }
    assertEquals(
        String.join("\n", one.expectedErrors()),
        String.join("\n", places),
        () -> DiagnosticRenderer.render(reported, DiagnosticRenderer.Colour.PLAIN));
  }

  private static String place(Span span, Case one) {
    String place = span.line() + ":" + span.column();
    Path file = Path.of(span.file().path());
    Path root = one.root().toAbsolutePath().normalize();
    return file.equals(root) ? place : file.getFileName() + ":" + place;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    }
  }
}
