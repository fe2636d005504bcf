package sx.harness.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps what is written, up to a limit, and refuses more. */
final class LimitedOutput extends OutputStream {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int limit;

  LimitedOutput(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] data, int from, int length) throws IOException {
    if (bytes.size() + length > limit) {
      throw new IOException("more than " + limit + " bytes");
    }
    bytes.write(data, from, length);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
