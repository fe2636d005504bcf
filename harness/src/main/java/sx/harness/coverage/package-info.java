/** Which rules of the reference are proved by which cases. */
@NullMarked
package sx.harness.coverage;

import org.jspecify.annotations.NullMarked;
