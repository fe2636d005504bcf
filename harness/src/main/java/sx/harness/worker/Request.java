package sx.harness.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
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
    String fault) {
  enum Task {
    CHECK,
    VERIFY,
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

  void write(DataOutputStream out) throws IOException {
    Wire.write(out, task.name());
    Wire.write(out, source);
    Wire.write(out, target);
    out.writeBoolean(optimise);
    Wire.write(out, artifact);
    Wire.write(out, directory);
    Wire.write(out, scratch);
    Wire.write(out, stdin);
    Wire.write(out, args);
    Wire.write(out, List.copyOf(env.keySet()));
    Wire.write(out, List.copyOf(env.values()));
    out.writeInt(output);
    Wire.write(out, fault);
    out.flush();
  }

  /**
   * @throws java.io.EOFException if there is none any more
   */
  static Request read(DataInputStream in) throws IOException {
    return new Request(
        Task.valueOf(Wire.text(in)),
        Wire.text(in),
        Wire.text(in),
        in.readBoolean(),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in),
        Wire.texts(in),
        map(Wire.texts(in), Wire.texts(in)),
        in.readInt(),
        Wire.text(in));
  }

  private static Map<String, String> map(List<String> names, List<String> values) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String name : names) {
      map.put(name, values.get(map.size()));
    }
    return map;
  }
}
