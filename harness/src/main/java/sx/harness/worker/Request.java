package sx.harness.worker;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import sx.harness.engine.Job;

/**
 * What a worker is to do. Paths are absolute.
 *
 * @param target the triple to compile for
 * @param optimise whether optimized
 * @param fault the seeded fault to compile with; empty for none
 */
record Request(
    Task task,
    String source,
    String target,
    boolean optimise,
    String artifact,
    String directory,
    String scratch,
    String stdin,
    List<String> args,
    Map<String, String> env,
    int output,
    String fault)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  enum Task {
    CHECK,
    EXECUTABLE,
    CODE,
    VM,
    JIT
  }

  Request {
    args = List.copyOf(args);
    env = Map.copyOf(env);
  }

  static Request of(Task task, Job job, String target, boolean optimise, String fault) {
    return new Request(
        task,
        job.source().toString(),
        target,
        optimise,
        job.artifact().toString(),
        job.directory().toString(),
        job.scratch().toString(),
        job.stdin().toString(),
        job.args(),
        job.env(),
        job.limits().output(),
        fault);
  }
}
