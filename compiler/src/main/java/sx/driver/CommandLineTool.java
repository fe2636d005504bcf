package sx.driver;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code sx} (cli.cmd). */
final class CommandLineTool {
  private static final Map<String, Function<Console, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("run", RunCommand::new);
    COMMANDS.put("build", BuildCommand::new);
    COMMANDS.put("test", TestCommand::new);
    COMMANDS.put("ir", IrCommand::new);
    COMMANDS.put("asm", AsmCommand::new);
    COMMANDS.put("ir-dump", IrDumpCommand::new);
    COMMANDS.put("ast", AstCommand::new);
  }

  private CommandLineTool() {}

  /** {@code sx} itself, of which only the usage is ever needed. */
  @Command(
      name = "sx",
      description = "The compiler of the sx language.",
      synopsisHeading = "Usage: ",
      customSynopsis = "sx <command> [options] <file.sx>")
  private static final class Sx {}

  /** Carries out one command line; the answer is the exit status. */
  static int execute(List<String> args, Console console) {
    try {
      return args.isEmpty() ? noCommand(console) : command(args, console);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private static int noCommand(Console console) {
    console.err().print(usage(console));
    return ExitStatus.OK;
  }

  private static int command(List<String> args, Console console) {
    String name = args.getFirst();
    Function<Console, Object> command = COMMANDS.get(name);
    if (command == null) {
      return other(name, console);
    }
    CommandLine line = commandLine(command.apply(console), console);
    line.setCommandName("sx " + name);
    List<String> words = args.subList(1, args.size());
    if (line.getCommand() instanceof RunCommand run) {
      RunArguments split = RunArguments.split(words, line.getCommandSpec());
      words = split.own();
      run.programArguments(split.program());
    }
    return line.execute(words.toArray(String[]::new));
  }

  private static int other(String name, Console console) {
    switch (name) {
      case "--help", "-h", "help" -> console.out().print(usage(console));
      case "--version", "-V" -> console.out().println("sx " + version());
      case "completion" -> console.out().print(AutoComplete.bash("sx", all(console)));
      default -> {
        console.error(
            (name.startsWith("-") ? "unknown option '" : "unknown command '") + name + "'");
        console.err().println();
        console.err().print(usage(console));
        return ExitStatus.USAGE;
      }
    }
    return ExitStatus.OK;
  }

  private static String version() {
    String version = CommandLineTool.class.getPackage().getImplementationVersion();
    return version == null ? "development build" : version;
  }

  private static CommandLine commandLine(Object command, Console console) {
    return new CommandLine(command)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setOverwrittenOptionsAllowed(true)
        .setParameterExceptionHandler((e, _) -> usageError(e, console))
        .setExecutionExceptionHandler(
            (fault, _, _) -> {
              Faults.report(fault, console);
              return ExitStatus.ERROR;
            });
  }

  private static CommandLine all(Console console) {
    CommandLine sx = commandLine(new Sx(), console);
    COMMANDS.values().forEach(command -> sx.addSubcommand(command.apply(console)));
    return sx;
  }

  /** The commands and the options of all of them, each once (cli.cmd.2). */
  private static String usage(Console console) {
    CommandLine sx = all(console);
    CommandSpec options = CommandSpec.create();
    for (CommandLine command : sx.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (options.findOption(option.longestName()) == null) {
          options.addOption(OptionSpec.builder(option).build());
        }
      }
    }
    CommandLine.Help help = new CommandLine.Help(options, Ansi.OFF);
    return sx.getUsageMessage(Ansi.OFF)
        + "Options:\n"
        + help.optionList()
        + """

        `sx <command> --help` shows the options that a command takes; `sx --version` the version;
        `sx completion` prints a completion script for bash and zsh.
        """;
  }

  private static int usageError(ParameterException e, Console console) {
    console.error(message(e));
    if (e instanceof MissingFileException) {
      console.err().println();
      console.err().print(usage(console));
      console.err().flush();
    }
    return ExitStatus.USAGE;
  }

  private static String message(ParameterException e) {
    return switch (e) {
      case UnmatchedArgumentException unmatched ->
          "unknown option '" + unmatched.getUnmatched().getFirst() + "'";
      case MissingParameterException missing
          when missing.getMissing().getFirst() instanceof OptionSpec option ->
          "option '" + option.longestName() + "' needs a value";
      default -> uncapitalized(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    };
  }

  private static String uncapitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** A command that got no input file. */
  static final class MissingFileException extends ParameterException {
    private static final long serialVersionUID = 1L;

    MissingFileException(CommandLine command) {
      super(command, "no input file");
    }
  }
}
