package sx.harness.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be started.
 *
 * @param directory where it runs; the only place, with {@code writable}, that it may write to
 * @param stdin the file that it reads
 * @param env its whole environment besides what {@link Child} sets
 * @param writable further directories that it may write to
 */
public record Command(
    List<String> words, Path directory, Path stdin, Map<String, String> env, List<Path> writable) {}
