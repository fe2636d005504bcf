/** Runs the corpus: programs with what they must print, through every engine. */
@NullMarked
package sx.harness;

import org.jspecify.annotations.NullMarked;
