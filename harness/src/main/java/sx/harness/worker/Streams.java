package sx.harness.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sx.harness.process.Libc;

/** Gives this process a program's streams, directory and environment for a while. */
final class Streams implements AutoCloseable {
  private static final String NULL = "/dev/null";
  private static final int STREAMS = 3;

  private final String home;
  private final List<String> variables = new ArrayList<>();

  /** Standard output and error go to files that must exist. */
  Streams(
      String home, String in, String out, String err, String directory, Map<String, String> env) {
    this.home = home;
    become(in, Libc.O_RDONLY, 0);
    become(out, Libc.O_WRONLY | Libc.O_APPEND, 1);
    become(err, Libc.O_WRONLY | Libc.O_APPEND, 2);
    env.forEach(
        (name, value) -> {
          variables.add(name);
          Libc.setenv(name, value);
        });
    Libc.chdir(directory);
  }

  private static void become(String path, int flags, int descriptor) {
    int opened = Libc.open(path, flags);
    Libc.dup2(opened, descriptor);
    Libc.close(opened);
  }

  @Override
  public void close() {
    Libc.flush();
    for (int i = 0; i < STREAMS; i++) {
      become(NULL, i == 0 ? Libc.O_RDONLY : Libc.O_WRONLY, i);
    }
    variables.forEach(Libc::unsetenv);
    Libc.chdir(home);
  }
}
