package sx.harness.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.harness.corpus.Header.Arch;
import sx.harness.process.Child;
import sx.harness.process.Command;
import sx.harness.process.Ended;
import sx.harness.process.Limits;

/** Executables, as they are or under an emulator. */
public final class Programs {
  private Programs() {}

  /** The emulator of a machine, if it is installed. */
  public static Optional<Path> emulator(Arch arch) {
    for (String directory : System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1)) {
      for (String name : List.of("qemu-" + arch, "qemu-" + arch + "-static")) {
        Path file = Path.of(directory, name);
        if (Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** Runs the artifact of a job. */
  public static Ran run(Job job) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    boolean emulated = job.engine().arch() != Arch.host();
    if (emulated) {
      words.add(emulator(job.engine().arch()).orElseThrow().toString());
      Path root = Path.of("/usr/" + job.engine().arch() + "-linux-gnu");
      if (Files.isDirectory(root)) {
        words.addAll(List.of("-L", root.toString()));
      }
    }
    words.add(job.artifact().toString());
    words.addAll(job.args());
    // An emulator reserves more address space than the program that it runs.
    Limits limits = job.limits();
    Limits own = emulated ? new Limits(limits.time(), 0, limits.output()) : limits;
    Command command = new Command(words, job.directory(), job.stdin(), job.env());
    Ended ended = job.fence().call(() -> Child.run(command, own));
    return new Ran(ended.status(), ended.out(), ended.err(), ended.troubles());
  }
}
