package sx.harness.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sx.harness.corpus.Header.Arch;
import sx.harness.process.Child;
import sx.harness.process.Command;
import sx.harness.process.Ended;
import sx.harness.process.Limits;

/**
 * Any compiler that has a command line. The command is a text with words in braces: {@code {file}},
 * {@code {output}}, {@code {target}} (a triple), {@code {opt}} (0 or 2). Status 0 means that the
 * output was made, 1 that the source was rejected, with diagnostics in the form of [lex.diag.1] on
 * standard error; everything else is a failure of the compiler.
 */
public final class CommandLineCompiler implements Compiler {
  private static final Duration COMPILE = Duration.ofSeconds(60);
  private static final Pattern ERROR =
      Pattern.compile("(?m)^error: .*(?:\\R +--> (.*):(\\d+):(\\d+)$)?");

  private final String command;

  public CommandLineCompiler(String command) {
    this.command = command;
  }

  @Override
  public String name() {
    return command.split(" ", -1)[0];
  }

  @Override
  public boolean separates() {
    return false;
  }

  @Override
  public Optional<String> lacks(Engine engine) {
    return switch (engine) {
      case O0, O2, CHECK -> Optional.empty();
      case EMULATED ->
          Programs.emulator(engine.arch()).isPresent()
              ? Optional.empty()
              : Optional.of("there is no qemu-" + engine.arch() + " on this machine");
      case VM, JIT, IR_X86_64, IR_AARCH64 -> Optional.of("a command line makes executables only");
    };
  }

  @Override
  public Compiled compile(Job job) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" +", -1)) {
      words.add(
          word.replace("{file}", job.source().toString())
              .replace("{output}", job.artifact().toString())
              .replace("{target}", triple(job.engine().arch()))
              .replace("{opt}", job.engine() == Engine.O2 ? "2" : "0"));
    }
    // It may keep a cache wherever it likes: the fence is for programs, not for compilers.
    Command whole = new Command(words, job.scratch(), Path.of("/dev/null"), System.getenv());
    Ended ended = Child.run(whole, new Limits(COMPILE, 0, job.limits().output()));
    if (!ended.troubles().isEmpty()) {
      return new Compiled.Broken("the compiler " + String.join(", ", ended.troubles()));
    }
    return switch (ended.status()) {
      case 0 -> new Compiled.Built(ended.out(), "");
      case 1 -> new Compiled.Rejected(places(ended.err(), job.source()), ended.err());
      default ->
          new Compiled.Broken(
              "status "
                  + ended.status()
                  + "\n"
                  + ended.err()
                  + new String(ended.out(), StandardCharsets.UTF_8));
    };
  }

  private static List<String> places(String shown, Path root) {
    List<String> places = new ArrayList<>();
    Matcher matcher = ERROR.matcher(shown);
    while (matcher.find()) {
      if (matcher.group(1) == null) {
        places.add("-");
      } else {
        Path file = Path.of(matcher.group(1)).getFileName();
        String place = matcher.group(2) + ":" + matcher.group(3);
        places.add(file.equals(root.getFileName()) ? place : file + ":" + place);
      }
    }
    return places;
  }

  private static String triple(Arch arch) {
    return arch + "-linux-gnu";
  }

  @Override
  public Ran run(Job job) throws IOException, InterruptedException {
    return Programs.run(job);
  }

  @Override
  public void close() {
    // Nothing is kept.
  }
}
