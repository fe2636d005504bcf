package sx.harness.golden;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.approvaltests.core.Scrubber;

/** Takes out of results what differs between runs and machines without meaning anything. */
public final class Normaliser {
  private static final Pattern ADDRESS = Pattern.compile("\\b0x[0-9a-f]{6,16}\\b");
  private static final Pattern TEMPORARY = Pattern.compile("%(\\d+|\"\\d+\")(?![\\w.])");
  private static final Pattern LABEL = Pattern.compile("^(\\d+):(.*)$");
  private static final Pattern ATTRIBUTES = Pattern.compile(" #\\d+(?= |$|,)");
  private static final Pattern METADATA = Pattern.compile(",? ![a-zA-Z.]+ !\\d+");

  private Normaliser() {}

  /** Paths as seen from a case, addresses as one word. */
  public static Scrubber diagnostics(Path caseDirectory, Path home) {
    return text ->
        ADDRESS
            .matcher(
                text.replace(caseDirectory.toAbsolutePath() + "/", "")
                    .replace(home.relativize(caseDirectory.toAbsolutePath()) + "/", "")
                    .replace(home + "/", ""))
            .replaceAll("0x…");
  }

  /**
   * LLVM's text without what it numbers at will: temporaries are counted anew in every function,
   * attribute groups and metadata are left out, as is the name of the file.
   */
  public static Scrubber code() {
    return text -> {
      StringBuilder out = new StringBuilder();
      Map<String, String> names = new HashMap<>();
      for (String line : text.split("\n", -1)) {
        if (line.startsWith("; ModuleID")
            || line.startsWith("source_filename")
            || line.startsWith("attributes #")
            || line.startsWith("!")) {
          continue;
        }
        if (line.startsWith("define")) {
          names.clear();
        }
        out.append(temporaries(line, names)).append('\n');
      }
      return out.toString().replaceAll("\n{3,}", "\n\n").strip() + "\n";
    };
  }

  private static String temporaries(String line, Map<String, String> names) {
    String bare = METADATA.matcher(ATTRIBUTES.matcher(line).replaceAll("")).replaceAll("");
    Matcher label = LABEL.matcher(bare);
    String named =
        label.matches()
            ? fresh("%" + label.group(1), names).substring(1) + ":" + label.group(2)
            : bare;
    return TEMPORARY
        .matcher(named)
        .replaceAll(found -> fresh(found.group(), names))
        .stripTrailing();
  }

  private static String fresh(String name, Map<String, String> names) {
    return names.computeIfAbsent(name, _ -> "%t" + names.size());
  }
}
