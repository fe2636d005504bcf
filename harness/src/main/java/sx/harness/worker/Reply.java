package sx.harness.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * What came of a request.
 *
 * @param printed what the compilation and, in the machine, the program wrote to standard output
 * @param status the program's exit status
 * @param places as in {@link sx.harness.engine.Compiled.Rejected}
 * @param text diagnostics, code, or the reason of a failure
 * @param changed whether the seeded fault had anything to change
 */
record Reply(
    Kind kind, byte[] printed, int status, List<String> places, String text, boolean changed) {
  enum Kind {
    DONE,
    REJECTED,
    /** The machine gave up on the program. */
    STOPPED,
    /** The compiler failed. */
    BROKEN
  }

  void write(DataOutputStream out) throws IOException {
    Wire.write(out, kind.name());
    Wire.write(out, printed);
    out.writeInt(status);
    Wire.write(out, places);
    Wire.write(out, text);
    out.writeBoolean(changed);
    out.flush();
  }

  static Reply read(DataInputStream in) throws IOException {
    return new Reply(
        Kind.valueOf(Wire.text(in)),
        Wire.bytes(in),
        in.readInt(),
        Wire.texts(in),
        Wire.text(in),
        in.readBoolean());
  }

  static Reply done(byte[] printed, int status, String text) {
    return new Reply(Kind.DONE, printed, status, List.of(), text, false);
  }

  static Reply of(Kind kind, String text) {
    return new Reply(kind, new byte[0], 0, List.of(), text, false);
  }

  Reply withChanged(boolean value) {
    return new Reply(kind, printed, status, places, text, value);
  }
}
