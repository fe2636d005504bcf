package sx.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import sx.link.LinkFailure.Kind;
import sx.type.Target;

/** Links object files and the C library to an executable. */
public final class Linker {
  /** The exit status of a process that a signal ended is this plus the signal. */
  private static final int SIGNALLED = 128;

  private static final String CRASH_REPORT = "PLEASE submit a bug report";

  private Linker() {}

  /**
   * Whether the start files and the C library of a target are installed where they are looked for.
   */
  public static boolean canLink(Target target) {
    return CLibrary.find(target, Optional.empty()).isPresent();
  }

  /**
   * Links. The output is there completely or not at all: it is made under another name first.
   *
   * @throws LinkFailure with a message for the user
   */
  public static void link(LinkRequest request) throws LinkFailure {
    Path output = request.output().toAbsolutePath();
    Path temporary =
        output.resolveSibling(
            "."
                + output.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "."
                + Thread.currentThread().threadId()
                + ".tmp");
    try {
      Files.createDirectories(output.getParent());
      run(command(request, temporary));
      Files.move(
          temporary, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LinkFailure(Kind.OUTPUT, "cannot write " + request.output() + ": " + reason(e));
    } finally {
      temporary.toFile().delete();
    }
  }

  /**
   * Links objects of the host to a shared library that binds its own symbols to itself.
   *
   * @throws LinkFailure with a message for the user
   */
  public static void linkShared(List<Path> objects, Path output) throws LinkFailure {
    run(Lld.sharedCommand(objects, output));
  }

  private static List<String> command(LinkRequest request, Path output) throws LinkFailure {
    if (request.linker().isPresent() || !Lld.understands(request.flags())) {
      return Driver.command(request, output);
    }
    Optional<CLibrary> c = CLibrary.find(request.target(), request.sysroot());
    if (c.isEmpty()) {
      throw new LinkFailure(
          Kind.NO_C_LIBRARY,
          "no C library found for "
              + request.target().triple()
              + ": Scrt1.o and crti.o are in none of the usual directories; install the"
              + " target's libc development files or give --sysroot");
    }
    return Lld.command(request, c.get(), output);
  }

  /** What a linker said, without the report of a crash, which is of no use to a user. */
  static String withoutDump(String said) {
    if (!said.contains(CRASH_REPORT)) {
      return said;
    }
    String errors =
        said.lines().filter(line -> line.contains("lld: ")).collect(Collectors.joining("\n"));
    return errors.isEmpty() ? "the linker crashed" : errors;
  }

  private static void run(List<String> command) throws LinkFailure {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int status = process.waitFor();
      if (status > SIGNALLED) {
        throw new LinkFailure(
            Kind.REJECTED, "the linker was ended by signal " + (status - SIGNALLED));
      }
      if (status != 0) {
        throw new LinkFailure(
            Kind.REJECTED, said.isEmpty() ? "linker exited with " + status : withoutDump(said));
      }
    } catch (IOException e) {
      throw new LinkFailure(
          Kind.NO_LINKER, "cannot start the linker " + command.getFirst() + ": " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkFailure(Kind.REJECTED, "interrupted while linking");
    }
  }

  /** The system's own words, without those of Java around them. */
  private static String reason(IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    int open = message.lastIndexOf('(');
    int close = message.lastIndexOf(')');
    return message.contains("error: ") && open >= 0 && close > open
        ? message.substring(open + 1, close)
        : message;
  }
}
