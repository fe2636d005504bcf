package sx.harness.engine;

import java.util.List;

/**
 * What a program did.
 *
 * @param status its exit status; {@code 128 + n} stands for signal n
 * @param out its standard output
 * @param err the end of its standard error
 * @param troubles what had to be stopped, in words
 */
public record Ran(int status, byte[] out, String err, List<String> troubles) {}
