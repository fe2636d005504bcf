/** Programs in processes of their own, within limits and behind a fence. */
@NullMarked
package sx.harness.process;

import org.jspecify.annotations.NullMarked;
