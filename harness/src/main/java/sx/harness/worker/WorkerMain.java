package sx.harness.worker;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
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
      ObjectOutputStream out = new ObjectOutputStream(Channels.newOutputStream(channel));
      out.flush();
      ObjectInputStream in = new ObjectInputStream(Channels.newInputStream(channel));
      while (true) {
        Reply reply = requests.handle((Request) in.readObject());
        out.writeObject(reply);
        out.reset();
        out.flush();
      }
    } catch (EOFException e) {
      // The harness has no more work.
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
