/**
 * What the corpus says: cases, their headers, the rules they prove, and what is wrong with them.
 */
@NullMarked
package sx.harness.corpus;

import org.jspecify.annotations.NullMarked;
