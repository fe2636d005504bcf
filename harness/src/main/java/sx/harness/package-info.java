/** The conformance harness: what one run is asked to do, and the run from end to end. */
@NullMarked
package sx.harness;

import org.jspecify.annotations.NullMarked;
