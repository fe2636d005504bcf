package sx.harness.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import sx.driver.Main;

/** A worker: takes requests from a socket until it is closed. */
public final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) throws InterruptedException {
    Thread thread =
        new Thread(null, () -> serve(Path.of(args[0])), "worker", Main.COMPILE_STACK_BYTES);
    thread.start();
    thread.join();
    Runtime.getRuntime().halt(0);
  }

  private static void serve(Path address) {
    Requests requests = new Requests();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(address));
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
      while (true) {
        requests.handle(Request.read(in)).write(out);
      }
    } catch (EOFException e) {
      // The harness has no more work.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
