package sx.harness.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import sx.comptime.EvaluationError;
import sx.driver.Compilation;
import sx.driver.CompileOptions;
import sx.driver.LibraryPath;
import sx.driver.LinkOptions;
import sx.driver.Seams;
import sx.harness.fault.SeededFault;
import sx.llvm.OptLevel;
import sx.module.ParsedFiles;
import sx.source.Diagnostic;
import sx.source.DiagnosticRenderer;
import sx.source.Span;
import sx.type.Target;

/** Does what is requested, with the compiler in this process. */
final class Requests {
  private static final byte[] SEPARATOR = "--- build done ---\n".getBytes(StandardCharsets.UTF_8);
  private static final int MAX_TRACE_LINES = 30;

  private final String home = Path.of("").toAbsolutePath().toString();
  private final ParsedFiles library = new ParsedFiles();

  /** Never fails: what the compiler throws becomes a reply. */
  Reply handle(Request request) {
    SeededFault.Seeding seeding = SeededFault.seeding(request.fault());
    try {
      return handle(request, seeding.seams()).withChanged(seeding.changed());
    } catch (EvaluationError e) {
      return Reply.of(Reply.Kind.STOPPED, String.valueOf(e.getMessage()))
          .withChanged(seeding.changed());
    } catch (Throwable e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      String shown =
          trace.toString().lines().limit(MAX_TRACE_LINES).collect(Collectors.joining("\n"));
      return Reply.of(Reply.Kind.BROKEN, shown).withChanged(seeding.changed());
    }
  }

  private Reply handle(Request request, Seams seams) throws IOException {
    return switch (request.task()) {
      case CHECK -> check(request, seams);
      case VERIFY -> verify(request, seams);
      case EXECUTABLE -> executable(request, seams);
      case CODE -> code(request, seams);
      case VM -> vm(request, seams);
      case JIT -> jit(request, seams);
    };
  }

  private Compilation compilation(Request request, OutputStream out, Seams seams) {
    OptLevel level = request.optimise() ? OptLevel.DEFAULT : OptLevel.NONE;
    boolean debug = level.isLow() && request.task() != Request.Task.CODE;
    CompileOptions options =
        new CompileOptions(
            Target.parse(request.target()).orElseThrow(),
            level,
            LibraryPath.find(),
            debug,
            true,
            LinkOptions.DEFAULT);
    return new Compilation(options, library, out, seams);
  }

  private Reply check(Request request, Seams seams) {
    LimitedOutput out = new LimitedOutput(request.output());
    Compilation compilation = compilation(request, out, seams);
    boolean accepted = compilation.check(source(request)) && compilation.requireMain();
    if (accepted == compilation.diagnostics().hasErrors()) {
      return Reply.of(Reply.Kind.BROKEN, "the verdict contradicts the diagnostics");
    }
    return accepted ? Reply.done(out.toByteArray(), 0, "") : rejected(compilation, request);
  }

  /** As far as both verifiers, that of the IR and that of LLVM. */
  private Reply verify(Request request, Seams seams) {
    Compilation compilation = compilation(request, new LimitedOutput(request.output()), seams);
    if (!compilation.check(source(request))) {
      return compilation.diagnostics().hasErrors()
          ? rejected(compilation, request)
          : Reply.of(Reply.Kind.BROKEN, "refused without an error");
    }
    List<String> problems = compilation.verify();
    if (!problems.isEmpty()) {
      return Reply.of(Reply.Kind.BROKEN, "verifier: " + problems.getFirst());
    }
    if (compilation.requireMain()) {
      compilation.llvmText();
    }
    return Reply.done(new byte[0], 0, "");
  }

  private Reply executable(Request request, Seams seams) throws IOException {
    LimitedOutput out = new LimitedOutput(request.output());
    Compilation compilation = compilation(request, out, seams);
    if (!compilation.check(source(request)) || !compilation.requireMain()) {
      return rejected(compilation, request);
    }
    compilation.executable(Path.of(request.artifact()));
    if (compilation.diagnostics().hasErrors()) {
      return rejected(compilation, request);
    }
    separate(compilation, out);
    return Reply.done(out.toByteArray(), 0, "");
  }

  private Reply code(Request request, Seams seams) {
    Compilation compilation = compilation(request, new LimitedOutput(request.output()), seams);
    return compilation.check(source(request))
        ? Reply.done(new byte[0], 0, compilation.llvmText())
        : rejected(compilation, request);
  }

  private Reply vm(Request request, Seams seams) throws IOException {
    LimitedOutput out = new LimitedOutput(request.output());
    Compilation compilation = compilation(request, out, seams);
    Compilation.VmRun run;
    try (Streams streams = streams(request)) {
      run = compilation.runInVm(source(request));
    }
    if (compilation.diagnostics().hasErrors()) {
      return rejected(compilation, request);
    }
    separate(compilation, out);
    out.write(run.output());
    return Reply.done(out.toByteArray(), run.status() & 0xff, "");
  }

  /** All output goes to the file, since the program may end this process. */
  private Reply jit(Request request, Seams seams) throws IOException {
    try (Streams streams = streams(request)) {
      Compilation compilation;
      try (OutputStream out = appending(request)) {
        compilation = compilation(request, out, seams);
        if (!compilation.check(source(request)) || !compilation.requireMain()) {
          return rejected(compilation, request);
        }
        separate(compilation, out);
      }
      int status = compilation.runJit(request.args());
      return compilation.diagnostics().hasErrors()
          ? rejected(compilation, request)
          : Reply.done(new byte[0], status & 0xff, "");
    }
  }

  /** What compiling prints stands before what the program prints, in one file. */
  private static OutputStream appending(Request request) throws IOException {
    return Files.newOutputStream(Path.of(request.scratch(), "stdout"), StandardOpenOption.APPEND);
  }

  private Streams streams(Request request) throws IOException {
    Path out = Path.of(request.scratch(), "stdout");
    Path err = Path.of(request.scratch(), "stderr");
    Files.write(out, new byte[0]);
    Files.write(err, new byte[0]);
    return new Streams(
        home, request.stdin(), out.toString(), err.toString(), request.directory(), request.env());
  }

  private static Path source(Request request) {
    return Path.of(request.source());
  }

  private static void separate(Compilation compilation, OutputStream out) throws IOException {
    if (compilation.hasFlatRunStatement()) {
      out.write(SEPARATOR);
    }
  }

  private static Reply rejected(Compilation compilation, Request request) {
    List<Diagnostic> all = compilation.diagnostics().all();
    List<String> places = new ArrayList<>();
    for (Diagnostic diagnostic : DiagnosticRenderer.inSourceOrder(all)) {
      if (diagnostic.severity() == Diagnostic.Severity.ERROR) {
        places.add(diagnostic.span().map(span -> place(span, source(request))).orElse("-"));
      }
    }
    String text = DiagnosticRenderer.render(all, DiagnosticRenderer.Colour.PLAIN);
    return new Reply(Reply.Kind.REJECTED, new byte[0], 1, List.copyOf(places), text, false);
  }

  private static String place(Span span, Path root) {
    String place = span.line() + ":" + span.column();
    Path file = Path.of(span.file().path()).toAbsolutePath().normalize();
    return file.equals(root) ? place : file.getFileName() + ":" + place;
  }
}
