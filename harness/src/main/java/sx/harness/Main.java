package sx.harness;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The harness from the command line; docs/harness.md shows it. */
@Command(
    name = "harness",
    description = "The conformance harness of sx.",
    mixinStandardHelpOptions = true,
    subcommands = {RunCommand.class, CadenceCommand.class})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** The exit status: 0 for green, 1 for red, 2 where it is not understood what is asked for. */
  static int run(String... args) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (e, command, _) -> {
              if (e instanceof IllegalArgumentException) {
                command.getErr().println("harness: " + e.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              throw e;
            })
        .execute(args);
  }
}
