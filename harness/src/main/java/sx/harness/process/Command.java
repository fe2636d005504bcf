package sx.harness.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be started.
 *
 * @param directory where it runs
 * @param stdin the file that it reads
 * @param env its whole environment besides what {@link Child} sets
 */
public record Command(List<String> words, Path directory, Path stdin, Map<String, String> env) {}
