package sx.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import sx.harness.engine.Compiled;
import sx.harness.engine.Compiler;
import sx.harness.engine.Engine;
import sx.harness.engine.Job;
import sx.harness.engine.Programs;
import sx.harness.engine.Ran;

/** A compiler whose language is that of the shell, to see what the harness does with programs. */
final class ShellCompiler implements Compiler {
  @Override
  public String name() {
    return "shell";
  }

  @Override
  public Optional<String> lacks(Engine engine) {
    return engine == Engine.O0 ? Optional.empty() : Optional.of("a shell has one engine");
  }

  @Override
  public Compiled compile(Job job) throws IOException {
    String text = Files.readString(job.source()).replaceAll("(?m)^//.*\\R", "");
    Files.writeString(job.artifact(), "#!/bin/sh\n" + text);
    if (!job.artifact().toFile().setExecutable(true)) {
      throw new IOException("cannot make " + job.artifact() + " executable");
    }
    return new Compiled.Built(new byte[0], "");
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
