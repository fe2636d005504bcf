/**
 * What holds for all programs of some kind, shown for random ones: with a model in Java of what the
 * reference says, with a brute-force answer, or with the same program written in another way.
 */
@NullMarked
package sx.properties;

import org.jspecify.annotations.NullMarked;
