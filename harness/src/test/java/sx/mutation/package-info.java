/** Corpus programs with small mistakes in them: the compiler answers with ordinary errors. */
@NullMarked
package sx.mutation;

import org.jspecify.annotations.NullMarked;
