/** Turns the results of the harness into one HTML site and {@code summary.json}. */
@NullMarked
package sx.reports;

import org.jspecify.annotations.NullMarked;
