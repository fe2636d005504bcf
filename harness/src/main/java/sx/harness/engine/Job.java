package sx.harness.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sx.harness.process.Fence;
import sx.harness.process.Limits;

/**
 * One program for one engine.
 *
 * @param source the root file
 * @param directory where the program runs; empty at first
 * @param scratch a directory for what is made on the way, artifacts among them
 * @param stdin the file that the program reads
 * @param fence what the program is to be started behind
 */
public record Job(
    Path source,
    Engine engine,
    Path directory,
    Path scratch,
    Path stdin,
    List<String> args,
    Map<String, String> env,
    Limits limits,
    Fence fence) {
  /** The path of the executable to make. */
  public Path artifact() {
    return scratch.resolve("program");
  }
}
