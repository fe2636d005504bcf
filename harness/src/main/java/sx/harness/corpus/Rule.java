package sx.harness.corpus;

/**
 * A rule of the reference.
 *
 * @param chapter the file that defines it, without its ending
 * @param line where, counted from 1
 * @param rejects whether it states an error (the mark {@code ERROR.})
 * @param text the rule's first line
 */
public record Rule(String id, String chapter, int line, boolean rejects, String text) {}
