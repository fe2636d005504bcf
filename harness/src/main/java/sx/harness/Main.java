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
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
