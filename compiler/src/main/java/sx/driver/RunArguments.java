package sx.driver;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words behind {@code sx run}, split where those of the program begin: at the second word that
 * is neither an option nor an option's value, or behind {@code --}.
 *
 * @param own options and file
 * @param program what the program gets
 */
record RunArguments(List<String> own, List<String> program) {
  /** The words of a command line that is {@code run FILE} and the program's arguments, no more. */
  static Optional<RunArguments> plain(List<String> args) {
    boolean plain =
        args.size() >= 2
            && args.getFirst().equals("run")
            && !args.get(1).startsWith("-")
            && (args.size() == 2 || !args.get(2).startsWith("-") || args.get(2).equals("--"));
    if (!plain) {
      return Optional.empty();
    }
    int behind = args.size() > 2 && args.get(2).equals("--") ? 3 : 2;
    return Optional.of(new RunArguments(args.subList(1, 2), args.subList(behind, args.size())));
  }

  static RunArguments split(List<String> args, CommandSpec run) {
    boolean seenFile = false;
    for (int at = 0; at < args.size(); at++) {
      String word = args.get(at);
      if (word.equals("--")) {
        return new RunArguments(args.subList(0, at), args.subList(at + 1, args.size()));
      }
      if (word.startsWith("-")) {
        OptionSpec option = run.findOption(word);
        at += option != null && option.arity().max() > 0 ? 1 : 0;
      } else if (seenFile) {
        return new RunArguments(args.subList(0, at), args.subList(at, args.size()));
      } else {
        seenFile = true;
      }
    }
    return new RunArguments(args, List.of());
  }
}
