/** The history of the repository: tests come before the code that makes them pass. */
@NullMarked
package sx.harness.cadence;

import org.jspecify.annotations.NullMarked;
