package sx.harness.engine;

import java.io.IOException;
import java.util.Optional;

/**
 * A compiler under test. Implement these few methods to run another implementation of sx under the
 * harness. Every method may be called by several threads at once.
 */
public interface Compiler extends AutoCloseable {
  /** As results call it. */
  String name();

  /** Why an engine cannot be used here; empty if it can. */
  Optional<String> lacks(Engine engine);

  /** Compiles a source for the target of an engine. */
  Compiled compile(Job job) throws IOException, InterruptedException;

  /** Runs what {@link #compile} made. */
  Ran run(Job job) throws IOException, InterruptedException;

  /**
   * Whether the line that separates the output of compile time from the program's (cli.run.6) is
   * part of what {@link #compile} printed; `build` prints none.
   */
  default boolean separates() {
    return true;
  }

  @Override
  void close();
}
