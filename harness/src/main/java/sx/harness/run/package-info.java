/** One case through its engines, and what came of it. */
@NullMarked
package sx.harness.run;

import org.jspecify.annotations.NullMarked;
