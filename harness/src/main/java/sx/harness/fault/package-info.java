/** Seeded faults: miscompilations that the corpus must catch. */
@NullMarked
package sx.harness.fault;

import org.jspecify.annotations.NullMarked;
