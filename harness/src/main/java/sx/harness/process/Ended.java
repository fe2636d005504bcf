package sx.harness.process;

import java.util.List;

/**
 * How a process ended.
 *
 * @param status its exit status; {@code 128 + n} stands for signal n
 * @param out its standard output, as far as the limit allowed
 * @param err the end of its standard error
 * @param troubles what the harness had to stop, in words; empty if it ended by itself and alone
 * @param nanos from start to end
 */
public record Ended(int status, byte[] out, String err, List<String> troubles, long nanos) {}
