package sx.generate;

/**
 * A program and what it does.
 *
 * @param seed what it was made of
 * @param source its text, one file
 * @param output what it prints; it ends with status 0
 */
public record GeneratedProgram(long seed, String source, String output) {}
