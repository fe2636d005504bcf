package sx.driver;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The standard output of the process; it remembers the first failure, which a printer hides. */
final class StandardOutput extends FilterOutputStream {
  private static final String NO_READER = "Broken pipe";

  private Optional<IOException> failure = Optional.empty();

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int count) throws IOException {
    try {
      out.write(bytes, start, count);
    } catch (IOException e) {
      failure = failure.isPresent() ? failure : Optional.of(e);
      throw e;
    }
  }

  /**
   * Reports output that was lost; a reader that left did not want it, which is no news to anybody.
   *
   * @param status the exit status without that
   * @return the exit status with that
   */
  int settle(int status, Console console) {
    if (failure.isEmpty()) {
      return status;
    }
    String reason = OutputFiles.reason(failure.get());
    if (!reason.equals(NO_READER)) {
      console.error("cannot write to standard output: " + reason);
    }
    return status == ExitStatus.OK ? ExitStatus.ERROR : status;
  }
}
